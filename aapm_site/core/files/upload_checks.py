"""Files that people upload and others download: is it what its name says, and is it bearable?

The ending must be on the caller's list, the first bytes must be of that kind, and a packed file (Word, Excel,
PowerPoint) is unpacked once with a cap, since what its directory says of sizes may be a lie.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection

import puremagic

LARGEST = 25 * 1024 * 1024
# What zipfile raises for archives that are cut, damaged, locked or packed in a way that it does not know.
# FileRefused is a ValueError too: let it pass before.
BROKEN_PACKAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, LookupError,
    ValueError, struct.error,
)  # fmt: skip
MOST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 5_000
OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
TEXTS = {"csv", "txt"}
_control = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class FileRefused(ValueError):
    """Why a file is not taken, in a sentence for the person."""


def ending_of(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def check(content: bytes, name: str, allowed: Collection[str]) -> str:
    """The ending, once name and content agree. Raises Refused, with a sentence."""
    ending = ending_of(name)
    if ending not in allowed:
        raise FileRefused(f"Files to download are of these kinds: {', '.join(allowed)}. This one is not.")
    if not content:
        raise FileRefused("This file is empty.")
    if len(content) > LARGEST:
        raise FileRefused(f"This file is larger than {LARGEST // 1024 // 1024} MB. Please save it smaller or split it.")
    if ending in TEXTS:
        _check_text(content, ending)
    elif f".{ending}" not in _kinds(content):
        raise FileRefused(f"The content of this file is not that of a .{ending} file. Please save it again.")
    if ending in OFFICE:
        _check_package(content, ending)
    return ending


def _kinds(content: bytes) -> set[str]:
    """The endings whose first bytes these are."""
    try:
        return {match.extension for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        return set()


def _check_text(content: bytes, ending: str) -> None:
    if _control.search(content):
        raise FileRefused(f"This .{ending} file holds more than text. Please save it again as plain text in UTF-8.")


def _check_package(content: bytes, ending: str) -> None:
    damaged = f"This .{ending} file is damaged or locked by a password. Please save it again."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith(OFFICE[ending]) for name in names):
                raise FileRefused(f"The content of this file is not that of a .{ending} file. Please save it again.")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise FileRefused(f"This file holds macros. Please save it as .{ending} without them.")
            if len(parts) > MOST_PARTS or _unpacked(package, parts) > MOST_UNPACKED:
                raise FileRefused("This file unpacks to far more than it seems to hold, and is not taken.")
    except FileRefused:
        raise
    except BROKEN_PACKAGE as broken:
        raise FileRefused(damaged) from broken


def _unpacked(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> int:
    """How many bytes really come out, counted no further than the cap."""
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        return MOST_UNPACKED + 1
    total = 0
    for part in parts:
        with package.open(part) as unpacking:
            while chunk := unpacking.read(256 * 1024):
                total += len(chunk)
                if total > MOST_UNPACKED:
                    return total
    return total
