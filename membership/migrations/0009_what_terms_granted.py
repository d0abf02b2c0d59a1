"""Existing terms, and their history, get what their category grants: what was read from the category until now.

Nothing happened to the terms, so their history gains no row.
"""

import pgtrigger
from django.db import migrations

FILL = """
    UPDATE membership_{table} AS row
    SET grace_days = plan.grace_days, reads_journal = plan.reads_journal
    FROM membership_plan AS plan
    WHERE plan.id = row.plan_id
      AND (row.grace_days, row.reads_journal) IS DISTINCT FROM (plan.grace_days, plan.reads_journal)
"""


def fill(apps, schema_editor):
    with pgtrigger.ignore("membership.Term:update_update"), schema_editor.connection.cursor() as cursor:
        for table in ("term", "termevent"):
            cursor.execute(FILL.format(table=table))


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0008_terms_keep_what_they_grant"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
