"""Background work is queued with the business transaction, and gone with its rollback."""

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.core.background.queue import defer
from aapm_site.core.tasks import tidy

pytestmark = pytest.mark.django_db


def test_a_rollback_takes_the_task_back():
    with transaction.atomic():
        defer(tidy)
        transaction.set_rollback(True)

    assert ProcrastinateJob.objects.count() == 0


def test_a_task_that_waits_already_is_not_queued_again_and_spoils_nothing():
    with transaction.atomic():
        defer(tidy, once="tidy")
        defer(tidy, once="tidy")
        defer(tidy, once="another")

    assert list(ProcrastinateJob.objects.order_by("id").values_list("queueing_lock", flat=True)) == ["tidy", "another"]
