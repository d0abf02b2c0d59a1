from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    grant(apps, "content", CONTENT_EDITOR, crud("picture", "document"))


class Migration(migrations.Migration):
    dependencies = [("content", "0020_media_library"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
