"""The figures that staff see: week by week, and the words that found nothing."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from aapm_site.core.http import view_counts
from aapm_site.core.roles import CAREERS_STAFF
from careers.domain import job_reports
from careers.models import SavedJob
from careers.queries.figures import figures_by_week
from careers.states import JobStatus
from tests.factories import staff_client

from .factories import live_job, make_job, make_user

pytestmark = pytest.mark.django_db


def test_each_week_has_what_was_open_at_its_end_and_what_came_in_it():
    at = timezone.now()
    job = live_job(days_ago=15)
    make_job(status=JobStatus.WITHDRAWN, days_ago=15, taken_down_at=at)
    live_job(days_ago=60)
    SavedJob.objects.create(user=make_user(), job=job)
    SavedJob.objects.create(user=make_user(), job=job, saved_at=at - timedelta(days=70))
    job_reports.report_job(job, reason="fraud", reader="ann", network="a")

    now, before = figures_by_week(timezone.now())[:2]
    assert (now.open_jobs, now.employers, now.saved, now.reports) == (1, 1, 1, 1)
    assert (before.open_jobs, before.employers, before.saved, before.reports) == (2, 2, 0, 0)
    assert len(figures_by_week(at)) == 8


CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("monday", "other_monday"),
    [
        pytest.param(datetime(2026, 3, 9, tzinfo=CHICAGO), datetime(2026, 3, 2, tzinfo=CHICAGO), id="spring"),
        pytest.param(datetime(2026, 11, 2, tzinfo=CHICAGO), datetime(2026, 10, 26, tzinfo=CHICAGO), id="autumn"),
    ],
)
def test_weeks_begin_at_local_midnight_where_the_clocks_change(monday, other_monday):
    minute = timedelta(minutes=1)
    job = live_job()
    for saved_at in (monday, monday - minute, other_monday, other_monday - minute):
        SavedJob.objects.create(user=make_user(), job=job, saved_at=saved_at)

    weeks = figures_by_week(monday + timedelta(days=22, hours=3))
    begins = [week.begins_at.astimezone(CHICAGO) for week in weeks]
    assert {(moment.weekday(), moment.time()) for moment in begins} == {(0, time.min)}
    assert [week.until for week in weeks[1:]] == begins[:-1]
    assert [week.saved for week in weeks] == [0, 0, 0, 1, 2, 1, 0, 0]


def test_words_that_found_nothing_are_counted_without_who_asked(client):
    person = {"User-Agent": "Mozilla/5.0 Firefox/140.0"}
    live_job()
    for words in ("Lighthouse keeper", "lighthouse keeper", "interventional"):
        client.get("/career-center/jobs/", {"q": words}, headers=person)
    view_counts.flush()
    page = staff_client(CAREERS_STAFF).get("/admin/careers/job/figures/").content.decode()
    assert "<td>lighthouse keeper</td><td>2</td>" in page
    assert "interventional" not in page
