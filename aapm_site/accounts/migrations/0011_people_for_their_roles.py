from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, JOURNAL_EDITOR, grant, withdraw

# Who writes texts chooses contributors and authors by name, and nobody's account: people and their addresses are for
# the roles that write to them, bill them or look after them.
WITHOUT_PEOPLE = (CONTENT_EDITOR, JOURNAL_EDITOR)


def take(apps, schema_editor):
    for role in WITHOUT_PEOPLE:
        withdraw(apps, "accounts", role, ["view_user"])


def give_back(apps, schema_editor):
    for role in WITHOUT_PEOPLE:
        grant(apps, "accounts", role, ["view_user"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_people"),
    ]

    operations = [migrations.RunPython(take, give_back)]
