"""What staff see coming on "What is due next": ends, pauses that run out, letters about them, and questions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.core.background import due
from aapm_site.core.roles import CAREERS_STAFF, FINANCE
from careers.domain import job_ends
from careers.models import Job, OpenQuestion
from careers.states import JobStatus
from tests.factories import staff_client

from .factories import live_job, make_job

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def moved(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def _jobs():
    now = timezone.now()
    moved(live_job(title="Ends in five days", days_ago=25), ends_at=now + 5 * DAY)
    moved(live_job(title="Ends in a month", days_ago=5), ends_at=now + 30 * DAY)
    moved(live_job(title="Has ended", days_ago=40), ends_at=now - DAY)
    moved(make_job(title="Filled", status=JobStatus.FILLED), ends_at=now + DAY)
    moved(make_job(title="Paused for long", status=JobStatus.PAUSED), resumable_until=now + 3 * DAY)
    moved(make_job(title="Paused of late", status=JobStatus.PAUSED), resumable_until=now + 60 * DAY)


@pytest.mark.usefixtures("_jobs")
def test_what_ends_within_the_days_is_named_with_its_moment():
    now = timezone.now()
    found = {row.title: row for row in job_ends.due_ends(now + 14 * DAY)}

    assert set(found) == {"“Ends in five days” ends", "The pause of “Paused for long” runs out, and it ends"}
    ending = Job.objects.get(title="Ends in five days")
    assert found["“Ends in five days” ends"].at == ending.ends_at
    assert found["“Ends in five days” ends"].url == f"/admin/careers/job/{ending.pk}/change/"
    paused = Job.objects.get(title="Paused for long")
    assert found["The pause of “Paused for long” runs out, and it ends"].at == paused.resumable_until


@pytest.mark.usefixtures("_jobs")
def test_staff_of_the_career_center_see_ends_letters_and_questions_coming():
    now = timezone.now()
    asked = moved(live_job(title="To be asked", days_ago=20), ends_at=now + 40 * DAY)
    silent = moved(live_job(title="Silent", days_ago=35), ends_at=now + 40 * DAY)
    OpenQuestion.objects.create(job=silent, approved_at=silent.approved_at, answer_until=now + 2 * DAY)

    page = staff_client(CAREERS_STAFF).get("/admin/due/")
    ours = {"job-ends", "job-ending", "still-open"}
    seen = [(item["work"].name, item["row"].title) for item in page.context["page"] if item["work"].name in ours]
    assert seen == [
        ("job-ending", "Tell the team that the pause of “Paused for long” runs out"),
        ("job-ending", "Tell the team that “Ends in five days” ends soon"),  # a week before has come
        ("job-ending", "Tell the team that “Has ended” has ended"),
        ("still-open", "Pause “Silent”, unless its team says that it is open"),
        ("job-ends", "The pause of “Paused for long” runs out, and it ends"),
        ("job-ending", "Tell the team that “Ends in five days” ends soon"),  # a day before
        ("job-ends", "“Ends in five days” ends"),
        ("job-ending", "Tell the team that “Ends in five days” has ended"),
        ("still-open", f"Ask whether “{asked.title}” is still open"),
    ]
    assert "job-ends" not in {work.name for work, _ in due.upcoming_for(_user(FINANCE), now + 14 * DAY)}


def _user(role):
    client = staff_client(role)
    return client.get("/admin/").context["user"]


@pytest.mark.usefixtures("_jobs")
def test_an_end_is_nothing_to_run_and_two_statements_find_them(django_assert_num_queries):
    before = list(Job.objects.order_by("pk").values())
    with django_assert_num_queries(2):
        list(job_ends.due_ends(timezone.now() + 14 * DAY))
    due.run_due(timezone.now() + DAY / 24)
    assert list(Job.objects.order_by("pk").values("pk", "status", "ends_at")) == [
        {"pk": row["id"], "status": row["status"], "ends_at": row["ends_at"]} for row in before
    ]
