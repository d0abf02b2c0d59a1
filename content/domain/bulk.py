"""One change to many pages: each in its own transaction, so that one that cannot be changed stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from content.domain import pages
from content.models import Category, Contributor, Page

MOST = 500

Change = Callable[[Page], Any]


@dataclass
class BulkResult:
    """How many pages were changed, and why the others were not."""

    done: int = 0
    refused: list[str] = field(default_factory=list)


def change_each(ids: Iterable[int], change: Change) -> BulkResult:
    """Do it to each page, read anew; one that somebody saves meanwhile is left alone and named."""
    outcome = BulkResult()
    for page in Page.objects.filter(pk__in=list(ids)).defer("search").order_by("path").iterator(chunk_size=50):
        try:
            change(page)
            outcome.done += 1
        except ValidationError as refused:
            outcome.refused.append(f"{page}: {' '.join(refused.messages)}")
        except NotAllowed as refused:
            outcome.refused.append(f"{page}: {refused}")
    return outcome


def mark_reviewed(reviewer: Contributor, by: Any) -> Change:
    """Checked today by this person."""

    def change(page: Page) -> Page:
        page.reviewer, page.reviewed_on = reviewer, timezone.localdate()
        return pages.save_page(page, by=by, read_version=page.version)

    return change


def add_category(category: Category, by: Any) -> Change:
    """Stands on this shelf too. Only news and statements have shelves."""

    def change(page: Page) -> Page:
        if not page.is_news:
            raise ValidationError("Categories are for news and statements.")
        return pages.save_page(page, by=by, read_version=page.version, categories=[*page.categories.all(), category])

    return change


def set_audience(audience: str, by: Any) -> Change:
    """Who reads it."""

    def change(page: Page) -> Page:
        page.audience = audience
        return pages.save_page(page, by=by, read_version=page.version)

    return change


def publish_pages(by: Any) -> Change:
    return lambda page: pages.publish_page(page, by=by)


def withdraw_pages(by: Any) -> Change:
    return lambda page: pages.withdraw_page(page, by=by)
