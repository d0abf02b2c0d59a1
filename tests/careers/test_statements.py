"""What an employer states before sending, the last day to apply, and the receipt."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.domain import jobs
from careers.domain.job_statements import state_of_job
from careers.models import Job, JobStatement
from careers.seo.jsonld import job_ld
from careers.states import JobStatus

from .factories import credits_for, live_job, make_employer, make_job, make_member
from .test_employer_pages import new_url, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer, first_name="Ada", last_name="Owner")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"is_open_vacancy": None}, "is_open_vacancy"), ({"software_screens": None}, "software_screens")],
)
def test_nothing_is_sent_without_both_statements(client, owner, employer, changes, field):
    refused = client.post(new_url(employer), typed(**changes))
    assert refused.status_code == 422
    assert set(refused.context["statements"].errors) == {field}
    assert [step.label for step in refused.context["steps"] if step.slips] == ["Your statements"]

    client.post(new_url(employer), typed(draft="yes", **changes))
    job = Job.objects.get()
    credits_for(employer)
    with pytest.raises(NotAllowed, match="your statements"):
        jobs.submit_job(job, by=owner)


def test_who_stated_it_and_when_is_kept_until_it_is_stated_otherwise(client, owner, employer):
    client.post(new_url(employer), typed(software_screens="yes"))
    job = Job.objects.get()
    first = job.statement
    assert (first.is_open_vacancy, first.software_screens, first.by) == (True, True, owner)
    again = state_of_job(job, is_open_vacancy=True, software_screens=True, by=make_member(employer))
    assert (again.by, again.at) == (owner, first.at)
    other = make_member(employer)
    changed = state_of_job(job, is_open_vacancy=True, software_screens=False, by=other)
    assert (changed.by, JobStatement.objects.count()) == (other, 1)


@pytest.mark.parametrize(
    ("screens", "sentence"),
    [
        (True, "The employer says that software ranks or sorts the applications it gets."),
        (False, "The employer says that people, and no software, sort the applications it gets."),
        (None, ""),
    ],
)
def test_readers_are_told_whether_software_screens(client, screens, sentence):
    job = live_job()
    JobStatement.objects.update(software_screens=screens)
    assert client.get(job.get_absolute_url()).context["screening_words"] == sentence


def test_the_last_day_to_apply_stands_on_the_page_and_in_its_data(client):
    job = live_job()
    assert "<b>Apply by" not in client.get(job.get_absolute_url()).text
    whole = job_ld(job, [])["validThrough"]
    Job.objects.update(closes_on=timezone.localdate() + timedelta(days=3))
    job.refresh_from_db()
    assert job_ld(job, [])["validThrough"] < whole
    assert job_ld(job, [])["validThrough"].startswith(f"{job.closes_on}T23:59:59")
    assert "<b>Apply by" in client.get(f"{job.get_absolute_url()}?fresh=1", follow=True).text


@pytest.mark.parametrize(
    ("days", "start", "said"),
    [
        (-2, None, "This day is over"),
        (370, None, "more than a year away"),
        (3, 5, "comes before the first day"),
        (5, 5, None),
        (364, None, None),
    ],
)
def test_the_last_day_to_apply_is_checked(client, owner, employer, days, start, said):
    today = timezone.localdate()
    begins = (today + timedelta(days=start)).isoformat() if start else ""
    answer = client.post(
        new_url(employer), typed(closes_on=(today + timedelta(days=days)).isoformat(), wished_start_on=begins)
    )
    if said:
        assert said in answer.context["form"].errors["closes_on"][0]
    else:
        assert answer.status_code == 302
        assert Job.objects.get().closes_on == today + timedelta(days=days)


def test_who_sends_it_gets_a_receipt(client, owner, employer):
    job = make_job(employer, title="Pain physician", closes_on=timezone.localdate() + timedelta(days=9))
    make_member(employer)
    credits_for(employer, runs_days=60)
    client.post(reverse("careers:job-submit", args=[job.public_id]))

    (receipt,) = OutgoingEmail.objects.filter(kind="careers.job_sent")
    assert receipt.to == owner.email
    assert receipt.subject == "Sent to review: Pain physician"
    text = " ".join(receipt.text.split())
    for words in (
        f"Position: {job.number}",
        "Uses one posting: 60 days",
        "within one working day",
        "Last day to apply:",
    ):
        assert words in text


def test_a_draft_sent_twice_is_said_kindly(client, owner, employer, monkeypatch):
    job = make_job(employer)
    credits_for(employer, 2)
    submit = jobs.submit_job

    def another_tab_first(*args, **kwargs):
        submit(*args, **kwargs)
        return submit(*args, **kwargs)

    monkeypatch.setattr(jobs, "submit_job", another_tab_first)
    answer = client.post(reverse("careers:job-submit", args=[job.public_id]), follow=True)
    assert "is with our staff already: it was sent a moment ago, and once." in answer.text
    job.refresh_from_db()
    assert job.status == JobStatus.IN_REVIEW
    assert employer.balances.get().left == 1
