"""A part of a file, as a reader asks for it who resumes a download or turns to a page in the middle.

One range of bytes is answered (RFC 9110); of several, and of what is no range, the whole file is the right answer.
"""

import re
from dataclasses import dataclass
from typing import IO, Any

from django.http import HttpRequest

_range = re.compile(r"\s*bytes\s*=\s*(\d{0,100})\s*-\s*(\d{0,100})\s*", re.ASCII | re.IGNORECASE)


class OutOfRange(Exception):  # noqa: N818 - not a fault of ours: it is answered by 416
    """Nothing of the file lies in the range that was asked for."""


@dataclass(frozen=True)
class ByteRange:
    """From one byte to another, both of them included, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.size}"


def read_range(header: str, size: int) -> ByteRange | None:
    """What a Range header asks of a file; None where the whole file is the answer. Raises OutOfRange."""
    found = _range.fullmatch(header)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:  # so many bytes of the end
        if int(last) == 0 or size == 0:
            raise OutOfRange
        return ByteRange(max(size - int(last), 0), size - 1, size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise OutOfRange
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1, size)


def asked_range(request: HttpRequest, size: int, etag: str) -> ByteRange | None:
    """What this request asks for. A part of another file than `etag` (If-Range) is not asked for. Raises OutOfRange."""
    header, only_of = request.headers.get("Range", ""), request.headers.get("If-Range")
    if request.method != "GET" or not header or (only_of is not None and only_of.strip() != etag):
        return None
    return read_range(header, size)


class FilePart:
    """Reads one part of a file and nothing beyond it; what is asked for at once is all that lies in memory."""

    def __init__(self, file: IO[bytes] | Any, part: ByteRange) -> None:
        self.file, self.left = file, part.length
        file.seek(part.first)

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()
