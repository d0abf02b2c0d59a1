"""The letters that can be printed: which they are, and what is drawn for the others."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use

if TYPE_CHECKING:
    from fontTools import ttLib
else:
    ttLib = on_first_use("fontTools.ttLib")

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FACES = {
    ("text", ""): FONTS / "NotoSans-Regular.woff",
    ("text", "B"): FONTS / "NotoSans-SemiBold.woff",
    ("display", ""): FONTS / "NotoSerif-Regular.woff",
}
STANDS_IN = "\N{REPLACEMENT CHARACTER}"
# Marks between letters that have no shape of their own are left out; signs that the faces lack have a double.
DOUBLES = str.maketrans(
    {"\N{MINUS SIGN}": "\N{EN DASH}"} | dict.fromkeys("\N{SOFT HYPHEN}\u200b\u200c\u200d\u2060\ufeff")
)


@cache
def printable() -> frozenset[str]:
    """The characters that every face has a glyph for."""
    return frozenset.intersection(*map(_characters, FACES.values()))


def unprintable(text: str) -> str:
    """The characters of the text that cannot be printed, each once, in their order; empty when all print.

    Control characters cannot, but for line ends; letters with accents are tried as one character."""
    return "".join(dict.fromkeys(char for char in _settled(text) if char not in printable() and char not in "\r\n"))


def drawable(text: str) -> str:
    """The text as it is drawn: accents joined to their letters, lines ended by one character, and a sign in place of
    each character without a glyph."""
    return "\n".join("".join(map(_drawable, line)) for line in _settled(text).splitlines()).strip()


def _settled(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(DOUBLES)


def _drawable(char: str) -> str:
    if char in printable():
        return char
    return " " if char == "\t" else STANDS_IN


def _characters(face: Path) -> frozenset[str]:
    with ttLib.TTFont(face, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
