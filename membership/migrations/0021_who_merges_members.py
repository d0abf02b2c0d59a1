"""Membership staff merge two records of one person, and see the terms that have no name."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_pastterm", "merge_members"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0020_merged_and_forgotten")]

    operations = [migrations.RunPython(grant, take_back)]
