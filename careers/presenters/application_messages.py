"""Messages about an application, as each side reads them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import JobApplication, JobApplicationMessage


@dataclass(frozen=True)
class SaidMessage:
    """A message, who wrote it as far as the reader may know, whether it is of their side, and may be reported."""

    message: JobApplicationMessage
    who: str
    is_own: bool
    may_report: bool


def _said(message: JobApplicationMessage, who: str, *, is_own: bool) -> SaidMessage:
    return SaidMessage(message, who, is_own, not is_own and message.reported_at is None)


def talk_for_employer(application: JobApplication, talk: Iterable[JobApplicationMessage]) -> list[SaidMessage]:
    """Colleagues by name, the applicant as far as the team may know them."""
    return [
        _said(one, _colleague(one) if one.by_employer else application.name_for_employer, is_own=one.by_employer)
        for one in talk
    ]


def _colleague(message: JobApplicationMessage) -> str:
    return message.by.display_name if message.by else "a former colleague"


def talk_for_person(application: JobApplication, talk: Iterable[JobApplicationMessage]) -> list[SaidMessage]:
    """The employer by the name that the person may know, whoever of it wrote."""
    return [
        _said(one, application.employer_for_person if one.by_employer else "You", is_own=not one.by_employer)
        for one in talk
    ]
