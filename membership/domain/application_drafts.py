"""An application that is begun: kept while one writes, left and taken up again, sent, or forgotten after a while.

Of two windows that save, one is told of the other: what a form saves says with which save it began. Locks: the person
(where a draft is made or sent), then the draft.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.background.due import DueRow
from aapm_site.core.files import private
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.http.limits import within
from aapm_site.core.models import Retention
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email

from ..models import Application, ApplicationDraft, DraftPaper, Plan
from ..rules import ONE_DAY
from .applications import KIND, MOST_PAPERS, application_refusal, submit_application

SALT = "membership.draft"
LONGEST = 20_000  # characters of all fields together
RETENTION = "application-drafts"
KEPT_DAYS = 30
REMIND_AFTER = timedelta(days=7)
MOST_AT_ONCE = 500
SAVES, SAVES_IN = 100, 60  # of one person's words, in so many seconds

Typed = Mapping[str, Sequence[str]]


class DraftOvertaken(NotAllowed):
    """The draft was saved in another window since the form was made; `draft` is how it stands."""

    def __init__(self, draft: ApplicationDraft) -> None:
        self.draft = draft
        super().__init__(
            "You have saved this application in another window meanwhile. What stands here is what you typed in this "
            "one: press again to keep it in place of the other."
        )


@transaction.atomic
def begin_draft(user: User, plan: Plan, typed: Typed) -> ApplicationDraft:
    """Keep the first words of an application. DraftOvertaken where the person has a draft already.

    NotAllowed for whoever could not send it: a member, somebody whose application is open, a category by invitation.
    """
    _refuse_length(typed)
    get_user_model().objects.select_for_update(of=("self",)).get(pk=user.pk)
    if reason := application_refusal(user, plan):
        raise NotAllowed(reason)
    standing = ApplicationDraft.objects.for_user(user).select_related("plan").first()
    if standing is not None:
        raise DraftOvertaken(standing)
    return ApplicationDraft.objects.create(user=user, plan=plan, fields=_as_lists(typed))


@transaction.atomic
def keep_typed(draft: ApplicationDraft, typed: Typed, *, token: str) -> ApplicationDraft:
    """Keep what is typed into a form that began with the save `token`, unchecked.

    DraftOvertaken if there was another save since. NotAllowed for one that is gone: sent, or forgotten.
    """
    _refuse_length(typed)
    locked = lock_draft(draft)
    if token_of(locked) != token:
        raise DraftOvertaken(locked)
    if locked.fields == _as_lists(typed):
        return locked
    locked.fields = _as_lists(typed)
    return _touch(locked, "fields")


@transaction.atomic
def send_draft(
    draft: ApplicationDraft, typed: Typed, *, token: str, paper: UploadedFile | None = None, **fields: Any
) -> Application:
    """Make the draft an application, with its papers and one more. `fields` are what was typed, checked.

    Locks the person, then the draft: of two who send it the second gets NotAllowed, and whoever did not see the last
    save DraftOvertaken, unless that kept the same words. NotAllowed too where nobody could apply.
    """
    get_user_model().objects.select_for_update(of=("self",)).get(pk=draft.user_id)
    locked = lock_draft(draft)
    if token_of(locked) != token and locked.fields != _as_lists(typed):
        raise DraftOvertaken(locked)
    return submit_application(locked.user, locked.plan, papers=[paper] if paper else [], **fields)


@transaction.atomic
def change_plan(draft: ApplicationDraft, plan: Plan) -> ApplicationDraft:
    """The same words for another category. NotAllowed for one by invitation."""
    locked = lock_draft(draft)
    if not plan.joinable:
        raise NotAllowed(f"{plan} is by invitation; there is nothing to apply for.")
    locked.plan = plan
    return _touch(locked, "plan")


@transaction.atomic
def add_draft_paper(draft: ApplicationDraft, paper: UploadedFile) -> DraftPaper:
    """Keep a PDF with the draft: at most five, however they are sent."""
    locked = lock_draft(draft)
    if locked.papers.count() >= MOST_PAPERS:
        raise NotAllowed(f"An application holds {MOST_PAPERS} papers at most. Remove one first.")
    kept = DraftPaper.objects.create(
        draft=locked, file=paper, name=(paper.name or "paper.pdf")[:150], size=paper.size or 0
    )
    _touch(locked)
    return kept


@transaction.atomic
def remove_draft_paper(draft: ApplicationDraft, public_id: str) -> None:
    """Take a paper away, its file too. Safe to repeat."""
    locked = lock_draft(draft)
    for paper in locked.papers.filter(public_id=public_id):
        remove_after_commit(private.NAME, [str(paper.file.name)])
        paper.delete()


@transaction.atomic
def drop_draft(draft: ApplicationDraft) -> None:
    """Forget a draft with its papers. Safe to repeat."""
    for locked in ApplicationDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk):
        forget_draft(locked)


def forget_draft(locked: ApplicationDraft) -> None:
    """Delete a draft that the caller has locked, and its files after the commit."""
    remove_after_commit(private.NAME, [str(paper.file.name) for paper in locked.papers.all()])
    locked.delete()


def lock_draft(draft: ApplicationDraft) -> ApplicationDraft:
    """The draft as it stands, locked. NotAllowed when it is gone."""
    found = ApplicationDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk)
    locked = found.select_related("plan", "user").first()
    if locked is None:
        raise NotAllowed("This application was sent or deleted meanwhile, so nothing more can be kept with it.")
    return locked


def token_of(draft: ApplicationDraft) -> str:
    """What a form remembers of the save that it began with."""
    return f"{draft.pk}-{draft.saves}"


def _touch(locked: ApplicationDraft, *changed: str) -> ApplicationDraft:
    """It was gone on with. Only other words make another save: a paper in one window disturbs none in another."""
    locked.saves += "fields" in changed
    locked.changed_at = timezone.now()
    locked.save(update_fields=[*changed, "saves", "changed_at"])
    return locked


def _as_lists(typed: Typed) -> dict[str, list[str]]:
    return {name: list(values) for name, values in typed.items()}


def may_save_now(person: User) -> bool:
    """Count one more save of this person’s words; False once there were more in a minute than pages make by themselves.

    A page saves when one pauses for two seconds: thirty times a minute at most, so that three windows of one person go
    on undisturbed. What is refused stands in the form, and the page saves it when the minute is over.
    """
    return within("draft-save", str(person.pk), times=SAVES, seconds=SAVES_IN)


def _refuse_length(typed: Typed) -> None:
    length = sum(len(name) + sum(map(len, values)) for name, values in typed.items())
    if length > LONGEST:
        raise NotAllowed(f"All of this together has {length:,} characters, more than we can keep. Shorten it, please.")


# The link by which it is taken up again ------------------------------------------------------------------------------
def draft_address(draft: ApplicationDraft) -> str:
    """The link in the person's letters, with the origin: a secret of theirs, good for as long as the draft."""
    return absolute(reverse("membership:draft-resume", args=[signing.dumps(draft.public_id, salt=SALT)]))


