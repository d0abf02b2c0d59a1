"""Applications in the demonstration: some that its employer has received, and some that its member has sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from aapm_site.accounts.models import User

from ..application_states import APPLICATION_CLOSED, JobApplicationStatus
from ..models import ApplicationOpening, Job, JobApplication
from ..models.application import OpenedPart

CONTACT, DECLINED = JobApplicationStatus.IN_CONTACT, JobApplicationStatus.DECLINED
VIEWED, WITHDRAWN = JobApplicationStatus.VIEWED, JobApplicationStatus.WITHDRAWN


@dataclass(frozen=True)
class Told:
    """One application: days ago, the states that it passed, the last one's words, and how far both are named."""

    name: str
    email: str
    message: str
    days_ago: float
    path: tuple[str, ...] = ()
    words: str = ""
    is_named: bool = False


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
    ),
    Told(
        "Solveig Marchetti",
        "s.marchetti@people.example",
        "Orthopedics for nine years; now I would rather keep people out of the operating room.",
        5,
        (VIEWED, CONTACT),
        "Thank you. Could you talk on Thursday at noon? Denise will call you.",
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
    Told("", "", "I have followed your Wednesday table from afar, and would like to sit at it.", 2, (VIEWED,)),
    Told("", "", "Two days a week is what I can give until our youngest is in school.", 0.5),
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
    )
    _tell(made, told)
    return 1


def _moment(sent_at: datetime, told: Told, step: int) -> datetime:
    """The steps lie evenly between the day on which it was sent and now."""
    return sent_at + (timezone.now() - sent_at) * step / (len(told.path) + 1)


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
        before = JobApplicationStatus(to)
