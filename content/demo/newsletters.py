"""Newsletters of the demonstration: two that went out, with figures, and a draft of what is new. Nothing is mailed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as in_words

from aapm_site.accounts.models import User
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import Mailing, MailingRecipient, Subscription
from aapm_site.mail.states import RecipientState, WhyHeld
from content.domain.newsletter_readers import KIND, TITLE
from content.domain.newsletters import begin_digest
from content.models import PUBLIC, Newsletter, NewsletterEntry, Page

READERS = 72
# How many days ago each went out, with its preview line and the words that stood first in it.
WENT = (
    (
        61,
        "Pain Awareness Month: what we did in it, and what we said.",
        "<p>Dear reader,</p><p>It was Pain Awareness Month. Here is what we did in it, and what we said.</p>",
    ),
    (
        30,
        "The Career Center is open again, and what is open in the Journal.",
        "<p>Dear reader,</p><p>The Career Center is open again, and this letter is longer than usual. "
        'If you have a question about any of it, <a href="/ask/">ask us</a>: a person reads it.</p>',
    ),
)


def load(say: Callable[[str], Any]) -> None:
    """All of it, unless there is a newsletter already."""
    if Newsletter.objects.exists():
        say("Newsletters: none made; there were some.")
        return
    staff = User.objects.filter(is_superuser=True).order_by("pk").first()
    now = timezone.now()
    readers = _readers(now - timedelta(days=90))
    for days, about, opening in WENT:
        _sent(now - timedelta(days=days), about, opening, readers, staff)
    begin_digest(by=staff)
    say(f"Newsletters: {len(WENT)} that went out and a draft made, with {len(readers)} readers.")


def _readers(at: datetime) -> list[Subscription]:
    return Subscription.objects.bulk_create(
        Subscription(email=f"reader{number}@news.example", kind=KIND, title=TITLE, created_at=at, confirmed_at=at)
        for number in range(1, READERS + 1)
    )


def _sent(at: datetime, about: str, opening: str, readers: list[Subscription], staff: User | None) -> None:
    month = in_words(timezone.localtime(at), "F Y")
    subject, day = f"News from the Academy, {month}", timezone.localdate(at)
    mailing = Mailing.objects.create(
        kind=KIND, title=subject, portion=250, begun_at=at, done_at=at + timedelta(minutes=5)
    )
    made = Newsletter.objects.create(
        subject=subject, preview_line=about, opening=opening, mailing=mailing,
        status=LetterStatus.SENT, slug=f"{day}-news-from-the-academy", created_at=at, written_by=staff,
        asked_by=staff, ended_at=mailing.done_at,
    )  # fmt: skip
    steps = ((LetterStatus.DRAFT, LetterStatus.SENDING), (LetterStatus.SENDING, LetterStatus.SENT))
    for minutes, (earlier, later) in enumerate(steps):
        made.status_changes.create(from_status=earlier, to_status=later, at=at + timedelta(minutes=5 * minutes))
    told = Page.objects.published(at).news().filter(audience=PUBLIC, published_at__gt=at - timedelta(days=35))
    NewsletterEntry.objects.bulk_create(
        NewsletterEntry(newsletter=made, page=page, order=10 * place, title=page.title, summary=page.summary)
        for place, page in enumerate(told.newest_first(), start=1)
    )
    MailingRecipient.objects.bulk_create(
        MailingRecipient(mailing=mailing, subscription=reader, at=at, **_became(place, at))
        for place, reader in enumerate(readers)
    )


def _became(place: int, at: datetime) -> dict[str, Any]:
    """One in thirty-six came back, one was held back, and one stopped it afterwards and took it up again later."""
    if place == 11:
        return {"state": RecipientState.HELD, "why": WhyHeld.BOUNCED}
    if place % 36 == 20:
        return {"state": RecipientState.FAILED}
    return {"state": RecipientState.SENT, "stopped_at": at + timedelta(days=2) if place == 40 else None}
