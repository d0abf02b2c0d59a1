from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    """Editors keep the redirects; versions and links for colleagues are reached from their page."""
    grant(apps, "content", CONTENT_EDITOR, crud("redirect"))


class Migration(migrations.Migration):
    dependencies = [("content", "0012_versions_redirects_previews"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
