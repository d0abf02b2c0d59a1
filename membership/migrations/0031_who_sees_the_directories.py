"""Membership staff see entries and reported messages, and decide on both."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_directoryentry", "hide_directoryentry", "view_directorymessage", "decide_directorymessage"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0030_directories")]

    operations = [migrations.RunPython(grant, take_back)]
