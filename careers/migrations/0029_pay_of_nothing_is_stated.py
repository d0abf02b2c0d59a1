"""A pay of nothing is stated too: only a position without any pay counts as one that may pay enough.

And a year's pay is cut to whole dollars, never rounded up to what it does not reach.
"""

from importlib import import_module

from django.db import migrations

ENTRIES_OF = import_module("careers.migrations.0023_entries_of_the_search").ENTRIES_OF
BY_SUM = ENTRIES_OF.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
BY_NULL = (
    BY_SUM.replace("CASE WHEN pay.year = 0 THEN", "CASE WHEN job.pay_max IS NULL THEN", 1)
    .replace("SELECT least(coalesce(job.pay_max", "SELECT trunc(least(coalesce(job.pay_max", 1)
    .replace("2000000000)::int AS year", "2000000000))::int AS year", 1)
)


class Migration(migrations.Migration):
    dependencies = [("careers", "0028_fellowships_for_staff")]

    operations = [
        migrations.RunSQL(BY_NULL, BY_SUM),
        migrations.RunSQL(
            "SELECT careers_refresh_entries(ARRAY(SELECT id FROM careers_job "
            "WHERE status = 'approved' AND (pay_max < 1 OR pay_max <> trunc(pay_max))))",
            migrations.RunSQL.noop,
        ),
    ]
