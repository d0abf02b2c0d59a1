from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    """Who writes the pages also says who leads the Academy."""
    grant(apps, "content", CONTENT_EDITOR, crud("body", "officer", "historyyear"))


class Migration(migrations.Migration):
    dependencies = [("content", "0039_people_and_years"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
