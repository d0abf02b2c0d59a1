"""Whether a text from Word or LibreOffice (DOCX, ODT) is nothing but text and pictures.

Both are ZIP archives of XML. What runs or reaches out is told by what a part says and is, never by its name: macros may
be called anything. Every part is unpacked once, counted, and no further than the cap.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..first_use import on_first_use
from .upload_checks import BROKEN_PACKAGE, FileRefused

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = on_first_use("lxml.etree")

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 1_000
MOST_ELEMENTS = 100_000  # of all parts together; ten pages have about twenty thousand, and these take two seconds
START, END_RECORD = b"PK\x03\x04", 22
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # older files of Word begin so, and objects inside new ones
# What begins like this inside a text is a program, an archive or a paper of its own.
INSIDE = (OLE, b"PK\x03\x04", b"MZ", b"\x7fELF", b"%PDF-", b"\xca\xfe\xba\xbe", b"#!", b"{\\rtf")
DOCX, ODT = "docx", "odt"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LOCKED = "This file is protected by a password. Please save it as PDF without one."
NO_MACROS = (
    "This file holds macros, small programs, which a CV does not need. Please save it as PDF and choose that one."
)
NO_OBJECTS = "Another document or object is embedded in this file. Please save it as PDF and choose that one."
NO_REMOTE = (
    "This file fetches a template, a picture or another part from elsewhere when it is opened. "
    "Please save it as PDF and choose that one."
)
TOO_MUCH = "This file unpacks to far more than it seems to hold, and is not taken. Please save it as PDF."
TWO_IN_ONE = "This file is two kinds of files at the same time. Please save it as PDF and choose that one."

DEFINES_CODES = "This file defines codes of its own, which no word processor does. Please save it as PDF."

_macro_type = re.compile(r"macro|vba|sun\.star\.(basic|dialog)|script", re.IGNORECASE)
_macro_relation = re.compile(r"vba|macro|keymapcustomizations", re.IGNORECASE)
_object_relation = re.compile(r"oleobject|activex|/(package|control|afchunk|subdocument)$", re.IGNORECASE)
_reaches_out = re.compile(r"\s*(?:[a-z][a-z0-9+.-]+:|//|\\\\|/|\.\./)", re.IGNORECASE)
# A template on the disk of whoever wrote the text, which nobody else's program looks for anywhere else.
_own_disk = re.compile(
    r"(?:file:///)?[a-z]:[\\/]|(?:file://)?/(?:Users|Applications|home|usr|opt)/|\.\./", re.IGNORECASE
)
_fetching_field = re.compile(
    r"^\s*(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b", re.IGNORECASE | re.MULTILINE
)
_odt_objects = frozenset({"object", "object-ole", "plugin", "applet", "floating-frame"})
_odt_programs = frozenset({"http://openoffice.org/2000/script", "http://openoffice.org/2000/library"})
_odt_program_folders = ("basic/", "scripts/", "dialogs/")


def check_office(content: bytes, ending: str) -> None:
    """Raises FileRefused, with what to do next, unless this is a plain DOCX or ODT."""
    kind = "DOCX" if ending == DOCX else "ODT"
    damaged = f"This {kind} file is damaged. Please save it again, or as PDF."
    if content.startswith(OLE):
        raise FileRefused(
            f"This file is protected by a password, or it is an older kind than {kind}. "
            "Please save it as PDF without a password."
        )
    if not content.startswith(START):
        raise FileRefused(f"The content of this file is not that of a {kind} file. Please save it as PDF.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_outside(package, content)
            parts = dict(_unpacked(package))
            _check_kind(parts, ending)
            read = _Reading()
            for name, part in parts.items():
                _check_part(name, part, ending, read)
    except FileRefused:
        raise
    except (*BROKEN_PACKAGE, etree.XMLSyntaxError) as broken:
        raise FileRefused(damaged) from broken


def _check_outside(package: zipfile.ZipFile, content: bytes) -> None:
    """The archive is all of the file, names each part once, and none of them leaves its folder."""
    names = [part.filename.lower() for part in package.infolist()]
    if len(names) > MOST_PARTS:
        raise FileRefused(TOO_MUCH)
    is_whole = content[-END_RECORD:].startswith(b"PK\x05\x06") and not package.infolist()[0].header_offset
    if not is_whole or b"%PDF-" in content[:1024]:
        raise FileRefused(TWO_IN_ONE)
    if len(set(names)) < len(names) or any(_leaves_its_folder(name) for name in names):
        raise FileRefused("The parts of this file have names that no word processor gives. Please save it as PDF.")
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise FileRefused(LOCKED)


def _leaves_its_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _unpacked(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part with what really comes out of it; what the directory says of sizes may be a lie."""
    left = MOST_UNPACKED
    if sum(part.file_size for part in package.infolist()) > left:
        raise FileRefused(TOO_MUCH)
    for part in package.infolist():
        with package.open(part) as unpacking:
            unpacked = unpacking.read(left + 1)
        left -= len(unpacked)
        if left < 0:
            raise FileRefused(TOO_MUCH)
        yield part.filename, unpacked


