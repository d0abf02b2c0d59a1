"""The one row of the association, and who may write it: whoever writes the site, and whoever sends invoices."""

from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, FINANCE, grant


def make(apps, schema_editor):
    apps.get_model("core", "Association").objects.get_or_create(pk=1)
    for role in (CONTENT_EDITOR, FINANCE):
        grant(apps, "core", role, ["view_association", "change_association"])


class Migration(migrations.Migration):
    dependencies = [("core", "0009_the_association"), ("accounts", "0004_role_permissions")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
