"""Applications in words: where one stands for whoever sent it, and for the employer who reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from aapm_site.core.templatetags.ui import day
from aapm_site.core.ui.timeline import HistoryRow, Milestone, Timeline, row_of_change

from ..application_states import APPLICATION_CLOSED, EMPLOYER_STATES, JobApplicationStatus
from ..domain.bulk_decline import DECLINABLE, SeenApplication
from ..models import ApplicationOpening, Job, JobApplication, JobApplicationChange
from ..models.application import OpenedPart
from ..reveal import Revealed
from ..states import JobStatus
from .application_messages import SaidMessage, talk_for_person
from .job import closing_of

TONES = {
    JobApplicationStatus.SENT: "wait",
    JobApplicationStatus.VIEWED: "wait",
    JobApplicationStatus.IN_CONTACT: "live",
    JobApplicationStatus.HIRED: "live",
    JobApplicationStatus.DECLINED: "end",
    JobApplicationStatus.WITHDRAWN: "end",
}


def tone_of(status: str) -> str:
    return TONES[JobApplicationStatus(status)]


@dataclass(frozen=True)
class OwnRow:
    """One of a person's applications in their list, with what became of the position if it is not open any more."""

    application: JobApplication
    job: Job
    tone: str
    sentence: str


def own_rows(applications: Iterable[JobApplication], at: datetime) -> list[OwnRow]:
    return [OwnRow(one, one.job, tone_of(one.status), position_words(one.job, at)) for one in applications]


def position_words(job: Job, at: datetime) -> str:
    """Until when the position is open, or what became of it."""
    if job.is_live(at):
        return format_html("The position is open until {}.", day(job.ends_at))
    if job.status == JobStatus.PAUSED and not job.is_past(at):
        return "The position is paused. The employer can still read and answer what was sent."
    return closing_of(job, at).sentence


@dataclass(frozen=True)
class ApplicantRow:
    """One applicant in the employer's list; `choice` is what declining it with others sends, where it may be."""

    application: JobApplication
    tone: str
    choice: str


def applicant_rows(applications: Iterable[JobApplication], *, may_write: bool) -> list[ApplicantRow]:
    return [ApplicantRow(one, tone_of(one.status), _choice(one) if may_write else "") for one in applications]


def _choice(application: JobApplication) -> str:
    return str(SeenApplication(application.public_id, application.status)) if application.status in DECLINABLE else ""


@dataclass(frozen=True)
class OwnPage:
    """One application as whoever sent it reads it; the employer by the name that they may know."""

    application: JobApplication
    employer: str
    revealed: Revealed
    tone: str
    position_words: str
    timeline: Timeline
    history: list[HistoryRow]
    looks: list[HistoryRow]
    talk: list[SaidMessage]


def own_page(application: JobApplication, at: datetime) -> OwnPage:
    """Its steps, openings and messages are read in three queries."""
    changes = list(application.status_changes.all())
    return OwnPage(
        application,
        application.employer_for_person,
        application.revealed,
        tone_of(application.status),
        position_words(application.job, at),
        timeline_of_application(application, changes),
        history_for_person(application, changes),
        looks_in_words(application, application.looks.all()),
        talk_for_person(application, application.talk.all()),
    )


# Where it stands ------------------------------------------------------------------------------------------------------
def timeline_of_application(application: JobApplication, changes: Sequence[JobApplicationChange]) -> Timeline:
    """The line from “sent” to the employer's answer."""
    reached = {change.to_status: change.at for change in reversed(changes)}
    status = application.status
    opened = reached.get(JobApplicationStatus.VIEWED)
    is_answered = status in EMPLOYER_STATES
    return Timeline(
        "Where the application stands",
        (
            Milestone(
                "Sent",
                on=application.sent_at,
                is_done=status != JobApplicationStatus.SENT,
                is_now=status == JobApplicationStatus.SENT,
            ),
            Milestone(
                "Opened",
                "" if opened or is_answered else "not yet",
                opened,
                is_done=is_answered or (opened is not None and status in APPLICATION_CLOSED),
                is_now=status == JobApplicationStatus.VIEWED,
            ),
            _answer(application, reached.get(status)),
        ),
    )


