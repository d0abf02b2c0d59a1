"""Careers staff write on the ban list, and lift what stands there."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    codes = ["view_bannedemployer", "add_bannedemployer", "lift_bannedemployer"]
    roles.grant(apps, "careers", roles.CAREERS_STAFF, codes)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0061_ban_list"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
