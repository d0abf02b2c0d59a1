"""Who works with the places of others sees what was not found, gives towns further names, and clears the list."""

from django.db import migrations

from aapm_site.core.roles import CAREERS_STAFF, MEMBERSHIP_STAFF, crud, grant


def give(apps, schema_editor):
    rights = [*crud("placename"), "view_unknownplace", "delete_unknownplace"]
    for role in (CAREERS_STAFF, MEMBERSHIP_STAFF):
        grant(apps, "accounts", role, rights)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_gazetteer")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