def _answer(application: JobApplication, on: datetime | None) -> Milestone:
    if application.status in {JobApplicationStatus.SENT, JobApplicationStatus.VIEWED}:
        return Milestone("Answer")
    return Milestone(application.get_status_display(), on=on, is_now=True)


def history_for_person(application: JobApplication, changes: Iterable[JobApplicationChange]) -> list[HistoryRow]:
    """Each step, the last one first, as whoever sent it reads it."""
    steps = [_step(change, by=_who(application, change)) for change in changes]
    return _with_reveal(application, steps, employer=application.employer_for_person, person="you")


def _step(change: JobApplicationChange, *, by: str) -> HistoryRow:
    """With the mark that the state has elsewhere."""
    return replace(row_of_change(change, by=by), tone=tone_of(change.to_status))


def _who(application: JobApplication, change: JobApplicationChange) -> str:
    is_own = change.to_status in {JobApplicationStatus.SENT, JobApplicationStatus.WITHDRAWN}
    return "you" if is_own else application.employer_for_person


def looks_in_words(application: JobApplication, looks: Iterable[ApplicationOpening]) -> list[HistoryRow]:
    """What the employer opened, and when; the organization is named as far as the person may know it."""
    what = {
        OpenedPart.APPLICATION: "Your application",
        OpenedPart.CV: "Your CV",
        OpenedPart.LISTED: "Your name, and your address where you show it, in a list",
    }
    return [HistoryRow(what[OpenedPart(look.part)], look.at, by=application.employer_for_person) for look in looks]


def history_for_employer(application: JobApplication, changes: Iterable[JobApplicationChange]) -> list[HistoryRow]:
    """The same for the team: colleagues by name, the applicant as far as the team may know them."""
    steps = [_step(change, by=_actor(application, change)) for change in changes]
    return _with_reveal(application, steps, employer="your team", person=application.name_for_employer)


def _with_reveal(
    application: JobApplication, steps: list[HistoryRow], *, employer: str, person: str
) -> list[HistoryRow]:
    """On a confidential posting the two weightiest steps as well."""
    told = [
        HistoryRow(label, at, by=by)
        for label, at, by in (
            ("The employer says who it is", application.named_at, employer),
            ("Yes: name, address and CV are shown", application.agreed_at, person),
            ("Shows an address, if the other side does", application.person_shows_at, person),
        )
        if at
    ]
    return sorted([*steps, *told], key=lambda row: row.on, reverse=True)


def _actor(application: JobApplication, change: JobApplicationChange) -> str:
    if change.to_status in {JobApplicationStatus.SENT, JobApplicationStatus.WITHDRAWN}:
        return application.name_for_employer
    return change.by.display_name if change.by else "a former colleague"


def team_looks(looks: Iterable[ApplicationOpening]) -> list[HistoryRow]:
    """Who of the team opened what."""
    return [
        HistoryRow(look.get_part_display(), look.at, by=look.by.display_name if look.by else "a former colleague")
        for look in looks
    ]


# Several at once ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LetterToOne:
    """The letter that one applicant would get, under the name by which the employer knows them."""

    to: str
    text: str


def letter_to_each(declined: Iterable[JobApplication], words: str) -> list[LetterToOne]:
    """The middle of the letter as the mail says it, from the greeting to the words; none without words."""
    return [LetterToOne(one.name_for_employer, _letter(one, words)) for one in declined] if words else []


def _letter(application: JobApplication, words: str) -> str:
    known = {
        "name": application.name_for_employer,
        "title": application.job.title,
        "employer": application.employer_for_person,
        "state": JobApplicationStatus.DECLINED,
        "words": words,
    }
    return render_to_string("emails/careers/application_answer.txt", known).strip()


LIST_HEAD = ("Position", "Sent on", "Applicant", "E-mail", "Where it stands", "Closed on", "CV")


def list_row(application: JobApplication) -> tuple[object, ...]:
    """One applicant in a table; before both sides have said yes to it, neither name nor address nor CV."""
    is_known = application.revealed.employer_knows_person
    return (
        application.job_id,
        _on(application.sent_at),
        application.name_for_employer,
        application.email_for_employer,
        application.get_status_display(),
        _on(application.closed_at),
        ("yes" if application.cv else "no") if is_known else "",
    )


def _on(at: datetime | None) -> str:
    return f"{timezone.localdate(at):%Y-%m-%d}" if at else ""
