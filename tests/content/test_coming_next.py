"""The band of the home page lives with the year: it shows what goes on or begins first, and never what is over."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from aapm_site.core.cache import page_cache
from content.domain import meetings
from content.queries.coming import coming_next
from tests.content.makers import chicago, meeting, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """The month of each September, a campaign of one spring, two meetings, one of them canceled, and drafts."""
    old = {"published_at": chicago(2025, 1, 1)}
    september = {"starts_on": date(2025, 9, 1), "ends_on": date(2025, 9, 30), "every_year": True}
    page("awareness-month", kind="initiative", recap="<p>What it brought.</p>", **september, **old)
    page("campaign", kind="initiative", starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 10), **old)
    page("secret", kind="initiative", starts_on=date(2026, 2, 1), status="draft", published_at=None)
    meeting("annual-meeting", starts_on=date(2026, 3, 5), ends_on=date(2026, 3, 8))
    hours = {"starts_time": time(12), "ends_time": time(13)}
    meeting("webinar", starts_on=date(2026, 10, 14), kind="webinar", format="online", **hours)
    off = meeting("called-off", starts_on=date(2026, 1, 20))
    with time_machine.travel(chicago(2026, 1, 1)):
        meetings.cancel_meeting(off, by=None, reason="Snow.")
    meeting("not-yet", starts_on=date(2026, 1, 10), status="draft")


YEAR = [
    (chicago(2026, 1, 1), "annual-meeting", "Begins in about 2 months"),
    (chicago(2026, 1, 20, 12), "annual-meeting", "Begins in 44 days"),
    (chicago(2026, 3, 4, 23, 59), "annual-meeting", "Begins tomorrow"),
    (chicago(2026, 3, 5), "annual-meeting", "Day 1 of 4"),
    (chicago(2026, 3, 8, 23, 59), "annual-meeting", "Day 4 of 4, the last"),
    (chicago(2026, 3, 9), "campaign", "Begins in 56 days"),
    (chicago(2026, 5, 4), "campaign", "Day 1 of 7"),
    (chicago(2026, 5, 10, 23, 59), "campaign", "Day 7 of 7, the last"),
    (chicago(2026, 5, 11), "awareness-month", "Begins in about 4 months"),
    (chicago(2026, 8, 31, 23, 59), "awareness-month", "Begins tomorrow"),
    (chicago(2026, 9, 1), "awareness-month", "Day 1 of 30"),
    (chicago(2026, 9, 30, 23, 59), "awareness-month", "Day 30 of 30, the last"),
    (chicago(2026, 10, 1), "webinar", "Begins in 13 days"),
    (chicago(2026, 10, 14, 12, 59), "webinar", "Today"),
    (chicago(2026, 10, 14, 13), "awareness-month", "Begins in about 11 months"),
    (chicago(2026, 12, 31, 12), "awareness-month", "Begins in about 8 months"),
]


@pytest.mark.parametrize(("at", "slug", "words"), YEAR)
def test_the_band_through_the_year(client, year, at, slug, words):
    with time_machine.travel(at, tick=False):
        found, text = coming_next(at), client.get("/").text

    shown = found.meeting or found.initiative
    assert (shown.slug, found.now.words) == (slug, words)
    assert f"{words}" in text
    assert text.count('class="band deep"') == 1
    for word in ("what it brought", "Last held", "Ended", "Next:"):
        assert word not in text
    assert f'href="{shown.path}"' in text


def test_a_month_that_goes_on_leads_before_a_meeting_of_these_days(client, year):
    meeting("in-september", starts_on=date(2026, 9, 10))
    with time_machine.travel(chicago(2026, 9, 10, 12), tick=False):
        assert coming_next(chicago(2026, 9, 10, 12)).initiative.slug == "awareness-month"


def test_what_is_over_for_good_leaves_no_band(client):
    page(
        "once",
        kind="initiative",
        starts_on=date(2026, 5, 4),
        ends_on=date(2026, 5, 10),
        published_at=chicago(2026, 1, 1),
    )
    meeting("over", starts_on=date(2026, 3, 5))
    with time_machine.travel(chicago(2026, 6, 1), tick=False):
        assert coming_next(chicago(2026, 6, 1)).now is None
        assert 'class="band' not in client.get("/").text


@pytest.mark.parametrize("many", [1, 20])
def test_it_costs_two_questions(many, django_assert_num_queries):
    for number in range(many):
        meeting(f"meeting-{number}")
        page(f"initiative-{number}", kind="initiative", starts_on=date(2026, 5, 4))
    with django_assert_num_queries(2):
        coming_next(datetime.now(UTC))


def test_the_kept_home_page_ends_with_the_meeting_and_with_each_midnight_of_its_place(client, settings):
    settings.PAGE_CACHE = True
    hours = {"starts_time": time(9), "ends_time": time(16)}
    meeting("far-east", starts_on=date(2027, 3, 5), ends_on=date(2027, 3, 6), time_zone="Asia/Tokyo", **hours)
    for at in (datetime(2027, 3, 6, 6, 59, 50, tzinfo=UTC), datetime(2027, 3, 3, 14, 59, 50, tzinfo=UTC)):
        page_cache.pages.clear()
        with time_machine.travel(at, tick=False):
            client.get("/")
            (entry,) = page_cache.pages.entries.values()
            assert round(entry.ends - page_cache.time.monotonic()) == 10
