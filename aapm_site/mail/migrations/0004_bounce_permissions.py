"""Who sends letters again sees and lifts the marks, too."""

from django.db import migrations

from aapm_site.core.roles import CAREERS_STAFF, MEMBERSHIP_STAFF, grant

RIGHTS = ["view_undeliverableaddress", "add_undeliverableaddress", "lift_undeliverableaddress"]


def give(apps, schema_editor):
    for role in (CAREERS_STAFF, MEMBERSHIP_STAFF):
        grant(apps, "mail", role, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_undeliverable"), ("accounts", "0004_role_permissions")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
