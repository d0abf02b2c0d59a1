"""Careers staff read profiles, and keep one from employers where there is a reason."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(apps, "careers", roles.CAREERS_STAFF, ["view_profile", "hide_profile"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0030_profiles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
