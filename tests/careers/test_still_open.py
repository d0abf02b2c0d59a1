"""Letters about the end of a position, each once, and the question whether it is still open."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background import due
from aapm_site.mail.models import OutgoingEmail
from careers.choices import MemberRole
from careers.domain import books, days_ledger, jobs, reminders, renewals, still_open
from careers.models import EmployerMember, Job, OpenQuestion
from careers.states import JobStatus

from .factories import credits_for, make_employer, make_job, make_member

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Chicago")
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def clock(monkeypatch):
    def set_to(day: date, hour: int = 12) -> datetime:
        at = datetime.combine(day, time(hour), tzinfo=ZONE)
        monkeypatch.setattr(timezone, "now", lambda: at)
        return at

    set_to(date(2031, 5, 1))
    return set_to


@pytest.fixture
def job(clock) -> Job:
    """A position of sixty days from May 1 to June 29, with one owner."""
    employer = make_employer()
    make_member(employer)
    credits_for(employer, runs_days=60)
    return jobs.approve_job(jobs.submit_job(make_job(employer), by=None), by=None)


def owner_of(job: Job):
    return job.employer.members.get().user


def letters() -> list[str]:
    return [
        name.removeprefix("careers/")
        for name in OutgoingEmail.objects.order_by("pk").values_list("template", flat=True)
    ]


def run(clock, first: date, last: date) -> list[tuple[date, str]]:
    """What is sent on which day, when the work runs twice a day."""
    sent, day = [], first
    while day <= last:
        for hour in (9, 20):
            before = len(letters())
            due.run_due(clock(day, hour))
            sent += [(day, name) for name in letters()[before:]]
        day += timedelta(days=1)
    return sent


def test_the_letters_of_a_month_and_each_once(clock, job):
    OutgoingEmail.objects.all().delete()
    credits_for(job.employer, featured=True)
    still_open.answered_by_itself(job)
    OpenQuestion.objects.create(
        job=job, approved_at=job.approved_at, answer="open", answered_at=timezone.now(), answer_until=timezone.now()
    )
    assert run(clock, date(2031, 6, 10), date(2031, 7, 9)) == [
        (date(2031, 6, 16), "job_ending"),
        (date(2031, 6, 23), "job_ending"),
        (date(2031, 6, 29), "job_ending"),
        (date(2031, 6, 30), "job_ended"),
    ]
    last = OutgoingEmail.objects.latest("pk")
    assert reverse("careers:job-renew", args=[job.public_id]) in last.text
    assert "owns 0 postings for it" in last.text  # the featured one does not renew it


def test_who_has_just_lengthened_a_position_is_not_told_that_it_ends(clock, job):
    OutgoingEmail.objects.all().delete()
    clock(date(2031, 6, 28))
    days_ledger.add_days(job.employer, False, 9, "given", reason="x")
    renewals.lengthen_job(job, 9, by=None)
    assert run(clock, date(2031, 6, 28), date(2031, 7, 2)) == [(date(2031, 7, 2), "job_ending")]


def test_the_end_of_a_pause_is_told_a_week_before(clock, job):
    jobs.pause_job(job, by=owner_of(job))
    OutgoingEmail.objects.all().delete()
    until = timezone.localdate(Job.objects.get().resumable_until)
    sent = run(clock, until - timedelta(days=9), until + timedelta(days=1))
    # The pause ends with its day, so a week before it comes after the evening of that day.
    assert sent == [(until - timedelta(days=6), "job_pause_ends")]


def asked(clock) -> OpenQuestion:
    due.run_due(clock(date(2031, 5, 31)))
    return OpenQuestion.objects.get()


def link(question: OpenQuestion) -> str:
    return reverse("careers:job-still-open", args=[still_open.token_of(question, owner_of(question.job))])


def test_a_month_after_approval_the_team_is_asked_once(clock, job):
    OutgoingEmail.objects.all().delete()
    (row,) = still_open.due_questions(clock(date(2031, 5, 30)) + timedelta(days=2))
    assert (row.key, timezone.localdate(row.at)) == (f"{job.pk}:ask", date(2031, 5, 31))
    question = asked(clock)
    due.run_due(clock(date(2031, 6, 1)))
    assert letters() == ["job_still_open"]
    signed = re.search(r"/still-open/(\S+)/", OutgoingEmail.objects.get().text)
    found = still_open.asked_by_token(signed[1])
    assert (found.question, found.person) == (question, owner_of(job))


def test_what_has_less_than_two_weeks_left_is_not_asked_about(clock):
    employer = make_employer()
    make_member(employer)
    credits_for(employer, runs_days=43)
    jobs.approve_job(jobs.submit_job(make_job(employer), by=None), by=None)
    due.run_due(clock(date(2031, 5, 31)))
    assert OpenQuestion.objects.count() == 0


def test_unanswered_for_a_week_it_is_paused_with_its_days_and_one_press_brings_it_back(client, clock, job):
    question = asked(clock)
    due.run_due(clock(date(2031, 6, 6)))
    assert Job.objects.get().is_live()
    due.run_due(clock(date(2031, 6, 7)))
    paused = Job.objects.get()
    assert (paused.status, letters()[-1]) == (JobStatus.PAUSED, "job_unanswered")
    clock(date(2031, 6, 12))
    assert client.get(link(question)).status_code == 200
    assert Job.objects.get().status == JobStatus.PAUSED
    client.post(link(question), {"answer": "open"}, headers=FROM_HERE)
    back = Job.objects.get()
    assert (back.is_live(), timezone.localdate(back.ends_at)) == (True, date(2031, 7, 4))
    assert list(books.find_faults()) == []


@pytest.mark.parametrize("answer", ["open", "filled"])
def test_the_link_answers_without_a_session(client, clock, job, answer):
    question = asked(clock)
    page = client.get(link(question))
    assert "29 days come back to your account." in page.text
    assert OpenQuestion.objects.get().answer == ""
    assert client.post(link(question), {"answer": answer}, headers=FROM_HERE).status_code == 302
    assert OpenQuestion.objects.get().answer == answer
    assert Job.objects.get().status == (JobStatus.APPROVED if answer == "open" else JobStatus.FILLED)
    again = client.post(link(question), {"answer": "filled"}, headers=FROM_HERE, follow=True)
    assert "this question is settled" in again.text
    assert Job.objects.get().status == (JobStatus.APPROVED if answer == "open" else JobStatus.FILLED)
    due.run_due(clock(date(2031, 6, 9)))
    assert Job.objects.get().status != JobStatus.PAUSED


@pytest.mark.parametrize("answer", ["", "withdraw", "pause", "filled\x00", "9" * 5000])
def test_it_can_do_nothing_else(client, clock, job, answer):
    question = asked(clock)
    client.post(link(question), {"answer": answer}, headers=FROM_HERE)
    assert client.post(link(question), {"answer": "filled"}).status_code == 403
    assert (Job.objects.get().status, OpenQuestion.objects.get().answer) == (JobStatus.APPROVED, "")


@pytest.mark.parametrize("change", ["forged", "left", "viewer"])
def test_whose_link_it_is_not_any_more_meets_nothing(client, clock, job, change):
    address = link(asked(clock))
    if change == "forged":
        address = address[:-4] + "AAA/"
    elif change == "left":
        EmployerMember.objects.all().delete()
    else:
        EmployerMember.objects.update(role=MemberRole.VIEWER)
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "filled"}, headers=FROM_HERE).status_code == 404
    assert Job.objects.get().is_live()


def test_who_renews_a_position_has_answered(clock, job):
    asked(clock)
    credits_for(job.employer)
    renewals.renew_job(job, by=None)
    assert OpenQuestion.objects.get().answer == "open"
    due.run_due(clock(date(2031, 6, 9)))
    assert Job.objects.get().is_live()


def test_keys_that_make_no_sense_do_nothing(clock, job):
    for key in (f"{job.pk}:pause", f"{job.pk}:x", str(job.pk), "0:ask"):
        still_open.ask_or_pause(key)
        reminders.send_reminder(key)
    assert OpenQuestion.objects.count() == 0
