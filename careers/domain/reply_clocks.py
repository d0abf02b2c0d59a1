"""The reply clock of an employer: kept by the transaction that answers, and recounted by night, because a year goes on.

Whoever still waits counts as far as they have waited: the median is that of a survival curve (Kaplan and Meier's), in
which an unanswered application counts against the employer up to today, and one that was withdrawn unanswered up to
that day. So neither a fresh application nor a forgotten one can be talked away. Confidential positions neither count
nor show it: a figure that moves with them would tell whose they are.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ..application_states import JobApplicationStatus
from ..models import Employer, JobApplication, ReplyClock
from ..reply_times import PERIOD, PUBLIC_FROM, band_of

# At each wait the share of those who are still unanswered shrinks by those who were answered then, among all who had
# waited as long. Where it has reached a half is the median; nowhere, if too few have been answered.
MEDIAN = """
WITH waits AS (
    SELECT coalesce(sent.answered_at, CASE WHEN sent.status = %(withdrawn)s THEN sent.closed_at END, %(now)s)
               - sent.sent_at AS wait,
           sent.answered_at IS NOT NULL AS is_answered
    FROM careers_jobapplication AS sent JOIN careers_job AS job ON job.id = sent.job_id
    WHERE job.employer_id = %(employer)s AND NOT job.confidential AND sent.sent_at > %(since)s
), ranked AS (
    SELECT wait, is_answered, row_number() OVER (ORDER BY wait DESC, is_answered) AS waiting FROM waits
), curve AS (
    SELECT wait, sum(CASE WHEN NOT is_answered THEN 0 WHEN waiting = 1 THEN -99 ELSE ln((waiting - 1.0) / waiting) END)
        OVER (ORDER BY wait, is_answered DESC, waiting DESC ROWS UNBOUNDED PRECEDING) AS left_over
    FROM ranked
), median AS (
    SELECT min(wait) AS wait FROM curve WHERE left_over <= ln(0.5) + 1e-9
)
SELECT median.wait, count(*) FILTER (WHERE waits.is_answered OR waits.wait > median.wait)
FROM median LEFT JOIN waits ON TRUE GROUP BY median.wait
"""


@transaction.atomic
def count_replies(employer_id: int, at: datetime | None = None) -> ReplyClock:
    """Reckon it anew. Its row is locked first and last of all rows, so of two answers at once the second counts both.

    Written only where it says something else than before.
    """
    ReplyClock.objects.get_or_create(employer_id=employer_id)
    clock = ReplyClock.objects.select_for_update(no_key=True).get(employer_id=employer_id)
    counted, days = _median(employer_id, at or timezone.now())
    if (counted, days) != (clock.counted, clock.days):
        clock.counted, clock.days = counted, days
        clock.public_days = days if counted >= PUBLIC_FROM else None
        clock.save(update_fields=["counted", "days", "public_days"])
    return clock


def _median(employer_id: int, at: datetime) -> tuple[int, int | None]:
    """How many applications count at the median, and the median as a band of days; (0, None) while there is none."""
    known: dict[str, datetime | int | str] = {
        "employer": employer_id,
        "now": at,
        "since": at - PERIOD,
        "withdrawn": JobApplicationStatus.WITHDRAWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN, known)
        wait, counted = cursor.fetchone()
    return (counted, band_of(wait)) if wait is not None else (0, None)


def count_all_replies(at: datetime | None = None) -> int:
    """By night, one employer after another, each in a transaction of its own; how many were asked."""
    now = at or timezone.now()
    recent = JobApplication.objects.filter(sent_at__gt=now - PERIOD, job__confidential=False)
    asked = Employer.objects.filter(Q(pk__in=recent.values("job__employer")) | Q(reply_clock__counted__gt=0))
    keys = list(asked.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        count_replies(key, now)
    return len(keys)
