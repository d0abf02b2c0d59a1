"""The demonstration's employers, jobs, seekers and rates, from the data files in careers/demo/."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from aapm_site.accounts.models import Profession, Specialty, User
from aapm_site.accounts.queries.places import places_called
from aapm_site.core.demo import DemoLoader
from aapm_site.core.models import Count
from aapm_site.core.starter import load_kind
from aapm_site.mail.models import Subscription

from ..choices import AlertPace, CreditReason, DaysReason, EmployerKind, MemberRole, Remote, SavedStage
from ..credit_types import CreditType
from ..criteria import JobCriteria
from ..domain import credit_ledger, days_ledger, runs
from ..domain.alert_letters import BATCH, write_letters
from ..domain.alert_matching import announce_job
from ..domain.alerts import WantedAlert, add_alert
from ..domain.jobs import set_job_places, set_job_terms
from ..models import CreditEntry, Employer, EmployerMember, Job, JobStatement, JobStatusChange, SavedJob
from ..models.alert import KIND
from ..queries.boards import CHART_DAYS, JOB_VIEW
from ..queries.figures import SEARCH_NOTHING
from ..starter import PACKAGES
from .applications import load_applications
from .contacts import load_contacts
from .fellowships import load_fellowships
from .history import STATUS, history_of
from .orders import load_orders
from .organizations import load_organizations
from .profiles import load_profiles
from .searches import load_searches
from .writing import load_writing

FILES = Path(__file__).parent
OWNER = "employer@demo.example"
SEEKER = "member@demo.example"
# What the demo's member has saved: a position by its state, how far they are with it, and their note.
SAVED = (
    ("live", SavedStage.APPLIED, "Sent my letter on Monday. Ask about call before the interview."),
    ("live", SavedStage.INTERESTED, ""),
    ("filled", SavedStage.NO, ""),
)
STAFF = "staff@demo.example"
# What the demo's member wants to be told of, and how many of the positions are new to them.
ALERTS = (
    ("Physician", AlertPace.AT_ONCE, JobCriteria(professions=("physician",))),
    ("From home", AlertPace.DAILY, JobCriteria(remote=True)),
    ("Maine", AlertPace.WEEKLY, JobCriteria(states=("ME",))),
)
NEWLY_OPEN = 6
# What the demo's employer owns, so that somebody who tries the site can send a job without paying first.
DAYS = 21  # in the account of the demo's employer
OWNED = ((CreditType(30), 3), (CreditType(30, featured=True), 1))
# What readers have looked for in vain, and every how many days.
IN_VAIN = {"acupuncture": 9, "ketamine clinic alaska": 17, "cruise ship": 23, "medical student": 31, "dry needling": 58}
COPIED = (
    "title", "setting", "employment_type", "pay_period", "benefits", "summary", "body", "runs_days", "featured",
    "confidential",
)  # fmt: skip


def _read(name: str) -> list[dict[str, Any]]:
    data = tomllib.loads((FILES / f"{name}s.toml").read_text(encoding="utf-8"))
    return data[name]


def load(say: Callable[[str], None]) -> None:
    """Load what is not there yet; what staff or the demo's employer have changed since stays."""
    packages = load_kind(PACKAGES, say, lambda kind, entry: {**entry.values, "is_active": True})
    employers = {row["slug"]: _employer(row) for row in _read("employer")}
    jobs = _read("job")
    _give_owner(jobs, employers)
    _give_credits()
    added = [job for number, row in enumerate(jobs) if (job := _job(row, employers[row["employer"]], number))]
    _fill_in_runs()
    _count_views(added)
    if added:
        _count_searches()
    _save_some()
    _tell_some()
    offers = load_fellowships(employers)
    profiles = load_profiles(SEEKER)
    orders = load_orders(OWNER)
    load_organizations(OWNER, STAFF)
    applied = load_applications(OWNER, SEEKER)
    asked = load_contacts(OWNER)
    searches = load_searches(OWNER)
    load_writing(OWNER)
    say(
        f"Career Center: {len(packages.added)} packages, {len(employers)} employers, {len(added)} new positions, "
        f"{offers} fellowship offers, {profiles} profiles, {orders} orders, {applied} applications, "
        f"{asked} asked for contact, {searches} saved searches of profiles."
    )


