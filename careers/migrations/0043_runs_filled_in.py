"""Positions that were approved get their run: from the posting that they used, else from their dates.

What goes beyond the posting's days was added when reports of readers had hidden the position. What is paused now may
come back for as long as pauses may last. All of it can run again, beside the site that is being replaced.
"""

from django.conf import settings
from django.db import migrations

from aapm_site.core import roles

FILL = """
INSERT INTO careers_jobrun (job_id, credit_entry_id, featured, first_day, last_day, days, lengthened_days, paused_days,
                            closed_days, returned_days, created_at)
SELECT job.id, entry.id, coalesce(entry.featured, job.featured), first_day, last_day, length - beyond, 0,
       least(beyond, 90), greatest(beyond - 90, 0), 0, coalesce(job.approved_at, job.starts_at)
FROM careers_job job
LEFT JOIN LATERAL (
    SELECT id, kind, featured, runs_days FROM careers_creditentry WHERE job_id = job.id ORDER BY id DESC LIMIT 1
) entry ON entry.kind = 'spent'
CROSS JOIN LATERAL (
    SELECT (job.starts_at AT TIME ZONE %(zone)s)::date AS first_day, (job.ends_at AT TIME ZONE %(zone)s)::date AS last_day
) dates
CROSS JOIN LATERAL (SELECT last_day - first_day + 1 AS length) long
CROSS JOIN LATERAL (SELECT greatest(0, length - coalesce(entry.runs_days, length)) AS beyond) more
WHERE job.starts_at IS NOT NULL AND NOT EXISTS (SELECT FROM careers_jobrun run WHERE run.job_id = job.id)
"""
PAUSED = """
UPDATE careers_job SET resumable_until = (
    (ends_at AT TIME ZONE %(zone)s) + make_interval(days => 90 - coalesce(
        (SELECT sum(paused_days) FROM careers_jobrun run WHERE run.job_id = careers_job.id), 0)::int)
) AT TIME ZONE %(zone)s
WHERE status = 'paused' AND resumable_until IS NULL AND ends_at IS NOT NULL
"""


def fill_in(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in (FILL, PAUSED):
            cursor.execute(statement, {"zone": settings.TIME_ZONE})


def grant(apps, schema_editor):
    codes = ["view_jobrun", "view_daysbalance", "view_daysentry"]
    for role in (roles.CAREERS_STAFF, roles.FINANCE):
        roles.grant(apps, "careers", role, codes)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0042_runs_and_days"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
