"""Reports of readers: kept for staff, hiding only what nobody vouches for, decided by buttons."""

from datetime import datetime, time, timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.forms import SALT
from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers import retention
from careers.domain import job_reports, jobs
from careers.models import Job, JobReport, ReportedJob
from careers.states import JobStatus
from tests import racing
from tests.factories import staff_client

from .factories import live_job, make_employer, make_member

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}


def report(job: Job, *readers: str) -> ReportedJob:
    """A report of each reader from a network of their own."""
    for reader in readers:
        case = job_reports.report_job(job, reason="fraud", reader=reader, network=f"net {reader}")
    return case


def letters() -> list[str]:
    return [mail.template for mail in OutgoingEmail.objects.order_by("pk")]


def press(client, case: ReportedJob, verb: str, **data: str):
    return client.post(reverse(f"admin:careers_reportedjob_{verb}", args=[case.pk]), data)


def send(client, job: Job, **data: str):
    data = {"reason": "fraud", "shown_at": signing.dumps("shown", salt=SALT), "website": "", **data}
    return client.post(reverse("careers:job-report", args=[job.pk]), data, headers=HERE)


def test_a_visitor_reports_by_the_form_and_staff_hear_of_the_first_report_alone(client):
    job = live_job()
    page = client.get(job.get_absolute_url()).content.decode()
    assert reverse("careers:job-report", args=[job.pk]) in page

    assert send(client, job, reason="other").status_code == 422
    assert send(client, job, reason="other", note="They want a fee.")["Location"] == reverse("careers:job-reported")
    send(client, job)

    case = ReportedJob.objects.get()
    assert [(one.reason, one.note) for one in case.reports.all()] == [("other", "They want a fee."), ("fraud", "")]
    assert letters() == ["careers/job_reported"]
    assert "They want a fee." in OutgoingEmail.objects.get().text
    assert job.is_live()


def test_a_form_from_elsewhere_and_an_eleventh_one_are_refused_with_what_was_typed(client):
    job = live_job()
    elsewhere = client.post(reverse("careers:job-report", args=[job.pk]), {"reason": "fraud", "note": "A fee."})
    assert elsewhere.status_code == 403
    assert "A fee." in elsewhere.content.decode()
    said = [send(client, job).status_code for _ in range(11)]
    assert said == [302] * 10 + [429]
    assert JobReport.objects.count() == 10


def test_staff_see_by_how_many_readers_until_they_have_decided():
    case = report(live_job(), "ada", "ada", "bo")
    browser = staff_client(CAREERS_STAFF)
    assert "3 by 2 readers" in browser.get("/admin/careers/reportedjob/").text
    assert job_reports.different_reporters(case) == 2

    press(browser, case, "keep")

    page = browser.get("/admin/careers/reportedjob/").text
    assert '<td class="field-report_count">3</td>' in page


def test_what_a_machine_sends_is_kept_and_hides_nothing(client, settings):
    settings.JOB_REPORTS_TO_HIDE = 2
    job = live_job()
    send(client, job, website="https://spam.example")
    report(job, "ann")
    assert ReportedJob.objects.get().hidden_at is None


@pytest.mark.parametrize(
    ("verified", "readers", "is_hidden"),
    [
        (False, [("ann", "a"), ("bob", "b")], False),
        (False, [("ann", "a"), ("bob", "b"), ("cy", "c")], True),
        (False, [("ann", "a"), ("ann", "b"), ("ann", "c")], False),  # one person on the way
        (False, [("ann", "a"), ("bob", "a"), ("cy", "a")], False),  # accounts of one house
        (True, [("ann", "a"), ("bob", "b"), ("cy", "c"), ("di", "d")], False),
    ],
)
def test_only_different_readers_hide_what_nobody_vouches_for(client, verified, readers, is_hidden):
    job = live_job(make_employer(verified=verified))
    make_member(job.employer)
    for reader, network in readers:
        job_reports.report_job(job, reason="fraud", reader=reader, network=network)

    assert Job.objects.live().exists() is not is_hidden
    assert ("careers/job_hidden" in letters()) is is_hidden
    page = client.get(job.get_absolute_url())
    assert page.status_code == (404 if is_hidden else 200)
    if is_hidden:
        assert "Our staff are looking at this position" in page.content.decode()


