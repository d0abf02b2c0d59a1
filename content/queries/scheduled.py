"""What the clock alone will do to pages: which go public, and of which the publication ends."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from content.models import Page
from content.states import PageStatus


def due_pages(at: datetime) -> Iterator[DueRow]:
    """What changes after now and by `at`; two queries."""
    now = timezone.now()
    coming = Page.objects.filter(status=PageStatus.SCHEDULED, published_at__gt=now, published_at__lte=at)
    for key, title, when in coming.order_by("published_at", "pk").values_list("pk", "title", "published_at"):
        yield _row(key, "public", f"“{title}” goes public", when)
    ending = Page.objects.cleared().filter(unpublish_at__gt=now, unpublish_at__lte=at)
    for key, title, when in ending.order_by("unpublish_at", "pk").values_list("pk", "title", "unpublish_at"):
        yield _row(key, "end", f"The publication of “{title}” ends", when)


def _row(key: int, what: str, title: str, at: datetime | None) -> DueRow:
    return DueRow(f"{key}:{what}", title, at or timezone.now(), reverse("admin:content_page_change", args=[key]))


def due_prepared_changes(at: datetime) -> Iterator[DueRow]:
    """The prepared changes that come by themselves by then, those too that could not and wait; one query."""
    waiting = Page.objects.prepared().filter(comes_at__lte=at).order_by("comes_at", "pk")
    for key, title, when in waiting.values_list("pk", "prepares__title", "comes_at"):
        address = reverse("admin:content_page_change", args=[key])
        yield DueRow(str(key), f"A prepared change of “{title}” is published", when, address)


def stuck_changes(at: datetime) -> int:
    """How many changes should have been published by then, and were not; one query."""
    return Page.objects.prepared().filter(comes_at__lte=at).count()
