"""Applications in the demonstration: some that its employer has received, and some that its member has sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from aapm_site.accounts.models import User

from ..application_states import APPLICATION_CLOSED, EMPLOYER_STATES, JobApplicationStatus
from ..domain.application_messages import report_message
from ..domain.reply_clocks import count_all_replies
from ..models import ApplicationOpening, EmployerMember, Job, JobApplication
from ..models.application import OpenedPart

CONTACT, DECLINED = JobApplicationStatus.IN_CONTACT, JobApplicationStatus.DECLINED
VIEWED, WITHDRAWN = JobApplicationStatus.VIEWED, JobApplicationStatus.WITHDRAWN


@dataclass(frozen=True)
class Told:
    """One application: days ago, the states that it passed, the last one's words, and how far both are named.

    Its steps lie evenly between the day on which it was sent and now, or within the first `within` days.
    """

    name: str
    email: str
    message: str
    days_ago: float
    path: tuple[str, ...] = ()
    words: str = ""
    is_named: bool = False
    within: float = 0
    noted: tuple[str, ...] = ()
    said: tuple[tuple[bool, str], ...] = ()  # whether by the employer, and the words
    is_reported: bool = False  # the employer's words are, to our staff


RECEIVED = (
    Told(
        "Wilhelmina Oduya",
        "w.oduya@people.example",
        "Six years of spine triage, the last two beside a surgeon who asked me first. I like the visit in which nobody "
        "needs an operation.\n\nI could start in March, and would be glad to spend a day with you before.",
        0.3,
    ),
    Told(
        "Tobias Renneker",
        "t.renneker@people.example",
        "I finish my fellowship for physician assistants in May. My supervisor would be glad to take your call.",
        3,
        (VIEWED,),
        noted=(
            "Called the supervisor on Tuesday. Careful with histories, asks early, and the nurses want to keep him.",
            "May is late for us, but the second post opens in June. Let us read him again with that one.",
        ),
    ),
    Told(
        "Solveig Marchetti",
        "s.marchetti@people.example",
        "Orthopedics for nine years; now I would rather keep people out of the operating room.",
        5,
        (VIEWED, CONTACT),
        "Thank you. Could you talk on Thursday at noon? Denise will call you.",
        said=(
            (True, "It was good to hear you. Would you like to see the clinic on a Wednesday, when the table meets?"),
            (False, "Very much. The 9th would suit me; I come by the morning train and could stay until four."),
        ),
    ),
    Told(
        "Prosper Adeyinka-Holt",
        "p.holt@people.example",
        "I would like to move to Erie with my family, and could begin whenever you wish.",
        6,
        (VIEWED, DECLINED),
        "We need somebody with experience in spine care from the first day. In a year we would read your letter anew.",
    ),
    Told("Ilse Brandvold", "i.brandvold@people.example", "Please see my letter.", 7, (VIEWED, WITHDRAWN)),
    Told(
        "Amadou Villanueva",
        "a.villanueva@people.example",
        "I have run a pre-operative clinic for four years, and would like to see people before a date is set.",
        12,
        (VIEWED, DECLINED),
        "Thank you for a fine letter. We are looking for somebody with a year of spine care behind them.",
        within=3,
    ),
    Told(
        "Greta Szymanski",
        "g.szymanski@people.example",
        "Two days a week beside my teaching would suit me, if that is a thought.",
        15,
        (VIEWED, DECLINED),
        "We would have liked to; the position is a full one. We keep your letter in mind for the autumn.",
        within=4,
    ),
    Told(
        "Osric Tan-Delacroix",
        "o.tan@people.example",
        "My references know me from the emergency department, where backs come at night.",
        17,
        (VIEWED, CONTACT, DECLINED),
        "It was good to talk. We both thought that the nights are what you would miss.",
        within=4,
    ),
)
CONFIDENTIAL = (
    Told(
        "Cosima Tarrant",
        "c.tarrant@people.example",
        "Interventional pain for eleven years, stimulators and pumps among it. I look for a place in which a new "
        "patient still has an hour.",
        1,
    ),
    Told(
        "Leander Fitzhugh",
        "l.fitzhugh@people.example",
        "Board certified, with a Delaware license. I would want two days of procedures, and a voice in how they are "
        "chosen.",
        4,
        (VIEWED,),
        is_named=True,
    ),
)
SENT = (
    Told(
        "",
        "",
        "I have followed your Wednesday table from afar, and would like to sit at it.",
        2,
        (VIEWED,),
        said=((True, "Thank you for writing. Which days of the week could you give us from March on?"),),
    ),
    Told(
        "",
        "",
        "Two days a week is what I can give until our youngest is in school.",
        0.5,
        (VIEWED,),
        said=((True, "Before we talk, please pay our fee of $85 for the background check, by gift card."),),
        is_reported=True,
    ),
)


def load_applications(owner: str, seeker: str) -> int:
    """How many were added: once, so that what somebody has done with them stays done."""
    if JobApplication.objects.exists():
        return 0
    live = Job.objects.live().filter(is_sample=True, takes_applications=True).select_related("employer").order_by("pk")
    mine = live.filter(employer__members__user__email=owner)
    person = User.objects.filter(email=seeker).first()
    added = _add(mine.filter(confidential=False).first(), RECEIVED)
    added += _add(mine.filter(confidential=True).first(), CONFIDENTIAL)
    if person is not None:
        others = list(live.exclude(employer__members__user__email=owner)[: len(SENT)])
        added += sum(_add(job, [told], person) for job, told in zip(others, SENT, strict=False))
    count_all_replies()
    return added


def _add(job: Job | None, told: Iterable[Told], person: User | None = None) -> int:
    return sum(_application(job, one, person) for one in told) if job is not None else 0


def _application(job: Job, told: Told, person: User | None) -> int:
    sent_at = timezone.now() - timedelta(days=told.days_ago)
    status = told.path[-1] if told.path else JobApplicationStatus.SENT
    made = JobApplication.objects.create(
        job=job,
        user=person,
        name=person.full_name if person else told.name,
        email=person.email.lower() if person else told.email,
        message=told.message,
        status=status,
        created_at=sent_at,
        sent_at=sent_at,
        closed_at=_moment(sent_at, told, len(told.path)) if status in APPLICATION_CLOSED else None,
        named_at=_moment(sent_at, told, 1) if told.is_named else None,
        answered_at=_answered_at(sent_at, told),
    )
    _tell(made, told)
    return 1


def _moment(sent_at: datetime, told: Told, step: int) -> datetime:
    whole = timedelta(days=told.within) if told.within else timezone.now() - sent_at
    return sent_at + whole * step / (len(told.path) + 1)


def _answered_at(sent_at: datetime, told: Told) -> datetime | None:
    answers = [step for step, to in enumerate(told.path, 1) if to in EMPLOYER_STATES]
    return _moment(sent_at, told, answers[0]) if answers else None


def _tell(made: JobApplication, told: Told) -> None:
    """What has happened to it: who opened it, and each step."""
    member = made.job.employer.members.order_by("-pk").first()
    before, states = JobApplicationStatus.UNCONFIRMED, (JobApplicationStatus.SENT, *told.path)
    for step, to in enumerate(states):
        is_own = to in {JobApplicationStatus.SENT, WITHDRAWN}
        at = _moment(made.created_at, told, step)
        made.status_changes.create(
            from_status=before,
            to_status=to,
            at=at,
            by=made.user if is_own or member is None else member.user,
            reason=told.words if step == len(states) - 1 else "",
        )
        if to == VIEWED:
            by = member.user if member else None
            ApplicationOpening.objects.create(application=made, part=OpenedPart.APPLICATION, by=by, at=at)
            for text in told.noted:
                made.team_notes.create(text=text, by=by, written_at=at)
        before = JobApplicationStatus(to)
    _talk(made, told, member)


def _talk(made: JobApplication, told: Told, member: EmployerMember | None) -> None:
    """What was said lies in the hours before now, one after another."""
    for hours, (by_employer, text) in zip(range(30, 0, -7), told.said, strict=False):
        of_team = member.user if member else None
        at = timezone.now() - timedelta(hours=hours)
        message = made.talk.create(
            by_employer=by_employer, text=text, by=of_team if by_employer else made.user, sent_at=at
        )
        if told.is_reported and by_employer:
            report_message(message, by_employer=False)
        if by_employer and made.answered_at is None:
            made.answered_at = at
            made.save(update_fields=["answered_at"])
