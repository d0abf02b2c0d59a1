"""What happens to an application: each step in one transaction with its mails."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.http.limits import within
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed, move
from aapm_site.mail.domain.queue import queue_email

from ..models import Application, ApplicationConsent, ApplicationDraft, ApplicationPaper, ConsentVersion, Plan, Term
from ..queries.members import forget, standing_of
from ..states import ApplicationStatus, MembershipStatus
from . import memberships

MOST_PAPERS = 5
MOST_A_DAY, A_DAY = 3, 24 * 60 * 60  # applications of one person, those that were taken back among them
SENT_OFTEN = "You have sent several applications today and taken them back. Please send this one tomorrow."
KIND = "membership-application"


@transaction.atomic
def submit_application(
    user: User,
    plan: Plan,
    *,
    papers: Iterable[UploadedFile] = (),
    agreed: Iterable[ConsentVersion] = (),
    **fields: Any,
) -> Application:
    """Store a new application with what was agreed to, and write to the applicant and the staff.

    Locks the person's row: a second application sent at the same moment gets NotAllowed, as does one from a person
    who is a member already, for a category that is not open, and after several on one day: each is read by somebody.
    """
    get_user_model().objects.select_for_update(of=("self",)).get(pk=user.pk)
    if reason := application_refusal(user, plan):
        raise NotAllowed(reason)
    if not within("application", str(user.pk), times=MOST_A_DAY, seconds=A_DAY):
        raise NotAllowed(SENT_OFTEN)
    application = Application.objects.create(user=user, plan=plan, **fields)
    ApplicationConsent.objects.bulk_create(
        ApplicationConsent(application=application, version=version) for version in agreed
    )
    _take_draft(user, application)
    for paper in papers:
        add_paper(application, paper)
    _complete_account(user, application)
    _write(application, "application_received")
    _write_staff(application, "application_submitted_staff")
    return application


def _take_draft(user: User, application: Application) -> None:
    """The papers of the person's draft are the application's from now on; the draft is no more."""
    draft = ApplicationDraft.objects.select_for_update().filter(user=user).first()
    if draft is None:
        return
    ApplicationPaper.objects.bulk_create(
        ApplicationPaper(application=application, file=paper.file.name, name=paper.name, size=paper.size)
        for paper in draft.papers.all()
    )
    draft.delete()


def application_refusal(user: User, plan: Plan | None = None) -> str:
    """Why this person cannot apply now, as a sentence; empty if they can."""
    if plan is not None and not plan.joinable:
        return f"{plan} is by invitation; there is nothing to apply for."
    if Application.objects.for_user(user).open().exists():
        return "You have an open application already; you can follow it on its page."
    if plan is not None and Application.objects.for_user(user).waiting_for_dues().filter(plan=plan).exists():
        return "Your application is approved already. Pay your dues from its page, and you are a member."
    forget(user)
    standing = standing_of(user)
    if standing.status == MembershipStatus.CLOSED:
        return "Your membership is closed. To be a member again, please write to us."
    if standing.is_current:
        return "You are a member already. To change your category, write to us."
    return ""


def _complete_account(user: User, application: Application) -> None:
    """Fill in what the account does not know yet; nothing that the person has written there is replaced."""
    names = ("first_name", "last_name", "degrees", "profession", "specialty")
    missing = [name for name in names if not getattr(user, name) and getattr(application, name)]
    for name in missing:
        setattr(user, name, getattr(application, name))
    if missing:
        user.save(update_fields=missing)


@transaction.atomic
def add_paper(application: Application, paper: UploadedFile) -> ApplicationPaper:
    """Keep one more PDF with an open application. Locks the application: at most five, however they are sent."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not locked.is_open:
        raise NotAllowed("This application is closed; it takes no further papers.")
    if locked.papers.count() >= MOST_PAPERS:
        raise NotAllowed(f"An application holds {MOST_PAPERS} papers at most.")
    return ApplicationPaper.objects.create(
        application=locked, file=paper, name=(paper.name or "paper.pdf")[:150], size=paper.size or 0
    )


@transaction.atomic
def ask_for_information(application: Application, *, by: Actor, reason: str) -> Application:
    """Staff ask the applicant for what is missing."""
    asked = move(application, ApplicationStatus.INFO_ASKED, by=by, reason=reason)
    _write(asked, "application_info_asked", reason=reason.strip())
    return asked


@transaction.atomic
def answer_application(
    application: Application, *, by: Actor, reason: str, paper: UploadedFile | None = None
) -> Application:
    """The applicant answers, with a further paper if they like; the application goes back to staff."""
    answered = move(application, ApplicationStatus.SUBMITTED, by=by, reason=reason)
    if paper is not None:
        add_paper(answered, paper)
    _write_staff(answered, "application_answered_staff", answer=reason.strip())
    return answered


@transaction.atomic
def approve_application(application: Application, *, by: Actor, reason: str = "") -> Application:
    """Staff approve. In a category without dues the person is a member from today; else the term begins when the dues
    are paid, and the letter leads there. NotAllowed if they are a member already.
    """
    approved = move(application, ApplicationStatus.APPROVED, by=by, reason=reason)
    standing = standing_of(approved.user)
    if standing.is_current:
        raise NotAllowed(f"{approved.full_name} is a member already, until {standing.ends_on:%B %-d, %Y}.")
    if standing.status == MembershipStatus.CLOSED:
        raise NotAllowed(f"The membership of {approved.full_name} is closed. Open it again first.")
    if approved.plan.dues:
        _write(approved, "application_approved_dues", price=approved.plan.price_words, per=approved.plan.per_term)
        return approved
    term = memberships.admit_member(approved.user, approved.plan, on=timezone.localdate(), **approved.as_profile())
    _write(approved, "application_approved", term=_term_context(term))
    return approved


@transaction.atomic
def decline_application(application: Application, *, by: Actor, reason: str) -> Application:
    """Staff decline, with a reason that the applicant reads."""
    declined = move(application, ApplicationStatus.DECLINED, by=by, reason=reason)
    _write(declined, "application_declined", reason=reason.strip())
    return declined


@transaction.atomic
def withdraw_application(application: Application, *, by: Actor, reason: str = "") -> Application:
    """The applicant takes the application back."""
    return move(application, ApplicationStatus.WITHDRAWN, by=by, reason=reason)


def _term_context(term: Term) -> dict[str, Any]:
    return {"number": term.membership.number, "starts_on": term.starts_on, "ends_on": term.ends_on}


def _context(application: Application, **more: Any) -> dict[str, Any]:
    return {
        "name": application.first_name,
        "full_name": application.full_name,
        "category": application.plan.name,
        "url": absolute(application.get_absolute_url()),
        **more,
    }


def _write(application: Application, template: str, **more: Any) -> None:
    user = application.user
    queue_email(user.email, f"membership/{template}", _context(application, **more), user=user, kind=KIND)


def _write_staff(application: Application, template: str, **more: Any) -> None:
    address = absolute(reverse("admin:membership_application_change", args=[application.pk]))
    context = _context(application, **more, email=application.user.email, staff_url=address)
    queue_email(settings.STAFF_EMAIL, f"membership/{template}", context, kind=KIND)
