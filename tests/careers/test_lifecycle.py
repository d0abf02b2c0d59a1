"""The life of a position: the whole truth table, and what each step does besides."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed, move
from aapm_site.mail.models import OutgoingEmail
from careers.choices import MemberRole
from careers.domain import employers, jobs
from careers.models import Job
from careers.states import JobStatus

from .factories import credits_for, make_employer, make_job, make_member, make_user

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("draft", "in_review"),
    ("draft", "awaiting_payment"),
    ("awaiting_payment", "in_review"),
    ("awaiting_payment", "draft"),
    ("awaiting_payment", "withdrawn"),
    ("returned", "awaiting_payment"),
    ("draft", "withdrawn"),
    ("in_review", "approved"),
    ("in_review", "returned"),
    ("in_review", "draft"),
    ("in_review", "withdrawn"),
    ("returned", "in_review"),
    ("returned", "withdrawn"),
    ("approved", "paused"),
    ("approved", "filled"),
    ("approved", "withdrawn"),
    ("approved", "in_review"),
    ("paused", "approved"),
    ("paused", "in_review"),
    ("filled", "approved"),
    ("paused", "filled"),
    ("paused", "withdrawn"),
}


@pytest.mark.parametrize("to", JobStatus.values)
@pytest.mark.parametrize("start", JobStatus.values)
def test_every_pair_of_states_is_allowed_or_refused(start, to):
    job = make_job(status=start)
    now = timezone.now()
    dates = {"starts_at": now, "ends_at": now + timedelta(days=30)} if to == "approved" else {}
    if start in {"paused", "filled"} and to in {"approved", "in_review"}:
        dates["taken_down_at"] = None

    if (start, to) in ALLOWED:
        move(job, to, by=None, reason="because", **dates)
        expected = to
    else:
        with pytest.raises(NotAllowed):
            move(job, to, by=None, reason="because", **dates)
        expected = start

    assert Job.objects.get(pk=job.pk).status == expected
    assert job.status_changes.count() == ((start, to) in ALLOWED)


def mails() -> list[tuple[str, str]]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", "template"))


def test_submit_tells_the_staff_and_keeps_the_time(settings):
    settings.STAFF_EMAIL = "careers@aapm.example"
    job = make_job()
    author = make_member(job.employer)
    credits_for(job.employer)

    done = jobs.submit_job(job, by=author)

    assert done.status == JobStatus.IN_REVIEW
    assert done.submitted_at is not None
    assert mails() == [("careers@aapm.example", "careers/job_submitted"), (author.email, "careers/job_sent")]
    change = done.status_changes.get()
    assert (change.from_status, change.to_status, change.by) == ("draft", "in_review", author)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"body": ""}, "a summary and a description"),
        ({"pay_min": None, "pay_max": None}, "a range of pay"),
        ({"apply_email": ""}, "where to apply"),
        ({"places": ()}, "a place"),
    ],
)
def test_what_is_incomplete_cannot_be_sent(lacking, sentence):
    job = make_job(**lacking)
    credits_for(job.employer)

    with pytest.raises(NotAllowed, match=sentence):
        jobs.submit_job(job, by=None)

    assert Job.objects.get(pk=job.pk).status == JobStatus.DRAFT
    assert mails() == []


def test_fully_remote_work_needs_no_place():
    job = make_job(places=(), remote="full")
    credits_for(job.employer)
    assert jobs.submit_job(job, by=None).status == JobStatus.IN_REVIEW


def test_approve_begins_at_once_and_tells_the_writers_only():
    job = make_job(status=JobStatus.IN_REVIEW, runs_days=60)
    owner = make_member(job.employer)
    poster = make_member(job.employer, MemberRole.POSTER)
    make_member(job.employer, MemberRole.VIEWER)
    before = timezone.now()

    done = jobs.approve_job(job, by=make_user())

    assert before <= done.starts_at <= timezone.now()
    last_day = timezone.localdate(done.starts_at) + timedelta(days=59)
    assert done.ends_at == timezone.make_aware(datetime.combine(last_day, time.max))
    assert done.approved_at is not None
    assert done.is_live()
    assert mails() == [(owner.email, "careers/job_approved"), (poster.email, "careers/job_approved")]


def test_a_wished_first_day_begins_at_midnight_in_the_associations_zone():
    job = make_job(wished_start_on=date(2030, 3, 1), runs_days=30)
    zone = ZoneInfo("America/Chicago")

    starts_at, ends_at = jobs.run_of(job, datetime(2030, 2, 20, 12, tzinfo=zone))

    assert starts_at == datetime(2030, 3, 1, 0, 0, tzinfo=zone)
    assert ends_at == datetime(2030, 3, 30, 23, 59, 59, 999999, tzinfo=zone)


@pytest.mark.parametrize("hour", [0, 9, 23])
@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (date(2026, 12, 1), 30, date(2026, 12, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 27)),
        (date(2027, 3, 13), 2, date(2027, 3, 14)),  # the clock changes on the last day
        (date(2026, 10, 30), 60, date(2026, 12, 28)),  # and within
        (date(2028, 2, 1), 30, date(2028, 3, 1)),
    ],
)
def test_a_position_is_open_on_as_many_calendar_days_as_its_posting_has(first, days, last, hour):
    zone = ZoneInfo("America/Chicago")
    approved = datetime.combine(first, time(hour, 59), tzinfo=zone)

    starts_at, ends_at = jobs.run_of(make_job(runs_days=days), approved)

    assert starts_at == approved
    assert ends_at == datetime.combine(last, time.max, tzinfo=zone)


def test_a_wished_day_that_is_over_takes_no_days_away():
    job = make_job(wished_start_on=date(2030, 3, 1))
    at = datetime(2030, 3, 5, 9, tzinfo=ZoneInfo("America/Chicago"))
    assert jobs.run_of(job, at)[0] == at


def test_send_back_needs_a_reason_and_mails_it_word_for_word():
    job = make_job(status=JobStatus.IN_REVIEW)
    make_member(job.employer)
    reader = make_user()
    with pytest.raises(NotAllowed, match="reason"):
        jobs.return_job(job, by=reader, reason="   ")
    assert mails() == []

    done = jobs.return_job(job, by=reader, reason="The pay says <two> things & which is it?")

    assert done.status == JobStatus.RETURNED
    email = OutgoingEmail.objects.get()
    assert "The pay says <two> things & which is it?" in email.text
    assert "&lt;two&gt;" in email.html
    assert done.status_changes.get().reason == "The pay says <two> things & which is it?"


def test_a_returned_position_is_corrected_and_keeps_its_number():
    job = make_job(status=JobStatus.RETURNED)
    credits_for(job.employer)
    edited = jobs.edit_job(job, by=None, fields={"title": "Pain physician"})
    sent = jobs.submit_job(edited, by=None)
    assert (sent.pk, sent.status, sent.slug) == (job.pk, JobStatus.IN_REVIEW, "pain-physician")


def test_staff_who_withdraw_give_a_reason_and_the_employer_need_not():
    job = make_job(status=JobStatus.APPROVED)
    member = make_member(job.employer)
    staff = make_user()
    with pytest.raises(NotAllowed, match="reason"):
        jobs.withdraw_job(job, by=staff)

    by_member = make_job(job.employer, status=JobStatus.APPROVED)
    jobs.withdraw_job(by_member, by=member)
    assert mails() == []

    done = jobs.withdraw_job(job, by=staff, reason="It is not a position in medicine.")
    assert done.taken_down_at is not None
    assert mails() == [(member.email, "careers/job_withdrawn")]


def test_a_pause_that_ends_on_its_day_leaves_the_last_day_alone():
    job = make_job(status=JobStatus.APPROVED)
    member = make_member(job.employer)

    paused = jobs.pause_job(job, by=member)
    assert (paused.is_live(), paused.ends_at) == (False, job.ends_at)

    back = jobs.resume_job(paused, by=member)
    assert (back.is_live(), back.ends_at, back.taken_down_at) == (True, job.ends_at, None)
    assert [change.to_status for change in back.status_changes.order_by("pk")] == ["paused", "approved"]


def test_what_is_past_its_end_can_be_filled_but_neither_paused_nor_resumed():
    over = make_job(status=JobStatus.APPROVED, days_ago=40)
    long_ago = timezone.now() - timedelta(days=1)
    paused = make_job(over.employer, status=JobStatus.PAUSED, days_ago=130, resumable_until=long_ago)
    member = make_member(over.employer)
    with pytest.raises(NotAllowed, match="last day"):
        jobs.pause_job(over, by=member)
    with pytest.raises(NotAllowed, match="last day"):
        jobs.resume_job(paused, by=member)
    assert jobs.fill_job(over, by=member).status == JobStatus.FILLED


def test_the_staffs_button_resumes_what_is_paused_on_the_same_day_with_its_old_dates():
    job = make_job(status=JobStatus.PAUSED, taken_down_at=timezone.now())
    done = jobs.approve_or_resume_job(job, by=make_user())
    assert (done.status, done.starts_at, done.ends_at) == (JobStatus.APPROVED, job.starts_at, job.ends_at)


def test_approved_words_change_and_the_rest_does_not():
    job = make_job(status=JobStatus.APPROVED)

    done = jobs.edit_job(job, by=None, fields={"summary": "New words."})
    assert done.summary == "New words."

    for refused in ({"title": "Another"}, {"pay_max": 1}, {"confidential": True}, {"status": "filled"}):
        with pytest.raises(NotAllowed, match="words"):
            jobs.edit_job(job, by=None, fields=refused)
    with pytest.raises(NotAllowed):
        jobs.edit_job(job, by=None, fields={}, places=[{"city": "Bangor", "state_code": "ME"}])
    with pytest.raises(NotAllowed, match="our staff read other changes"):
        jobs.edit_job(job, by=None, fields={}, terms={"call_one_in": 5})
    assert Job.objects.get(pk=job.pk).title == job.title


@pytest.mark.parametrize("status", [JobStatus.IN_REVIEW, JobStatus.FILLED, JobStatus.WITHDRAWN])
def test_nothing_changes_while_it_is_read_and_after_its_end(status):
    job = make_job(status=status)
    with pytest.raises(NotAllowed):
        jobs.edit_job(job, by=None, fields={"summary": "New words."})


def test_a_new_employer_name_shows_on_its_positions_and_not_on_confidential_ones():
    employer = make_employer("Old Name")
    plain = make_job(employer)
    hidden = make_job(employer, confidential=True, public_employer_name="A practice in Maine")

    employers.edit_employer(employer, by=None, name="New Name")

    plain.refresh_from_db()
    hidden.refresh_from_db()
    assert (plain.public_employer_name, hidden.public_employer_name) == ("New Name", "A practice in Maine")


def test_the_history_keeps_every_version():
    job = make_job()
    before = job.events.count()
    jobs.edit_job(job, by=None, fields={"summary": "New words."})
    versions = job.events.order_by("pgh_id").values_list("summary", flat=True)
    assert versions.count() == before + 1
    assert versions.last() == "New words."
