"""Newsletters: gathered from what is new, tried, sent, agreed to.

Who gets one is written down when it is sent; from then on it is a mailing (mail/domain/mailings.py), which is paused
and stopped by mail/domain/staff_letters.py. Locks: a draft's row.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.dateformat import format as in_words
from django.utils.text import slugify

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed, actor, move
from aapm_site.mail.domain import mailings
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.staff_letters import ALONE
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import Mailing, Subscription
from content.domain.newsletter_portions import TEMPLATE, letter_of
from content.domain.newsletter_readers import KIND
from content.models import Newsletter, NewsletterEntry, Page
from content.models.newsletter import readable_by_everybody
from content.queries.newsletters import readable_entries

FIRST_LOOKS_BACK = timedelta(days=31)  # where none was sent yet
MOST_ENTRIES = 20
SLUG_LENGTH = 60


# Written --------------------------------------------------------------------------------------------------------------
def since_the_last_one() -> datetime:
    """When the last newsletter was begun; a month ago where there is none.

    Not when it was sent: what came out while it was written, and waited for a second person, is in none yet.
    """
    begun = Mailing.objects.filter(kind=KIND).annotate(since=Least("newsletter__created_at", "begun_at"))
    last = begun.order_by("-begun_at").values_list("since", flat=True).first()
    return last or timezone.now() - FIRST_LOOKS_BACK


def what_is_new() -> QuerySet[Page]:
    """News and statements for everybody since the last newsletter that none has held yet, newest first."""
    sent = NewsletterEntry.objects.filter(newsletter__mailing__isnull=False, page=OuterRef("pk"))
    new = Page.objects.filter(readable_by_everybody(), published_at__gt=since_the_last_one())
    return new.exclude(Exists(sent)).newest_first()


@transaction.atomic
def begin_digest(*, by: Any) -> Newsletter:
    """A draft that holds what is new. One with nothing new is made too: a letter of its own may follow."""
    month = in_words(timezone.localdate(), "F Y")
    made = Newsletter.objects.create(subject=f"News from the Academy, {month}", written_by=actor(by))
    _add_new(made)
    return made


@transaction.atomic
def gather_what_is_new(newsletter: Newsletter, *, by: Any) -> int:
    """Add what is new and not in it yet, below what it holds; how many those are. Locks the draft, which is written by
    whoever wrote in it last.
    """
    locked = _locked_draft(newsletter)
    if number := _add_new(locked):
        locked.written_by = actor(by)
        locked.save(update_fields=["written_by"])
    return number


def _add_new(locked: Newsletter) -> int:
    held = list(locked.entries.values_list("page", "order"))
    room = MOST_ENTRIES - len(held)
    last = max((order for _, order in held), default=0)
    new = list(what_is_new().exclude(pk__in=[page for page, _ in held])[: max(room, 0)])
    NewsletterEntry.objects.bulk_create(
        NewsletterEntry(newsletter=locked, page=page, order=last + 10 * (place + 1)) for place, page in enumerate(new)
    )
    return len(new)


# Sent -----------------------------------------------------------------------------------------------------------------
@transaction.atomic
def send_newsletter(newsletter: Newsletter, *, by: Any) -> Newsletter:
    """Begin to send, or, to more than a hundred readers, ask for a second person.

    Locks the newsletter. NotAllowed for what is no draft, says nothing, has no readers, or holds what not everybody
    may read.
    """
    locked = _locked_draft(newsletter)
    _check(locked)
    if audience_size() > ALONE:
        return move(locked, LetterStatus.WAITING, by=by, is_locked=True, asked_by=actor(by))
    return _begin(locked, by=by, asked_by=actor(by))


@transaction.atomic
def agree_to_newsletter(newsletter: Newsletter, *, by: Any) -> Newsletter:
    """A second person has read it, and it begins to go out. Locks the newsletter.

    NotAllowed for whoever wrote or sent it, and for what cannot be sent any more.
    """
    locked = _locked(newsletter)
    if locked.status != LetterStatus.WAITING:
        raise NotAllowed("A colleague has decided already.")
    if by.pk in {locked.asked_by_id, locked.written_by_id}:
        raise NotAllowed("You wrote or sent this newsletter. Somebody else must agree to it.")
    _check(locked)
    return _begin(locked, by=by, agreed_by=actor(by))


def _check(locked: Newsletter) -> None:
    readable = {entry.pk for entry in readable_entries(locked)}
    entries = list(locked.entries.select_related("page").defer("page__search"))
    if closed := next((entry for entry in entries if entry.pk not in readable), None):
        raise NotAllowed(f"Not everybody may read “{closed.page.title}” today. Take it out first.")
    if not entries and not locked.opening:
        raise NotAllowed("It says nothing yet: write some words, or choose news.")
    if not audience_size():
        raise NotAllowed("Nobody gets the newsletter today.")


def _begin(locked: Newsletter, *, by: Any, **changes: Any) -> Newsletter:
    for entry in readable_entries(locked):
        entry.title, entry.summary = entry.page.title, entry.page.summary
        entry.save(update_fields=["title", "summary"])
    mailing = mailings.begin_mailing(KIND, locked.subject, portion=mailings.in_a_portion(locked.per_hour))
    mailings.name_people(mailing, people().order_by().values("user"))
    mailings.name_subscriptions(mailing, addresses().order_by().values("pk"))
    slug = _free_slug(locked.subject)
    return move(locked, LetterStatus.SENDING, by=by, is_locked=True, mailing=mailing, slug=slug, **changes)


def _free_slug(subject: str) -> str:
    """The day and the subject; a second one of the same day and subject gets a number."""
    begin = f"{timezone.localdate()}-{slugify(subject)[:SLUG_LENGTH].strip('-')}".rstrip("-")
    taken = set(Newsletter.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    numbered = (f"{begin}-{number}" for number in range(2, len(taken) + 3))
    return next(word for word in (begin, *numbered) if word not in taken)


def people() -> QuerySet[Subscription]:
    """Those who get it with their account."""
    return Subscription.objects.filter(kind=KIND, user__isnull=False, paused_at=None)


def addresses() -> QuerySet[Subscription]:
    """Those who get it without one. Where an account has the same address, what was said there counts."""
    own = User.objects.filter(email__iexact=OuterRef("email"), is_active=True, subscriptions__kind=KIND)
    confirmed = Subscription.objects.filter(kind=KIND, user=None, paused_at=None, confirmed_at__isnull=False)
    return confirmed.exclude(Exists(own))


def audience_size() -> int:
    """How many get the next one."""
    return people().count() + addresses().count()


def _locked(newsletter: Newsletter) -> Newsletter:
    return Newsletter.objects.select_for_update(of=("self",)).get(pk=newsletter.pk)


def _locked_draft(newsletter: Newsletter) -> Newsletter:
    locked = _locked(newsletter)
    if not locked.is_draft:
        raise NotAllowed("A colleague has sent it already.")
    return locked


def is_all_written(mailing: Mailing) -> None:
    """The last portion is written: it is sent. The caller holds the mailing's lock."""
    move(Newsletter.objects.get(mailing=mailing), LetterStatus.SENT, by=None)


# One letter -----------------------------------------------------------------------------------------------------------
def send_test(newsletter: Newsletter, *, by: Any) -> None:
    """Mail it to the person themselves, as readers would get it. NotAllowed without an address."""
    if not by.email:
        raise NotAllowed("Your account has no e-mail address.")
    written = letter_of(newsletter)
    queue_email(by.email, TEMPLATE, {**written, "subject": f"Test: {written['subject']}"}, user=by, kind=KIND)
