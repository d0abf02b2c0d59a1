"""A person's own application in words: what its state means for them, and what they wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from aapm_site.core.money import Money
from aapm_site.core.templatetags.ui import date_range
from aapm_site.core.ui.timeline import HistoryRow, row_of_change

from ..domain.applications import MOST_PAPERS
from ..domain.dues import Dues
from ..models import Application, ApplicationStatusChange
from ..skus import FIRST
from ..states import ApplicationStatus
from .standing import checkout_of


@dataclass(frozen=True)
class ApplicationNote:
    """What the applicant should know now, and where to go from there."""

    tone: str
    title: str
    text: str
    url: str = ""
    label: str = ""


def note_of(application: Application, dues: Dues | None = None) -> ApplicationNote | None:
    """The note of a state that needs nothing but words. `dues` are what an approved one waits for."""
    if dues is not None:
        text = "One step is left: your dues. Your term begins on the day on which they are paid."
        return ApplicationNote("good", "Approved.", text)
    if application.status == ApplicationStatus.SUBMITTED:
        text = "You hear from us by e-mail, and see the answer here. There is nothing to do until then."
        return ApplicationNote("", "We are reading it.", text)
    if application.status == ApplicationStatus.APPROVED:
        text = "All that your category includes is open to you."
        return ApplicationNote("good", "Approved. Welcome.", text, "/account/", "Go to my account")
    if application.status == ApplicationStatus.WITHDRAWN:
        text = "You may apply again whenever you like."
        return ApplicationNote("", "Withdrawn.", text, reverse("membership:join"), "See the categories")
    return None


@dataclass(frozen=True)
class ApplicationWords:
    """What has been said about an application; `refusal` and `question` are None in every other state."""

    note: ApplicationNote | None
    refusal: str | None
    question: str | None
    history: list[HistoryRow]
    may_add_papers: bool
    dues: "DuesWords | None" = None


@dataclass(frozen=True)
class DuesWords:
    """The dues that an approved application waits for: the sum, the days it buys, and where it is paid."""

    price: Money
    days: SafeString
    until: str
    how: str
    url: str


def dues_words(dues: Dues) -> DuesWords:
    """A part of a year says how its sum comes about."""
    first, plan = dues.periods[0], dues.plan
    parts = ""
    if first.months < plan.term_months:
        months = "1 month" if first.months == 1 else f"{first.months} whole months"
        parts = f"{months} of the year are left: {first.months} of 12 parts of {plan.price}"
        parts += f", and {Money(plan.least_dues, plan.currency)} at least." if plan.least_dues else "."
    return DuesWords(
        Money(dues.price, plan.currency),
        date_range(first.starts_on, first.ends_on),
        "if you pay today; later, your term begins later" if dues.kind == FIRST else "",
        parts,
        checkout_of(dues.sku),
    )


def words_of(
    application: Application,
    changes: Sequence[ApplicationStatusChange],
    *,
    papers: int,
    dues: Dues | None = None,
) -> ApplicationWords:
    """From the changes of its status, newest first, the number of its papers, and the dues that it waits for."""
    is_declined = application.status == ApplicationStatus.DECLINED
    is_asked = application.status == ApplicationStatus.INFO_ASKED
    return ApplicationWords(
        note_of(application, dues),
        refusal=_reason(changes, ApplicationStatus.DECLINED) if is_declined else None,
        question=_reason(changes, ApplicationStatus.INFO_ASKED) if is_asked else None,
        history=[row_of_change(change) for change in changes],
        may_add_papers=application.status == ApplicationStatus.SUBMITTED and papers < MOST_PAPERS,
        dues=dues_words(dues) if dues else None,
    )


def _reason(changes: Sequence[ApplicationStatusChange], status: str) -> str:
    return next((change.reason for change in changes if change.to_status == status), "")
