"""What staff change on many pages at once; each page is saved by itself, as a version of its own."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.accounts.people import Actor
from content.domain import pages
from content.models import Category, Contributor, Page


def mark_page_reviewed(page: Page, reviewer: Contributor, *, by: Actor) -> Page:
    """Checked today by this person."""
    page.reviewer, page.reviewed_on = reviewer, timezone.localdate()
    return pages.save_page(page, by=by, read_version=page.version)


def add_page_category(page: Page, category: Category, *, by: Actor) -> Page:
    """Stands on this shelf too. Only news and statements have shelves."""
    if not page.is_news:
        raise ValidationError("Categories are for news and statements.")
    return pages.save_page(page, by=by, read_version=page.version, categories=[*page.categories.all(), category])


def set_page_audience(page: Page, audience: str, *, by: Actor) -> Page:
    """Who reads it from now on."""
    page.audience = audience
    return pages.save_page(page, by=by, read_version=page.version)
