"""When pages go public by themselves: a day and an hour by the office's clock, another one, and what is seen ahead."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from aapm_site.core.background import due
from aapm_site.core.days import moment_of
from aapm_site.core.transitions import NotAllowed
from content.domain import pages
from content.models import Page
from tests.content.makers import chicago, page
from tests.factories import staff_client
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return staff_client("Content editor")


def decide(made, verb="schedule"):
    return f"/admin/content/page/{made.pk}/decide/{verb}/"


def reschedule(made):
    return f"/admin/content/page/{made.pk}/reschedule/"


def scheduled(slug="soon", **fields):
    return page(slug, status="scheduled", **{"published_at": timezone.now() + timedelta(days=2), **fields})


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        (date(2031, 1, 10), time(9), datetime(2031, 1, 10, 15, tzinfo=UTC)),
        (date(2031, 7, 10), time(9), datetime(2031, 7, 10, 14, tzinfo=UTC)),
        (date(2031, 3, 9), time(1, 59), datetime(2031, 3, 9, 7, 59, tzinfo=UTC)),
        (date(2031, 3, 9), time(2, 30), None),  # the clocks skip it
        (date(2031, 3, 9), time(3), datetime(2031, 3, 9, 8, tzinfo=UTC)),
        (date(2031, 11, 2), time(1, 30), datetime(2031, 11, 2, 6, 30, tzinfo=UTC)),  # comes twice: the first
    ],
)
def test_an_hour_of_the_office(day, hour, moment):
    assert moment_of(day, hour) == moment


@pytest.mark.parametrize("verb", ["publish", "schedule"])
def test_what_a_colleague_has_written_since_it_was_read_does_not_go_public(editor, verb):
    draft = page("soon", status="draft", published_at=None)
    seen = editor.get(decide(draft, verb)).context["form"].initial["seen"]
    mine = Page.objects.get(pk=draft.pk)
    mine.body = "<p>Words that nobody else has read.</p>"
    pages.save_page(mine)

    given = {"day": "2031-05-01", "hour": "09:00", "reason": "", "seen": seen}
    late = editor.post(decide(draft, verb), given)
    assert (late.status_code, "A colleague has changed it since" in late.text) == (422, True)
    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == ("draft", None)

    given["seen"] = editor.get(decide(draft, verb)).context["form"].initial["seen"]
    editor.post(decide(draft, verb), given)
    draft.refresh_from_db()
    assert draft.status == {"publish": "published", "schedule": "scheduled"}[verb]


def test_scheduling_asks_the_day_and_the_hour(editor):
    draft = page("soon", status="draft", published_at=None)

    asked = editor.get(decide(draft)).text
    assert "America/Chicago" in asked
    assert 'type="date"' in asked
    assert 'type="time"' in asked
    told = editor.post(decide(draft), {"day": "2031-05-01", "hour": "09:00", "reason": ""}, follow=True).text

    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == ("scheduled", chicago(2031, 5, 1, 9))
    assert "“Soon” goes public by itself on May 1, 2031, 9 a.m. (CDT)." in told
    assert "Change the day or hour…" in told
    assert "Schedule…" not in told


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2020-05-01", "09:00", "That has passed: at the office it is now"),
        ("2031-03-09", "02:30", "The clocks go forward in that night"),
        ("", "", "Choose the day."),
        ("soon", "noon", "Write the hour as 09:00 or 14:30."),
        ("2031-13-41", "09:00", "Write the day as year-month-day"),
    ],
)
def test_what_is_no_moment_ahead_is_refused_kindly(editor, day, hour, words):
    draft = page("soon", status="draft", published_at=None)

    response = editor.post(decide(draft), {"day": day, "hour": hour, "reason": "Because"})

    assert response.status_code == 422
    assert words in response.text
    assert "Because" in response.text
    assert Page.objects.get().status == "draft"


def test_the_moment_that_stands_there_already_is_offered(editor):
    draft = page("soon", status="draft", published_at=chicago(2031, 5, 1, 9, 30))

    asked = editor.get(decide(draft)).text

    assert 'value="2031-05-01"' in asked
    assert 'value="09:30"' in asked


def test_another_moment_is_a_version_in_the_name_of_who_chose_it(editor):
    made = scheduled()

    told = editor.post(reschedule(made), {"day": "2031-06-02", "hour": "08:15"}, follow=True).text

    made.refresh_from_db()
    assert (made.status, made.published_at) == ("scheduled", chicago(2031, 6, 2, 8, 15))
    assert "June 2, 2031, 8:15 a.m. (CDT)" in told
    last = made.versions.first()
    assert (last.by, last.note, last.changed) == (editor.user, "Scheduled for another moment", ["published_at"])
    assert last.public_from == made.published_at


def test_what_has_gone_public_has_no_other_moment(editor):
    out = scheduled(published_at=timezone.now() - timedelta(minutes=1))

    told = editor.post(reschedule(out), {"day": "2031-06-02", "hour": "08:15"})

    assert "It has gone public meanwhile." in told.text
    assert "2031-06-02" in told.text
    with pytest.raises(NotAllowed, match="gone public"):
        pages.reschedule_page(out, chicago(2031, 6, 2), by=None)
    assert "Change the day or hour" not in editor.get(f"/admin/content/page/{out.pk}/change/").text


def test_a_moment_after_the_end_is_refused(editor):
    draft = page("soon", status="draft", published_at=None, unpublish_at=chicago(2031, 5, 1))

    response = editor.post(decide(draft), {"day": "2031-05-02", "hour": "09:00", "reason": ""})

    assert (response.status_code, Page.objects.get().status) == (422, "draft")
    assert "Its end of publication comes before that." in response.text


def test_what_the_clock_will_do_is_seen_ahead(editor):
    soon = scheduled()
    ending = page("ending", unpublish_at=timezone.now() + timedelta(days=3))
    scheduled("far", published_at=timezone.now() + timedelta(days=40))
    page("draft", status="draft", published_at=timezone.now() + timedelta(days=1))
    page("out", status="scheduled", published_at=timezone.now() - timedelta(days=1))

    rows = [
        (work.name, row.title, row.at)
        for work, row in due.upcoming_for(editor.get("/admin/").context["user"], _horizon())
    ]

    assert rows == [
        ("pages-ahead", "“Soon” goes public", soon.published_at),
        ("pages-ahead", "The publication of “Ending” ends", ending.unpublish_at),
    ]
    shown = editor.get("/admin/due/").text
    assert f'<a href="/admin/content/page/{soon.pk}/change/">“Soon” goes public</a>' in shown
    assert "Happens by itself" in shown


def _horizon():
    return timezone.now() + timedelta(days=14)


@pytest.mark.django_db(transaction=True)
def test_of_a_new_moment_and_a_withdrawal_at_once_neither_is_lost():
    made = scheduled()

    answers = at_once(
        lambda: _tried(lambda: pages.reschedule_page(made, chicago(2031, 6, 2), by=None)),
        lambda: _tried(lambda: pages.withdraw_page(made, by=None)),
    )

    made.refresh_from_db()
    assert made.status == "draft"
    assert answers[1] == "done"
    assert answers[0] in {"done", "It is not scheduled any more."}
    assert (made.published_at == chicago(2031, 6, 2)) == (answers[0] == "done")


def _tried(act):
    try:
        act()
    except NotAllowed as refused:
        return str(refused)
    return "done"
