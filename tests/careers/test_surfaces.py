"""Every place that shows, counts, feeds, mails or marks up positions, walked with one of each unseen kind."""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core import positions
from aapm_site.mail.models import OutgoingEmail
from careers.criteria import JobCriteria
from careers.domain import alert_letters, alert_matching, alerts, job_reports
from careers.domain.alerts import WantedAlert
from careers.models import Job
from careers.queries import listings
from careers.search import JOBS
from careers.states import JobStatus
from tests.core.finding import found

from .factories import live_job, make_employer, make_job, make_user

pytestmark = pytest.mark.django_db
WORD, EMPLOYER = "zebrawood", "Canary-7Q Clinic"
# Lists, their counts, feeds, what machines read, and what suggests.
PLACES = (
    "/career-center/",
    "/career-center/jobs/",
    f"/career-center/jobs/?q={WORD}",
    "/career-center/jobs/?state=ME",
    "/career-center/jobs/?employer=canary-clinic",
    "/career-center/jobs/?sort=pay",
    "/career-center/jobs/feed/",
    f"/career-center/jobs/feed/?q={WORD}",
    "/career-center/jobs/feed/indeed.xml",
    "/career-center/jobs/feed/json/",
    "/career-center/jobs/states/",
    f"/search/?q={WORD}",
    f"/search/suggest/?q={WORD}",
    "/search/?q=canary-7q",
    "/career-center/organizations/",
    "/sitemap-organizations.xml",
    "/sitemap.xml",
    "/sitemap-jobs.xml",
    "/sitemap-careers.xml",
)
UNSEEN = ("paused", "ended", "hidden by reports")


def reported(job: Job) -> Job:
    for reader in ("ann", "bob", "cy"):
        job_reports.report_job(job, reason="fraud", reader=reader, network=reader)
    return job


@pytest.fixture
def jobs() -> dict[str, Job]:
    """One of each kind, the live ones first: an open one, and one whose employer withholds its name."""
    secret = make_employer(
        EMPLOYER, slug="canary-clinic", website="https://canary-7q.example", about=f"{EMPLOYER}.", verified=True
    )
    return {
        "open": live_job(title=f"{WORD} physician, open"),
        "confidential": live_job(
            secret,
            title=f"{WORD} physician, confidential",
            confidential=True,
            public_employer_name="A clinic by the sea",
        ),
        "paused": make_job(title=f"{WORD} physician, paused", status=JobStatus.PAUSED),
        "ended": live_job(title=f"{WORD} physician, ended", days_ago=31),
        "hidden by reports": reported(live_job(title=f"{WORD} physician, hidden by reports")),
    }


def told(client, place: str) -> str:
    """What an answer says, without the words that the reader typed."""
    text = client.get(place).getvalue().decode().lower()
    return text.replace("q=canary-7q", "").replace("canary-7q</title>", "").replace("“canary-7q”", "")


def test_no_surface_shows_what_is_not_open_and_none_names_who_withholds_its_name(client, jobs):
    control = set()
    for place in (*PLACES, jobs["open"].get_absolute_url(), jobs["confidential"].get_absolute_url()):
        said = told(client, place)
        for kind in UNSEEN:
            assert f"physician, {kind}" not in said, f"{place} shows the one that is {kind}"
            assert f"/jobs/{jobs[kind].pk}-" not in said, f"{place} leads to the one that is {kind}"
        if "canary-7q" not in place:
            assert "canary" not in said.replace("canary-clinic", ""), f"{place} names the confidential employer"
        control |= {place} if f"/jobs/{jobs['open'].pk}-" in said else set()
    # Where the open one stands, the others would be seen too.
    assert {
        PLACES[1],
        PLACES[2],
        PLACES[3],
        PLACES[6],
        PLACES[7],
        PLACES[8],
        PLACES[9],
        PLACES[11],
        "/sitemap-jobs.xml",
    } <= control


def test_no_count_block_search_or_structured_datum_knows_of_them(client, jobs):
    at = timezone.now()
    assert listings.open_counts(at) == listings.OpenCounts(jobs=2, employers=2)
    assert client.get(f"/career-center/jobs/?q={WORD}").context["found"].count == 2
    assert sum(count for _, count in listings.open_by_state(at)) == 2
    feed = positions.render("career-feed", RequestFactory().get("/"), limit=20)
    assert feed.lower().count(f"{WORD} physician") == 2
    assert len(found(WORD, User(), JOBS, 50)) == 2
    assert {job.pk for job in listings.similar(jobs["open"], at)} == {jobs["confidential"].pk}
    for kind, job in jobs.items():
        html = client.get(job.get_absolute_url()).content.decode()
        assert ("JobPosting" in html) is (kind not in UNSEEN)
        assert "Canary" not in html


def test_alerts_mail_the_open_ones_alone_and_name_nobody(jobs):
    """One is found for the letter while it is open, and hidden before the letter goes."""
    criteria = JobCriteria(states=("ME",))
    alerts.add_alert(make_user(), WantedAlert(criteria.to_query(), "Maine", "at-once"), criteria)
    late = live_job(title=f"{WORD} physician, too late")
    for job in (*jobs.values(), late):
        alert_matching.announce_job(str(job.pk))
    reported(late)
    OutgoingEmail.objects.all().delete()
    for row in alert_letters.due_letters(timezone.now()):
        alert_letters.write_letters(row.key)

    (letter,) = OutgoingEmail.objects.all()
    assert "physician, open" in letter.text
    assert "physician, confidential" in letter.text
    assert "Canary" not in f"{letter.text}{letter.html}"
    assert [kind for kind in (*UNSEEN, "too late") if f"physician, {kind}" in letter.text] == []