def draft_by_link(signed: str) -> ApplicationDraft | None:
    """Whose link it is; None for a forged one, a draft that is gone, and an account that is closed."""
    try:
        public_id = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    known = ApplicationDraft.objects.filter(public_id=public_id, user__is_active=True)
    return known.select_related("plan", "user").first()


def kept_until(draft: ApplicationDraft) -> date:
    """The last day on which it is kept whole, unless somebody goes on with it. One query."""
    days = Retention.objects.filter(name=RETENTION).values_list("days", flat=True).first() or KEPT_DAYS
    return timezone.localdate(draft.changed_at + timedelta(days=days)) - ONE_DAY


@transaction.atomic
def mail_link(draft: ApplicationDraft) -> None:
    """Mail the link to the person whose draft it is."""
    locked = lock_draft(draft)
    locked.linked_at = timezone.now()
    locked.save(update_fields=["linked_at"])
    _write(locked, "application_draft")


def due_drafts(at: datetime) -> Iterator[DueRow]:
    """Drafts that lie for a week and of which nobody was reminded yet."""
    waiting = ApplicationDraft.objects.untouched_since(at - REMIND_AFTER).filter(reminded_at=None)
    may_get = waiting.filter(user__is_active=True).exclude(Q(user__email=None) | Q(user__email=""))
    for draft in may_get.select_related("plan").order_by("changed_at", "pk")[:MOST_AT_ONCE]:
        title = f"Remind of draft {draft.pk}, {draft.plan}"
        yield DueRow(str(draft.pk), title, draft.changed_at + REMIND_AFTER)


@transaction.atomic
def remind_of_draft(key: str) -> None:
    """Write once that it waits, and until when. Safe to repeat and to race: it asks again under the lock."""
    drafts = ApplicationDraft.objects.select_for_update(of=("self",), no_key=True).select_related("plan", "user")
    draft = drafts.filter(pk=int(key), reminded_at=None, user__is_active=True).first()
    if draft is None or draft.changed_at > timezone.now() - REMIND_AFTER:
        return
    draft.reminded_at = timezone.now()
    draft.save(update_fields=["reminded_at"])
    _write(draft, "application_draft_waits")


def _write(draft: ApplicationDraft, template: str) -> None:
    user = draft.user
    context = {
        "name": user.get_short_name(),
        "category": draft.plan.name,
        "url": draft_address(draft),
        "kept_until": kept_until(draft),
    }
    # Secret: whoever has the link reads the draft.
    queue_email(user.email, f"membership/{template}", context, user=user, kind=KIND, secret=True)
