from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    """Who writes the pages also announces meetings, and calls them off."""
    grant(apps, "content", CONTENT_EDITOR, [*crud("meeting"), "publish_meeting"])


class Migration(migrations.Migration):
    dependencies = [("content", "0036_meetings"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
