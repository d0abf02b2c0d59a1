"""What the room lends to the others: search, panel, personal data, timed work, sitemap, demo."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.accounts.models import User
from aapm_site.accounts.registry import account_panels
from aapm_site.core.background import due
from aapm_site.core.background.due import due_work
from aapm_site.core.demo import demo_loaders
from aapm_site.core.models import Count, Hold
from aapm_site.core.privacy import personal_data
from aapm_site.core.search.registry import search_sources
from aapm_site.core.sitemaps import sitemap_sources
from aapm_site.mail.models import OutgoingEmail
from careers import panels
from careers import privacy as careers_privacy
from careers.choices import MemberRole
from careers.demo import load
from careers.domain import employers, reminders
from careers.models import (
    CreditEntry,
    Employer,
    EmployerMember,
    Job,
    JobChange,
    JobDraftVersion,
    JobQuestion,
    JobReminder,
    JobStatusChange,
    JobTemplate,
    Package,
)
from careers.models.profile_search import SEARCHES
from careers.search import JOBS
from careers.states import JobStatus
from tests.core.finding import found
from tests.factories import PASSWORD

from .factories import credits_for, live_job, make_employer, make_job, make_member, make_user

pytestmark = pytest.mark.django_db


def test_the_room_has_opened_its_doors():
    assert search_sources.get("jobs").kinds[0].plural == "Positions"
    assert sitemap_sources.get("jobs")
    assert sitemap_sources.get("careers")
    assert account_panels.get("careers-employer")
    assert personal_data.get("careers")
    assert due_work.get("job-ending")
    assert demo_loaders.get("careers").order == 30


def test_the_search_finds_by_title_place_and_words_and_marks_them():
    bath = {"city": "Bath", "state_code": "ME"}
    live_job(title="Block suite nurse", summary="Work beside the lighthouse.", places=[bath])
    live_job(title="Researcher", places=[{"city": "Boise", "state_code": "ID"}])
    for words in ("nurse", "bath", "maine", "lighthouse"):
        assert [hit.title for hit in found(words, User(), JOBS)] == ["Block suite nurse"]
    (hit,) = found("lighthouse", User(), JOBS)
    assert "<mark>lighthouse</mark>" in hit.excerpt
    assert hit.meta == "Harbor Lane Pain & Spine, Bath, Maine"


def test_the_search_shows_one_page():
    for number in range(4):
        live_job(title=f"Nurse {number}")
    assert len(found("nurse", User(), JOBS, 3)) == 3


def panel(user: User) -> str:
    request = RequestFactory().get("/account/")
    request.user = user
    return panels.render(request)


def test_the_panel_is_for_those_who_post():
    employer = make_employer()
    live_job(employer, title="Mine")
    live_job(make_employer("Another"), title="Not mine")
    assert panel(make_user()) == ""
    shown = panel(make_member(employer))
    assert "Mine" in shown
    assert "Not mine" not in shown
    employers.invite_member(employer, by=None, email="new@example.org", role="poster")
    assert "invites you" in panel(make_user("new@example.org"))


def test_the_export_has_the_teams_and_the_erasure_leaves_them():
    employer = make_employer()
    user = make_member(employer)
    job = make_job(employer)
    JobStatusChange.objects.create(subject=job, by=user, from_status="draft", to_status="in_review", reason="")
    entry = credits_for(employer)
    CreditEntry.objects.update(by=user)
    found = careers_privacy.export(user)
    assert found["postings"] == [
        {"employer": employer.name, "what": "Given", "change": 1, "at": entry.at, "reason": "For the test."}
    ]
    assert [team["employer"] for team in found["teams"]] == [employer.name]
    assert found["decisions"][0]["position"] == job.title

    careers_privacy.erase(user)

    assert EmployerMember.objects.count() == 0
    assert JobStatusChange.objects.get().by is None
    assert CreditEntry.objects.get().by is None
    assert list(entry.events.order_by().values_list("by", flat=True).distinct()) == [None]
    assert Job.objects.count() == 1


def ending(hours: float) -> Job:
    """A live job that ends in so many hours."""
    now = timezone.now()
    end = now + timedelta(hours=hours)
    return live_job(starts_at=end - timedelta(days=30), ends_at=end)


@pytest.mark.parametrize(("hours", "expected"), [(14 * 24 - 1, 1), (14 * 24 + 1, 0), (7 * 24 - 1, 1), (2, 1), (-1, 0)])
def test_the_mail_before_the_end_is_due_within_two_weeks(hours, expected):
    job = ending(hours)
    make_member(job.employer)
    at = timezone.now()
    assert len([row for row in reminders.due_reminders(at) if row.at <= at]) == expected
    due.run_due(at)
    assert OutgoingEmail.objects.filter(kind="careers.job_ending").count() == expected


def test_it_is_sent_once_however_often_it_runs_and_after_a_standstill():
    job = ending(30)
    member = make_member(job.employer)
    for _ in range(3):
        due.run_due(timezone.now())
    reminders.send_reminder(f"{job.pk}:week-before")
    reminders.send_reminder(f"{job.pk}:day-before")
    assert OutgoingEmail.objects.get().to == member.email
    assert JobReminder.objects.count() == 1
    assert list(reminders.due_reminders(timezone.now())) == []


def test_it_is_shown_to_staff_before_it_is_due():
    job = ending(10 * 24)
    rows = reminders.due_reminders(timezone.now() + timedelta(days=14))
    assert [(row.key, row.at - job.ends_at) for row in rows] == [
        (f"{job.pk}:two-weeks-before", timedelta(days=-14)),
        (f"{job.pk}:week-before", timedelta(days=-7)),
        (f"{job.pk}:day-before", timedelta(days=-1)),
        (f"{job.pk}:ended", timedelta(hours=8)),
    ]


def test_a_held_row_waits():
    job = ending(30)
    make_member(job.employer)
    Hold.objects.create(work="job-ending", key=f"{job.pk}:week-before")
    due.run_due(timezone.now())
    assert OutgoingEmail.objects.count() == 0


@pytest.mark.parametrize("status", [JobStatus.FILLED, JobStatus.PAUSED, JobStatus.WITHDRAWN])
def test_what_is_not_live_is_not_announced(status):
    job = ending(30)
    make_member(job.employer)
    Job.objects.update(status=status, taken_down_at=timezone.now())
    due.run_due(timezone.now())
    reminders.send_reminder(f"{job.pk}:week-before")
    assert OutgoingEmail.objects.count() == 0


def test_the_sitemap_lists_standing_pages_and_live_jobs(client):
    job = live_job()
    assert "/career-center/rates/" in client.get("/sitemap-careers.xml").content.decode()
    assert job.get_absolute_url() in client.get("/sitemap-jobs.xml").content.decode()


def test_the_demo_loads_twice_and_keeps_what_was_changed():
    make_user("employer@demo.example")
    make_user("staff@demo.example", is_staff=True)
    said: list[str] = []
    load(said.append)
    numbers = [model.objects.count() for model in (Employer, Job, Package, EmployerMember, JobStatusChange, Count)]
    assert numbers[:3] == [12, 83, 6]
    job = Job.objects.live().first()
    Job.objects.filter(pk=job.pk).update(summary="Changed by staff.")
    Package.objects.filter(slug="single-30").update(price=120)

    load(said.append)

    again = [model.objects.count() for model in (Employer, Job, Package, EmployerMember, JobStatusChange, Count)]
    assert again == numbers
    assert Job.objects.get(pk=job.pk).summary == "Changed by staff."
    assert Package.objects.get(slug="single-30").price == 120
    entries = [(entry.kind, entry.change, str(entry.credit_type)) for entry in CreditEntry.objects.order_by("pk")]
    assert entries[:2] == [("given", 3, "30 days"), ("given", 1, "30 days, featured")]
    assert entries[2:4] == [("bought", 3, "30 days")] * 2
    assert entries[4:] == [("given", 1, "30 days"), ("spent", -1, "30 days")] * 2
    assert (JobTemplate.objects.count(), JobChange.objects.count(), JobQuestion.objects.count()) == (1, 1, 3)
    assert list(JobDraftVersion.objects.values_list("is_aside", flat=True)) == [True, False, False]
    # A saved search of profiles has told of somebody; nothing else writes to anybody.
    assert [mail.kind for mail in OutgoingEmail.objects.all()] == [f"{SEARCHES}.found"]


def test_the_demos_states_are_what_the_data_says():
    make_user("employer@demo.example")
    load(lambda text: None)
    at = timezone.now()
    assert Job.objects.live(at).count() == 59
    assert Job.objects.filter(status="approved", ends_at__lte=at).count() == 3
    assert Job.objects.filter(status="approved", starts_at__gt=at).count() == 2
    assert sorted(
        (status, Job.objects.filter(status=status).count())
        for status in ("draft", "in_review", "returned", "paused", "filled", "withdrawn")
    ) == [("draft", 3), ("filled", 4), ("in_review", 4), ("paused", 2), ("returned", 3), ("withdrawn", 3)]
    for job in Job.objects.all():
        last = job.status_changes.first()
        assert (last.to_status if last else "draft") == job.status
    owned = Employer.objects.get(members__user__email="employer@demo.example")
    assert len(set(owned.jobs.values_list("status", flat=True))) >= 3


def test_a_sole_owner_is_told_what_goes_with_the_account():
    alone, shared = make_employer("Alder Clinic"), make_employer("Birch Clinic")
    owner = make_member(alone)
    EmployerMember.objects.create(employer=shared, user=owner, role=MemberRole.OWNER)
    make_member(shared)
    make_member(alone, MemberRole.POSTER)
    credits_for(alone, 2)
    credits_for(alone, featured=True)
    assert privacy.what_is_lost(owner) == [
        "You are the only owner of Alder Clinic, and it has 3 postings left. Make a colleague an owner first, so that "
        "somebody can go on."
    ]
    owner.set_password(PASSWORD)
    owner.save()
    person = Client()
    person.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    person.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "You are the only owner of Alder Clinic" in person.get("/account/data/delete/").text
