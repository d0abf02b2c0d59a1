"""Reads of the media library: what editors choose from, and what is wrong with the pictures of a text."""

import re
from html.parser import HTMLParser

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from content.models import Document, Page, Picture

SHOWN = 24
_ours = re.compile(r"^/media/pictures/([A-Za-z0-9_-]{16})-(\d{1,4})\.(?:jpg|png|webp)$")


def find_pictures(words: str, number: object = 1) -> ListPage:
    """One page of the pictures whose title, description or credit holds every word, newest first."""
    return Paginator(_holding(Picture.objects.all(), words, ("title", "alt", "credit")), SHOWN).get_page(number)


def find_documents(words: str, number: object = 1) -> ListPage:
    """One page of the documents whose title or file name holds every word, newest first."""
    return Paginator(_holding(Document.objects.all(), words, ("title", "name")), SHOWN).get_page(number)


def find_pages(words: str, number: object = 1) -> ListPage:
    """One page of the pages, drafts too, whose title or address holds every word."""
    rows = Page.objects.only("title", "path", "status", "kind").order_by("path")
    return Paginator(_holding(rows, words, ("title", "path")), SHOWN).get_page(number)


def _holding(rows: QuerySet, words: str, names: tuple[str, ...]) -> QuerySet:
    for word in words.replace("\x00", "").split()[:8]:
        condition = Q()
        for name in names:
            condition |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(condition)
    return rows


def rich_text_problems(html: str) -> list[str]:
    """What keeps this text from being stored, in sentences that name each picture; empty when all is well.

    Pictures come from the library, and each says what it shows or is marked as decorative. One query, if there are any.
    """
    reader = _Pictures()
    reader.feed(html)
    reader.close()
    if not reader.found:
        return []
    matches = [_ours.match(picture.get("src", "")) for picture in reader.found]
    known = Picture.objects.in_bulk({match[1] for match in matches if match}, field_name="public_id")
    told = []
    for number, (picture, match) in enumerate(zip(reader.found, matches, strict=True), start=1):
        row = known.get(match[1]) if match else None
        told.append(_problem(number, picture, row, bool(match)))
    return [problem for problem in told if problem]


def _problem(number: int, picture: dict[str, str], row: Picture | None, is_ours: bool) -> str:
    source, alt = picture.get("src", ""), picture.get("alt", "").strip()
    name = f"Picture {number}" + (f", “{row or alt[:60]}”," if row or alt else "")
    if source.startswith("/static/"):
        pass
    elif not is_ours:
        where = source.split("?")[0][:80] if source.startswith(("http:", "https:", "//")) else "pasted into the text"
        return f"{name} is not from the library ({where}). Take it out, and add it with the picture button instead."
    elif row is None or row.get_absolute_url() != source:
        return f"{name} is not in the library any more. Take it out, or choose another one."
    if not alt and picture.get("role") != "presentation":
        return f"{name} says nothing to those who do not see it. Describe it, or mark it as decorative."
    return ""


class _Pictures(HTMLParser):
    """Collects the attributes of every <img>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "image"}:
            self.found.append({name: value or "" for name, value in reversed(attrs)})
