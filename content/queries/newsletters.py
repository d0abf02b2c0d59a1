"""Newsletters that wait for somebody, and what the archive shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.states import EmailState, RecipientState
from content.models import Newsletter, NewsletterEntry, Page
from content.models.newsletter import readable_by_everybody

_row = "mailing__recipients"


def newsletters_to_agree_to(user: Any) -> QuerySet[Newsletter]:
    """What waits for this person: not what they wrote or sent themselves."""
    waiting = Newsletter.objects.filter(status=LetterStatus.WAITING)
    return waiting.exclude(asked_by=user.pk).exclude(written_by=user.pk)


def with_figures(rows: QuerySet[Newsletter]) -> QuerySet[Newsletter]:
    """Each with how many letters were sent and came back, as the mail says it now, and how many readers stopped it."""
    return rows.annotate(
        sent_number=_counted(EmailState.SENT, RecipientState.SENT),
        back_number=_counted(EmailState.FAILED, RecipientState.FAILED),
        stopped_number=Count(_row, filter=Q(mailing__recipients__stopped_at__isnull=False)),
    )


def _counted(mail: str, row: str) -> Count:
    """The row's own word counts once the mail has forgotten its letter."""
    kept = Q(mailing__recipients__email__state=mail)
    return Count(_row, filter=kept | Q(mailing__recipients__email=None, mailing__recipients__state=row))


def readable_entries(newsletter: Newsletter) -> list[NewsletterEntry]:
    """Those that everybody may read at this moment, in their order; what was withdrawn meanwhile is left out."""
    readable = newsletter.entries.filter(page__in=Page.objects.filter(readable_by_everybody())).select_related("page")
    return list(readable.defer("page__body", "page__recap", "page__search"))


# The archive ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PastNewsletter:
    """One that was sent, as the archive lists it."""

    subject: str
    about: str
    url: str
    began_at: datetime


@dataclass(frozen=True)
class SentEntry:
    """One of the news in it, as it was said; everybody may read it today."""

    title: str
    summary: str
    kind: str
    path: str
    published_at: datetime | None


@dataclass(frozen=True)
class ShownNewsletter:
    """All of one: the staff's own words and what they chose."""

    subject: str
    about: str
    opening: str
    url: str
    began_at: datetime
    entries: tuple[SentEntry, ...]


@remembered
def past_newsletters() -> tuple[PastNewsletter, ...]:
    """All of them, newest first; one query."""
    rows = Newsletter.objects.shown().select_related("mailing").defer("opening")
    return tuple(
        PastNewsletter(row.subject, row.preview_line, row.get_absolute_url(), row.mailing.begun_at)
        for row in rows
        if row.mailing
    )


@remembered
def past_newsletter(slug: str, at: datetime) -> ShownNewsletter | None:
    """One of the archive; two queries. What was withdrawn since, or is for members by now, is left out."""
    row = Newsletter.objects.shown().select_related("mailing").filter(slug=slug).first()
    if row is None or row.mailing is None:
        return None
    entries = readable_entries(row)
    ends = [end for entry in entries if (end := entry.page.next_change(at))]
    lifetime.ends_at(min(ends, default=None))
    said = tuple(
        SentEntry(
            entry.title or entry.page.title,
            entry.summary or entry.page.summary,
            entry.page.get_kind_display() if entry.page.is_statement else "",
            entry.page.path,
            entry.page.published_at,
        )
        for entry in entries
    )
    return ShownNewsletter(
        row.subject, row.preview_line, row.opening, row.get_absolute_url(), row.mailing.begun_at, said
    )
