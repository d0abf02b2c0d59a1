"""Initiatives as a day sees them: the countdown, the days themselves, the recap, and the banner."""

import re
import time
from datetime import MAXYEAR, date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.template.defaultfilters import filesizeformat
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from aapm_site.core.cache import page_cache
from content.domain import pages
from content.models import Event, Partner
from content.queries import initiatives
from content.rules import Phase, occurrence
from tests.content.makers import chicago, page
from tests.factories import staff_client

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
BEFORE, DURING, AFTER = Phase.BEFORE, Phase.DURING, Phase.AFTER


@pytest.mark.parametrize(
    ("on", "phase", "number", "words"),
    [
        (date(2025, 9, 1), BEFORE, 365, "Begins in about 12 months"),
        (date(2026, 7, 3), BEFORE, 60, "Begins in 60 days"),
        (date(2026, 8, 30), BEFORE, 2, "Begins in 2 days"),
        (date(2026, 8, 31), BEFORE, 1, "Begins tomorrow"),
        (date(2026, 9, 1), DURING, 1, "Day 1 of 30"),
        (date(2026, 9, 29), DURING, 29, "Day 29 of 30"),
        (date(2026, 9, 30), DURING, 30, "Day 30 of 30, the last"),
        (date(2026, 10, 1), AFTER, 1, "Ended yesterday"),
        (date(2026, 12, 31), AFTER, 92, "Ended about 3 months ago"),
        (date(2029, 9, 30), AFTER, 1096, "Ended about 3 years ago"),
    ],
)
def test_one_time_by_the_day(on, phase, number, words):
    now = occurrence(*SEPTEMBER, on)

    assert (now.phase, now.number, now.words) == (phase, number, words)
    assert (now.first, now.last, now.again) == (*SEPTEMBER, None)


FEBRUARY = (date(2024, 2, 1), date(2024, 2, 29))
LEAP_DAY = (date(2024, 2, 29), None)
NEW_YEAR = (date(2025, 12, 20), date(2026, 1, 6))
LAST_MONTH = (date(MAXYEAR, 12, 1), date(MAXYEAR, 12, 31))


def september(year):
    return (date(year, 9, 1), date(year, 9, 30))


@pytest.mark.parametrize(
    ("days", "on", "phase", "shown", "again"),
    [
        (SEPTEMBER, date(2020, 9, 15), BEFORE, SEPTEMBER, None),
        (SEPTEMBER, date(2026, 9, 30), DURING, SEPTEMBER, date(2027, 9, 1)),
        (SEPTEMBER, date(2026, 10, 1), AFTER, SEPTEMBER, date(2027, 9, 1)),
        (SEPTEMBER, date(2026, 12, 31), AFTER, SEPTEMBER, date(2027, 9, 1)),
        (SEPTEMBER, date(2027, 1, 1), BEFORE, september(2027), None),
        (SEPTEMBER, date(2031, 9, 1), DURING, september(2031), date(2032, 9, 1)),
        # a day that most years do not have
        (LEAP_DAY, date(2025, 2, 28), DURING, (date(2025, 2, 28),) * 2, date(2026, 2, 28)),
        (LEAP_DAY, date(2028, 2, 28), BEFORE, (date(2028, 2, 29),) * 2, None),
        (FEBRUARY, date(2025, 3, 1), AFTER, (date(2025, 2, 1), date(2025, 2, 28)), date(2026, 2, 1)),
        (NEW_YEAR, date(2027, 1, 6), DURING, (date(2026, 12, 20), date(2027, 1, 6)), date(2027, 12, 20)),
        (NEW_YEAR, date(2027, 1, 7), AFTER, (date(2026, 12, 20), date(2027, 1, 6)), date(2027, 12, 20)),
        # the calendar's own end
        (LAST_MONTH, date(2026, 1, 1), BEFORE, LAST_MONTH, None),
    ],
)
def test_every_year(days, on, phase, shown, again):
    now = occurrence(*days, on, every_year=True)

    assert (now.phase, (now.first, now.last), now.again) == (phase, shown, again)


