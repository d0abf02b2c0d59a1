"""Careers staff set the rounds of the fellowship board and decide on its offers."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    codes = [
        *roles.crud("fellowshipround", delete=False),
        "view_fellowshipoffer",
        "view_fellowshipofferchange",
        "decide_fellowshipoffer",
    ]
    roles.grant(apps, "careers", roles.CAREERS_STAFF, codes)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0027_fellowships"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
