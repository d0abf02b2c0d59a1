"""Somebody is told when nothing works in the background: staff on their front page, a monitor at /workerz."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.core.background.silence import last_heard, worker_stands_still
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("signs", "status", "words"),
    [
        ([], 503, "Nothing has worked in the background at all yet"),
        ([timedelta(minutes=12)], 503, "Nothing has worked in the background for 12\xa0minutes"),
        ([timedelta(seconds=121)], 503, "Nothing has worked in the background for 2\xa0minutes"),
        ([timedelta(seconds=100)], 200, None),
        ([timedelta(days=3), timedelta(seconds=5)], 200, None),
    ],
)
def test_who_is_told_what(client, django_assert_num_queries, signs, status, words):
    for ago in signs:
        factories.hear_worker(ago)
    staff = factories.staff_user("Finance")
    staff.has_perm("core.see_due_work")
    with django_assert_num_queries(1):
        note = worker_stands_still(staff)
    assert (note and note[0].partition(":")[0]) == words
    assert worker_stands_still(factories.user()) is None
    answer = client.get("/workerz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.json()["status"]) == (
        status,
        "working" if status == 200 else "standing still",
    )


def test_the_last_sign_counts():
    now = timezone.now()
    factories.hear_worker(timedelta(hours=3))
    factories.hear_worker(timedelta(hours=1))
    assert timedelta(minutes=59) < now - last_heard() < timedelta(minutes=61)
