"""Pages, menus and questions for tests, as plain functions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from content.domain import pages
from content.models import Page
from content.states import PageStatus

CHICAGO = ZoneInfo("America/Chicago")


def page(slug: str = "about", **fields: Any) -> Page:
    """A page that was published yesterday, unless the fields say otherwise."""
    fields.setdefault("title", slug.replace("-", " ").capitalize())
    fields.setdefault("summary", f"About {slug}.")
    fields.setdefault("published_at", timezone.now() - timedelta(days=1))
    fields.setdefault("status", PageStatus.PUBLISHED)
    return pages.save_page(Page(slug=slug, **fields))


def news(slug: str, at: datetime | None = None, **fields: Any) -> Page:
    """One entry of the news."""
    if at is not None:
        fields["published_at"] = at
    return page(slug, kind=fields.pop("kind", "news"), **fields)


def chicago(*numbers: int) -> datetime:
    """An instant by the association's clock."""
    return datetime(*numbers, tzinfo=CHICAGO)
