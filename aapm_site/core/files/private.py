"""Private files: handed out only by a view that has asked for access, never by an address of their own."""

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.http import FileResponse

NAME = "private"  # of the storage
INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/svg+xml", "application/pdf"})


def storage() -> Storage:
    """The storage for private files; a callable, so that migrations do not name a place."""
    return storages[NAME]


def serve(file: File, *, filename: str, content_type: str, inline: bool = False) -> FileResponse:
    """The file as a private response: not cached, not sniffed, without any right to run.

    `inline` is honoured for images and PDF only; everything else is a download. The caller has asked for access.
    """
    response = FileResponse(
        file.open("rb"),
        as_attachment=not (inline and content_type in INLINE_TYPES),
        filename=filename,
        content_type=content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
