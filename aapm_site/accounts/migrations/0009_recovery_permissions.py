"""Membership staff recover accounts, two of them together; administrators those of staff."""

from django.db import migrations

from aapm_site.core.roles import MEMBERSHIP_STAFF, grant


def give(apps, schema_editor):
    rights = ["view_accountrecovery", "open_accountrecovery", "approve_accountrecovery"]
    grant(apps, "accounts", MEMBERSHIP_STAFF, rights)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_recoveries")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