def test_the_employer_does_not_bring_back_what_reports_hide():
    job = live_job()
    owner = make_member(job.employer)
    report(job, "ann", "bob", "cy")
    with pytest.raises(NotAllowed, match="when our staff decide"):
        jobs.resume_job(Job.objects.get(), by=owner)


def test_what_staff_keep_comes_back_with_its_days_and_is_not_hidden_again():
    job = live_job(days_ago=2)
    make_member(job.employer)
    case = report(job, "ann", "bob", "cy")
    Job.objects.update(taken_down_at=timezone.now() - timedelta(days=2))

    answer = press(staff_client(CAREERS_STAFF), case, "keep", words="Say what the fee is for.")

    assert answer.status_code == 302
    kept = Job.objects.get()
    assert kept.is_live()
    last_day = timezone.localdate(job.ends_at) + timedelta(days=2)
    assert kept.ends_at == timezone.make_aware(datetime.combine(last_day, time.max))
    assert letters()[-1] == "careers/job_shown_again"
    assert "Say what the fee is for." in OutgoingEmail.objects.latest("pk").text
    assert set(JobReport.objects.values_list("reader", "network")) == {("", "")}
    report(kept, "di", "ed", "flo")
    assert Job.objects.live().exists()


def test_what_staff_take_down_ends_and_its_employer_reads_why():
    job = live_job()
    make_member(job.employer)
    case = report(job, "ann")
    client = staff_client(CAREERS_STAFF)
    assert press(client, case, "take_down").status_code == 422

    press(client, case, "take_down", reason="It asks applicants for money.")

    assert Job.objects.get().status == JobStatus.WITHDRAWN
    assert letters()[-1] == "careers/job_withdrawn"
    assert "It asks applicants for money." in OutgoingEmail.objects.latest("pk").text
    again = press(client, case, "keep", words="Sorry.")
    assert again.status_code == 422
    assert "Somebody has decided already" in again.content.decode()


def test_a_decision_waits_for_a_report_that_came_meanwhile():
    job = live_job()
    case = report(job, "ann")
    client = staff_client(CAREERS_STAFF)
    form = client.get(reverse("admin:careers_reportedjob_keep", args=[case.pk])).context["form"]
    report(job, "bob")
    answer = press(client, case, "keep", seen=form["seen"].value())
    assert answer.status_code == 422
    assert ReportedJob.objects.get().is_waiting


def test_staff_see_what_waits_and_are_reminded_once_after_a_day():
    case = report(live_job(), "ann")
    home = staff_client(CAREERS_STAFF).get("/admin/").content.decode()
    assert "Positions that readers have reported" in home
    (row,) = job_reports.due_decisions(timezone.now() + timedelta(days=14))
    assert row.at == case.opened_at + timedelta(days=1)
    assert list(job_reports.due_decisions(timezone.now())) == []

    job_reports.remind_of_decision(row.key)
    job_reports.remind_of_decision(row.key)

    assert letters().count("careers/job_report_waits") == 1
    assert list(job_reports.due_decisions(timezone.now() + timedelta(days=14))) == []


def test_what_readers_wrote_is_forgotten_long_after_the_decision():
    job = live_job()
    case = report(job, "ann")
    assert retention.REPORTS.forget(timezone.now() + timedelta(days=400)) == 0
    job_reports.keep_reported_job(case, by=None)
    assert retention.REPORTS.forget(timezone.now() + timedelta(days=400)) == 1
    assert ReportedJob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_that_meet_at_the_threshold_one_hides_it(settings):
    settings.JOB_REPORTS_TO_HIDE = 2
    job = live_job()
    make_member(job.employer)
    said = racing.at_once(lambda: report(job, "ann"), lambda: report(job, "bob"))
    assert [type(one) for one in said] == [ReportedJob, ReportedJob]
    assert JobReport.objects.count() == 2
    assert job.status_changes.count() == 1
    assert letters().count("careers/job_hidden") == letters().count("careers/job_reported") == 1
