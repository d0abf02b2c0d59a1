"""The files of the Unity Circle that people may take along: for light paper, for deep ground, in one color."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.defaultfilters import filesizeformat

PNG_SIZES = {256: "small, for mail", 1024: "for a screen or a slide", 2400: "for print, 8 inches wide"}


@dataclass(frozen=True)
class File:
    """One file: where it lies below static/, the name it gets on the reader's disk, and what it is in words."""

    path: str
    name: str
    words: str


@dataclass(frozen=True)
class Variant:
    """One way to set the emblem, with its files; `on` is the ground that it is made for."""

    title: str
    use: str
    on: str
    files: tuple[File, ...]

    @property
    def preview(self) -> str:
        return self.files[0].path


VARIANTS = (
    ("unity-circle", "On light", "For white and light paper. Use this one if you can.", "light"),
    ("unity-circle-on-deep", "On deep", "For dark grounds. Its colors are lighter, so it is as easy to see.", "deep"),
    ("unity-circle-one-color", "In one color", "For fax, stamps, engraving, and printing with one ink.", "light"),
)


@cache
def variants() -> tuple[Variant, ...]:
    """Every variant with its files and their sizes, read once."""
    return tuple(Variant(title, use, on, _files(stem)) for stem, title, use, on in VARIANTS)


def _files(stem: str) -> tuple[File, ...]:
    drawn = _file(f"{stem}.svg", "SVG, any size")
    return (
        drawn,
        *(_file(f"{stem}-{side}.png", f"PNG, {side} × {side} pixels, {use}") for side, use in PNG_SIZES.items()),
    )


def _file(name: str, words: str) -> File:
    found = finders.find(f"img/{name}")
    size = f", {filesizeformat(Path(found).stat().st_size)}" if found else ""
    return File(f"img/{name}", name, f"{words}{size}")
