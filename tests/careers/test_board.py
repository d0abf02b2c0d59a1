"""The board: where each position stands, its counts, and how many queries that takes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import dateformat, timezone

from aapm_site.core import positions
from aapm_site.core.models import Count
from careers.models import Job, JobApplication
from careers.presenters.standing import timeline_of
from careers.queries import boards
from careers.states import JobStatus

from .factories import live_job, make_employer, make_job, make_member, make_user

pytestmark = pytest.mark.django_db


def room_queries(client, url: str) -> int:
    """The queries that a page takes of this room's and the counts' tables; menus and sessions are others'."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    mine = ('FROM "careers_', 'FROM "core_count"', 'FROM "accounts_specialty"', 'FROM "accounts_profession"')
    return sum(any(table in query["sql"] for table in mine) for query in captured.captured_queries)


@pytest.fixture
def employer(client):
    employer = make_employer()
    client.force_login(make_member(employer))
    return employer


def board(client, employer, query: str = ""):
    return client.get(reverse("careers:employer-board", args=[employer.public_id]) + query)


def rows_on(response):
    return list(response.context["rows"])


@pytest.mark.parametrize("rows", [1, 12])
def test_the_board_takes_sixteen_queries_however_many_positions(client, employer, rows):
    for number in range(rows):
        job = live_job(employer, title=f"Job {number}", days_ago=10)
        job.status_changes.create(from_status="draft", to_status="in_review")
        Count.objects.create(kind="job-view", key=str(job.pk), on=timezone.localdate(), times=3)
        JobApplication.objects.create(job=job, email=f"a{number}@people.example", name="A", message="Hello")
    # Membership, groups, what is left, number of pages, positions, their history, changes and runs, team, the account
    # of days, totals, days, applications, who went on to apply elsewhere, saves, the person's employers.
    assert room_queries(client, employer.get_absolute_url()) == 16


@pytest.mark.parametrize("rows", [1, 15])
def test_the_list_takes_four_queries_however_many_jobs(client, rows):
    employer = make_employer()
    for number in range(rows):
        live_job(employer, title=f"Job {number}")
    # What is found, the counts of all filters, the jobs, the next change.
    assert room_queries(client, "/career-center/jobs/") == 4


@pytest.mark.parametrize("rows", [1, 10])
def test_a_job_page_takes_four_queries_however_many_are_similar(client, rows):
    employer = make_employer()
    jobs = [live_job(employer, title=f"Job {number}") for number in range(rows)]
    # The job with employer and profession, its places, its specialties, the similar ones.
    assert room_queries(client, jobs[0].get_absolute_url()) == 4


@pytest.mark.parametrize("rows", [1, 10])
def test_the_feed_takes_two_queries_more(client, rows):
    for number in range(rows):
        live_job(make_employer(), title=f"Job {number}")
    with CaptureQueriesContext(connection) as captured:
        positions.render("career-feed", RequestFactory().get("/"), limit=10)
    assert len(captured) == 2


def in_every_state(employer) -> None:
    now = timezone.now()
    make_job(employer, title="Draft")
    make_job(employer, title="Waiting", status=JobStatus.AWAITING_PAYMENT)
    make_job(employer, title="Review", status=JobStatus.IN_REVIEW)
    back = make_job(employer, title="Back", status=JobStatus.RETURNED)
    back.status_changes.create(from_status="in_review", to_status="returned", by=make_user(), reason="Which pay?")
    live_job(employer, title="Live", days_ago=2)
    live_job(employer, title="Last day", starts_at=now - timedelta(days=29), ends_at=now + timedelta(hours=2))
    live_job(employer, title="Soon", starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=32))
    live_job(employer, title="Past", days_ago=31)
    make_job(employer, title="Paused", status=JobStatus.PAUSED)
    make_job(employer, title="Filled", status=JobStatus.FILLED)