def _employer(row: dict[str, Any]) -> Employer:
    place = places_called([(row["city"], row["state"])]).get((row["city"], row["state"]))
    fields = {name: row[name] for name in ("name", "kind", "website", "about", "verified")}
    employer, is_new = Employer.objects.get_or_create(
        slug=row["slug"], defaults={**fields, "place": place, "is_sample": True}
    )
    if is_new:
        EmployerMember.objects.create(employer=employer, user=_person(row), role=MemberRole.OWNER)
    return employer


def _person(row: dict[str, Any]) -> User:
    """The contact of a sample employer: nobody can sign in as them, but their name stands in the admin."""
    first, _, last = row["contact_name"].partition(" ")
    user = User.objects.filter(email__iexact=row["contact_email"]).first()
    if user is None:
        user = User.objects.create_user(row["contact_email"], first_name=first, last_name=last)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _give_owner(jobs: list[dict[str, Any]], employers: dict[str, Employer]) -> None:
    """The demo's employer owns the organization whose jobs stand in the most different states, no agency."""
    owner = User.objects.filter(email=OWNER).first()
    if owner is None or owner.employer_memberships.exists():
        return
    states: dict[str, set[str]] = defaultdict(set)
    for row in jobs:
        states[row["employer"]].add(row["status"])
    slug = max(states, key=lambda slug: (len(states[slug]), employers[slug].kind != EmployerKind.AGENCY))
    EmployerMember.objects.create(employer=employers[slug], user=owner, role=MemberRole.OWNER)


def _give_credits() -> None:
    """A few credits for the demo's employer, given by hand; once, so that what was used stays used."""
    employer = Employer.objects.filter(members__user__email=OWNER).first()
    if employer is None or CreditEntry.objects.filter(employer=employer).exists():
        return
    staff = User.objects.filter(email=STAFF).first()
    for kind, count in OWNED:
        credit_ledger.add_credits(
            employer, kind, count, CreditReason.GIVEN, by=staff, reason="A sample, to try the site with."
        )
    days_ledger.add_days(
        employer, False, DAYS, DaysReason.GIVEN, by=staff, reason="A sample, to lengthen a position with."
    )


def _fill_in_runs() -> None:
    """The run of each sample that was approved, as if it had been approved here."""
    for job in Job.objects.filter(is_sample=True, starts_at__isnull=False, runs=None):
        runs.runs_of(job)


def _save_some() -> None:
    """What the demo's member keeps for later; once, so that what was removed stays removed."""
    person = User.objects.filter(email=SEEKER).first()
    if person is None or person.saved_jobs.exists():
        return
    samples = Job.objects.filter(is_sample=True).exclude(saved_by__user=person).order_by("pk")
    for number, (state, stage, note) in enumerate(SAVED):
        if job := samples.filter(status=STATUS[state]).first():
            saved_at = timezone.now() - timedelta(days=2 * number + 1)
            SavedJob.objects.create(user=person, job=job, stage=stage, note=note, saved_at=saved_at)


