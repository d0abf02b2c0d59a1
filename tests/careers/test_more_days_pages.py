"""The pages on which a position gets more days, and the account of those that came back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.mail.models import OutgoingEmail
from careers.choices import DaysReason
from careers.domain import days_ledger, jobs
from careers.models import CreditBalance, DaysBalance, DaysEntry, Job
from careers.run_dates import end_of
from careers.states import JobStatus
from tests.factories import staff_client

from .factories import credits_for, live_job, make_employer, make_job, make_member, make_package

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(client, employer):
    person = make_member(employer)
    client.force_login(person)
    return person


def approved(employer, **fields) -> Job:
    credits_for(employer)
    return jobs.approve_job(jobs.submit_job(make_job(employer, **fields), by=None), by=None)


def at(name: str, job: Job, *more: str) -> str:
    return reverse(f"careers:{name}", args=[job.public_id, *more])


def in_words(day) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def ended(employer, days_ago: int = 5, *, changed: bool = False) -> Job:
    job = approved(employer)
    over = timezone.localdate() - timedelta(days=days_ago)
    begun = timezone.now() - timedelta(days=days_ago + 29)
    job.runs.update(first_day=over - timedelta(days=29), last_day=over)
    updated = timezone.now() if changed else begun - timedelta(days=9)
    Job.objects.filter(pk=job.pk).update(starts_at=begun, approved_at=begun, ends_at=end_of(over), updated_at=updated)
    return Job.objects.get(pk=job.pk)


def test_renewing_a_live_position_says_from_when_to_when_and_does_it(client, owner, employer):
    job = approved(employer)
    credits_for(employer, 2)
    page = client.get(at("job-renew", job))
    first, last = timezone.localdate() + timedelta(days=30), timezone.localdate() + timedelta(days=59)
    assert f"from {in_words(first)} through {in_words(last)}" in page.text
    assert "You have 2 left" in page.text
    said = client.post(at("job-renew", job), follow=True)
    assert f"it is renewed, and open through {in_words(last)}" in said.text
    assert CreditBalance.objects.get().left == 1
    assert "Renewed" in said.text


def test_without_a_posting_it_says_what_one_costs(client, owner, employer):
    make_package(price=299, name="A single one")
    make_package("featured", featured=True, name="One that would not do")
    job = approved(employer)
    page = client.get(at("job-renew", job))
    assert "No posting is left" in page.text
    assert ("A single one" in page.text, "One that would not do" in page.text) == (True, False)
    refused = client.post(at("job-renew", job), follow=True)
    assert "You have no posting that is not featured left" in refused.text


@pytest.mark.parametrize(
    ("days_ago", "changed", "words", "status"),
    [
        (5, False, "It is live again at once", JobStatus.APPROVED),
        (5, True, "a person on our staff reads it first", JobStatus.IN_REVIEW),
        (100, False, "a person on our staff reads it first", JobStatus.IN_REVIEW),
    ],
)
def test_what_has_ended_says_whether_it_is_read_again(client, owner, employer, days_ago, changed, words, status):
    job = ended(employer, days_ago, changed=changed)
    credits_for(employer)
    assert words in client.get(at("job-renew", job)).text
    client.post(at("job-renew", job))
    assert Job.objects.get().status == status


def test_what_runs_for_more_than_a_year_says_that_there_is_time(client, owner, employer):
    job = approved(employer)
    credits_for(employer, 2, runs_days=365)
    client.post(at("job-renew", job))
    page = client.get(at("job-renew", job), follow=True)
    assert "It runs for more than a year already" in page.text
    assert CreditBalance.objects.get(runs_days=365).left == 1


def test_a_press_that_is_repeated_renews_nothing_more(client, owner, employer):
    job = approved(employer)
    credits_for(employer, 3)
    sent = {"seen": client.get(at("job-renew", job)).context["form"]["seen"].value()}
    for said in ("it is renewed, and open through", "Nothing more was used."):
        assert said in client.post(at("job-renew", job), sent, follow=True).text
    assert CreditBalance.objects.get().left == 2
    again = {"seen": client.get(at("job-renew", job)).context["form"]["seen"].value()}
    assert "it is renewed" in client.post(at("job-renew", job), again, follow=True).text
    assert CreditBalance.objects.get().left == 1


def test_a_press_that_is_repeated_takes_no_more_days(client, owner, employer):
    job = approved(employer)
    days_ledger.add_days(employer, False, 60, DaysReason.GIVEN, reason="x")
    sent = {"days": "20", "seen": client.get(at("job-lengthen", job)).context["form"]["seen"].value()}
    for said in ("it is open through", "Nothing more was used."):
        assert said in client.post(at("job-lengthen", job), sent, follow=True).text
    assert DaysBalance.objects.get().left == 40


def test_two_kinds_are_a_choice(client, owner, employer):
    job = approved(employer)
    credits_for(employer)
    credits_for(employer, runs_days=60)
    credits_for(employer, featured=True)
    page = client.get(at("job-renew", job))
    assert list(page.context["form"].kinds) == ["30", "60"]
    assert client.post(at("job-renew", job)).status_code == 422
    client.post(at("job-renew", job), {"kind": "60"})
    assert [run.days for run in job.runs.all()] == [30, 60]


def test_days_lengthen_it(client, owner, employer):
    job = approved(employer)
    days_ledger.add_days(employer, False, 19, DaysReason.GIVEN, reason="x")
    board = client.get(employer.get_absolute_url()).text
    assert at("job-lengthen", job) in board
    page = client.get(at("job-lengthen", job))
    last = timezone.localdate() + timedelta(days=29)
    assert f"7 days more: through {in_words(last + timedelta(days=7))}" in page.text
    said = client.post(at("job-lengthen", job), {"days": "19"}, follow=True)
    assert f"it is open through {in_words(last + timedelta(days=19))} now" in said.text
    assert DaysBalance.objects.get().left == 0
    assert at("job-lengthen", job) not in said.text


@pytest.mark.parametrize("days", ["", "6", "20", "-7", "x", "7\x00", "9" * 400, "7.5"])
def test_other_numbers_are_refused_and_kept(client, owner, employer, days):
    job = approved(employer)
    days_ledger.add_days(employer, False, 19, DaysReason.GIVEN, reason="x")
    page = client.post(at("job-lengthen", job), {"days": days})
    assert page.status_code == 422
    assert page.context["form"]["days"].errors
    assert DaysBalance.objects.get().left == 19


def test_without_days_there_is_no_button_and_the_page_explains(client, owner, employer):
    job = approved(employer)
    assert at("job-lengthen", job) not in client.get(employer.get_absolute_url()).text
    page = client.post(at("job-lengthen", job), {"days": "7"})
    assert "Days are used 7 or more at a time" in page.text
    assert DaysEntry.objects.count() == 0


def test_filling_says_what_comes_back_and_reopening_what_it_takes(client, owner, employer):
    job = approved(employer)
    page = client.get(at("job-step", job, "fill"))
    assert "29 days come back to your account. Should it fall through, you can reopen it" in page.text
    said = client.post(at("job-step", job, "fill"), follow=True)
    assert "29 days come back to your account." in said.text
    assert at("job-step", job, "reopen") in said.text
    page = client.get(at("job-step", job, "reopen"))
    last = in_words(timezone.localdate() + timedelta(days=29))
    assert f"through {last}. 29 days that came back when it was filled are taken" in page.text
    client.post(at("job-step", job, "reopen"))
    assert Job.objects.get().is_live()


def test_the_account_stands_on_the_page_of_postings_with_its_history(client, owner, employer):
    assert "Days in your account" not in client.get(reverse("careers:employer-credits", args=[employer.public_id])).text
    job = approved(employer, title="Pain physician by the sea")
    jobs.fill_job(job, by=owner)
    page = client.get(reverse("careers:employer-credits", args=[employer.public_id]))
    assert "Days in your account" in page.text
    assert "Back from what was filled:" in page.text
    assert "+29" in page.text
    assert (
        client.get(reverse("careers:employer-credits", args=[employer.public_id]) + "?days_before=x").status_code == 200
    )


def test_its_pages_are_numbered(client, owner, employer):
    for _ in range(51):
        days_ledger.add_days(employer, False, 1, DaysReason.GIVEN, reason="x")
    address = reverse("careers:employer-credits", args=[employer.public_id])
    page = client.get(address)
    older = page.context["days_ledger"].older
    assert len(page.context["days_ledger"].lines) == 50
    assert len(client.get(f"{address}?days_before={older}").context["days_ledger"].lines) == 1


@pytest.mark.parametrize("name", ["job-renew", "job-lengthen"])
def test_another_employers_position_is_not_found(client, owner, name):
    other = make_employer("Another")
    job = approved(other)
    credits_for(other)
    days_ledger.add_days(other, False, 19, DaysReason.GIVEN, reason="x")
    assert client.get(at(name, job)).status_code == 404
    assert client.post(at(name, job), {"days": "7"}).status_code == 404
    assert (job.runs.count(), DaysBalance.objects.get().left) == (1, 19)


@pytest.mark.parametrize("name", ["job-renew", "job-lengthen"])
@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.IN_REVIEW, JobStatus.FILLED, JobStatus.WITHDRAWN])
def test_what_gets_no_more_days_leads_back(client, owner, employer, name, status):
    job = make_job(employer, status=status)
    for answer in (client.get(at(name, job)), client.post(at(name, job), {"days": "7"})):
        assert (answer.status_code, answer["Location"]) == (302, f"{employer.get_absolute_url()}#job-{job.pk}")


def test_staff_give_days_with_a_reason_and_the_team_reads_it(employer):
    owner = make_member(employer)
    staff = staff_client(CAREERS_STAFF)
    address = reverse("admin:careers_employer_give_days", args=[employer.pk])
    page = staff.get(address)
    assert "holds no days" in page.text
    data = {
        "count": "9",
        "kind": "featured",
        "reason": "The page was down.",
        "seen": page.context["form"]["seen"].value(),
    }
    assert staff.post(address, data).status_code == 302
    assert (DaysBalance.objects.get().left, DaysBalance.objects.get().featured) == (9, True)
    assert OutgoingEmail.objects.get(template="careers/days_given").to == owner.email
    again = staff.post(address, data)
    assert (again.status_code, DaysBalance.objects.get().left) == (200, 9) or again.status_code == 422
    assert DaysBalance.objects.get().left == 9


def test_staff_read_the_runs_of_a_position(employer):
    job = approved(employer)
    jobs.fill_job(job, by=make_member(employer))
    page = staff_client(CAREERS_STAFF).get(reverse("admin:careers_job_change", args=[job.pk]))
    assert "a posting of 30 days, less 29 days given back" in page.text


def test_a_page_writes_nothing(client, owner, employer):
    job = live_job(employer)
    for verb in ("fill", "withdraw", "pause"):
        client.get(at("job-step", job, verb))
    client.get(at("job-renew", job))
    client.get(at("job-lengthen", job))
    assert job.runs.count() == 0