def test_each_position_says_where_it_stands(client, employer):
    in_every_state(employer)

    response = board(client, employer)

    words = {row.job.title: row.words.split(" on ")[0].split(" since ")[0] for row in rows_on(response)}
    assert words == {
        "Draft": "Draft",
        "Waiting": "Waiting for your payment; goes to review as soon as it is recorded",
        "Review": "In review",
        "Back": "Back to you",
        "Live": "Live, 27 days left",
        "Last day": "Live, ends today",
        "Soon": "Approved, goes live",
        "Past": "Ended",
        "Paused": "Paused",
        "Filled": "Filled",
    }
    html = response.content.decode()
    assert "Which pay?" in html
    # Who on the staff wrote it stays among the staff.
    assert "AAPM staff" in html
    assert response.context["groups"] == [
        ("live", "Live", 2),
        ("waiting", "Waiting for payment", 1),
        ("review", "In review", 1),
        ("back", "Back to you", 1),
        ("draft", "Drafts", 1),
        ("paused", "Paused", 1),
        ("scheduled", "Scheduled", 1),
        ("ended", "Ended", 2),
    ]


@pytest.mark.parametrize("group", boards.GROUPS)
def test_the_groups_hold_each_position_once(employer, group):
    now = timezone.now()
    for status in JobStatus.values:
        for days_ago in (2, 31):
            if status in {"draft", "awaiting_payment", "in_review", "returned"} and days_ago == 31:
                continue
            make_job(employer, status=status, days_ago=days_ago)
    in_any = sum(Job.objects.filter(boards.in_group(name, now)).count() for name in boards.GROUPS)
    assert in_any == Job.objects.count()
    assert Job.objects.filter(boards.in_group(group, now)).count() == boards.group_counts(employer.jobs, now)[group]


def test_only_what_can_be_done_is_offered(client, employer):
    make_job(employer, title="Draft")
    make_job(employer, title="Waiting", status=JobStatus.AWAITING_PAYMENT)
    make_job(employer, title="Review", status=JobStatus.IN_REVIEW)
    live_job(employer, title="Live")
    live_job(employer, title="Past", days_ago=31)
    make_job(employer, title="Filled", status=JobStatus.FILLED)
    offered = {row.job.title: [step.verb for step in row.moves] for row in rows_on(board(client, employer))}
    assert offered == {
        "Draft": ["submit", "withdraw"],
        "Waiting": ["take-back", "withdraw"],
        "Review": ["take-back", "withdraw"],
        "Live": ["pause", "fill", "withdraw"],
        "Past": ["fill"],
        "Filled": ["reopen"],
    }


def test_a_viewer_sees_counts_and_no_buttons(client):
    employer = make_employer()
    job = live_job(employer)
    Count.objects.create(kind="job-view", key=str(job.pk), on=timezone.localdate(), times=486)
    client.force_login(make_member(employer, "viewer"))
    html = board(client, employer).content.decode()
    assert "486" in html
    assert "Withdraw" not in html
    assert "Post a position" not in html


def test_the_chart_has_every_day_also_those_without_a_reader(client, employer):
    job = live_job(employer, days_ago=9)
    today = timezone.localdate()
    Count.objects.create(kind="job-view", key=str(job.pk), on=today - timedelta(days=4), times=7)
    (row,) = rows_on(board(client, employer))
    assert row.chart_values == (0, 0, 0, 0, 0, 7, 0, 0, 0, 0)
    assert row.views == 7


def test_another_employers_positions_are_not_on_it(client, employer):
    live_job(make_employer("Another"), title="Not mine")
    assert rows_on(board(client, employer)) == []


@pytest.mark.parametrize("query", ["?show=nonsense", "?page=99", "?page=x", "?show=live&page=-1"])
def test_an_address_that_makes_no_sense_shows_the_board(client, employer, query):
    make_job(employer)
    assert board(client, employer, query).status_code == 200


# The line from draft to end ------------------------------------------------------------------------------------------
def line_of(job: Job, at=None) -> list[tuple[str, str, str]]:
    """Each mark: its title, its words, and whether it is done or now."""
    return [
        (one.title, one.words, "done" if one.is_done else "now" if one.is_now else "")
        for one in timeline_of(job, at or timezone.now()).milestones
    ]