def test_without_a_first_day_there_is_nothing_to_count():
    assert occurrence(None, date(2026, 9, 1), date(2026, 9, 1)) is None
    assert occurrence(None, None, date(2026, 9, 1), every_year=True) is None


def test_one_day_is_today():
    assert occurrence(date(2026, 9, 1), None, date(2026, 9, 1)).words == "Today"


# Dates are slow to draw on a busy machine; that says nothing about the rule.
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(first=days, length=st.integers(0, 800), on=days, every_year=st.booleans())
def test_a_day_stands_before_within_or_after(first, length, on, every_year):
    now = occurrence(first, first + timedelta(days=length), on, every_year=every_year)

    assert {BEFORE: on < now.first, DURING: now.first <= on <= now.last, AFTER: on > now.last}[now.phase]
    assert now.number >= 1
    assert 0 <= now.share <= 1
    assert now.words
    if every_year:
        assert abs((now.last - now.first).days - length) <= 1
        assert now.phase != AFTER or now.last.year == on.year
        assert now.phase == AFTER or now.again is None or now.again > on


@given(on=days)
def test_a_yearly_month_goes_on_exactly_on_its_days(on):
    now = occurrence(date(1990, 9, 1), date(1990, 9, 30), on, every_year=True)

    expected = BEFORE if on.month < 9 else DURING if on.month == 9 else AFTER
    assert (now.phase, now.first) == (expected, date(on.year, 9, 1))


# --- pages ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def month(db):
    made = page(
        "awareness-month",
        kind="initiative",
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 9, 30),
        every_year=True,
        recap="<p>Many came.</p><script>alert(1)</script>",
        published_at=chicago(2026, 1, 1),
    )
    Partner.objects.create(page=made, name="Zeta & Sons <b>", url="https://zeta.example/", order=20)
    Partner.objects.create(page=made, name="Alpha", order=10)
    Event.objects.create(page=made, title="First talk", starts_on=date(2026, 9, 4), hours="6 p.m. Central")
    Event.objects.create(page=made, title="Second talk", starts_on=date(2026, 9, 20), ends_on=date(2026, 9, 21))
    Event.objects.create(page=made, title="Next year’s talk", starts_on=date(2027, 9, 5))
    return made


SEEN = ("Begins in", "Day ", "Many came", "First talk", "Second talk", "Next year’s talk", "Alpha", "September 1")


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (chicago(2026, 8, 31, 23, 59), {"First talk", "Second talk", "Next year’s talk"}),
        (chicago(2026, 9, 1, 0, 0), {"Day ", "First talk", "Second talk"}),
        (chicago(2026, 9, 21, 23, 59), {"Day ", "Second talk"}),
        (chicago(2026, 9, 30, 23, 59), {"Day "}),
        (chicago(2026, 10, 1, 0, 0), {"Many came", "First talk", "Second talk", "Next year’s talk"}),
        (chicago(2027, 1, 1, 0, 0), {"Begins in", "Next year’s talk"}),
    ],
)
def test_its_page_knows_the_day(client, month, at, shown):
    with time_machine.travel(at, tick=False):
        text = client.get(month.path).text

    main = text[text.index("<main") : text.index("</main>")]
    found = {words for words in SEEN if words in main}
    assert found == shown | {"Alpha", "September 1"}
    assert "Zeta &amp; Sons &lt;b&gt;" in main
    assert "<script>alert" not in main


def test_days_are_the_associations_own(client, month):
    """Half past midnight in London is still the evening before in Chicago."""
    with time_machine.travel("2026-09-01 00:30:00+00:00", tick=False):
        assert "Begins tomorrow" in client.get(month.path).text
    with time_machine.travel("2026-09-01 05:00:00+00:00", tick=False):
        assert "Day 1 of 30" in client.get(month.path).text


def test_partners_and_events_cost_one_query(client, month, django_assert_num_queries):
    def cost():
        with django_assert_num_queries(5) as seen:
            client.get(month.path)
        return len(seen)

    few = cost()
    for number in range(50):
        Partner.objects.create(page=month, name=f"Partner {number}")
        Event.objects.create(page=month, title=f"Event {number}", starts_on=date(2026, 9, 2))

    assert cost() == few


