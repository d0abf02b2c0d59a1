"""Links by which a colleague without an account sees a page before it is public."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import actor
from content.models import Page, PreviewLink

DAYS, LONGEST_DAYS = 7, 60
MOST_OPEN = 20


def make_preview_link(page: Page, *, by: Actor, days: int = DAYS) -> PreviewLink:
    """A new link that expires by itself. Raises ValidationError for an odd number of days, or with too many links.

    Locks the page's row, so that the limit holds however fast the button is pressed.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError(f"A link lasts from one day to {LONGEST_DAYS} days.")
    with transaction.atomic():
        if Page.objects.select_for_update().only("status").get(pk=page.pk).is_trashed:
            raise ValidationError("This page is in the trash. Put it back first.")
        now = timezone.now()
        if page.preview_links.filter(ended_at=None, expires_at__gt=now).count() >= MOST_OPEN:
            raise ValidationError(f"This page has {MOST_OPEN} open links already. End one first.")
        return PreviewLink.objects.create(page=page, by=actor(by), made_at=now, expires_at=now + timedelta(days=days))


def end_preview_link(link: PreviewLink) -> None:
    """Nobody reads by this link any more; ended again, it keeps its first end."""
    PreviewLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now())


def end_links_of(person: User) -> None:
    """None of this person's links leads anywhere any more, and nobody reads who made them. Safe to repeat."""
    made = PreviewLink.objects.filter(by=person)
    made.filter(ended_at=None).update(ended_at=timezone.now())
    made.update(by=None)
