"""Editors of the journal keep its collections and the list of subjects."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = roles.crud("collection", "collectedarticle", "subject")


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.JOURNAL_EDITOR, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.JOURNAL_EDITOR, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("membership", "0046_collections_and_subjects")]

    operations = [migrations.RunPython(grant, take_back)]