def test_the_page_cache_lets_go_at_midnight(client, month, settings):
    settings.PAGE_CACHE = True
    with time_machine.travel(chicago(2026, 8, 31, 23, 59, 50), tick=False):
        client.get(month.path)
        client.get("/")
        lives = [entry.ends for entry in page_cache.pages.entries.values()]
        assert len(lives) == 2
        assert [round(ends - time.monotonic()) for ends in lives] == [10, 10]


@pytest.mark.parametrize(
    ("at", "words", "ahead"),
    [
        (chicago(2026, 8, 31, 12, 0), "Begins tomorrow: ", "Begins tomorrow: "),
        (chicago(2026, 9, 3, 12, 0), "Day 3 of 30: ", "Day 3 of 30: "),
        (chicago(2026, 11, 23, 12, 0), "Next: ", "Begins in about 9 months: "),
    ],
)
def test_the_banner_stands_in_a_text_and_the_band_on_the_home_page(client, month, at, words, ahead):
    place = page("pain-awareness", body="<p>{loadposition awareness-banner}</p>", published_at=chicago(2026, 1, 1))

    with time_machine.travel(at, tick=False):
        home, section = client.get("/").text, client.get(place.path).text

    assert ahead in home
    assert words in section
    assert 'class="awareness deep"' in section
    assert 'class="band deep"' in home


def test_no_initiative_leaves_no_banner(client, db):
    page("undated", kind="initiative")
    page("members", kind="initiative", starts_on=date(2026, 1, 1), audience="members")
    page("draft", kind="initiative", starts_on=date(2026, 1, 1), status="draft")

    assert 'id="awareness"' not in client.get("/").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spans", "leads"),
    [
        ([("2026-01-01", "2026-01-05"), ("2026-06-01", "2026-06-20"), ("2026-06-11", "2026-06-12")], 1),
        ([("2026-01-01", "2026-01-05"), ("2026-08-01", "2026-08-05"), ("2026-07-01", "2026-07-02")], 2),
        ([("2026-01-01", "2026-01-05"), ("2026-03-01", "2026-03-05")], 1),
    ],
)
def test_the_one_that_leads(spans, leads, django_assert_num_queries):
    for place, (first, last) in enumerate(spans):
        page(
            f"initiative-{place}", kind="initiative",
            starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last), published_at=chicago(2026, 1, 1),
        )  # fmt: skip

    with django_assert_num_queries(1):
        lead = initiatives.leading(chicago(2026, 6, 10))

    assert lead.page.slug == f"initiative-{leads}"


def test_staff_write_partners_and_events_beside_the_text(db):
    made = page("month", kind="initiative", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    form = staff_client("Content editor").get(f"/admin/content/page/{made.pk}/change/").text

    assert "partners-TOTAL_FORMS" in form
    assert "events-TOTAL_FORMS" in form


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://plain.example/", "https://", "//x.example", "https://a b"]
)
def test_a_partners_address_is_secure(db, url):
    with pytest.raises(pages.ValidationError) as refused:
        Partner(page=page("x"), name="X", url=url).full_clean()

    assert set(refused.value.message_dict) == {"url"}


def test_the_emblem_is_there_to_take_along(client, db):
    made = page("emblem", body="<p>{loadposition emblem-downloads}</p>")

    text = client.get(made.path).text
    links = re.findall(r'<a href="/static/(img/[^"]+)" download="([^"]+)">([^<]+)<', text)

    assert len(links) == 12
    for path, name, words in links:
        file = Path(finders.find(path))
        assert file.name == name
        if file.suffix == ".png":
            with Image.open(file) as picture:
                assert f"PNG, {picture.width} × {picture.height} pixels" in words
                assert picture.has_transparency_data
        else:
            assert "SVG" in words
            assert "<script" not in file.read_text()
        assert filesizeformat(file.stat().st_size) in words
        assert file.stat().st_size < 80_000


def test_one_color_is_one_color():
    svg = Path(finders.find("img/unity-circle-one-color.svg")).read_text()

    assert set(re.findall(r"#[0-9a-f]{6}", svg)) == {"#14233f"}
