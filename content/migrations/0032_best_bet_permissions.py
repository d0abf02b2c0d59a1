from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    """Who writes the pages also teaches the search."""
    grant(apps, "content", CONTENT_EDITOR, crud("bestbet", "synonym"))


class Migration(migrations.Migration):
    dependencies = [("content", "0031_best_bets_and_words_for_the_same"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
