"""What a PDF holds besides its pages: scripts, attachments, forms, a password. Run as a program of its own.

    python -I pdf_parts.py < some.pdf      says what was found, as a list in JSON

A few hundred kilobytes of PDF unpack to gigabytes, and what reads them is a large library written in C++. So the file
is opened in a process that may use so much memory and so many seconds and no more, and that knows neither the settings
nor the database. `pdf_checks` starts it; nothing else imports the library.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 10
DEEPEST = 100  # of one object; what is deeper was not written by a word processor
SCRIPT, LAUNCH, ATTACHMENT, FORM, MEDIA = "script", "launch", "attachment", "form", "media"
PASSWORD, DAMAGED = "password", "damaged"  # noqa: S105 - what was found, no secret
# The kinds of actions, annotations and entries by which a PDF does more than to show pages and lead to addresses.
ACTIONS = {
    "/JavaScript": SCRIPT,
    "/Launch": LAUNCH,
    "/GoToE": ATTACHMENT,
    "/GoToR": LAUNCH,
    "/ImportData": FORM,
    "/SubmitForm": FORM,
    "/Rendition": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/RichMediaExecute": MEDIA,
}
ANNOTATIONS = {
    "/FileAttachment": ATTACHMENT,
    "/RichMedia": MEDIA,
    "/3D": MEDIA,
    "/Movie": MEDIA,
    "/Screen": MEDIA,
    "/Sound": MEDIA,
}
ENTRIES = {"/JS": SCRIPT, "/JavaScript": SCRIPT, "/EF": ATTACHMENT, "/EmbeddedFiles": ATTACHMENT, "/XFA": FORM}


def found_in(content: bytes) -> list[str]:
    """What the file holds that no reader of a CV should meet; empty for a plain one."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return sorted({PASSWORD} if pdf.is_encrypted else set(_found(pdf)))
    except pikepdf.PasswordError:
        return [PASSWORD]
    except (pikepdf.PdfError, MemoryError):
        return [DAMAGED]


def _found(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not len(pdf.pages):
        yield DAMAGED
    if len(pdf.attachments):
        yield ATTACHMENT
    for known in pdf.objects:
        yield from _found_below(known)


def _found_below(known: Any, depth: int = 0) -> Iterator[str]:
    """What this object says of itself and of those written inside it; those it refers to have their own turn."""
    if depth > DEEPEST:
        yield DAMAGED
    elif isinstance(known, pikepdf.Array):
        for inner in known:
            yield from _found_inside(inner, depth)
    elif isinstance(known, pikepdf.Dictionary | pikepdf.Stream):
        entries = dict(known.items() if isinstance(known, pikepdf.Dictionary) else known.stream_dict.items())
        yield from _found_among(entries)
        for inner in entries.values():
            yield from _found_inside(inner, depth)


def _found_inside(inner: Any, depth: int) -> Iterator[str]:
    if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
        yield from _found_below(inner, depth + 1)


def _found_among(entries: dict[str, Any]) -> Iterator[str]:
    yield from (what for name, what in ENTRIES.items() if name in entries)
    for name, kinds in (("/S", ACTIONS), ("/Subtype", ANNOTATIONS)):
        kind = entries.get(name)
        if isinstance(kind, pikepdf.Name) and str(kind) in kinds:
            yield kinds[str(kind)]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(found_in(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
