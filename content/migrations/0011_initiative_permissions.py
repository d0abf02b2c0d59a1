from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    grant(apps, "content", CONTENT_EDITOR, crud("partner", "event"))


class Migration(migrations.Migration):
    dependencies = [("content", "0010_initiatives")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
