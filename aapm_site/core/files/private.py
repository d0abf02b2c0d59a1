"""Private files: handed out only by a view that has asked for access, never by an address of their own."""

from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from .ranges import ByteRange, FilePart, OutOfRange, asked_range

NAME = "private"  # of the storage
INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/svg+xml", "application/pdf"})
BLOCK = 64 * 1024  # bytes that are read at a time
NO_RIGHTS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Browsers show no PDF in a sandbox. One with scripts is not taken in the first place (pdf_checks).
PDF_RIGHTS = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def storage() -> Storage:
    """The storage for private files; a callable, so that migrations do not name a place."""
    return storages[NAME]


def serve(
    file: File, *, filename: str, content_type: str, inline: bool = False, request: HttpRequest | None = None
) -> HttpResponseBase:
    """The file as a private response: not cached, not sniffed, without any right to run.

    `inline` is honoured for images and PDF only; everything else is a download. With `request`, a part of it is given
    to whoever asks for one, so that a reader may resume. The caller has asked for access.
    """
    etag = f'"{salted_hmac("private-file", str(file.name)).hexdigest()[:32]}"'  # a name is never written twice
    size = file.size if request is not None else None
    try:
        part = asked_range(request, size, etag) if request is not None and size is not None else None
    except OutOfRange:
        response: HttpResponseBase = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        response = _whole_or_part(_opened(file, part, size), part, filename, content_type, inline=inline)
        if size is not None:
            response["Content-Length"] = str(part.length if part else size)
    if request is not None:
        response["Accept-Ranges"], response["ETag"] = "bytes", etag
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    is_shown = inline and content_type == "application/pdf"
    response["Content-Security-Policy"] = PDF_RIGHTS if is_shown else NO_RIGHTS
    return response


def _opened(file: Any, part: ByteRange | None, size: int | None) -> Any:
    """What is read for the answer. Of a storage elsewhere no more than what is sent, where a reader may resume."""
    open_part = getattr(getattr(file, "storage", None), "open_part", None)
    if open_part is not None and size is not None:
        return open_part(file.name, part.first if part else 0, part.length if part else size)
    opened = file.open("rb")
    return opened if part is None else FilePart(opened, part)


def _whole_or_part(
    opened: Any, part: ByteRange | None, filename: str, content_type: str, *, inline: bool
) -> FileResponse:
    response = FileResponse(
        opened,
        as_attachment=not (inline and content_type in INLINE_TYPES),
        filename=filename,
        content_type=content_type,
    )
    response.block_size = BLOCK
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = str(part)
    return response
