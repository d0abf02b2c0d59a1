"""The reply clock: how soon an employer usually answers, counted fairly, once a press, told where it may be."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache import revisions
from careers.choices import MemberRole
from careers.domain import applications, bulk_decline, reply_clocks
from careers.domain.bulk_decline import SeenApplication
from careers.models import JobApplication, ReplyClock
from careers.presenters.reply_clock import own_reply_words, public_reply_words
from careers.reply_times import BANDS, band_of, band_words
from careers.tasks import count_replies as nightly
from tests import racing
from tests.factories import client_of

from .factories import live_job, make_employer, make_member
from .test_applications import sent
from .test_board import room_queries

pytestmark = pytest.mark.django_db


def waits(employer, *days: float | None, ago: float = 40, job=None, **fields) -> list[JobApplication]:
    """Applications sent `ago` days ago, each answered after so many days; None waits still."""
    job, at = job or live_job(employer, takes_applications=True), timezone.now() - timedelta(days=ago)
    return [
        sent(
            job,
            f"a{JobApplication.objects.count()}@people.example",
            sent_at=at,
            answered_at=None if one is None else at + timedelta(days=one),
            **{"status": "viewed", **fields},
        )
        for one in days
    ]


def clock(employer) -> tuple[int, int | None, int | None]:
    kept = reply_clocks.count_replies(employer.pk)
    return kept.counted, kept.days, kept.public_days


# Kind words -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(0), "within a day"),
        (timedelta(days=1), "within a day"),
        (timedelta(days=1, seconds=1), "within 2 days"),
        (timedelta(days=6, hours=1), "within a week"),
        (timedelta(days=7, hours=1), "within two weeks"),
        (timedelta(days=31), "within a month"),
        (timedelta(days=61, hours=1), "after more than two months"),
        (timedelta(days=9_999), "after more than two months"),
    ],
)
def test_a_wait_is_rounded_up(wait, words):
    assert band_words(band_of(wait)) == words


def test_every_band_has_words():
    assert list(BANDS) == sorted(BANDS)
    assert all(band_words(days) for days in BANDS)


# Counting -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "counted"),
    [
        ([], (0, None, None)),
        ([2], (1, 2, None)),
        ([2, 2, 3, 3], (4, 2, None)),
        ([2, 2, 3, 3, 3], (5, 3, 3)),
        ([1, 1, 1, 9, 9], (5, 1, 1)),
        # Whoever has waited longer than the others counts against it.
        ([2, 2, None, None], (4, 2, None)),
        ([2, None, None, None], (0, None, None)),
        ([1, 1, 5, 5, None], (5, 5, 5)),
        ([None] * 7, (0, None, None)),
    ],
)
def test_the_median_counts_whoever_still_waits(days, counted):
    employer = make_employer()
    waits(employer, *days)
    assert clock(employer) == counted


def test_fresh_ones_change_nothing():
    """A hundred that came an hour ago make it neither better nor worse, and do not count among the five."""
    employer = make_employer()
    waits(employer, 3, 3, 3, 5)
    waits(employer, *[None] * 100, ago=0.04, status="sent")
    assert clock(employer) == (4, 3, None)
    waits(employer, None)
    assert clock(employer) == (5, 3, 3)


def test_what_was_withdrawn_unanswered_counts_as_far_as_it_had_waited():
    employer, closed = make_employer(), timezone.now() - timedelta(days=39)
    waits(employer, 5, 5, 5, 5)
    waits(employer, *[None] * 5, status="withdrawn", closed_at=closed)
    assert clock(employer) == (4, 5, None)  # they had waited for a day
    waits(employer, 2, status="withdrawn", closed_at=closed + timedelta(days=9))
    assert clock(employer) == (5, 5, 5)  # one that had been answered before


def test_a_year_counts_no_longer():
    employer = make_employer()
    waits(employer, 1, 1, 1, 1, 1, ago=366)
    assert clock(employer) == (0, None, None)
    waits(employer, *[40] * 5, ago=364)
    assert clock(employer) == (5, 61, 61)


def test_other_employers_do_not_count():
    employer = make_employer()
    waits(make_employer(), 1, 1, 1, 1, 1)
    assert clock(employer) == (0, None, None)


def test_confidential_positions_do_not_count():
    employer = make_employer()
    hidden = live_job(employer, confidential=True, public_employer_name="A health system")
    waits(employer, *[1] * 9, job=hidden)
    waits(employer, 3)
    assert clock(employer) == (1, 3, None)


# Kept by who answers --------------------------------------------------------------------------------------------------
def test_a_decision_is_an_answer_and_opening_is_none():
    job = live_job(takes_applications=True)
    member = make_member(job.employer)
    application = sent(job, sent_at=timezone.now() - timedelta(days=2, hours=1))
    opened = applications.open_application(application, by=member)
    assert opened.answered_at is None
    assert not ReplyClock.objects.exists()

    done = applications.decide_application(opened, "in_contact", by=member)
    assert done.answered_at
    assert (job.employer.reply_clock.counted, job.employer.reply_clock.days) == (1, 3)

    again = applications.decide_application(done, "declined", by=member)
    assert again.answered_at == done.answered_at


def clock_writes(captured) -> int:
    return sum('INTO "careers_replyclock"' in query["sql"] or "WITH waits" in query["sql"] for query in captured)


@pytest.mark.parametrize("rows", [1, 12])
def test_many_declined_together_are_counted_once(rows):
    job = live_job(takes_applications=True)
    member = make_member(job.employer)
    seen = [SeenApplication(one.public_id, one.status) for one in waits(job.employer, *[None] * rows, job=job)]
    with CaptureQueriesContext(connection) as captured:
        bulk_decline.decline_together(job, seen, by=member, words="Thank you.")
    assert clock_writes(captured) == 2  # the row is made, the median reckoned
    assert job.employer.reply_clock.counted == rows
    with CaptureQueriesContext(connection) as captured:
        bulk_decline.decline_together(job, seen, by=member, words="Thank you.")
    assert clock_writes(captured) == 0


def test_answers_to_confidential_applications_do_not_touch_the_clock():
    job = live_job(confidential=True, public_employer_name="A health system")
    member = make_member(job.employer)
    one, two = waits(job.employer, None, None, job=job)
    applications.decide_application(one, "declined", by=member)
    bulk_decline.decline_together(job, [SeenApplication(two.public_id, "viewed")], by=member, words="Thank you.")
    assert not ReplyClock.objects.exists()


def test_the_night_counts_everybody_anew():
    employer, silent = make_employer(), make_employer()
    waits(employer, 2, 2, 2, 2, 2, 9, 9, 9, 9)
    nightly()
    assert employer.reply_clock.public_days == 2
    JobApplication.objects.update(sent_at=timezone.now() - timedelta(days=400))
    assert reply_clocks.count_all_replies() == 1
    employer.reply_clock.refresh_from_db()
    assert (employer.reply_clock.counted, employer.reply_clock.days) == (0, None)
    assert reply_clocks.count_all_replies() == 0
    assert not ReplyClock.objects.filter(employer=silent).exists()


def test_only_another_word_for_readers_empties_the_cache():
    employer = make_employer()
    waits(employer, 2, 2, 2, 2)
    before = revisions.current()
    clock(employer)
    assert revisions.current() == before  # readers see nothing yet
    waits(employer, 2)
    before = revisions.current()
    clock(employer)
    assert revisions.current() != before
    before = revisions.current()
    waits(employer, 2, 2, job=employer.jobs.first())
    clock(employer)
    assert revisions.current() == before  # the same words


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_the_second_counts_both():
    job = live_job(takes_applications=True)
    member = make_member(job.employer)
    found = waits(job.employer, *[None] * 6, job=job, ago=2.5)
    racing.at_once(*[lambda one=one: applications.decide_application(one, "declined", by=member) for one in found])
    kept = ReplyClock.objects.get(employer=job.employer)
    assert (kept.counted, kept.days, kept.public_days) == (6, 3, 3)


# Told -----------------------------------------------------------------------------------------------------------------
WORDS = "Usually answers applicants within 3 days."


def test_readers_see_it_beside_a_position_from_five_on(client):
    employer = make_employer()
    job = live_job(employer, takes_applications=True)
    waits(employer, 3, 3, 3, 3, job=job)
    clock(employer)
    assert "Usually answers" not in client.get(job.get_absolute_url()).text
    waits(employer, 3, job=job)
    clock(employer)
    page = client.get(job.get_absolute_url()).text
    assert WORDS in page
    assert room_queries(client, job.get_absolute_url()) <= 4


def test_a_confidential_position_never_shows_it(client):
    employer = make_employer()
    hidden = live_job(employer, confidential=True, public_employer_name="A health system")
    waits(employer, 3, 3, 3, 3, 3)
    clock(employer)
    assert "Usually answers" not in client.get(hidden.get_absolute_url()).text
    preview = reverse("careers:job-preview", args=[hidden.public_id])
    assert "Usually answers" not in client_of(make_member(employer)).get(preview).text


@pytest.mark.parametrize("role", MemberRole.values)
def test_the_team_reads_it_with_what_it_stands_on(role):
    employer = make_employer()
    job = live_job(employer, takes_applications=True)
    team = client_of(make_member(employer, role))
    pages = [employer.get_absolute_url(), reverse("careers:applicant-list", args=[job.public_id])]
    assert all("You usually answer" not in team.get(page).text for page in pages)
    waits(employer, 3, job=job)
    clock(employer)
    words = "You usually answer within 3 days, by 1 application of the last 12 months. Readers see it once 5 count."
    assert all(words in team.get(page).text for page in pages)
    waits(employer, 3, 3, 3, 3, job=job)
    clock(employer)
    words = "You usually answer within 3 days, by 5 applications of the last 12 months. Readers see this."
    assert all(words in team.get(page).text for page in pages)


def test_an_employer_without_a_clock_says_nothing():
    employer = make_employer()
    assert public_reply_words(employer) == own_reply_words(employer) == ""
