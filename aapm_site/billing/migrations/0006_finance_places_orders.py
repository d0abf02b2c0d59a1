"""Finance may write down an order for a customer who calls."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(apps, "billing", roles.FINANCE, ["add_order"])


class Migration(migrations.Migration):
    dependencies = [("billing", "0005_card_pages_keep_their_question")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
