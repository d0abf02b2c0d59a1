"""Administrators follow the list of the first day."""

from django.db import migrations

from aapm_site.core.roles import ADMINISTRATOR, grant


def give(apps, schema_editor):
    grant(apps, "core", ADMINISTRATOR, ["see_first_day"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_role_permissions"),
        ("core", "0006_starter_rows"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
