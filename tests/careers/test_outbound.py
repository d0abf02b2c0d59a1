"""What other sites take of the open positions: the XML for Indeed and its like, and the JSON feed."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.core.seo import absolute
from careers.models import Job
from careers.queries import outbound
from careers.seo import indeed
from careers.states import JobStatus

from .factories import live_job, make_employer, make_job

pytestmark = pytest.mark.django_db
XML, JSON = "/career-center/jobs/feed/indeed.xml", "/career-center/jobs/feed/json/"
PORTLAND, DULUTH = {"city": "Portland", "state_code": "ME"}, {"city": "Duluth", "state_code": "MN"}


def entries(client) -> list[dict[str, str]]:
    root = ElementTree.fromstring(client.get(XML).getvalue())
    assert root.tag == "source"
    return [{fact.tag: fact.text for fact in job} for job in root.iter("job")]


def test_the_xml_says_of_a_position_what_its_page_says(client):
    job = live_job(title="Pain physician", places=[PORTLAND | {"postal_code": "04101"}])
    # Late in the evening in Chicago, when UTC has the next day already: as in the page's data.
    starts = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0) - timedelta(days=2)
    Job.objects.update(starts_at=starts, ends_at=starts + timedelta(days=30))
    (found,) = entries(client)
    description = found.pop("description")
    assert found == {
        "referencenumber": f"{job.pk}-portland-me",
        "requisitionid": str(job.pk),
        "title": "Pain physician",
        "date": (starts - timedelta(days=1)).date().isoformat(),
        "expirationdate": (starts + timedelta(days=29)).date().isoformat(),
        "url": absolute(job.get_absolute_url()),
        "company": "Harbor Lane Pain & Spine",
        "salary": found["salary"],
        "jobtype": "fulltime",
        "category": "Physician",
        "city": "Portland",
        "state": "ME",
        "postalcode": "04101",
        "country": "US",
    }
    assert "365,000" in found["salary"]
    assert "420,000" in found["salary"]
    assert description.startswith(
        "<p>Join three physicians and a block suite four minutes from the ferry.</p><p>You would"
    )
    assert "careers@harborlane.example" not in client.get(XML).getvalue().decode()
    assert f'"datePosted": "{found["date"]}"' in client.get(job.get_absolute_url()).text.replace('":"', '": "')


def test_each_place_is_an_entry_whose_number_outlives_a_new_order(client):
    job = live_job(places=[PORTLAND, DULUTH])
    numbers = {entry["city"]: entry["referencenumber"] for entry in entries(client)}
    assert numbers == {"Portland": f"{job.pk}-portland-me", "Duluth": f"{job.pk}-duluth-mn"}
    job.locations.filter(city="Duluth").delete()
    job.locations.create(**DULUTH, order=0)
    job.locations.filter(city="Portland").update(order=1)
    assert [entry["city"] for entry in entries(client)] == ["Duluth", "Portland"]
    assert {entry["city"]: entry["referencenumber"] for entry in entries(client)} == numbers


@pytest.mark.parametrize(
    ("towns", "numbers"),
    [
        ([], ["7"]),
        (["Portland"], ["7-portland-me"]),
        (["St. Paul", "St Paul"], ["7-st-paul-me", "7-st-paul-me-2"]),
        (["東京"], ["7-me"]),
    ],
)
def test_numbers_are_one_of_a_kind(towns, numbers):
    job = Job(pk=7)
    job.fed_places = [{"city": town, "state": "ME", "postal_code": ""} for town in towns]
    assert indeed.reference_numbers(job) == numbers


def test_a_position_for_anywhere_stands_once(client):
    job = live_job(remote="full", places=[])
    (found,) = entries(client)
    assert (found["referencenumber"], found["remotetype"], found["country"]) == (str(job.pk), "Fully remote", "US")
    assert "city" not in found


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Pain & <b>spine</b> &amp; more", "Pain & <b>spine</b> &amp; more"),
        ("a ]]> b ]]]]>> c", "a ]]> b ]]]]>> c"),
        ("]]><job><url><![CDATA[https://evil.example", "]]><job><url><![CDATA[https://evil.example"),
        ("bell\x07 \x0b\x1f\ufffe\uffff end", "bell  end"),
        ("Größe 😀 \u2028", "Größe 😀 \u2028"),
    ],
)
def test_whatever_was_typed_the_xml_is_valid(client, typed, read):
    live_job(title=typed)
    (found,) = entries(client)
    assert found["title"] == read
    assert json.loads(client.get(JSON).content)["items"][0]["title"] == typed


def test_a_withheld_name_is_in_neither(client):
    secret = make_employer(
        "Canary-7Q Clinic", slug="canary-7q", website="https://canary-7q.example", about="Canary-7Q."
    )
    live_job(secret, confidential=True, public_employer_name="A clinic by the sea")
    (found,) = entries(client)
    assert found["company"] == "A clinic by the sea"
    (item,) = json.loads(client.get(JSON).content)["items"]
    assert item["authors"] == [{"name": "A clinic by the sea"}]
    assert (item["_position"]["employer"], item["_position"]["name_withheld"]) == ("A clinic by the sea", True)
    assert "canary" not in f"{client.get(XML).getvalue()}{client.get(JSON).text}".lower()


def test_a_sample_says_so_in_both(client):
    live_job(is_sample=True)
    assert entries(client)[0]["description"].startswith(indeed.SAMPLE)
    (item,) = json.loads(client.get(JSON).content)["items"]
    assert item["content_html"].startswith(indeed.SAMPLE)
    assert item["_position"]["sample"] is True


def test_only_what_is_open_is_in_them(client):
    for status in set(JobStatus) - {JobStatus.APPROVED}:
        make_job(status=status)
    live_job(days_ago=31)
    assert entries(client) == []
    assert json.loads(client.get(JSON).content)["items"] == []


def test_the_json_gives_the_facts_and_the_dates_of_the_page(client):
    job = live_job(title="Pain physician")
    answer = client.get(JSON)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    (item,) = feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "American Academy of Pain Medicine, open positions",
        "description": "Open positions in pain medicine, the newest number first.",
        "home_page_url": absolute("/career-center/jobs/"),
        "feed_url": absolute(JSON),
        "language": "en-US",
    }
    assert (item["id"], item["url"]) == (str(job.pk), absolute(job.get_absolute_url()))
    assert item["date_published"] == timezone.localtime(job.starts_at).isoformat()
    assert item["_position"] == {
        "about": absolute("/career-center/rates/#appears"),
        "employer": "Harbor Lane Pain & Spine",
        "name_withheld": False,
        "places": [{"city": "Portland", "state": "ME", "postal_code": ""}],
        "profession": "physician",
        "setting": "private-practice",
        "employment_type": "full-time",
        "remote": "no",
        "open_until": timezone.localtime(job.ends_at).isoformat(),
        "sample": False,
        "pay": {"lowest": 365000.0, "highest": 420000.0, "currency": "USD", "period": "year"},
    }
    assert 'id="appears"' in client.get("/career-center/rates/").text


def test_the_json_is_read_on_by_key_to_the_last(client, monkeypatch):
    monkeypatch.setattr(outbound, "PAGE", 2)
    jobs = [live_job(title=f"Number {number}").pk for number in range(5)]
    read, url = [], JSON
    while url:
        feed = json.loads(client.get(url).content)
        read.append([int(item["id"]) for item in feed["items"]])
        assert feed["feed_url"] == absolute(url)
        url = feed.get("next_url", "").removeprefix(absolute("/")[:-1])
    assert read == [jobs[:2:-1], jobs[2:0:-1], jobs[:1]]


@pytest.mark.parametrize("after", ["", "x", "-1", "0", "1e9", "9" * 40, "%00"])
def test_a_key_that_means_nothing_shows_the_first_page(client, after):
    live_job()
    feed = json.loads(client.get(f"{JSON}?after={after}").content)
    assert len(feed["items"]) == 1
    assert feed["feed_url"] == absolute(JSON)


@pytest.mark.parametrize("rows", [1, 12])
def test_queries_stay_the_same_whatever_is_open(client, monkeypatch, rows):
    monkeypatch.setattr(outbound, "CHUNK", 5)
    employer = make_employer()
    for number in range(rows):
        live_job(employer, title=f"Job {number}", places=[PORTLAND, DULUTH])
    for url, expected in ((XML, 3), (JSON, 2)):
        with CaptureQueriesContext(connection) as captured:
            client.get(url).getvalue()
        assert len([query for query in captured if "careers_" in query["sql"] or "core_revision" in query["sql"]]) == (
            expected
        )


def test_the_xml_is_sent_in_parts_and_not_again_while_nothing_changed(client):
    first = live_job()
    live_job()
    answer = client.get(XML)
    assert answer.streaming
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    tag = answer["ETag"]
    assert client.get(XML, HTTP_IF_NONE_MATCH=tag).status_code == 304
    Job.objects.filter(pk=first.pk).update(title="Another title")
    changed = client.get(XML, HTTP_IF_NONE_MATCH=tag)
    assert changed.status_code == 200
    assert "Another title" in changed.getvalue().decode()


def test_a_position_that_begins_or_ends_changes_the_tag_by_itself():
    live_job()
    live_job(days_ago=2)
    at = timezone.now()
    assert outbound.state_of_open(at) == outbound.state_of_open(at + timedelta(days=1))
    assert outbound.state_of_open(at) != outbound.state_of_open(at + timedelta(days=28, hours=1))
    assert outbound.state_of_open(at) != outbound.state_of_open(at - timedelta(days=1, hours=1))
