"""Membership staff look at the site as a member sees it, and see who has looked."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_as_member", "view_viewing"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0037_looks_as_a_member")]

    operations = [migrations.RunPython(grant, take_back)]
