"""Careers staff give postings and see where they went; finance sees it too."""

from django.db import migrations

from aapm_site.core import roles

SEEN = ["view_creditbalance", "view_creditentry"]


def grant(apps, schema_editor):
    roles.grant(apps, "careers", roles.CAREERS_STAFF, ["give_credits", *SEEN])
    roles.grant(apps, "careers", roles.FINANCE, SEEN)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0008_credits"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
