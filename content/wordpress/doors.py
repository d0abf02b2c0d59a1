"""The functions of the room that an import goes through, each at one place."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, BinaryIO

from django.core.files import File

from content.domain import pages, redirects
from content.models import Category, Page, Redirect


@dataclass(frozen=True)
class Stored:
    """A picture or document that is here: its public identifier, its address and its HTML."""

    kind: str
    public_id: str
    url: str
    html: str


def save(page: Page, categories: Iterable[Category]) -> Page:
    """Store a page as editors do, with a version that says where it comes from."""
    return pages.save(page, categories=categories, note="Brought over from the old site")


def redirect(old_path: str, *, page: Page | None = None, url: str = "") -> bool:
    """Let an old address lead on; whether something was written. What leads there already is left alone."""
    old = redirects.normal(old_path)
    if not old or Redirect.objects.filter(old_path=old, page=page, url=url).exists():
        return False
    return redirects.add(old, page=page, url=url, origin=Redirect.Origin.IMPORT) is not None


def stored(public_id: str) -> Stored | None:
    """The picture or document with this identifier."""
    if find_spec("content.domain.media") is None:
        return None
    models = import_module("content.models")
    for kind in ("Picture", "Document"):
        if row := getattr(models, kind).objects.filter(public_id=public_id).first():
            return _stored(kind.lower(), row)
    return None


def picture(opened: BinaryIO, *, name: str, title: str, alt: str, rehearsal: bool) -> Stored:
    """A picture, re-encoded by the room's own rules; a rehearsal writes no file."""
    if rehearsal or find_spec("content.domain.media") is None:
        return Stored(
            "picture", "", f"/media/{name}", f'<img src="/media/{html.escape(name)}" alt="{html.escape(alt)}">'
        )
    media: Any = import_module("content.domain.media")
    return _stored("picture", media.add_picture(File(opened, name), title=title, alt=alt))


def document(opened: BinaryIO, *, name: str, title: str, alt: str, rehearsal: bool) -> Stored:
    """A document for everybody; a rehearsal writes no file."""
    if rehearsal or find_spec("content.domain.media") is None:
        return Stored(
            "document", "", f"/media/{name}", f'<a href="/media/{html.escape(name)}">{html.escape(title)}</a>'
        )
    media: Any = import_module("content.domain.media")
    return _stored("document", media.add_document(File(opened, name), title=title))


def _stored(kind: str, row: Any) -> Stored:
    return Stored(kind, row.public_id, row.get_absolute_url(), str(row.tag()))
