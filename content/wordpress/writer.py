"""The functions of the room that an import goes through, each at one place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.html import format_html

from aapm_site.core.files import imaging, upload_checks
from content.domain import imported, media, pages, redirects
from content.models import Category, Document, Page, Picture, Redirect
from content.states import DOCUMENT_TYPES, PICTURE_WIDTHS

IMAGE = '<img src="{}" alt="{}">'


@dataclass(frozen=True)
class Stored:
    """A picture or document that is here: its public identifier, its address, and its HTML with other words for it."""

    kind: str
    public_id: str
    url: str
    html: Callable[[str], str]


def save(page: Page, categories: Iterable[Category]) -> Page:
    """Store a page as editors do, with a version that says where it comes from."""
    return pages.save_page(page, categories=categories, note="Brought over from the old site")


def keep_notes(page: Page, notes: list[str]) -> None:
    """Keep with a page what somebody should look at; the inventory and its checklist show it."""
    imported.note_on_page(page, notes)


def redirect(old_path: str, *, page: Page | None = None, url: str = "") -> bool:
    """Let an old address lead on; whether something was written. What leads there already is left alone."""
    old = redirects.normal(old_path)
    if not old or Redirect.objects.filter(old_path=old, page=page, url=url).exists():
        return False
    return redirects.add_redirect(old, page=page, url=url, origin=Redirect.Origin.IMPORT) is not None


def stored(public_id: str) -> Stored | None:
    """The picture or document with this identifier; none when it was deleted since."""
    row = Picture.objects.filter(public_id=public_id).first() or Document.objects.filter(public_id=public_id).first()
    return _stored(row) if row else None


def picture(opened: BinaryIO, *, title: str, alt: str) -> Stored:
    """A picture, made anew by the library's own rules."""
    return _stored(media.add_picture(File(opened, Path(opened.name).name), title=title, alt=alt[:300]))


def document(opened: BinaryIO, *, title: str, alt: str) -> Stored:
    """A document for everybody."""
    return _stored(media.add_document(File(opened, Path(opened.name).name), title=title))


def rehearse(opened: BinaryIO, *, is_picture: bool, alt: str) -> Stored:
    """What would be stored, with the library's own checks; no file is written. Raises ValidationError as it would."""
    name = Path(opened.name).name
    try:
        if is_picture:
            imaging.make(opened.read(imaging.LARGEST + 1), name, PICTURE_WIDTHS)
        else:
            upload_checks.check(opened.read(upload_checks.LARGEST + 1), name, DOCUMENT_TYPES)
    except (imaging.PictureRefused, upload_checks.FileRefused) as refused:
        raise ValidationError(str(refused)) from refused
    url = f"/media/{quote(name)}"
    return Stored("picture" if is_picture else "document", "", url, lambda said: format_html(IMAGE, url, said or alt))


def _stored(row: Picture | Document) -> Stored:
    if isinstance(row, Picture):
        return Stored("picture", row.public_id, row.get_absolute_url(), lambda alt: str(row.image(alt)))
    return Stored("document", row.public_id, row.get_absolute_url(), lambda alt: str(row.tag()))
