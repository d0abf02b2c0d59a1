"""How a position does: its days, what is usual, what to try, and that no save tells of its person."""

import csv
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.models import Count
from careers.models import Job, JobApplication, SavedJob
from careers.presenters.job_figures import health_of
from careers.queries.boards import JOB_APPLY, JOB_VIEW
from careers.queries.job_figures import compared, days_of
from tests.factories import client_of

from .factories import live_job, make_employer, make_job, make_member, make_user, profession
from .test_applications import sent
from .test_board import board, room_queries, rows_on

pytestmark = pytest.mark.django_db


def seen(job: Job, times: int, *, ago: int = 0, kind: str = JOB_VIEW) -> None:
    on = timezone.localdate() - timedelta(days=ago)
    Count.objects.create(kind=kind, key=str(job.pk), on=on, times=times)


def saved(job: Job, times: int) -> None:
    SavedJob.objects.bulk_create(SavedJob(user=make_user(), job=job) for _ in range(times))


def others(count: int, views: int = 100, **fields) -> None:
    """Ten days live, with so many views each."""
    employer = make_employer("Others")
    for number in range(count):
        seen(live_job(employer, days_ago=10, title=f"Other {number}", **fields), views)


def page_of(job: Job, part: str = "", role: str = "owner"):
    return client_of(make_member(job.employer, role)).get(reverse(f"careers:job-figures{part}", args=[job.public_id]))


def health(job: Job):
    at = timezone.now()
    return health_of(job, compared(job, at))


# Day by day -----------------------------------------------------------------------------------------------------------
def test_each_day_has_its_figures_and_few_saves_are_not_told():
    job = live_job(days_ago=2, takes_applications=True)
    seen(job, 7, ago=1)
    seen(job, 2, kind=JOB_APPLY)
    seen(job, 9, ago=30)  # before it went live: a preview by somebody
    saved(job, 2)
    sent(job)
    JobApplication.objects.create(job=job, email="un@people.example", name="U", message="x")  # not confirmed
    days = days_of(job, timezone.now())
    assert [(day.views, day.saves, day.went_on, day.sent) for day in days] == [
        (0, None, 0, 0),
        (7, None, 0, 0),
        (0, None, 2, 1),
    ]
    saved(job, 1)
    assert days_of(job, timezone.now())[-1].saves == 3


def test_the_days_end_with_the_position_and_none_come_before_it():
    now = timezone.now()
    filled = make_job(status="filled", days_ago=10)  # taken down after five days
    assert len(days_of(filled, now)) in {6, 7}  # by the hour at which the test runs
    assert days_of(make_job(), now) == []
    assert days_of(live_job(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=9)), now) == []


def test_the_page_and_the_table():
    job = live_job(days_ago=9, takes_applications=True, title="=Physician")
    seen(job, 12, ago=3)
    saved(job, 3)
    page = page_of(job)
    assert "12 views, 3 saves, 0 applications on this site." in " ".join(page.text.split())
    assert page.text.count('<svg class="chart chart--lines') == 2
    assert page.headers["Cache-Control"] == "private, no-store"
    answer = page_of(job, "-table")
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert len(rows) == 11
    day = f"{timezone.localdate() - timedelta(days=3):%Y-%m-%d}"
    assert [day, "12", "", "0", "0"] in rows
    assert answer["Content-Disposition"] == f'attachment; filename="position-{job.pk}-by-day.csv"'
    assert page_of(job, role="viewer").status_code == 200


@pytest.mark.parametrize("part", ["", "-table"])
def test_of_anothers_position_nothing_is_told(part):
    job, other = live_job(), make_member(make_employer("B"))
    assert client_of(other).get(reverse(f"careers:job-figures{part}", args=[job.public_id])).status_code == 404


