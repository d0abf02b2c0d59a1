"""What a publisher delivers: one file of JATS, or a ZIP of articles with their pictures, supplements and PDFs."""

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aapm_site.core.files.upload_checks import BROKEN_PACKAGE

from ..jats.reading import LARGEST

LARGEST_PACKAGE = 500_000_000  # bytes as it comes
LARGEST_PART = 100_000_000  # bytes of one file when it is unpacked
MOST_UNPACKED = 1_000_000_000
MOST_PARTS = 3_000
BEGINNING = 200_000  # bytes by which an article is known
TEXTS = (".xml", ".nxml")
_element = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_link = re.compile(rb"""href\s*=\s*["']([^"'<>]{1,300})["']""")
# What is beside the articles of a package and is for machines.
IDLE = (".dtd", ".ent", ".mod", ".xsl", ".css", ".md5", ".go.xml", ".ds_store", "thumbs.db", "desktop.ini")
_comment = re.compile(rb"<!--.*?-->", re.S)
# What is no article by its first bytes, and what somebody may take for one.
OTHERS = {
    b"%PDF": "a PDF", b"\x1f\x8b": "packed as GZ", b"7z\xbc\xaf": "packed as 7z", b"Rar!": "packed as RAR",
    b"\xd0\xcf\x11\xe0": "an Office document",
}  # fmt: skip


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
        """One file. Raises PackageRefused for more than is bearable, and for what is damaged or locked."""
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
    if other := next((words for begins, words in OTHERS.items() if content.startswith(begins)), ""):
        raise PackageRefused(f"This file is {other}. An article is JATS (.xml), alone or in a ZIP with its files.")
    if not content.startswith(b"PK"):
        yield PackedArticle(name, content, DeliveryPackage())
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN_PACKAGE as broken:
        raise PackageRefused("This ZIP is damaged. Please ask for it again.") from broken
    yield from _articles(archive)


def _articles(archive: zipfile.ZipFile) -> Iterator[PackedArticle]:
    # A link is no file: what it leads to lies elsewhere, and is nobody's to take.
    _with_slashes(archive)
    parts = [part for part in archive.infolist() if not (_is_idle(part.filename) or _is_link(part))]
    if len(parts) > MOST_PARTS:
        raise PackageRefused(f"This package holds {len(parts):,} files; at most {MOST_PARTS:,} are taken at once.")
    _refuse_bombs(parts)
    package = DeliveryPackage(archive, names=tuple(dict.fromkeys(part.filename for part in parts)))
    texts = [part for part in parts if part.filename.lower().endswith(TEXTS)]
    places = _Places(package.names, [name for part in texts if _may_be_an_article(archive, name := part.filename)])
    found = 0
    for part in sorted(texts, key=lambda one: one.filename):
        try:
            source = _source(package, part)
        except PackageRefused as refused:
            found += 1
            yield PackedArticle(part.filename, b"", package, refused=str(refused))
            continue
        if is_article(source):
            found += 1
            yield PackedArticle(part.filename, source, package, places.beside(part.filename, source))
    if not found and any(name.lower().endswith(".zip") for name in package.names):
        raise PackageRefused("This ZIP holds no article but other ZIPs. Please unpack it, and import each by itself.")
    if not found:
        raise PackageRefused("This ZIP holds no article: a file that ends in .xml and begins with <article>.")


def _with_slashes(archive: zipfile.ZipFile) -> None:
    """Some programs of Windows part folders by backslashes, which are signs of a name elsewhere."""
    for part in archive.infolist():
        if "\\" in part.filename:
            part.filename = part.filename.replace("\\", "/")
            archive.NameToInfo[part.filename] = part


def _source(package: DeliveryPackage, part: zipfile.ZipInfo) -> bytes:
    if part.file_size > LARGEST:
        raise PackageRefused(f"{part.filename} has {part.file_size:,} bytes; an article has at most {LARGEST:,}.")
    return package.read(part.filename)


def _is_link(part: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(part.external_attr >> 16)


def _is_idle(name: str) -> bool:
    last = PurePosixPath(name).name.lower()
    return (
        not last
        or name.endswith("/")
        or last.endswith(IDLE)
        or last.startswith(("._", "."))
        or name.startswith("__MACOSX/")
    )


class _Places:
    """Which files of a package belong to which of its articles, whatever shape its maker has given it."""

    def __init__(self, names: Iterable[str], articles: Sequence[str]) -> None:
        self.others = [name for name in names if not name.lower().endswith(TEXTS)]
        self.articles = articles
        self.alone = len(articles) == 1

    def beside(self, name: str, source: bytes) -> tuple[str, ...]:
        """All of a package with one article. Of several, what lies in or below a folder of its own, else what is
        called like it; and from anywhere what it names itself.
        """
        if self.alone:
            return tuple(self.others)
        folder = PurePosixPath(name).parent
        has_folder = not any(one != name and folder in PurePosixPath(one).parents for one in self.articles)
        named = {part for link in _link.findall(source) for part in _called(link.decode("utf-8", "replace"))}
        return tuple(
            one
            for one in self.others
            if (has_folder and folder in PurePosixPath(one).parents)
            or self._is_called_like(name, one)
            or (not named.isdisjoint(_called(one)) and self._is_free(name, one))
        )

    def _is_called_like(self, name: str, other: str) -> bool:
        """The longest name decides: pm10-fig1.tif is no file of pm1.xml."""
        last = PurePosixPath(other).name.lower()
        if PurePosixPath(name).parent not in PurePosixPath(other).parents:
            return False
        alike = [one for one in self.articles if last.startswith(PurePosixPath(one).stem.lower())]
        return name in alike and len(PurePosixPath(name).stem) == max(len(PurePosixPath(one).stem) for one in alike)

    def _is_free(self, name: str, other: str) -> bool:
        """Whether a file that an article names lies in no other article's own folder."""
        around = PurePosixPath(other).parents
        owners = [one for one in self.articles if one != name and PurePosixPath(one).parent in around]
        return PurePosixPath(name).parent in around or all(str(PurePosixPath(one).parent) == "." for one in owners)


def _called(name: str) -> tuple[str, str]:
    """A file as texts name it: with its ending, and without."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    return path.name, path.stem


def is_article(source: bytes) -> bool:
    """Whether it begins with <article>, or holds one with a head; lists of what was delivered name articles too."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return True
    first = _element.search(_comment.sub(b"", source[:BEGINNING]))
    return first is not None and (first[1] == b"article" or (b"<article" in source and b"<article-meta" in source))


def _may_be_an_article(archive: zipfile.ZipFile, name: str) -> bool:
    """By its first bytes, so that a list of files counts as no article beside one."""
    try:
        with archive.open(name) as part:
            head = part.read(BEGINNING)
    except BROKEN_PACKAGE:
        return True
    return is_article(head)


def _refuse_bombs(parts: Sequence[zipfile.ZipInfo]) -> None:
    """Nothing is unpacked of a package that says itself that it becomes more than can be taken."""
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise PackageRefused(
            f"This package unpacks to {unpacked // 1_000_000:,} MB; at most {MOST_UNPACKED // 1_000_000:,} are taken. "
            "Please split it."
        )
