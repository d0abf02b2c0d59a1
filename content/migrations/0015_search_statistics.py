"""Finer statistics for the search column: see the same migration of the jobs, which holds the measurements."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("content", "0014_search_indexes")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE content_page ALTER COLUMN search SET STATISTICS 1000",
            "ALTER TABLE content_page ALTER COLUMN search SET STATISTICS -1",
        )
    ]
