"""Careers staff see what readers report about positions; they decide by the right to take positions down."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(apps, "careers", roles.CAREERS_STAFF, ["view_reportedjob", "view_jobreport"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0024_reported_jobs"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
