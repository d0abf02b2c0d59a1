"""Careers staff see where applications stand."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    codes = ["view_jobapplication", "view_jobapplicationchange", "view_applicationopening"]
    roles.grant(apps, "careers", roles.CAREERS_STAFF, codes)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0035_confidential_applied_to_here"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
