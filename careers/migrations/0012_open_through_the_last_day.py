from django.conf import settings
from django.db import migrations

# What a page has called the last day is shown to its end. Nothing becomes shorter, and what was told of an end stays
# told. In reverse nothing is to be done: the later moment fits the older code as well.
LAST_MOMENT = """
    (date_trunc('day', ends_at AT TIME ZONE %(zone)s) + interval '1 day - 1 microsecond') AT TIME ZONE %(zone)s
"""


def extend(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in ("careers_jobreminder", "careers_job"):
            cursor.execute(
                f"UPDATE {table} SET ends_at = {LAST_MOMENT} WHERE ends_at <> {LAST_MOMENT}",  # noqa: S608 - our words
                {"zone": settings.TIME_ZONE},
            )


class Migration(migrations.Migration):
    dependencies = [("careers", "0011_packages_within_bounds")]

    operations = [migrations.RunPython(extend, migrations.RunPython.noop)]
