"""The reports of the career center: each figure against rows that were made by hand, the pages, and their files."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.utils import timezone

from aapm_site.core.models import Count
from aapm_site.core.periods import ReportPeriod
from aapm_site.core.report_tables import Mean, Share, plain, said, time_in_words
from aapm_site.core.roles import CAREERS_STAFF, FINANCE, MEMBERSHIP_STAFF
from aapm_site.core.search.looked_for import countable_words
from careers.application_states import JobApplicationStatus
from careers.models import JobApplication, JobRun, JobStatusChange
from careers.presenters import reports
from careers.queries import reports as figures
from careers.queries.figures import SEARCH_NOTHING
from careers.states import JobStatus
from tests.factories import staff_client

from .factories import live_job, make_employer, make_job, make_member, make_package, order_of, pay, profession

pytestmark = pytest.mark.django_db

NUMBERS = count(1)
SPRING = ReportPeriod(date(2026, 1, 1), date(2026, 3, 31))
SUMMER = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def noon(month, day, hour=18):
    return datetime(2026, month, day, hour, tzinfo=UTC)


# Time to approve ------------------------------------------------------------------------------------------------------
def steps(*life, job=None):
    """The life of a position as pairs of a status and the moment at which it was reached."""
    job, before = job or make_job(), JobStatus.DRAFT
    for status, at in life:
        JobStatusChange.objects.create(subject=job, from_status=before, to_status=status, at=at)
        before = status
    return job


REVIEW, APPROVED, RETURNED, DRAFT = JobStatus.IN_REVIEW, JobStatus.APPROVED, JobStatus.RETURNED, JobStatus.DRAFT


def test_time_to_approve_is_the_time_with_the_staff():
    for hours in (1, 2, 3, 4):  # January: median 2.5 hours, ninetieth 3.7
        steps((REVIEW, noon(1, 10)), (APPROVED, noon(1, 10) + hours * HOUR))
    # Sent in January, approved in February: 2 hours, three weeks with its employer, 8 hours.
    steps(
        (REVIEW, noon(1, 20)),
        (RETURNED, noon(1, 20) + 2 * HOUR),
        (REVIEW, noon(2, 10)),
        (APPROVED, noon(2, 10) + 8 * HOUR),
    )
    # Taken back to be changed, and sent again after a week: 1 hour and 3; its renewal was read within 20 minutes.
    again = steps(
        (REVIEW, noon(2, 1)),
        (DRAFT, noon(2, 1) + HOUR),
        (REVIEW, noon(2, 8)),
        (APPROVED, noon(2, 8) + 3 * HOUR),
        (REVIEW, noon(3, 20)),
        (APPROVED, noon(3, 20) + timedelta(minutes=20)),
    )
    steps((REVIEW, noon(3, 25)))  # nobody has decided
    steps((REVIEW, noon(3, 1)), (DRAFT, noon(3, 2)))
    steps((REVIEW, noon(4, 1)), (APPROVED, noon(4, 2)))  # after the period
    assert again.status_changes.count() == 6

    january, february, march = figures.review_times(SPRING)[0]
    assert january == figures.ReviewTimes(4, 1, 2.5 * HOUR, 3.7 * HOUR)
    assert february == figures.ReviewTimes(2, 0, 7 * HOUR, 4 * HOUR + 0.9 * 6 * HOUR)
    assert march == figures.ReviewTimes(1, 0, HOUR / 3, HOUR / 3)
    whole = figures.review_times(SPRING)[1]  # 20 minutes, 1, 2, 3, 4, 4 and 10 hours
    assert whole == figures.ReviewTimes(7, 1, 3 * HOUR, 4 * HOUR + 0.4 * 6 * HOUR)


def test_months_begin_at_midnight_of_the_association():
    """Five in the morning of April 1 in UTC is midnight in Chicago; a minute before belongs to March."""
    midnight = datetime(2026, 4, 1, 5, tzinfo=UTC)
    steps((REVIEW, noon(3, 31)), (APPROVED, midnight - timedelta(minutes=1)))
    steps((REVIEW, noon(3, 31)), (APPROVED, midnight))

    assert [one.approved for one in figures.review_times(SPRING)[0]] == [0, 0, 1]
    assert [one.approved for one in figures.review_times(ReportPeriod(date(2026, 4, 1), date(2026, 4, 1)))[0]] == [1]


# Fill rate ------------------------------------------------------------------------------------------------------------
def position(status, begins, ends, *, down=None, role="physician", **more):
    return make_job(
        status=status,
        profession=profession(role),
        approved_at=begins,
        starts_at=begins,
        ends_at=ends,
        taken_down_at=down,
        **more,
    )


def test_fill_rate_by_profession():
    begins, ends = noon(1, 2), noon(2, 1)
    position(JobStatus.FILLED, begins, ends, down=noon(1, 15))
    position(JobStatus.FILLED, begins, ends, down=noon(4, 20))  # said long after its last day, which counts
    position(JobStatus.WITHDRAWN, begins, ends, down=noon(1, 20))
    position(JobStatus.APPROVED, begins, ends)
    position(JobStatus.PAUSED, begins, ends, down=noon(1, 20), resumable_until=noon(3, 30))
    position(JobStatus.FILLED, begins, ends, down=noon(1, 3), role="nurse")
    # None of these has ended in spring.
    position(JobStatus.PAUSED, begins, ends, down=noon(1, 20), resumable_until=noon(4, 20))
    position(JobStatus.APPROVED, begins, noon(4, 1))
    position(JobStatus.FILLED, begins, noon(5, 1), down=noon(4, 1))
    position(JobStatus.WITHDRAWN, begins, ends, down=noon(1, 1))  # before anybody could see it
    make_job(status=JobStatus.WITHDRAWN, starts_at=None, approved_at=None, ends_at=None, taken_down_at=noon(1, 9))
    make_job()

    assert figures.endings(SPRING, SUMMER) == [
        figures.EndedPositions("Physician", 5, 2, 1),
        figures.EndedPositions("Nurse", 1, 1, 0),
    ]
    assert figures.endings(SPRING, SUMMER)[0].unfilled == 2
    assert figures.endings(SPRING, noon(1, 18)) == [  # what ends later has not ended yet
        figures.EndedPositions("Nurse", 1, 1, 0),
        figures.EndedPositions("Physician", 1, 1, 0),
    ]


# Renewals -------------------------------------------------------------------------------------------------------------
def run(job, first, days, **more):
    return JobRun.objects.create(job=job, first_day=first, last_day=first + (days - 1) * DAY, days=days, **more)


def test_renewals_by_the_month_of_the_last_day():
    first = date(2026, 1, 5)
    twice = live_job()
    for begins, days in ((first, 20), (date(2026, 1, 25), 20), (date(2026, 2, 14), 30)):
        run(twice, begins, days)  # to January 24, February 13, March 15
    run(make_job(status=JobStatus.FILLED), first, 10)  # over with its position
    run(make_job(status=JobStatus.WITHDRAWN), first, 10)
    run(live_job(), first, 10)  # not renewed
    # Renewed early, then filled before the second began to count: it gave all its days back, and was none.
    filled = make_job(status=JobStatus.FILLED)
    run(filled, first, 20)
    JobRun.objects.create(
        job=filled, first_day=date(2026, 1, 25), last_day=date(2026, 1, 24), days=30, returned_days=30
    )
    # While a pause may still end, the run has not.
    run(make_job(status=JobStatus.PAUSED, resumable_until=SUMMER + DAY), first, 10)
    run(make_job(status=JobStatus.PAUSED, resumable_until=SUMMER - DAY), first, 10)
    run(live_job(), date(2026, 3, 31), 2)  # ends in April

    january, february, march = figures.renewals(SPRING, SUMMER)
    assert (january, january.not_renewed) == (figures.EndedRuns(6, 1, 3), 2)
    assert february == figures.EndedRuns(1, 1, 0)
    assert (march, march.not_renewed) == (figures.EndedRuns(1, 0, 0), 1)
    # On its last day a run has not ended; both pauses might still have ended then.
    assert [one.ended for one in figures.renewals(SPRING, noon(1, 24))] == [3, 0, 0]
    assert [one.ended for one in figures.renewals(SPRING, noon(1, 25))] == [5, 0, 0]


# Searches -------------------------------------------------------------------------------------------------------------
def test_searches_that_found_nothing():
    for words, on, times in (
        ("lighthouse", date(2026, 1, 1), 2),
        ("lighthouse", date(2026, 3, 31), 3),
        ("lighthouse", date(2026, 4, 1), 9),
        ("acupuncture", date(2026, 2, 2), 5),
        ("zebra", date(2026, 2, 3), 1),
        ("alpaca", date(2025, 12, 31), 9),
    ):
        Count.objects.create(kind=SEARCH_NOTHING, key=words, on=on, times=times)
    Count.objects.create(kind="search-nothing", key="elsewhere", on=date(2026, 2, 2), times=7)

    assert figures.vain_searches(SPRING, 2) == [
        figures.VainWords("acupuncture", 5, 1, date(2026, 2, 2)),
        figures.VainWords("lighthouse", 5, 2, date(2026, 3, 31)),
    ]
    assert figures.vain_by_month(SPRING) == [2, 6, 3]


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("  Lighthouse   KEEPER ", "lighthouse keeper"),
        ("pain 60614", "pain 60614"),
        ("ann@example.org", ""),
        ("call 312 555 0134", ""),
        ("license 12-34-56", ""),
        ("https://ann.example/cv", ""),
        ("", ""),
    ],
)
def test_words_that_hold_somebodys_data_are_not_counted(typed, counted):
    assert countable_words(typed) == counted


# Applications ---------------------------------------------------------------------------------------------------------
def application(job, sent_at, status=JobApplicationStatus.SENT, answered_at=None):
    closed = sent_at + DAY if status in {JobApplicationStatus.WITHDRAWN, JobApplicationStatus.DECLINED} else None
    unsent = status == JobApplicationStatus.UNCONFIRMED
    return JobApplication.objects.create(
        job=job,
        email=f"applicant{next(NUMBERS)}@example.org",
        name="Ann Arbor",
        message="I would like to.",
        status=status,
        sent_at=None if unsent else sent_at,
        created_at=sent_at,
        closed_at=closed,
        answered_at=answered_at,
    )


def went_on(job, on, times):
    Count.objects.create(kind="job-apply", key=str(job.pk), on=on, times=times)


def test_applications_for_each_position_that_could_be_seen():
    begins, ends = noon(1, 2), noon(2, 1)
    sought = position(JobStatus.APPROVED, begins, ends)
    for _ in range(10):
        application(sought, noon(1, 20))
    application(sought, noon(4, 20))  # after the period
    application(sought, noon(1, 20), JobApplicationStatus.UNCONFIRMED)
    went_on(sought, date(2026, 1, 9), 4), went_on(sought, date(2026, 4, 1), 100)
    for number in (4, 5):
        job = position(JobStatus.FILLED, begins, ends, down=noon(1, 25))
        for _ in range(number):
            application(job, noon(1, 20), JobApplicationStatus.WITHDRAWN)
    position(JobStatus.APPROVED, noon(3, 31), noon(4, 20))
    went_on(position(JobStatus.PAUSED, begins, ends, down=noon(1, 20), role="nurse"), date(2026, 1, 31), 3)
    # Not to be seen in spring.
    application(position(JobStatus.APPROVED, noon(4, 2), noon(5, 2)), noon(4, 2))
    position(JobStatus.WITHDRAWN, begins, ends, down=noon(1, 1))
    make_job(status=JobStatus.FILLED, starts_at=datetime(2025, 11, 1, tzinfo=UTC), taken_down_at=noon(1, 1, 5))

    assert figures.applications(SPRING, SUMMER) == [
        figures.AppliedPositions("Physician", 4, 19, 4, none=1, few=1, some=1, many=1),
        figures.AppliedPositions("Nurse", 1, 0, 3, none=1, few=0, some=0, many=0),
    ]


def test_reply_times_by_the_month_of_sending():
    job = live_job()
    for days in (1, 2, 3, 4, 5):  # median 3 days, ninetieth 4.6
        application(job, noon(1, 10), JobApplicationStatus.DECLINED, noon(1, 10) + days * DAY)
    application(job, noon(2, 1), JobApplicationStatus.WITHDRAWN)
    application(job, noon(2, 1), JobApplicationStatus.WITHDRAWN, noon(2, 1) + 7 * HOUR)
    application(job, noon(2, 1), JobApplicationStatus.VIEWED)
    application(job, noon(3, 1))
    application(job, noon(3, 1), JobApplicationStatus.UNCONFIRMED)

    months, whole = figures.reply_times(SPRING)
    assert months == [
        figures.ReplyTimes(5, 5, 0, 3 * DAY, 4.6 * DAY),
        figures.ReplyTimes(3, 1, 1, 7 * HOUR, 7 * HOUR),
        figures.ReplyTimes(1, 0, 0, None, None),
    ]
    assert (months[1].waiting, whole.sent, whole.answered, whole.waiting) == (1, 9, 6, 2)


# Words ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "words", "in_a_file"),
    [
        (Share(1, 3), "33%", Decimal("33.3")),
        (Share(2, 3), "67%", Decimal("66.7")),
        (Share(0, 0), "–", ""),
        (Mean(7, 3), "2.3", Decimal("2.3")),
        (Mean(0, 0), "–", ""),
        (None, "–", ""),
        (1234, "1,234", 1234),
        (Decimal("-1234.5"), "−1,234.50", Decimal("-1234.5")),
        (timedelta(minutes=90), "2 hours", Decimal("1.5")),
        (date(2026, 3, 1), "March 1, 2026", date(2026, 3, 1)),
        (SPRING, "January 2026", "2026-01"),
    ],
)
def test_cells_as_a_page_and_as_a_file_say_them(cell, words, in_a_file):
    assert said(cell) == words
    assert plain(cell) == in_a_file


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (HOUR, "1 hour"),
        (47 * HOUR, "47 hours"),
        (48 * HOUR, "2 days"),
        (60 * HOUR, "2.5 days"),
        (30 * DAY, "30 days"),
    ],
)
def test_times_in_words(span, words):
    assert time_in_words(span) == words


# Pages ----------------------------------------------------------------------------------------------------------------
ALL = [report.slug for report in reports.REPORTS]
BASE = "/admin/careers/job/reports/"
NOTHING = {
    "revenue": "Nothing was paid for postings in these days, and nothing is owed.",
    "time-to-approve": "No position was approved in these days.",
    "fill-rate": "No position ended in these days.",
    "renewals": "The days of no posting ended.",
    "applications": "No position was open in these days.",
    "reply-times": "No application was sent on this site in these days.",
    "searches": "Every search with words has found something in these days.",
}


@pytest.fixture
def staff():
    return staff_client(CAREERS_STAFF)


def table_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("slug", ALL)
def test_an_empty_database_gets_a_kind_sentence_and_an_empty_table(staff, slug):
    page = staff.get(f"{BASE}{slug}/")
    assert page.status_code == 200
    assert page.context["found"].answer == NOTHING[slug]
    assert NOTHING[slug] in page.text
    assert '<svg class="chart' not in page.text
    assert table_of(staff.get(f"{BASE}{slug}/table.csv"))[0]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"first": "yesterday"}, "Give a day, such as"),
        ({"first": "2026-03-02", "last": "2026-03-01"}, "The last day comes before the first."),
        ({"first": "1999-12-31", "last": "2026-03-01"}, "Give a year from 2000 to 2100."),
        ({"first": "9999-12-31"}, "That is not a day we can use"),
        ({"first": "2020-01-01", "last": "2026-03-01"}, "A report is of 60 months at most. Choose a later day."),
        ({"first": "\x00" * 9000}, "Give a day, such as"),
    ],
)
@pytest.mark.parametrize("rest", ["", "table.csv"])
def test_days_that_are_none_are_asked_about(staff, query, words, rest):
    page = staff.get(f"{BASE}renewals/{rest}", query)
    assert page.status_code == 422
    assert words in page.text


def test_a_year_is_shown_at_first_and_half_a_period_is_filled_in(staff):
    def period(**query):
        return staff.get(f"{BASE}renewals/", query).context["period"]

    today = timezone.localdate()
    assert len(period().months) == 12
    assert period().months[-1].first == today.replace(day=1)
    assert period(last="2026-02-10") == ReportPeriod(date(2025, 3, 1), date(2026, 2, 10))
    assert period(first="2026-01-15", last="2026-01-15") == ReportPeriod(date(2026, 1, 15), date(2026, 1, 15))


def test_the_first_page_names_all_reports_and_an_unknown_one_is_not_there(staff):
    page = staff.get(BASE)
    assert [report.slug for report in page.context["reports"]] == ALL
    for slug in ALL:
        assert f"{BASE}{slug}/" in page.text
    assert staff.get(f"{BASE}nothing/").status_code == 404
    assert staff.get(f"{BASE}nothing/table.csv").status_code == 404


def test_finance_reads_them_and_who_looks_after_members_does_not():
    assert staff_client(FINANCE).get(f"{BASE}revenue/").status_code == 200
    for rest in ("", "revenue/", "revenue/table.csv"):
        assert staff_client(MEMBERSHIP_STAFF).get(f"{BASE}{rest}").status_code == 403


def test_revenue_on_the_page_and_in_the_file(staff):
    make_package("single-30", name="=Single()", price=99)
    employer = make_employer()
    owner = make_member(employer)
    pay(order_of(employer, owner, "single-30", 2))
    order_of(employer, owner, "single-30")

    page = staff.get(f"{BASE}revenue/")
    assert page.context["found"].answer == "$198 was paid for postings. $99 is invoiced and not paid yet."
    assert page.text.count('<svg class="chart') == 2
    assert "198.00" in page.text
    response = staff.get(f"{BASE}revenue/table.csv")
    month = f"{timezone.localdate():%Y-%m}"
    assert table_of(response) == [
        "Month,Package,Before tax,Tax,Together,Currency",
        f"{month},'=Single(),198.00,0.00,198.00,USD",
    ]
    today = timezone.localdate()
    assert response["Content-Disposition"].startswith('attachment; filename="revenue-')
    assert f"{today:%Y-%m}" in response["Content-Disposition"]


def test_words_of_strangers_are_no_formula_and_no_markup(staff):
    today = timezone.localdate()
    for words in ("=cmd()", "<b>bold</b>"):
        Count.objects.create(kind=SEARCH_NOTHING, key=words, on=today, times=2)
    page = staff.get(f"{BASE}searches/")
    assert "&lt;b&gt;bold&lt;/b&gt;" in page.text
    assert "<b>bold</b>" not in page.text
    assert table_of(staff.get(f"{BASE}searches/table.csv"))[1:] == [
        f"<b>bold</b>,2,1,{today}",
        f"'=cmd(),2,1,{today}",
    ]


STATEMENTS = {"searches": 2}


@pytest.mark.parametrize("slug", ALL)
def test_a_report_costs_the_same_however_much_there_is(slug, django_assert_num_queries):
    period = ReportPeriod(timezone.localdate() - 300 * DAY, timezone.localdate())
    report = reports.report_called(slug)

    def asked():
        with django_assert_num_queries(STATEMENTS.get(slug, 1)):
            return report.of(period)

    asked()
    _some_of_everything()
    found = asked()
    assert found.answer != NOTHING[slug]
    assert found.charts or slug in {"time-to-approve", "reply-times"}  # of one month there is no line


def _some_of_everything():
    now = timezone.now()
    make_package("single-30", price=99)
    for number in range(3):
        employer = make_employer()
        owner = make_member(employer)
        pay(order_of(employer, owner, "single-30"))
        job = make_job(employer, status=JobStatus.FILLED, days_ago=40, profession=profession(f"p{number}"))
        run(job, timezone.localdate() - 40 * DAY, 20)
        run(job, timezone.localdate() - 20 * DAY, 10)
        steps((REVIEW, now - 50 * DAY), (APPROVED, now - 49 * DAY), job=job)
        application(job, now - 30 * DAY, JobApplicationStatus.DECLINED, now - 29 * DAY)
        Count.objects.create(kind=SEARCH_NOTHING, key=f"word {number}", on=timezone.localdate(), times=1)
