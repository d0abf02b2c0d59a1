"""A job's page: what it says, what machines read, and that a confidential employer stays unknown."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from aapm_site.accounts.models import Place
from aapm_site.core.cache import page_cache
from aapm_site.core.http import view_counts
from careers.models import Job, JobLocation
from careers.seo.jsonld import job_ld

from .factories import live_job, make_employer

pytestmark = pytest.mark.django_db


def posting(client, job: Job) -> dict:
    html = client.get(job.get_absolute_url()).content.decode()
    blocks = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    ]
    (found,) = [block for block in blocks if block["@type"] == "JobPosting"]
    return found


def place(city: str, state: str, **more: str) -> dict:
    address = {"addressLocality": city, "addressRegion": state, "addressCountry": "US", **more}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **address}}


def test_the_day_of_posting_is_that_of_the_associations_zone(client):
    late_in_the_evening = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
    job = live_job(starts_at=late_in_the_evening, ends_at=timezone.now() + timedelta(days=9))
    assert posting(client, job)["datePosted"] == "2026-11-19"


def test_the_structured_data_has_all_that_google_requires(client):
    job = live_job(
        places=[
            {"city": "Portland", "state_code": "ME", "postal_code": "04101"},
            {"city": "Boise", "state_code": "ID"},
        ],
        benefits="Health & dental",
    )

    found = posting(client, job)

    assert found["@context"] == "https://schema.org/"
    assert found["title"] == "Interventional pain physician"
    assert found["description"].startswith("<p>Join three physicians")
    assert "Every plan is talked over" in found["description"]
    assert "Health &amp; dental" in found["description"]
    assert found["datePosted"] == timezone.localdate(job.starts_at).isoformat()
    assert datetime.fromisoformat(found["validThrough"]) == job.ends_at
    assert found["employmentType"] == "FULL_TIME"
    assert found["hiringOrganization"] == {
        "@type": "Organization",
        "name": "Harbor Lane Pain & Spine",
        "sameAs": "https://harborlane.example",
    }
    assert found["jobLocation"] == [place("Portland", "ME", postalCode="04101"), place("Boise", "ID")]
    assert found["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {"@type": "QuantitativeValue", "minValue": 365000.0, "maxValue": 420000.0, "unitText": "YEAR"},
    }
    assert found["identifier"]["value"] == str(job.pk)
    assert found["directApply"] is False


def test_fully_remote_work_says_where_people_may_live(client):
    anywhere = posting(client, live_job(remote="full", places=()))
    assert anywhere["jobLocationType"] == "TELECOMMUTE"
    assert anywhere["applicantLocationRequirements"] == {"@type": "Country", "name": "USA"}
    assert "jobLocation" not in anywhere

    named = posting(client, live_job(remote="full"))
    assert named["applicantLocationRequirements"] == [{"@type": "State", "name": "Maine, USA"}]


def test_pay_that_is_not_stated_is_not_marked_up(client):
    job = live_job(pay_min=None, pay_max=None, pay_exemption="By rank, from the published scale.")
    assert "baseSalary" not in posting(client, job)
    assert "Not stated. By rank, from the published scale." in client.get(job.get_absolute_url()).content.decode()


def test_a_closing_tag_in_a_title_does_not_end_the_data(client):
    job = live_job(title="</script><script>alert(1)</script>")
    html = client.get(job.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in html
    assert posting(client, job)["title"] == "</script><script>alert(1)</script>"


def test_every_kind_of_hours_and_pay_has_its_word():
    job = live_job()
    for kind in ("full-time", "part-time", "locum", "per-diem", "contract", "fellowship"):
        job.employment_type = kind
        assert job_ld(job, [])["employmentType"].isupper()
    for period in ("year", "month", "week", "day", "hour"):
        job.pay_period = period
        assert job_ld(job, [])["baseSalary"]["value"]["unitText"] == period.upper()


CANARY = "Canary-7Q"


def test_the_page_says_how_far_the_place_is_from_a_city_that_people_know(client):
    """The nearest one, and nothing where the place is such a city itself."""
    city, town = city_of("Boston", "MA", 42.36, -71.06, 650_000), city_of("Concord", "MA", 42.46, -71.35, 18_000)
    city_of("New York", "NY", 40.71, -74.01, 8_000_000)
    job = live_job(places=[{"city": "Concord", "state_code": "MA", "place": town}])
    html = " ".join(client.get(job.get_absolute_url()).content.decode().split())
    assert (
        '<dd>Concord, Massachusetts <span class="far">16 miles from Boston, MA in a straight line</span></dd>' in html
    )

    JobLocation.objects.update(place=city, city="Boston")
    html = client.get(job.get_absolute_url()).content.decode()
    assert "<dd>Boston, Massachusetts</dd>" in html


def city_of(name: str, state: str, latitude: float, longitude: float, population: int) -> Place:
    return Place.objects.create(
        name=name, state_code=state, latitude=latitude, longitude=longitude, population=population, slug=name.lower()
    )


def confidential_job(**fields) -> Job:
    employer = make_employer(
        f"{CANARY} Clinic",
        slug=f"{CANARY.lower()}-clinic",
        website=f"https://{CANARY}.example",
        about=f"{CANARY} about",
    )
    return live_job(employer, confidential=True, public_employer_name="A clinic by the sea", **fields)


@pytest.mark.parametrize(
    "address",
    [
        "/career-center/jobs/",
        "/career-center/jobs/?q=canary",
        "/career-center/jobs/?q=clinic",
        "/search/?q=clinic",
        "/search/?q=canary-7q",
        "/sitemap-jobs.xml",
        None,
    ],
)
def test_a_confidential_employer_is_named_nowhere(client, address):
    job = confidential_job()
    other = live_job(title="Another")

    for url in [address or job.get_absolute_url(), other.get_absolute_url()]:
        html = client.get(url).content.decode().replace("canary-7q</title>", "").lower()
        # What the reader typed comes back in the search field, and says nothing.
        html = re.sub(r'value="[^"]*"|“[^”]*”|(?:q|question)=[^"&]*|<title>.*?</title>|search: [^<"]*', "", html)
        assert CANARY.lower() not in html


def test_a_confidential_page_after_its_end_names_nobody_either(client):
    job = confidential_job(days_ago=40)
    response = client.get(job.get_absolute_url())
    assert response.status_code == 410
    assert CANARY.lower() not in response.content.decode().lower()
    assert "A clinic by the sea" in response.content.decode()


def test_a_wrong_slug_and_the_bare_number_lead_to_the_one_address(client):
    job = live_job()
    for url in (f"/career-center/jobs/{job.pk}-old-title/", f"/career-center/jobs/{job.pk}/"):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (301, job.get_absolute_url())
    assert client.get(job.get_absolute_url()).context["meta"].canonical.endswith(job.get_absolute_url())


@pytest.mark.parametrize("number", [0, 999_999_999, 10**30])
def test_a_number_without_a_job_is_not_found(client, number):
    assert client.get(f"/career-center/jobs/{number}-x/").status_code == 404


def test_a_view_is_counted_for_people_and_not_for_robots(client):
    job = live_job()
    client.get(job.get_absolute_url(), headers={"user-agent": "Mozilla/5.0 Firefox"})
    client.get(job.get_absolute_url(), headers={"user-agent": "Googlebot/2.1"})
    view_counts.flush()
    assert view_counts.total("job-view", str(job.pk)) == 1


def test_a_cached_page_of_a_job_ends_with_the_job(client, monkeypatch, settings):
    settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0)
    job = live_job(ends_at=timezone.now() + timedelta(seconds=1.0))
    url = job.get_absolute_url()
    assert client.get(url).status_code == 200
    entry = next(iter(page_cache.pages.entries.values()))
    assert 0 < entry.ends - page_cache.time.monotonic() <= 1.0


def test_a_change_shows_at_once_on_the_cached_list(client, monkeypatch, settings):
    settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0)
    job = live_job(title="Before")
    assert "Before" in client.get("/career-center/jobs/").content.decode()
    Job.objects.filter(pk=job.pk).update(title="After")
    assert "After" in client.get("/career-center/jobs/").content.decode()
    job.locations.update(city="Elsewhere")
    Job.objects.filter(pk=job.pk).update(status="filled", taken_down_at=job.ends_at)
    assert "After" not in client.get("/career-center/jobs/").content.decode()


def test_further_query_keys_do_not_change_the_page(client):
    job = live_job()
    assert client.get(job.get_absolute_url() + "?utm_source=x").status_code == 200


@pytest.mark.parametrize(
    ("ways", "button", "on_paper"),
    [
        (
            {"apply_url": "https://a.example/jobs", "apply_email": ""},
            "/career-center/jobs/{}/apply/elsewhere/",
            "https://a.example/jobs",
        ),
        ({"apply_url": "", "apply_email": "hr@a.example"}, "mailto:hr@a.example?subject=", "hr@a.example"),
        (
            {"apply_url": "https://a.example/jobs", "apply_email": "hr@a.example"},
            "/career-center/jobs/{}/apply/elsewhere/",
            "https://a.example/jobs or hr@a.example",
        ),
        (
            {"takes_applications": True, "apply_url": "https://a.example/jobs", "apply_email": ""},
            '/career-center/jobs/{}/apply/"',
            f"{settings.SITE_ORIGIN}/career-center/jobs/{{}}/ or https://a.example/jobs",
        ),
    ],
)
def test_the_way_to_apply_stands_under_the_facts_and_before_what_is_similar(client, ways, button, on_paper):
    live_job(title="Another pain physician")
    job = live_job(**ways)
    page = client.get(job.get_absolute_url()).text
    button, on_paper = button.format(job.pk), on_paper.format(job.pk)
    facts, text, similar = (page.index(mark) for mark in ('class="facts"', "<article", "Similar positions"))
    first, second = (found.start() for found in re.finditer(rf'class="btn[^>]*href="{re.escape(button)}', page))
    assert facts < first < text < second < similar
    told = re.search(r'<p class="on-paper"><strong>Apply to the employer:</strong>(.*?)</p>', page, re.S)[1]
    assert " ".join(told.split()) == on_paper
