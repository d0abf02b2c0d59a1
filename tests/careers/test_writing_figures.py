"""What the way of a position from draft to review costs the database: at most fifteen statements a request.

Counted are all statements but those that begin and end a transaction.
"""

import pytest
from django.urls import reverse

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.mail.models import OutgoingEmail
from careers.domain import drafts, jobs
from careers.models import Employer, Job
from careers.states import JobStatus

from .factories import credits_for, make_employer, make_job, make_member, make_user, specialty
from .test_buying_figures import queries
from .test_employer_pages import new_url, typed

pytestmark = pytest.mark.django_db

TOWNS = ("Portland, ME 04101", "Bangor, Maine", "Astoria, Oregon", "Boston, MA", "Chicago, IL", "Denver, CO")


def places_not_found(words: dict) -> int:
    """What the gazetteer lacks is noted for our staff by one statement, however much it is."""
    return int("places-2-place" in words)


def one() -> dict:
    """As little as can be sent: a place, the statements."""
    return typed(**{"places-1-place": None})


def many() -> dict:
    """As much as the form takes: six places, five questions, three specialties, terms of work, a last day."""
    places = {f"places-{row}-place": town for row, town in enumerate(TOWNS)}
    questions = {f"questions-{row}-text": f"Have you done {row + 1}0 nerve blocks?" for row in range(5)}
    kinds = {f"questions-{row}-kind": "yes-no" for row in range(5)}
    fits = [specialty(slug).pk for slug in ("anesthesiology", "neurology", "psychiatry")]
    here = {"takes_applications": "on", "apply_email": "", "specialties": fits}
    return typed(**places, **questions, **kinds, **here, calls_a_month="4", nights_a_month="2")


@pytest.fixture(params=[one, many])
def words(request) -> dict:
    return request.param()


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(client, employer):
    person = make_member(employer)
    client.force_login(person)
    client.get(new_url(employer))  # the first request of a session writes down that there is one
    return person


@pytest.fixture
def job(client, owner, employer, words) -> Job:
    """A draft with all of it, saved three times, among the employer's others."""
    for number in range(3):
        make_job(employer, title=f"Another position {number}")
    client.post(new_url(employer), words)
    job = Job.objects.get(title="Pain physician")
    for number in range(3):
        drafts.keep_typed(job, {"title": [f"T{number}"]}, by=owner, token=token(job))
        client.post(edit_url(job), {**words, "version": token(job)})
    return job


@pytest.fixture(autouse=True)
def towns(db):
    load_gazetteer()


def token(job: Job) -> str:
    return drafts.newest_version(job).token


def edit_url(job: Job) -> str:
    return reverse("careers:job-edit", args=[job.public_id])


def at(name: str, job: Job) -> str:
    return reverse(f"careers:{name}", args=[job.public_id])


def test_a_new_form(client, owner, employer):
    client.get(new_url(employer))
    with queries(8):
        assert client.get(new_url(employer)).status_code == 200


def test_the_first_words(client, owner, employer, words):
    with queries(10):
        assert client.post(reverse("careers:draft-begin", args=[employer.public_id]), words).status_code == 200


def test_a_first_save(client, owner, employer, words):
    with queries(12 + places_not_found(words)):
        assert client.post(new_url(employer), words).status_code == 302


def test_the_form(client, job):
    with queries(15):
        assert client.get(edit_url(job)).status_code == 200


def test_the_form_with_words_that_wait_for_a_check(client, job, owner, words):
    client.post(at("draft-save", job), {**words, "title": "Pain nurse", "version": token(job)})
    with queries(15):
        assert client.get(edit_url(job)).status_code == 200


def test_a_save(client, job, words):
    changed = {**words, "title": "Pain nurse", "software_screens": "yes", "version": token(job)}
    with queries(14 + places_not_found(words)):
        assert client.post(edit_url(job), changed).status_code == 302


def test_a_save_of_the_same(client, job, words):
    began = token(job)
    with queries(14 + places_not_found(words)):
        assert client.post(edit_url(job), {**words, "version": began}).status_code == 302


def test_a_save_of_what_does_not_fit(client, job, words):
    began = token(job)
    with queries(14 + places_not_found(words)):
        assert client.post(edit_url(job), {**words, "title": "", "version": began}).status_code == 422


def test_words_kept_while_one_writes(client, job, words):
    began = token(job)
    with queries(10):
        first = client.post(at("draft-save", job), {**words, "title": "Pain nurse", "version": began})
    assert first.status_code == 200
    with queries(9):
        going_on = {**words, "title": "Pain nurses", "version": first.json()["version"]}
        assert client.post(at("draft-save", job), going_on).status_code == 200


def test_words_of_a_second_recruiter(client, job, words):
    drafts.keep_typed(job, {"title": ["Hers"]}, by=make_member(job.employer), token=token(job))
    with queries(11):
        assert client.post(at("draft-save", job), {**words, "version": "old"}).status_code == 409


def test_the_preview(client, job):
    with queries(15):
        assert client.get(at("job-preview", job)).status_code == 200


@pytest.mark.parametrize("kinds", [1, 3])
def test_what_it_uses_and_the_sending(client, job, kinds):
    for number in range(kinds):
        credits_for(job.employer, 2, runs_days=30 * (number + 1))
    with queries(9):
        assert client.get(at("job-submit", job)).status_code == 200
    with queries(15):
        assert client.post(at("job-submit", job), {"kind": "30"}).status_code == 302
    job.refresh_from_db()
    assert job.status == JobStatus.IN_REVIEW
    assert OutgoingEmail.objects.filter(kind="careers.job_sent").count() == 1


def test_sending_it_again(client, job, words):
    credits_for(job.employer)
    client.post(at("job-submit", job), {"kind": "30"})
    jobs.return_job(job, by=make_user(), reason="How many nights?")
    with queries(15):
        assert "How many nights?" in client.get(edit_url(job)).text
    began = token(job)
    with queries(14 + places_not_found(words)):
        assert client.post(edit_url(job), {**words, "title": "", "version": began}).status_code == 422
    client.post(edit_url(job), {**words, "version": token(job)})
    with queries(8):
        assert client.get(at("job-submit", job)).status_code == 200
    with queries(14):
        assert client.post(at("job-submit", job)).status_code == 302


def test_it_waits_for_its_payment(client, job):
    with queries(10):
        assert client.get(at("job-submit", job)).status_code == 200
    with queries(13):
        assert client.post(reverse("careers:job-step", args=[job.public_id, "await-payment"])).status_code == 302