def _check_kind(parts: dict[str, bytes], ending: str) -> None:
    """What its name says it is, and not the other one as well."""
    types = parts.get("[Content_Types].xml", b"")
    is_docx, is_odt = DOCX_MAIN.encode() in types, parts.get("mimetype", b"").strip() == ODT_TYPE
    if is_docx and is_odt:
        raise FileRefused(TWO_IN_ONE)
    if b"macroEnabled" in types:
        raise FileRefused(NO_MACROS)
    if not (is_docx if ending == DOCX else is_odt and "content.xml" in parts):
        raise FileRefused(f"The content of this file is not that of a .{ending} text. Please save it as PDF.")


def _check_part(name: str, part: bytes, ending: str, read: "_Reading") -> None:
    """By its first bytes, and where it is XML by every element of it."""
    if part.startswith(INSIDE):
        raise FileRefused(NO_MACROS if part.startswith(OLE) and b"V\0B\0A" in part else NO_OBJECTS)
    if ending == ODT and name.lower().startswith(_odt_program_folders):
        raise FileRefused(NO_MACROS)
    if _is_xml(name, part):
        (_check_docx_part if ending == DOCX else _check_odt_part)(read.elements(part))


def _is_xml(name: str, part: bytes) -> bool:
    """By its first character in any encoding, since a name proves nothing; what a name calls XML must be XML."""
    start = part[:8].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return start.startswith(b"<") or (bool(part) and name.lower().endswith((".xml", ".rels", ".rdf")))


class _Reading:
    """The elements of a file's parts, counted over all of them."""

    def __init__(self) -> None:
        self.left = MOST_ELEMENTS

    def elements(self, part: bytes) -> Iterator[Any]:
        """Each when it ends, and forgotten after; nothing is fetched, and definitions of entities are not taken."""
        reading = etree.iterparse(io.BytesIO(part), resolve_entities=False, no_network=True, load_dtd=False)
        for number, (_, element) in enumerate(reading):
            if not number:
                _check_definitions(element.getroottree())
            self.left -= 1
            if self.left < 0:
                raise FileRefused(TOO_MUCH)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _check_definitions(tree: Any) -> None:
    if etree.QName(tree.getroot()).namespace in _odt_programs:
        raise FileRefused(NO_MACROS)
    if tree.docinfo.doctype:
        raise FileRefused(DEFINES_CODES)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _attributes(element: Any) -> dict[str, str]:
    """By their local names."""
    return {etree.QName(name).localname: value for name, value in element.attrib.items()}


def _check_docx_part(elements: Iterable[Any]) -> None:
    instructions = []  # of fields, which may be cut into pieces of one letter
    for element in elements:
        local, said = _local(element), _attributes(element)
        if local in {"Override", "Default"} and _macro_type.search(said.get("ContentType", "")):
            raise FileRefused(NO_MACROS)
        if local == "Relationship":
            _check_relationship(said)
        if local in {"fldChar", "fldSimple"}:
            instructions.append("\n" + said.get("instr", ""))
        if local == "instrText":
            instructions.append(element.text or "")
    if _fetching_field.search("".join(instructions)):
        raise FileRefused(NO_REMOTE)


def _check_relationship(said: dict[str, str]) -> None:
    """What another part is to this one, and where it lies."""
    kind, target = said.get("Type", ""), said.get("Target", "")
    if _macro_relation.search(kind):
        raise FileRefused(NO_MACROS)
    if _object_relation.search(kind):
        raise FileRefused(NO_OBJECTS)
    is_outside = (
        said.get("TargetMode", "").lower() == "external" or "://" in target or target.startswith(("\\\\", "//"))
    )
    is_own_template = kind.endswith("/attachedTemplate") and bool(_own_disk.match(target))
    if is_outside and not kind.endswith("/hyperlink") and not is_own_template:
        raise FileRefused(NO_REMOTE)


def _check_odt_part(elements: Iterable[Any]) -> None:
    for element in elements:
        local, said = _local(element), _attributes(element)
        if local in {"event-listener", "script"} or _macro_type.search(said.get("media-type", "")):
            raise FileRefused(NO_MACROS)
        if local == "encryption-data":
            raise FileRefused(LOCKED)
        if local in _odt_objects:
            raise FileRefused(NO_OBJECTS)
        target = said.get("href", "")
        if local != "a" and _reaches_out.match(target) and not (local == "template" and _own_disk.match(target)):
            raise FileRefused(NO_REMOTE)
