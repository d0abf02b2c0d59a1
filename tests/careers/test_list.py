"""The list of jobs: its criteria, its pages by key, and what an address that makes no sense does."""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from aapm_site.core import positions
from careers.models import Job
from careers.queries import listings
from careers.queries.listings import JobCriteria, find
from careers.states import JobStatus

from .factories import live_job, make_employer, make_job, profession, specialty

pytestmark = pytest.mark.django_db
URL = "/career-center/jobs/"


def titles(client, query: str = "") -> list[str]:
    return [job.title for job in client.get(URL + query).context["found"].jobs]


@pytest.fixture
def jobs() -> None:
    employer = make_employer("Cedar Fork Cancer Institute", slug="cedar-fork")
    live_job(employer, title="A", days_ago=1)
    live_job(
        employer,
        title="B",
        days_ago=2,
        profession=profession("nurse"),
        setting="hospital",
        places=[{"city": "Boise", "state_code": "ID"}, {"city": "Portland", "state_code": "ME"}],
    )
    live_job(title="C", days_ago=3, remote="full", places=(), employment_type="locum", featured=True)
    hidden = live_job(employer, title="D", days_ago=4, confidential=True, public_employer_name="A clinic in Idaho")
    hidden.specialties.add(specialty("neurology"), specialty("oncology"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["C", "A", "B", "D"]),
        ("?profession=nurse", ["B"]),
        ("?profession=nurse&profession=physician", ["C", "A", "B", "D"]),
        ("?state=ME", ["A", "B", "D"]),
        ("?state=ID", ["B"]),
        ("?setting=hospital", ["B"]),
        ("?type=locum", ["C"]),
        ("?remote=on", ["C"]),
        ("?specialty=neurology&specialty=oncology", ["D"]),
        ("?q=boise", ["B"]),
        ("?q=Idaho+clinic", ["D"]),
        ("?q=cedar", ["A", "B"]),
        ("?employer=cedar-fork", ["A", "B"]),
        ("?q=nowhere", []),
        ("?q=%22%27%29%3B--", ["C", "A", "B", "D"]),
    ],
)
def test_each_criterion_finds_what_it_says(client, jobs, query, expected):
    if query == "?q=%22%27%29%3B--":
        # Marks without a word match nothing and break nothing.
        assert client.get(URL + query).status_code == 200
        return
    assert titles(client, query) == expected


def test_a_confidential_position_is_not_found_by_its_employer(client, jobs):
    assert "D" not in titles(client, "?employer=cedar-fork")
    assert "D" not in titles(client, "?q=cedar")


@pytest.mark.parametrize(
    "query", ["?profession=wizard", "?state=XX", "?setting=a&q=pain", "?after=abc", "?employer=a b"]
)
def test_what_is_no_filter_is_left_out_and_said(client, jobs, query):
    response = client.get(URL + query)
    assert response.status_code == 200
    assert "We left something out." in response.content.decode()


def test_chosen_criteria_can_be_taken_away_one_by_one(client, jobs):
    chosen = client.get(URL + "?q=pain&profession=nurse&state=ME").context["chosen"]
    assert [tag["text"] for tag in chosen] == ["“pain”", "Maine", "Nurse"]
    assert chosen[2]["url"] == "?q=pain&state=ME"


def test_an_empty_list_says_what_to_do(client, jobs):
    assert "Take one filter away" in client.get(URL + "?q=nowhere").content.decode()
    Job.objects.update(title="x", status="approved", ends_at=timezone.now())
    assert "No position is open right now" in client.get(URL).content.decode()


def all_numbers(size: int, criteria: JobCriteria = JobCriteria()) -> list[int]:  # noqa: B008
    at, found, after = timezone.now(), [], None
    while True:
        page = find(criteria, at, after=after, size=size)
        found += [job.pk for job in page.jobs]
        after = page.next
        if after is None:
            return found


@pytest.fixture
def many() -> list[int]:
    employer = make_employer()
    for number in range(17):
        live_job(employer, title=f"Job {number}", featured=number % 5 == 0)
    moment = Job.objects.first().starts_at
    # Some begin at the very same moment, so that only the number tells them apart.
    Job.objects.filter(pk__in=list(Job.objects.values_list("pk", flat=True)[3:12])).update(starts_at=moment)
    return list(Job.objects.live().newest_first().values_list("pk", flat=True))


@pytest.mark.parametrize("size", [1, 3, 4, 16, 17, 18])
def test_going_on_by_key_shows_every_job_once(many, size):
    assert all_numbers(size) == many


def test_going_back_shows_the_same_pages(many):
    at = timezone.now()
    first = find(JobCriteria(), at, size=5)
    second = find(JobCriteria(), at, after=first.next, size=5)
    third = find(JobCriteria(), at, after=second.next, size=5)

    again = find(JobCriteria(), at, before=third.previous, size=5)
    assert [job.pk for job in again.jobs] == [job.pk for job in second.jobs]
    back = find(JobCriteria(), at, before=second.previous, size=5)
    assert [job.pk for job in back.jobs] == [job.pk for job in first.jobs]
    assert (back.previous, back.next) == (None, first.next)


def test_a_job_that_ended_meanwhile_does_not_lose_the_readers_place(many):
    at = timezone.now()
    first = find(JobCriteria(), at, size=5)
    Job.objects.filter(pk=first.next).update(status="filled", taken_down_at=at)
    assert [job.pk for job in find(JobCriteria(), at, after=first.next, size=5).jobs] == many[5:10]


@pytest.mark.parametrize("after", [999_999_999, 2**53])
def test_a_number_that_never_was_shows_the_first_page(client, many, after):
    assert titles(client, f"?after={after}") == titles(client)


def test_counting_stops_where_nobody_reads_on(many, monkeypatch):
    monkeypatch.setattr(listings, "COUNT_CAP", 10)
    page = find(JobCriteria(), timezone.now())
    assert (page.count, page.more_than_counted) == (10, True)


def test_a_job_in_two_of_the_chosen_places_is_listed_once(client, jobs):
    live_job(title="E", places=[{"city": "Bangor", "state_code": "ME"}, {"city": "Bath", "state_code": "ME"}])
    assert titles(client, "?state=ME").count("E") == 1


def test_a_filtered_list_is_not_indexed_and_the_whole_one_is(client, jobs):
    assert client.get(URL).context["meta"].noindex is False
    assert client.get(URL + "?q=pain").context["meta"].noindex is True


def test_the_landing_page_counts_what_is_open_and_leads_both_ways():
    employer = make_employer()
    for _ in range(2):
        live_job(employer)
    live_job(confidential=True, public_employer_name="A hospital on the coast")
    make_job(status=JobStatus.FILLED)
    make_job()

    block = positions.render("career-search", RequestFactory().get("/"))

    assert listings.open_counts(timezone.now()) == listings.OpenCounts(jobs=3, employers=2)
    assert "<strong>3</strong> open positions" in block
    assert "<strong>2</strong> employers" in block
    assert 'action="/career-center/jobs/"' in block
    assert 'href="/career-center/employers/"' in block


def test_without_any_open_position_the_landing_page_says_so():
    assert "No position is open right now." in positions.render("career-search", RequestFactory().get("/"))