def _tell_some() -> None:
    """Alerts of the demo's member, and one letter of theirs to read; once, so that what was deleted stays deleted."""
    person = User.objects.filter(email=SEEKER).first()
    if person is None or Subscription.objects.filter(user=person, kind=KIND).exists():
        return
    for title, pace, criteria in ALERTS:
        alert = add_alert(person, WantedAlert(criteria.to_query(), title, pace), criteria)
    for job in Job.objects.live().filter(is_sample=True, announcement=None).order_by("-starts_at")[:NEWLY_OPEN]:
        announce_job(str(job.pk))
    write_letters(str(alert.reader_id // BATCH))


def _job(row: dict[str, Any], employer: Employer, number: int) -> Job | None:
    """The job with its history, or None if it is there already."""
    if Job.objects.filter(employer=employer, title=row["title"], is_sample=True).exists():
        return None
    now = timezone.now()
    # Not all at the same minute: the list is read by its order.
    begun = now - timedelta(days=row["posted_days_ago"], minutes=11 * (number % 60) + 5)
    history = history_of(row["status"], begun, row["runs_days"], row.get("return_reason", ""), now)
    job = Job.objects.create(
        employer=employer,
        profession=Profession.objects.get(slug=row["profession"]),
        remote=Remote.FULL if row["remote"] == "yes" else row["remote"],
        pay_min=Decimal(row["pay_min"]),
        pay_max=Decimal(row["pay_max"]),
        pay_note=row.get("pay_note", ""),
        apply_url=row.get("apply_url", ""),
        apply_email=row.get("apply_email", ""),
        takes_applications=row.get("takes_applications", False),
        public_employer_name=row.get("public_employer_name") or employer.name,
        slug=Job(title=row["title"]).wanted_slug,
        status=STATUS[row["status"]],
        is_sample=True,
        updated_at=history.moments["created_at"],
        **{name: row[name] for name in COPIED},
        **history.moments,
    )
    job.specialties.set(Specialty.objects.filter(slug__in=row["specialties"]))
    set_job_places(job, [{"city": place["city"], "state_code": place["state"]} for place in row["locations"]])
    job.save(update_fields=["places_text"])
    if "terms" in row:
        set_job_terms(job, _terms(row["terms"], now))
    JobStatement.objects.create(job=job, is_open_vacancy=True, software_screens=number % 7 == 3)
    _record(job, history.steps)
    return job


def _terms(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The columns as the file has them; the day to start by counts from today, so that it is never over."""
    terms = dict(row)
    days = terms.pop("start_in_days", None)
    return terms if days is None else terms | {"start_by_on": timezone.localdate(now) + timedelta(days=days)}


def _record(job: Job, steps: Any) -> None:
    team = job.employer.members.order_by("-pk").first()
    staff = User.objects.filter(email=STAFF).first()
    JobStatusChange.objects.bulk_create(
        JobStatusChange(
            subject=job,
            from_status=step.from_status,
            to_status=step.to_status,
            at=step.at,
            by=staff if step.by_staff else team.user,
            reason=step.reason,
        )
        for step in steps
    )


def _count_views(jobs: list[Job]) -> None:
    """Readers of the last thirty days: fewer on weekends, fewer as a job grows old."""
    rows = []
    for job in jobs:
        if job.starts_at is not None:
            rows += [Count(kind=JOB_VIEW, key=str(job.pk), on=on, times=times) for on, times in _readers(job)]
    Count.objects.bulk_create(rows, ignore_conflicts=True)


def _count_searches() -> None:
    """What readers looked for in vain, on days of the last year that are further apart the rarer the words are."""
    today = timezone.localdate()
    rows = [
        Count(kind=SEARCH_NOTHING, key=words, on=today - timedelta(days=ago), times=1 + ago % 3)
        for words, every in IN_VAIN.items()
        for ago in range(every // 2, 330, every)
    ]
    Count.objects.bulk_create(rows, ignore_conflicts=True)


def _readers(job: Job) -> list[tuple[Any, int]]:
    now = timezone.now()
    last: datetime = min(moment for moment in (now, job.ends_at, job.taken_down_at) if moment is not None)
    first = max(job.starts_at, now - timedelta(days=CHART_DAYS))
    found = []
    for number in range(max((last - first).days + 1, 0)):
        on = timezone.localdate(first + timedelta(days=number))
        age = (on - timezone.localdate(job.starts_at)).days
        swing = (job.pk * 7 + number * 13) % 11
        times = int((34 + swing * 2) / (1 + age / 12) * (0.4 if on.weekday() >= 5 else 1))
        found.append((on, times + (20 if job.featured else 0)))
    return found


CAREERS = DemoLoader("careers", load, order=30)
