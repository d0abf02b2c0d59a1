"""Due work: done once it is due, not while it is held, and one failure stops no other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from aapm_site.core.background import due
from aapm_site.core.background.due import DueRow, DueWork
from aapm_site.core.models import Hold
from aapm_site.core.registry import GuardedRegistry
from tests.factories import staff_client

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def work(monkeypatch):
    """Three rows: past, now and tomorrow; `done` holds the keys that were done."""
    done = []
    rows = {"past": NOW - timedelta(days=3), "now": NOW, "tomorrow": NOW + timedelta(days=1)}

    def do(key):
        if key == "past" and work.broken:
            raise RuntimeError("no paper")
        done.append(key)

    registry = GuardedRegistry()
    work = registry.register(
        DueWork(
            name="letters",
            label="Letters",
            due=lambda at: [DueRow(key, f"Letter {key}", when) for key, when in rows.items() if key not in done],
            do=do,
            permission="core.view_hold",
        )
    )
    object.__setattr__(work, "broken", False)
    object.__setattr__(work, "done", done)
    monkeypatch.setattr(due, "due_work", registry)
    return work


def test_what_is_due_is_done_and_a_second_run_does_nothing(work):
    assert due.run_due(NOW) == 2
    assert due.run_due(NOW) == 0
    assert work.done == ["past", "now"]


def test_days_of_standstill_are_caught_up(work):
    due.run_due(NOW + timedelta(days=10))

    assert work.done == ["past", "now", "tomorrow"]


def test_a_held_row_waits_until_it_is_released(work):
    hold = Hold.objects.create(work="letters", key="now")
    due.run_due(NOW)
    assert work.done == ["past"]

    hold.delete()
    due.run_due(NOW)
    assert work.done == ["past", "now"]


def test_a_row_that_fails_stops_no_other_and_keeps_its_place(work):
    object.__setattr__(work, "broken", True)
    assert due.run_due(NOW) == 1

    object.__setattr__(work, "broken", False)
    assert due.run_due(NOW) == 1
    assert work.done == ["now", "past"]


def test_staff_see_what_is_coming_soonest_first(work):
    assert [row.key for _, row in due.upcoming(NOW)] == ["past", "now", "tomorrow"]


def test_what_the_clock_does_alone_is_seen_and_neither_run_nor_held(work):
    ends = DueWork("ends", "Ends", lambda at: [DueRow("one", "It ends", timezone.now())], None, "core.view_hold")
    due.due_work.register(ends)
    staff = staff_client()

    page = staff.get("/admin/due/", {"work": "ends"})
    assert [item["row"].title for item in page.context["page"]] == ["It ends"]
    assert "Happens by itself" in page.text
    assert page.text.count('value="ends"') == 0  # no form that would hold it
    assert "That work is not known" in staff.post("/admin/due/hold/", {"work": "ends", "key": "one"}, follow=True).text
    assert not Hold.objects.exists()
    assert due.run_due(NOW) == 2  # the letters alone


def test_the_page_shows_one_kind_of_work_when_asked(work):
    soon = timezone.now() + timedelta(hours=1)
    due.due_work.register(
        DueWork(
            name="ends",
            label="Ends",
            due=lambda at: [DueRow("one", "An end", soon)],
            do=lambda key: None,
            permission="core.view_hold",
        )
    )
    staff = staff_client()

    def shown(query=""):
        return {item["work"].name for item in staff.get(f"/admin/due/{query}").context["page"]}

    assert shown() == shown("?work=nonsense") == {"letters", "ends"}
    assert shown("?work=ends") == {"ends"}
    assert 'href="?work=ends" aria-current="true">Ends</a>' in staff.get("/admin/due/?work=ends").text


def test_a_hold_leads_back_to_the_list_as_it_was(work):
    staff = staff_client()
    data = {"work": "letters", "key": "now", "shown": "letters"}
    assert staff.post("/admin/due/hold/", data)["Location"] == "/admin/due/?work=letters"
    assert staff.post("/admin/due/release/", {**data, "shown": "//evil.example"})["Location"] == "/admin/due/"
