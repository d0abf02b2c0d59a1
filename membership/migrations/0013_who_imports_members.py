"""Membership staff import lists of members, and see what became of them."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_memberimport", "import_members"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0012_imports_of_members")]

    operations = [migrations.RunPython(grant, take_back)]
