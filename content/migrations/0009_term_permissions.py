from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    grant(apps, "content", CONTENT_EDITOR, crud("term"))


class Migration(migrations.Migration):
    dependencies = [("content", "0008_terms"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
