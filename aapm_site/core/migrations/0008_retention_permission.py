"""Administrators say how long things are kept."""

from django.db import migrations

from aapm_site.core.roles import ADMINISTRATOR, grant


def give(apps, schema_editor):
    grant(apps, "core", ADMINISTRATOR, ["view_retention", "change_retention"])


class Migration(migrations.Migration):
    dependencies = [("core", "0007_retention"), ("accounts", "0004_role_permissions")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