@pytest.mark.parametrize("rows", [1, 200])
def test_the_page_takes_the_same_queries_however_many_others(rows, client):
    job = live_job(days_ago=10)
    client.force_login(make_member(job.employer), backend="aapm_site.accounts.backends.AccountBackend")
    others(rows)
    # The position; counts, saves and applications by day; the others, two counts, saves, applications; its own saves.
    assert room_queries(client, reverse("careers:job-figures", args=[job.public_id])) == 10


# Beside others --------------------------------------------------------------------------------------------------------
def test_four_others_are_too_few_and_five_are_enough():
    job = live_job(days_ago=10)
    seen(job, 10)
    others(4)
    assert "only 4 others that ran for a week" in health(job).sentence
    others(1)
    assert health(job).sentence.startswith("Beside 5 positions of the same profession")
    assert [(row.own, row.usual, row.words) for row in health(job).rows][0] == ("1.0", "10", "Behind what is usual")


def test_what_is_young_or_of_another_profession_or_a_draft_is_no_measure():
    job = live_job(days_ago=10)
    others(4)
    others(3, profession=profession("nurse"))
    live_job(days_ago=6)
    make_job()
    assert compared(job, timezone.now()).others == 4
    assert "when it has been live for 7 days" in health(live_job(days_ago=6)).sentence
    assert "not been live yet" in health(make_job()).sentence


def test_hints_come_from_the_facts_of_what_lies_behind():
    job = live_job(
        days_ago=10,
        title="Interventional pain physician " * 3,
        pay_min=None,
        pay_max=None,
        pay_exemption="None needed.",
    )
    seen(job, 10)
    others(5)
    found = health(job)
    assert [hint.partition(":")[0] for hint in found.hints] == ["A shorter title", "State the pay"]
    assert not re.search(r"\d+ ?%", " ".join(found.hints) + found.sentence)
    good = live_job(days_ago=10)
    seen(good, 500)
    assert "as well as they usually do, or better" in health(good).sentence
    assert health(good).hints == ()


def test_who_is_read_and_not_applied_to_is_told_what_readers_miss():
    job = live_job(days_ago=10, apply_email="careers@harborlane.example")
    seen(job, 100)
    employer = make_employer("Others")
    for number in range(5):
        other = live_job(employer, days_ago=10, title=f"Other {number}", apply_url="https://a.example/")
        seen(other, 100)
        seen(other, 20, kind=JOB_APPLY)
    hints = [hint.partition(":")[0] for hint in health(job).hints]
    assert "State the call schedule, also where there is no call" in hints
    assert "State the pay" not in hints


# On the board ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def employer(client):
    employer = make_employer()
    client.force_login(make_member(employer))
    return employer


def test_the_board_is_searched_by_title_place_and_number(client, employer):
    one = live_job(employer, title="Spine nurse")
    two = live_job(employer, title="Physician", places=({"city": "Erie", "state_code": "PA"},))
    for words, found in (("spine", [one]), ("erie", [two]), (str(two.pk), [two]), ("spine erie", []), ("%", [])):
        assert [row.job for row in rows_on(board(client, employer, f"?q={words}"))] == found
    assert "None of your positions has “zebra”" in board(client, employer, "?q=zebra").text
    for odd in ("%00", "x" * 10_000, "9" * 200, "\\\\"):
        assert board(client, employer, f"?q={odd}").status_code == 200


def test_the_board_says_the_place_in_the_queue_and_saves_from_three_on(client, employer):
    now = timezone.now()
    make_job(make_employer("First"), status="in_review", submitted_at=now - timedelta(days=5))
    make_job(employer, title="Mine", status="in_review", submitted_at=now - timedelta(days=1))
    job = live_job(employer, title="Live")
    saved(job, 2)
    rows = {row.job.title: row for row in rows_on(board(client, employer))}
    assert rows["Mine"].words.endswith(", second in the queue")
    assert rows["Live"].saves is None
    saved(job, 1)
    assert "Saved 3 times." in board(client, employer).text
