from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    """Who answers says how soon."""
    grant(apps, "content", CONTENT_EDITOR, crud("answerpromise", delete=False))


class Migration(migrations.Migration):
    dependencies = [("content", "0034_promise_of_an_answer"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
