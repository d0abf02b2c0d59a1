"""Workers that meet over the same positions and the same readers: each find and each letter is there once."""

import pytest
from django.utils import timezone

from aapm_site.mail.models import OutgoingEmail
from careers.choices import AlertPace
from careers.criteria import JobCriteria
from careers.domain import alert_letters, alert_matching, alerts
from careers.domain.alerts import WantedAlert
from careers.models import AlertMatch, AlertReader
from tests import racing

from .factories import live_job, make_employer

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, READERS, JOBS = 4, 12, 3


def test_four_workers_find_and_tell_everything_once():
    criteria = JobCriteria(states=("ME",))
    wanted = WantedAlert(criteria.to_query(), "Maine", AlertPace.AT_ONCE)
    for number in range(READERS):
        alerts.add_confirmed_alert(f"reader{number}@seekers.example", wanted, criteria)
    employer = make_employer()
    jobs = [live_job(employer) for _ in range(JOBS)]

    def announce() -> None:
        for job in jobs:
            alert_matching.announce_job(str(job.pk))

    assert racing.at_once(*[announce] * WORKERS) == [None] * WORKERS
    assert AlertMatch.objects.count() == READERS * JOBS

    now = timezone.now()
    said = racing.at_once(*[lambda: alert_matching.match_job(jobs[0], now)] * WORKERS)
    assert said == [0] * WORKERS

    batches = sorted({str(pk // alert_letters.BATCH) for pk in AlertReader.objects.values_list("pk", flat=True)})

    def write() -> None:
        for batch in batches:
            alert_letters.write_letters(batch)

    assert racing.at_once(*[write] * WORKERS) == [None] * WORKERS
    letters = OutgoingEmail.objects.filter(template="careers/alert")
    assert sorted(letters.values_list("to", flat=True)) == sorted(
        f"reader{number}@seekers.example" for number in range(READERS)
    )
    assert not AlertMatch.objects.filter(told_at=None).exists()
