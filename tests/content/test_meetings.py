"""Meetings and education: announced, read, called off; days and hours are those of the place."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.cache import page_cache
from aapm_site.core.transitions import NotAllowed
from content.domain import meetings
from content.due import due_changes
from content.models import Meeting
from content.queries import meetings as queries
from tests.content.makers import meeting
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

MORNING = {"starts_time": time(9), "ends_time": time(16, 30)}


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def data_of(response, kind):
    """The structured data of this kind on a page."""
    blocks = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', response.text, re.DOTALL)
    found = [item for block in blocks for item in _items(json.loads(block))]
    return next(item for item in found if item["@type"] == kind)


def _items(block):
    return block if isinstance(block, list) else [block]


def titles(response):
    return [entry["meeting"].title for entry in response.context["entries"]]


# Days and hours ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "begins", "ends"),
    [
        ({}, datetime(2027, 3, 13, 6, tzinfo=UTC), datetime(2027, 3, 15, 5, tzinfo=UTC)),
        (MORNING, datetime(2027, 3, 13, 15, tzinfo=UTC), datetime(2027, 3, 14, 21, 30, tzinfo=UTC)),
        ({"time_zone": "Europe/London"}, datetime(2027, 3, 13, tzinfo=UTC), datetime(2027, 3, 15, tzinfo=UTC)),
        (
            {**MORNING, "ends_on": None},
            datetime(2027, 3, 13, 15, tzinfo=UTC),
            datetime(2027, 3, 13, 22, 30, tzinfo=UTC),
        ),
    ],
    ids=["whole days over the change of the clocks", "hours over it", "whole days in London", "one day"],
)
def test_the_database_knows_the_moments_by_the_clock_of_the_place(fields, begins, ends):
    made = meeting(**{"starts_on": date(2027, 3, 13), "ends_on": date(2027, 3, 14), **fields})
    made.refresh_from_db()

    assert (made.begins_at, made.ends_at) == (begins, ends)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": date(2027, 3, 12)}, "days_in_order"),
        ({"starts_time": time(9)}, "hours_whole"),
        ({"starts_time": time(9), "ends_time": time(9)}, "hours_in_order"),
        ({"town": ""}, "place_fits"),
        ({"format": "online", "town": "Austin"}, "place_fits"),
        ({"credits": Decimal(3)}, "credit_whole"),
        ({"credit_kind": "Contact hours"}, "credit_whole"),
        ({"registration_until": date(2027, 3, 1)}, "deadline_of_something"),
        ({"published_at": None}, "shown_has_date"),
        ({"status": "canceled"}, "canceled_says_why"),
        ({"canceled_because": "Snow."}, "canceled_says_why"),
    ],
)
def test_the_database_refuses_nonsense(fields, constraint):
    with pytest.raises(IntegrityError, match=f"content_meeting_{constraint}"), transaction.atomic():
        meeting(**{"starts_on": date(2027, 3, 13), **fields})


# What readers see ----------------------------------------------------------------------------------------------------
def test_the_next_one_stands_first_and_what_is_over_has_its_own_list(client):
    meeting("later", starts_on=in_days(40))
    meeting("sooner", starts_on=in_days(3))
    meeting("goes-on", starts_on=in_days(-1), ends_on=in_days(1))
    meeting("over", starts_on=in_days(-9))
    meeting("long-over", starts_on=in_days(-90))
    meeting("not-yet", status="draft")

    ahead, past = client.get("/meetings/"), client.get("/meetings/past/")

    assert titles(ahead) == ["Goes on", "Sooner", "Later"]
    assert titles(past) == ["Over", "Long over"]
    assert 'href="/meetings/past/"' in ahead.text
    assert client.get("/meetings/not-yet/").status_code == 404


def test_without_any_it_says_so(client):
    assert "Nothing is announced at the moment." in client.get("/meetings/").text
    assert "Nothing is over yet." in client.get("/meetings/past/").text
    assert "/meetings/past/" not in client.get("/meetings/").text


def test_its_page_says_everything(client):
    meeting(
        **MORNING,
        starts_on=date(2099, 3, 5),
        ends_on=date(2099, 3, 8),
        kind="course",
        body="<h2>Program</h2><p>Four days.</p>",
        for_whom="Physicians and nurses",
        format="both",
        venue="Hall of Springs",
        street="1 River Road",
        credits=Decimal("12.50"),
        credit_kind="AMA PRA Category 1 Credits™",
        registration_url="https://register.example/spring",
        registration_until=date(2099, 2, 20),
        price="Members $450, others $650",
    )

    page = client.get("/meetings/spring-course/")
    for words in (
        "March 5",
        "9 a.m. to 4:30 p.m., Central time",
        "Hall of Springs, 1 River Road, Austin, Texas",
        "In person and online",
        "12.5 AMA PRA Category 1 Credits™",
        "Physicians and nurses",
        "Members $450, others $650",
        "February 20, 2099",
        "Program</h2>",
        'href="https://register.example/spring"',
    ):
        assert words in page.text, words

    event = data_of(page, "EducationEvent")
    assert event["startDate"] == "2099-03-05T09:00:00-06:00"
    assert event["endDate"] == "2099-03-08T16:30:00-05:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
    assert event["location"][0]["address"]["addressLocality"] == "Austin"
    assert event["offers"]["url"] == "https://register.example/spring"
    assert event["offers"]["validThrough"] == "2099-02-21T00:00:00-06:00"


@pytest.mark.parametrize(
    ("fields", "at", "words", "registers"),
    [
        ({}, datetime(2027, 2, 20, 23, 59, tzinfo=UTC), "", True),
        ({}, datetime(2027, 2, 21, 6, 0, tzinfo=UTC), "Registration has closed.", False),
        ({}, datetime(2027, 3, 5, 6, 0, tzinfo=UTC), "It is going on now.", False),
        ({}, datetime(2027, 3, 7, 6, 0, tzinfo=UTC), "This is over.", False),
        ({"registration_until": None}, datetime(2027, 3, 5, 6, 0, tzinfo=UTC), "It is going on now.", True),
        ({"registration_until": None}, datetime(2027, 3, 7, 6, 0, tzinfo=UTC), "This is over.", False),
    ],
)
def test_the_day_decides_what_it_offers(client, fields, at, words, registers):
    dates = {"starts_on": date(2027, 3, 5), "ends_on": date(2027, 3, 6), "registration_until": date(2027, 2, 20)}
    meeting(**{**dates, "registration_url": "https://register.example/", **fields})

    with time_machine.travel(at, tick=False):
        page = client.get("/meetings/spring-course/")

    assert words in page.text
    assert page.text.count("note-") >= 0
    assert ('href="https://register.example/"' in page.text) is registers
    assert ("offers" in data_of(page, "Event")) is registers


def test_whole_days_are_told_to_search_engines_as_days(client):
    meeting(starts_on=date(2099, 3, 5), ends_on=date(2099, 3, 8))

    event = data_of(client.get("/meetings/spring-course/"), "Event")

    assert (event["startDate"], event["endDate"]) == ("2099-03-05", "2099-03-08")


def test_one_that_is_canceled_stays_and_says_why(client):
    made = meeting(registration_url="https://register.example/")
    meetings.cancel_meeting(made, by=None, reason="The hall has flooded. <b>We are sorry.</b>")

    page = client.get("/meetings/spring-course/")

    assert "The hall has flooded. &lt;b&gt;We are sorry.&lt;/b&gt;" in page.text
    assert "register.example" not in page.text
    assert data_of(page, "Event")["eventStatus"] == "https://schema.org/EventCancelled"
    assert "Canceled" in client.get("/meetings/").text
    assert "Canceled: Spring course" in client.get("/feeds/meetings/").text


@pytest.mark.parametrize("many", [1, 20])
def test_lists_ask_the_same_number_of_questions(client, many, django_assert_num_queries):
    for number in range(many):
        meeting(f"ahead-{number}")
        meeting(f"over-{number}", starts_on=in_days(-9))
    client.get("/meetings/")  # menus and what else every page remembers

    for address in ("/meetings/", "/meetings/past/"):
        with django_assert_num_queries(LIST):
            assert len(titles(client.get(address))) == many
    for address in ("/meetings/ahead-0/", "/meetings/over-0/"):
        with django_assert_num_queries(ONE):
            client.get(address)


@pytest.mark.parametrize("many", [1, 20])
def test_the_list_of_a_kind_asks_as_few(client, many, django_assert_num_queries):
    for number in range(many):
        meeting(f"course-{number}", kind="course")
        meeting(f"talk-{number}", kind="meeting")
    client.get("/meetings/")
    with django_assert_num_queries(LIST):
        assert len(titles(client.get("/meetings/kind/course/"))) == many


def choices(response):
    return [(one.label, one.number, one.current) for one in response.context["kinds"]]


def test_the_kinds_are_offered_once_there_are_enough_to_choose_among(client):
    meeting("course", kind="course")
    meeting("seminar", kind="webinar")
    meeting("old-workshop", kind="workshop", starts_on=in_days(-9))
    assert choices(client.get("/meetings/")) == []
    meeting("week", kind="conference")
    meeting("another", kind="course")

    assert choices(client.get("/meetings/")) == [
        ("All", 4, True), ("Conferences", 1, False), ("Courses", 2, False), ("Webinars", 1, False),
    ]  # fmt: skip
    courses = client.get("/meetings/kind/course/")
    assert titles(courses) == ["Course", "Another"]
    assert ("Courses", 2, True) in choices(courses)
    assert "<h1>Courses ahead</h1>" in courses.text
    assert choices(client.get("/meetings/past/")) == []


def test_a_kind_without_anything_ahead_says_so_and_no_other_is_known(client):
    meeting("old-workshop", kind="workshop", starts_on=in_days(-9))
    empty = client.get("/meetings/kind/workshop/")
    assert "No workshop is announced at the moment." in empty.text
    assert 'content="noindex' in empty.text
    assert choices(empty) == [("All", 0, False), ("Workshops", 0, True)]
    for address in ("/meetings/kind/", "/meetings/kind/party/", "/meetings/kind/course/page/2/"):
        assert client.get(address).status_code == 404
    assert client.get("/meetings/kind/course/page/1/")["Location"] == "/meetings/kind/course/"
    assert client.get("/meetings/?kind=%00&page=-1&utm_source=x").status_code == 200


def test_a_calendar_is_followed_by_an_address_that_asks_again(client, settings):
    settings.SITE_ORIGIN = "https://academy.example"
    text = client.get("/meetings/").text
    assert 'href="webcal://academy.example/meetings/calendar.ics"' in text
    assert "https://academy.example/<wbr>meetings/<wbr>calendar.ics</span>" in text
    assert 'href="/meetings/calendar.ics"' in text


LIST, ONE = 4, 2


def test_long_lists_come_in_pages(client):
    for number in range(21):
        meeting(f"ahead-{number:02}", starts_on=in_days(number + 1))
        meeting(f"over-{number:02}", starts_on=in_days(-number - 5))

    assert titles(client.get("/meetings/page/2/")) == ["Ahead 20"]
    assert titles(client.get("/meetings/past/page/2/")) == ["Over 20"]
    assert client.get("/meetings/page/3/").status_code == 404
    assert client.get("/meetings/page/1/").url == "/meetings/"
    assert client.get("/meetings/past/page/1/").url == "/meetings/past/"


def test_an_edit_is_seen_at_once_and_the_clock_ends_a_kept_page(client, settings):
    settings.PAGE_CACHE = True
    made = meeting(starts_on=date(2027, 3, 5), starts_time=time(9), ends_time=time(10))
    with time_machine.travel(datetime(2027, 3, 5, 15, 59, 50, tzinfo=UTC), tick=False):
        client.get("/meetings/")
        client.get("/meetings/spring-course/")
        lives = [entry.ends for entry in page_cache.pages.entries.values()]
        assert [round(ends - page_cache.time.monotonic()) for ends in lives] == [10, 10]
        made.title = "Another name"
        meetings.save_meeting(made)
        page_cache.pages.asked = 0.0
        assert "Another name" in client.get("/meetings/").text


def test_it_is_in_the_feed_the_sitemap_and_the_search(client):
    meeting("nerve-course", title="Ultrasound of the nerves", body="<p>Brachial plexus by hand.</p>")
    meeting("not-yet", status="draft", title="Ultrasound in secret")

    assert "Ultrasound of the nerves" in client.get("/feeds/meetings/").text
    assert "/meetings/nerve-course/" in client.get("/sitemap-meetings.xml").text
    found = client.get("/search/?q=ultrasound").text
    assert "/meetings/nerve-course/" in found
    for address in ("/feeds/meetings/", "/sitemap-meetings.xml", "/search/?q=ultrasound", "/meetings/"):
        assert "not-yet" not in client.get(address).text
        assert "in secret" not in client.get(address).text


# What staff do -------------------------------------------------------------------------------------------------------
SENT = {
    **{
        "kind": "webinar",
        "title": "Sleep and pain",
        "slug": "sleep-and-pain",
        "summary": "An hour.",
        "body": "<p>Hi.</p>",
    },
    **{"starts_on": "2099-03-05", "starts_time": "12:00", "ends_time": "13:00", "time_zone": "America/Chicago"},
    **{"format": "online", "organizer": "American Academy of Pain Medicine"},
}


def test_what_a_colleague_has_written_since_it_was_read_is_not_announced():
    editor, made = staff_client("Content editor"), meeting("a-course", status="draft", published_at=None)
    at = f"/admin/content/meeting/{made.pk}/decide/publish/"
    seen = editor.get(at).context["form"].initial["seen"]
    made.summary = "Words that nobody else has read."
    meetings.save_meeting(made)

    late = editor.post(at, {"seen": seen})
    assert (late.status_code, "A colleague has changed it since" in late.text) == (422, True)
    assert Meeting.objects.get().status == "draft"
    editor.post(at, {"seen": editor.get(at).context["form"].initial["seen"]})
    assert Meeting.objects.get().status == "published"


def test_staff_write_look_publish_and_cancel(client):
    editor = staff_client("Content editor")
    assert editor.post("/admin/content/meeting/add/", SENT).status_code == 302
    made = Meeting.objects.get()
    at = f"/admin/content/meeting/{made.pk}"
    assert "Only staff see this" in editor.get(f"{at}/preview/").text
    assert client.get(f"{at}/preview/").status_code == 302
    assert client.get("/meetings/sleep-and-pain/").status_code == 404

    editor.post(f"{at}/decide/publish/", {"seen_status": "draft"})
    assert (
        "12 p.m." in client.get("/meetings/sleep-and-pain/").text
        or "noon" in client.get("/meetings/sleep-and-pain/").text
    )
    refused = editor.post(f"{at}/decide/cancel/", {"seen_status": "published", "reason": ""})
    assert refused.status_code == 422
    editor.post(f"{at}/decide/cancel/", {"seen_status": "published", "reason": "The speaker is ill."})
    made.refresh_from_db()
    assert (made.status, made.canceled_because) == ("canceled", "The speaker is ill.")
    editor.post(f"{at}/decide/reinstate/", {"seen_status": "canceled"})
    made.refresh_from_db()
    assert (made.status, made.canceled_because, made.canceled_at) == ("published", "", None)
    assert [change.to_status for change in made.status_changes.all()] == ["published", "canceled", "published"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends_time": ""}, "Give both hours, or neither for whole days."),
        ({"ends_time": "11:00"}, "It must end after it begins."),
        ({"ends_on": "2099-03-01"}, "The last day must not come before the first."),
        ({"town": "Austin"}, "what is online has no place"),
        ({"credits": "1"}, "give both or neither"),
        ({"registration_until": "2099-03-01"}, "needs an address to register"),
        ({"registration_url": "http://plain.example/"}, "Error: Add meeting"),
        ({"slug": "past"}, "The site itself uses this address."),
        ({"slug": "Past Time"}, "Use lower-case letters"),
        ({"starts_on": "0099-03-05"}, "That is not a day we can use"),
    ],
)
def test_a_slip_comes_back_with_a_sentence(typed, words):
    shown = staff_client("Content editor").post("/admin/content/meeting/add/", {**SENT, **typed})

    assert words in shown.text
    assert not Meeting.objects.exists()


def test_an_address_that_was_public_stays():
    made = meeting()
    made.slug = "another"
    with pytest.raises(ValidationError, match="It stays as it is"):
        meetings.save_meeting(made)
    form = staff_client("Content editor").get(f"/admin/content/meeting/{made.pk}/change/").text
    assert 'name="slug"' not in form


def test_what_is_over_is_not_canceled():
    made = meeting(starts_on=in_days(-3))
    with pytest.raises(NotAllowed, match="It is over"):
        meetings.cancel_meeting(made, by=None, reason="Too late.")


def test_no_step_takes_the_way_of_another():
    made = meeting()
    meetings.cancel_meeting(made, by=None, reason="Snow.")
    for step in (meetings.publish_meeting, meetings.withdraw_meeting):
        with pytest.raises(NotAllowed):
            step(made, by=None)


def test_only_what_calendars_show_counts_for_them():
    made = meeting("quiet", status="draft")
    made.title = "Still written"
    assert meetings.save_meeting(made).sequence == 0
    made = meetings.publish_meeting(made, by=None)
    made.price = "Free"
    assert meetings.save_meeting(made).sequence == 0
    made.starts_on, made.ends_on = in_days(20), in_days(21)
    assert meetings.save_meeting(made).sequence == 1
    assert meetings.cancel_meeting(made, by=None, reason="Snow.").sequence == 2


def test_a_save_never_takes_back_what_somebody_decided_meanwhile():
    made = meeting()
    meetings.cancel_meeting(made, by=None, reason="Snow.")
    made.price = "Free"
    saved = meetings.save_meeting(made)
    assert (saved.status, saved.canceled_because, saved.price) == ("canceled", "Snow.", "Free")
    assert queries.meeting("spring-course").is_canceled


# Calendars -----------------------------------------------------------------------------------------------------------
def lines(response):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return re.sub(r"\r\n[ \t]", "", response.content.decode()).split("\r\n")


def test_one_is_added_to_a_calendar_by_its_own_file(client):
    made = meeting(**MORNING, starts_on=date(2099, 3, 5), ends_on=date(2099, 3, 8), title="Nerves; by hand, in detail")
    page = client.get("/meetings/spring-course/").text
    assert 'href="/meetings/spring-course/calendar.ics"' in page

    response = client.get("/meetings/spring-course/calendar.ics")

    assert response["Content-Disposition"] == 'attachment; filename="spring-course.ics"'
    found = lines(response)
    assert r"SUMMARY:Nerves\; by hand\, in detail" in found
    assert f"UID:meeting-{made.public_id}@localhost" in found
    assert {"DTSTART:20990305T150000Z", "DTEND:20990308T213000Z", "STATUS:CONFIRMED", "SEQUENCE:0"} <= set(found)
    assert client.get("/meetings/nothing/calendar.ics").status_code == 404


def test_the_calendar_that_others_follow_keeps_names_and_counts_changes(client):
    made = meeting("moves")
    meeting("over-lately", starts_on=in_days(-300))
    meeting("over-long-ago", starts_on=in_days(-400))
    meeting("not-yet", status="draft")
    before = lines(client.get("/meetings/calendar.ics"))
    made.starts_on, made.ends_on = in_days(30), in_days(31)
    meetings.save_meeting(made)
    moved = lines(client.get("/meetings/calendar.ics"))
    meetings.cancel_meeting(made, by=None, reason="The hall is closed, sadly.")
    after = lines(client.get("/meetings/calendar.ics"))

    def of(found, name):
        return [line for line in found if line.startswith(f"{name}:")]

    assert of(before, "UID") == of(moved, "UID") == of(after, "UID")
    assert [of(found, "SEQUENCE")[-1] for found in (before, moved, after)] == ["SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2"]
    assert of(before, "SUMMARY") == ["SUMMARY:Over lately", "SUMMARY:Moves"]
    assert of(after, "STATUS") == ["STATUS:CONFIRMED", "STATUS:CANCELLED"]
    assert any(r"Canceled. The hall is closed\, sadly." in line for line in of(after, "DESCRIPTION"))


@pytest.mark.parametrize("many", [1, 30])
def test_a_calendar_is_one_question(client, many, django_assert_num_queries):
    for number in range(many):
        meeting(f"ahead-{number}")
    with django_assert_num_queries(1):
        assert client.get("/meetings/calendar.ics").content.count(b"BEGIN:VEVENT") == many


def test_a_calendar_is_kept_for_everybody(client, kept_pages, django_assert_num_queries):
    meeting()
    first = client.get("/meetings/calendar.ics")
    with django_assert_num_queries(0):
        again = client.get("/meetings/calendar.ics", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


# What is due next ----------------------------------------------------------------------------------------------------
def test_staff_see_what_the_clock_will_change(client):
    dates = {"starts_on": date(2027, 3, 5), "ends_on": date(2027, 3, 6), "registration_until": date(2027, 2, 20)}
    meeting(title="Two dates", registration_url="https://register.example/", **dates)
    meeting("not-yet", starts_on=date(2027, 3, 5), status="draft")
    with time_machine.travel(datetime(2027, 2, 18, tzinfo=UTC), tick=False):
        both = list(due_changes(datetime(2027, 3, 20, tzinfo=UTC)))
        soon = list(due_changes(datetime(2027, 2, 22, tzinfo=UTC)))

    assert [(row.title, row.at.astimezone(UTC)) for row in both] == [
        ("Registration for “Two dates” closes", datetime(2027, 2, 21, 6, tzinfo=UTC)),
        ("“Two dates” is over", datetime(2027, 3, 7, 6, tzinfo=UTC)),
    ]
    assert [row.title for row in soon] == ["Registration for “Two dates” closes"]
