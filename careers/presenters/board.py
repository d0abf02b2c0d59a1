"""A job on its team's board: where it stands, what has happened, how often it was read, what one may press."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import dateformat, timezone

from aapm_site.core.transitions import Move, moves_from
from aapm_site.core.ui.timeline import HistoryRow, Timeline

from ..domain import renewals
from ..models import Job
from ..queries.applications import ApplicantCounts, applicants_of_each
from ..queries.boards import CHART_DAYS, JobViews, views_of_each, went_on_from_each
from ..queries.job_figures import said_saves, saves_of_each
from ..queries.review import QueuePlace, queue_keys, usual_wait
from ..run_dates import LEAST_DAYS
from ..states import JobStatus
from .next_steps import is_written, next_step
from .review import place_words
from .standing import history_of, timeline_of, words_for

# A chart says something from a week of days on.
LEAST_CHART = 7
# What the team decides itself; approving and sending back are the staff's.
OWN_VERBS = ("submit", "take-back", "pause", "resume", "fill", "withdraw", "reopen")
# These lead to a page that asks, because days or the end depend on them; what can be taken back is done at once.
ASKED_FIRST = {"withdraw", "fill", "reopen"}


@dataclass(frozen=True)
class BoardButton:
    """One button of a job: a link, or what does it at once. One that `is_rare` stands below a word that opens them."""

    label: str
    url: str
    kind: str = "quiet"
    at_once: bool = False
    is_rare: bool = False


@dataclass(frozen=True)
class BoardRow:
    """A job on the board, with where its title leads and what the reader may do.

    `answer` is the step whose reason the team should read now: why it came back, or was withdrawn.
    """

    job: Job
    words: str
    tone: str
    next: str
    url: str
    timeline: Timeline
    history: tuple[HistoryRow, ...]
    answer: HistoryRow | None
    moves: tuple[Move, ...]
    buttons: tuple[BoardButton, ...]
    views: int
    applied: ApplicantCounts
    went_on: int
    saves: int | None = None
    chart_labels: tuple[str, ...] = ()
    chart_values: tuple[int, ...] = ()

    @property
    def usual_buttons(self) -> tuple[BoardButton, ...]:
        return tuple(one for one in self.buttons if not one.is_rare)

    @property
    def rare_buttons(self) -> tuple[BoardButton, ...]:
        return tuple(one for one in self.buttons if one.is_rare)

    @property
    def chart_series(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        return (("views", self.chart_values),)

    @property
    def chart_caption(self) -> str:
        return f"{self.views:,} view{'' if self.views == 1 else 's'} so far, day by day"


def board_rows(
    jobs: Sequence[Job], team: set[int], at: datetime, *, may_write: bool, days: Mapping[bool, int]
) -> list[BoardRow]:
    """The given jobs, with their counts read in five queries however many there are, seven if one is in review.

    `days` are those in the employer's account, by whether they are featured.
    """
    readers = JobReaders(
        views_of_each(jobs, at),
        applicants_of_each(jobs),
        went_on_from_each(jobs),
        days,
        saves_of_each(jobs),
        _places(jobs),
    )
    return [_board_row(job, readers, team, at, may_write=may_write) for job in jobs]


@dataclass(frozen=True)
class JobReaders:
    """What readers did with the jobs of a page, by the jobs' keys; and the days that may lengthen them."""

    views: dict[int, JobViews]
    applied: dict[int, ApplicantCounts]
    went_on: dict[int, int]
    days: Mapping[bool, int]
    saves: dict[int, int]
    places: dict[int, QueuePlace]


def _places(jobs: Sequence[Job]) -> dict[int, QueuePlace]:
    """Where those that wait for our staff stand in the queue; two queries if there are any."""
    if not any(job.status == JobStatus.IN_REVIEW for job in jobs):
        return {}
    keys, usual = queue_keys(), usual_wait()
    return {key: QueuePlace(place, len(keys), usual) for place, key in enumerate(keys, start=1)}


