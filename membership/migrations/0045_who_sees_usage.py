"""Editors of the journal see how much it is read, and say which agents are no readers."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["see_journal_usage", *roles.crud("robotagent")]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.JOURNAL_EDITOR, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.JOURNAL_EDITOR, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0044_usage_of_the_journal")]

    operations = [migrations.RunPython(grant, take_back)]
