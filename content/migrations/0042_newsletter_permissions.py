from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, crud, grant


def give(apps, schema_editor):
    """Who writes the pages also writes the newsletter, and sees what became of each letter."""
    rights = [*crud("newsletter", "newsletterentry"), "send_newsletter", "agree_newsletter"]
    grant(apps, "content", CONTENT_EDITOR, rights)
    grant(apps, "mail", CONTENT_EDITOR, ["view_mailingrecipient"])


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0041_newsletters"),
        ("mail", "0010_stopped_after_a_letter"),
        ("accounts", "0004_role_permissions"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