def _board_row(job: Job, readers: JobReaders, team: set[int], at: datetime, *, may_write: bool) -> BoardRow:
    """Its title leads to the readers' page while it is live, else to the preview."""
    words, tone = words_for(job, at)
    queued = readers.places.get(job.pk)
    if queued is not None:
        words = f"{words}, {place_words(queued.place)} in the queue"
    views = readers.views[job.pk]
    is_live = tone == "live"
    moves = tuple(step for step in moves_from(job) if _offered(job, step, at))
    history = history_of(job, team)
    labels, values = _chart(job, views.days, at)
    return BoardRow(
        job,
        words,
        tone,
        next_step(job, queued, at),
        job.get_absolute_url() if is_live else reverse("careers:job-preview", args=[job.public_id]),
        timeline_of(job, at),
        history,
        _answer(job, history),
        moves,
        tuple(_buttons(job, moves, at, readers.days, is_live=is_live)) if may_write else (),
        views.total,
        readers.applied.get(job.pk, ApplicantCounts()),
        readers.went_on.get(job.pk, 0),
        said_saves(readers.saves.get(job.pk, 0)),
        labels,
        values,
    )


def _answer(job: Job, history: Sequence[HistoryRow]) -> HistoryRow | None:
    has_one = history and history[0].note and job.status in {JobStatus.RETURNED, JobStatus.WITHDRAWN}
    return history[0] if has_one else None


def _offered(job: Job, step: Move, at: datetime) -> bool:
    if step.verb not in OWN_VERBS:
        return False
    if step.verb == "reopen":
        return _may_reopen(job, at)
    return step.verb == "fill" if job.is_past(at) else True


def _may_reopen(job: Job, at: datetime) -> bool:
    """While it can be, and had days left when it was filled."""
    until = renewals.reopens_until(job)
    had_days = job.ends_at is not None and job.taken_down_at is not None and job.taken_down_at < job.ends_at
    return until is not None and timezone.localdate(at) <= until and had_days


def _chart(job: Job, days: dict[date, int], at: datetime) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The days that the job was live, at most the last thirty, with the days without a reader."""
    if not job.is_live(at) or not days:
        return (), ()
    today = timezone.localdate(at)
    first = max(timezone.localdate(job.starts_at), today - timedelta(days=CHART_DAYS - 1))
    span = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    if len(span) < LEAST_CHART:
        return (), ()
    return tuple(dateformat.format(on, "M j") for on in span), tuple(days.get(on, 0) for on in span)


def _buttons(
    job: Job, moves: Iterable[Move], at: datetime, days: Mapping[bool, int], *, is_live: bool
) -> Iterator[BoardButton]:
    if job.is_freely_editable or job.is_text_editable:
        # What came back waits for exactly this, so it is the main button.
        label, kind = ("Correct it", "") if job.status == JobStatus.RETURNED else ("Edit", "quiet")
        yield BoardButton(label, reverse("careers:job-edit", args=[job.public_id]), kind)
    if not is_live:
        yield BoardButton("Preview", reverse("careers:job-preview", args=[job.public_id]))
    yield from _more_days(job, at, days)
    for step in moves:
        yield _step(job, step)
    clone, template = (reverse(f"careers:{name}", args=[job.public_id]) for name in ("job-clone", "template-save"))
    yield BoardButton("Use as a start for a new one", clone, at_once=True, is_rare=True)
    yield BoardButton("Keep as a template", template, is_rare=True)


def _more_days(job: Job, at: datetime, days: Mapping[bool, int]) -> Iterator[BoardButton]:
    """Renew what runs or has ended; lengthen it where the account holds enough days."""
    if job.status == JobStatus.APPROVED or job.is_past(at):
        yield BoardButton("Renew with a posting", reverse("careers:job-renew", args=[job.public_id]))
    found = list(job.runs.all())
    is_featured = found[-1].featured if found else job.featured
    may = job.status in {JobStatus.APPROVED, JobStatus.PAUSED} and renewals.may_lengthen(job, at)
    if may and days.get(is_featured, 0) >= LEAST_DAYS:
        yield BoardButton("Lengthen with days you have", reverse("careers:job-lengthen", args=[job.public_id]))


def _step(job: Job, step: Move) -> BoardButton:
    if step.verb == "submit":
        kind = "" if job.status == JobStatus.DRAFT and is_written(job) else "quiet"
        return BoardButton(step.label, reverse("careers:job-submit", args=[job.public_id]), kind)
    url = reverse("careers:job-step", args=[job.public_id, step.verb])
    if step.verb in ASKED_FIRST:
        return BoardButton(step.label, url, kind="danger" if step.danger else "quiet", is_rare=step.danger)
    return BoardButton(step.label, url, at_once=True)
