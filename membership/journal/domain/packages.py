"""What a publisher delivers: one file of JATS, or a ZIP of articles with their pictures, supplements and PDFs."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aapm_site.core.files.upload_checks import BROKEN_PACKAGE

from ..jats.reading import LARGEST

LARGEST_PACKAGE = 500_000_000  # bytes as it comes
LARGEST_PART = 100_000_000  # bytes of one file when it is unpacked
MOST_UNPACKED = 1_000_000_000
MOST_PARTS = 3_000
# What is beside the articles of a package and is for machines.
IDLE = (".dtd", ".ent", ".mod", ".xsl", ".css", ".md5", ".go.xml", ".ds_store")


class PackageRefused(ValueError):
    """Why a package is not taken, in a sentence for the editor."""


@dataclass(frozen=True)
class PackedArticle:
    """One article of a package, and the names of what came with it. Nothing is unpacked before it is asked for."""

    name: str
    source: bytes
    package: "DeliveryPackage"
    companions: tuple[str, ...] = ()
    refused: str = ""  # why its source could not be taken from the package

    def read(self, name: str) -> bytes:
        return self.package.read(name)


@dataclass
class DeliveryPackage:
    """A ZIP, whose names are never used as places: what came with an article is asked for by its name in the list."""

    archive: zipfile.ZipFile | None = None
    unpacked: int = 0
    names: tuple[str, ...] = field(default_factory=tuple)

    def read(self, name: str) -> bytes:
        """One file. Raises PackageRefused for more than is bearable, or what is damaged or locked."""
        assert self.archive is not None  # noqa: S101 - a file alone has no companions
        if self.unpacked > MOST_UNPACKED:
            raise PackageRefused(f"{name} was not unpacked: the package holds more than can be taken.")
        try:
            with self.archive.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except BROKEN_PACKAGE as broken:
            raise PackageRefused(f"{name} is damaged or locked by a password.") from broken
        self.unpacked += len(content)
        if len(content) > LARGEST_PART or self.unpacked > MOST_UNPACKED:
            raise PackageRefused(f"{name} unpacks to more than can be taken: {LARGEST_PART // 1_000_000} MB a file.")
        return content


def articles_in(content: bytes, name: str) -> Iterator[PackedArticle]:
    """The articles of a file, by their names. Raises PackageRefused."""
    if len(content) > LARGEST_PACKAGE:
        raise PackageRefused(f"This package is larger than {LARGEST_PACKAGE // 1_000_000} MB. Please split it.")
    if not content.startswith(b"PK"):
        yield PackedArticle(name, content, DeliveryPackage())
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN_PACKAGE as broken:
        raise PackageRefused("This ZIP is damaged. Please ask for it again.") from broken
    yield from _articles(archive)


def _articles(archive: zipfile.ZipFile) -> Iterator[PackedArticle]:
    parts = [part for part in archive.infolist() if not _is_idle(part.filename)]
    if len(parts) > MOST_PARTS:
        raise PackageRefused(f"This package holds {len(parts):,} files; at most {MOST_PARTS:,} are taken at once.")
    package = DeliveryPackage(archive, names=tuple(part.filename for part in parts))
    texts = [part for part in parts if part.filename.lower().endswith((".xml", ".nxml"))]
    found = 0
    for part in sorted(texts, key=lambda one: one.filename):
        try:
            source = _source(package, part)
        except PackageRefused as refused:
            found += 1
            yield PackedArticle(part.filename, b"", package, refused=str(refused))
            continue
        if b"<article" in source or source.startswith((b"\xff\xfe", b"\xfe\xff")):
            found += 1
            yield PackedArticle(part.filename, source, package, _beside(part.filename, texts, package.names))
    if not found:
        raise PackageRefused("This ZIP holds no article: a file that ends in .xml and begins with <article>.")


def _source(package: DeliveryPackage, part: zipfile.ZipInfo) -> bytes:
    if part.file_size > LARGEST:
        raise PackageRefused(f"{part.filename} has {part.file_size:,} bytes; an article has at most {LARGEST:,}.")
    return package.read(part.filename)


def _is_idle(name: str) -> bool:
    last = PurePosixPath(name).name.lower()
    return (
        not last
        or name.endswith("/")
        or last.endswith(IDLE)
        or last.startswith(("._", "."))
        or name.startswith("__MACOSX/")
    )


def _beside(name: str, texts: list[zipfile.ZipInfo], names: tuple[str, ...]) -> tuple[str, ...]:
    """What belongs to an article: all of a package with one; of several, what lies in or below its folder."""
    others = tuple(one for one in names if not one.lower().endswith((".xml", ".nxml")))
    if len(texts) == 1:
        return others
    folder = PurePosixPath(name).parent
    inside = tuple(one for one in others if folder in PurePosixPath(one).parents)
    stem = PurePosixPath(name).stem
    alone = [one for one in texts if PurePosixPath(one.filename).parent == folder]
    return inside if len(alone) == 1 else tuple(one for one in inside if PurePosixPath(one).name.startswith(stem))
