"""Careers staff name a new owner where the only one is gone."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(apps, "careers", roles.CAREERS_STAFF, ["view_ownerrecovery", "open_ownerrecovery"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0016_owner_recoveries"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
