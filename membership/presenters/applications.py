"""A person's own application in words: what its state means for them, and what they wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from aapm_site.core.ui.timeline import HistoryRow, row_of_change

from ..domain.applications import MOST_PAPERS
from ..models import Application, ApplicationStatusChange
from ..states import ApplicationStatus


@dataclass(frozen=True)
class ApplicationNote:
    """What the applicant should know now, and where to go from there."""

    tone: str
    title: str
    text: str
    url: str = ""
    label: str = ""


def note_of(application: Application) -> ApplicationNote | None:
    """The note of a state that needs nothing but words."""
    if application.status == ApplicationStatus.SUBMITTED:
        text = "You hear from us by e-mail, and see the answer here. There is nothing to do until then."
        return ApplicationNote("", "We are reading it.", text)
    if application.status == ApplicationStatus.APPROVED:
        text = "Everything for members is open to you."
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


def words_of(application: Application, changes: Sequence[ApplicationStatusChange], *, papers: int) -> ApplicationWords:
    """From the changes of its status, newest first, and the number of its papers."""
    is_declined = application.status == ApplicationStatus.DECLINED
    is_asked = application.status == ApplicationStatus.INFO_ASKED
    return ApplicationWords(
        note_of(application),
        refusal=_reason(changes, ApplicationStatus.DECLINED) if is_declined else None,
        question=_reason(changes, ApplicationStatus.INFO_ASKED) if is_asked else None,
        history=[row_of_change(change) for change in changes],
        may_add_papers=application.status == ApplicationStatus.SUBMITTED and papers < MOST_PAPERS,
    )


def _reason(changes: Sequence[ApplicationStatusChange], status: str) -> str:
    return next((change.reason for change in changes if change.to_status == status), "")
