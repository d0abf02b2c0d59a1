from django.db import migrations

from aapm_site.core.roles import ADMINISTRATOR, grant


def give(apps, schema_editor):
    """Administrators see the new addresses that staff gave accounts, and agree to those of staff."""
    grant(apps, "accounts", ADMINISTRATOR, ["view_addresschange", "agree_addresschange"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_address_changes")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