@pytest.mark.parametrize(
    ("status", "read", "rest"),
    [
        ("draft", ("Read and approved", "", ""), [("Live", "", ""), ("Ends", "", "")]),
        ("awaiting_payment", ("Waiting", "for your payment", "now"), [("Live", "", ""), ("Ends", "", "")]),
        ("in_review", ("In review", "since", "now"), [("Live", "for 30 days", ""), ("Ends", "", "")]),
        ("returned", ("Back to you", "one change is asked for", "now"), [("Live", "", ""), ("Ends", "", "")]),
        ("approved", ("Read and approved", "", "done"), [("Live", "since", "now"), ("Ends", "", "")]),
        ("paused", ("Read and approved", "", "done"), [("Paused", "since", "now"), ("Ends", "", "")]),
        ("filled", ("Read and approved", "", "done"), [("Live", "from", "done"), ("Filled", "", "now")]),
    ],
)
def test_the_line_of_a_job_says_how_far_it_is(employer, status, read, rest):
    job = make_job(employer, status=status)

    written = ("Written", "", "now" if status == "draft" else "done")
    assert line_of(job) == [written, read, *rest]


def test_the_line_of_a_job_before_and_after_its_time(employer):
    now = timezone.now()
    soon = live_job(employer, starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=32))
    past = live_job(employer, title="Past", days_ago=31)

    assert line_of(soon)[2:] == [("Live", "from", ""), ("Ends", "", "")]
    assert line_of(past)[2:] == [("Live", "since", "done"), ("Ended", "", "now")]


def test_the_history_names_colleagues_and_calls_staff_staff(client, employer):
    job = make_job(employer, status=JobStatus.RETURNED)
    colleague = make_member(employer, "poster")
    job.status_changes.create(from_status="draft", to_status="awaiting_payment", by=colleague)
    job.status_changes.create(from_status="awaiting_payment", to_status="in_review")
    job.status_changes.create(from_status="in_review", to_status="returned", by=make_user(), reason="Which pay?")

    (row,) = rows_on(board(client, employer))

    assert [(one.what, one.by, one.note) for one in row.history] == [
        ("Back to you", "AAPM staff", "Which pay?"),
        ("In review", "by itself", ""),
        ("Waiting for a posting", colleague.display_name, ""),
    ]
    assert row.answer == row.history[0]


@pytest.mark.parametrize("rows", [1, 12])
def test_positions_in_review_ask_for_the_queue_besides(client, employer, rows):
    for number in range(rows):
        make_job(employer, title=f"Job {number}", status=JobStatus.IN_REVIEW)
    # The queue; how long reading usually takes is asked besides, by a statement of its own hand.
    assert room_queries(client, employer.get_absolute_url()) == 17


def next_of(client, employer, **fields) -> str:
    job = make_job(employer, **fields)
    (row,) = [row for row in rows_on(board(client, employer)) if row.job == job]
    return row.next


def test_each_position_says_what_comes_next(client, employer):
    now = timezone.now()
    assert next_of(client, employer) == "Look at its preview, then send it to review."
    assert next_of(client, employer, summary="") == "Go on writing it."
    assert next_of(client, employer, status=JobStatus.RETURNED).startswith("Correct it and send it again.")
    in_review = next_of(client, employer, status=JobStatus.IN_REVIEW)
    assert in_review == "It is the only one that our staff are to read. You get an e-mail then."
    assert next_of(client, employer, status=JobStatus.AWAITING_PAYMENT).startswith("Nothing, once your payment")
    assert next_of(client, employer, status=JobStatus.APPROVED) == ""
    assert next_of(client, employer, status=JobStatus.APPROVED, days_ago=20).startswith("Renew it if it should stay")
    assert next_of(client, employer, status=JobStatus.APPROVED, days_ago=-2) == "Nothing: it goes live by itself."
    assert next_of(client, employer, status=JobStatus.APPROVED, days_ago=40).startswith("Renew it, and the same page")
    until = dateformat.format(timezone.localdate(now - timedelta(days=1)) + timedelta(days=14), "F j")
    filled = next_of(client, employer, status=JobStatus.FILLED, days_ago=2)
    assert filled == f"Nothing, if all went well. You can reopen it until {until}."
    assert next_of(client, employer, status=JobStatus.WITHDRAWN) == ""


def test_what_is_rarely_pressed_stands_below_a_word(client, employer):
    job = live_job(employer)
    (row,) = rows_on(board(client, employer))
    assert [one.label for one in row.rare_buttons] == ["Withdraw", "Use as a start for a new one", "Keep as a template"]
    assert "Renew with a posting" in [one.label for one in row.usual_buttons]
    page = board(client, employer).text
    assert page.index('class="board-more"') < page.index(reverse("careers:job-step", args=[job.public_id, "withdraw"]))
