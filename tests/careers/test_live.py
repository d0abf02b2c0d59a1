"""One condition decides what is public, and every surface asks it."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core import positions
from careers.models import Job
from careers.search import JOBS
from careers.seo.sitemaps import JobSitemap
from careers.states import JobStatus
from tests.core.finding import found

from .factories import live_job, make_employer, make_job

pytestmark = pytest.mark.django_db

CASES = {
    "draft": 404,
    "in_review": 404,
    "returned": 404,
    "live": 200,
    "scheduled": 404,
    "past": 410,
    "paused": 404,
    "filled": 410,
    "withdrawn": 410,
    "withdrawn before it began": 404,
    "withdrawn as a draft": 404,
    "paused and past": 410,
}


def make(case: str) -> Job:
    employer = make_employer()
    title = f"Zebra physician {case}"
    now = timezone.now()
    if case == "live":
        return live_job(employer, title=title)
    if case == "scheduled":
        starts_at = now + timedelta(minutes=5)
        return live_job(employer, title=title, starts_at=starts_at, ends_at=starts_at + timedelta(days=30))
    if case == "past":
        return live_job(employer, title=title, days_ago=31)
    if case == "paused and past":
        return make_job(employer, title=title, status=JobStatus.PAUSED, days_ago=31)
    if case == "withdrawn before it began":
        starts_at = now - timedelta(hours=1)
        return make_job(
            employer,
            title=title,
            status=JobStatus.WITHDRAWN,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=30),
            taken_down_at=starts_at - timedelta(hours=1),
        )
    if case == "withdrawn as a draft":
        return make_job(employer, title=title, status=JobStatus.WITHDRAWN, starts_at=None, ends_at=None)
    return make_job(employer, title=title, status=case)


@pytest.fixture
def cases() -> dict[str, Job]:
    return {case: make(case) for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_the_page_answers_as_the_position_stands(client, case):
    job = make(case)

    response = client.get(job.get_absolute_url())

    assert response.status_code == CASES[case]
    says_it = job.title in response.content.decode()
    # A pause is no secret: everybody could read it before.
    assert says_it == (CASES[case] in {200, 410} or case == "paused")
    assert ("JobPosting" in response.content.decode()) == (case == "live")
    assert ('name="robots" content="noindex"' in response.content.decode()) == (case != "live")


def test_the_list_shows_the_live_one_only(client, cases):
    response = client.get("/career-center/jobs/?q=zebra")
    assert [job.title for job in response.context["found"].jobs] == ["Zebra physician live"]
    assert response.context["found"].count == 1


def test_the_search_of_the_site_finds_the_live_one_only(cases):
    assert [hit.title for hit in found("zebra", User(), JOBS, 50)] == ["Zebra physician live"]


def test_the_sitemap_names_the_live_one_only(cases):
    assert list(JobSitemap().items()) == [cases["live"]]


def test_the_feed_shows_the_live_one_only(cases):
    html = positions.render("career-feed", RequestFactory().get("/"), limit=20)
    assert html.count("Zebra physician") == 1
    assert "Zebra physician live" in html


def test_similar_positions_are_live(client, cases):
    response = client.get(cases["filled"].get_absolute_url())
    assert [job.title for job in response.context["similar"]] == ["Zebra physician live"]


def test_a_row_in_hand_and_the_query_agree(cases):
    at = timezone.now()
    live = set(Job.objects.live(at))
    assert {job for job in cases.values() if job.is_live(at)} == live == {cases["live"]}


def test_the_boundaries_are_exact():
    job = live_job()
    moment = timedelta(microseconds=1)
    for at, expected in (
        (job.starts_at - moment, False),
        (job.starts_at, True),
        (job.ends_at - moment, True),
        (job.ends_at, False),
    ):
        assert Job.objects.live(at).exists() is expected
        assert job.is_live(at) is expected
