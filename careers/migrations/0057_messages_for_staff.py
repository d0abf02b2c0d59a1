"""Careers staff read what was reported of the messages between applicants and employers, and decide on it."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    codes = ["view_jobapplicationmessage", "settle_jobapplicationmessage"]
    roles.grant(apps, "careers", roles.CAREERS_STAFF, codes)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0056_messages_about_applications"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
