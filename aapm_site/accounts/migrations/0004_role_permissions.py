from django.db import migrations

from aapm_site.core.roles import (
    ADMINISTRATOR,
    CAREERS_STAFF,
    CONTENT_EDITOR,
    FINANCE,
    JOURNAL_EDITOR,
    MEMBERSHIP_STAFF,
    crud,
    grant,
)

EVERYBODY = (CONTENT_EDITOR, CAREERS_STAFF, MEMBERSHIP_STAFF, JOURNAL_EDITOR, FINANCE)


def give(apps, schema_editor):
    """Who may see and change people, lists, mail and due work."""
    for role in EVERYBODY:
        grant(apps, "accounts", role, ["view_user", "view_profession", "view_specialty", "view_place"])
        grant(apps, "core", role, ["see_due_work"])
    for role in (CAREERS_STAFF, MEMBERSHIP_STAFF):
        grant(apps, "accounts", role, crud("place", "profession", "specialty", delete=False))
        grant(apps, "mail", role, ["view_outgoingemail", "resend_outgoingemail", "view_subscription"])
    grant(apps, "accounts", MEMBERSHIP_STAFF, ["add_user", "change_user"])
    grant(apps, "accounts", ADMINISTRATOR, [*crud("user", delete=False), "assign_roles"])
    grant(apps, "accounts", ADMINISTRATOR, crud("place", "profession", "specialty"))
    grant(apps, "core", ADMINISTRATOR, ["view_count", "view_hold"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_lists"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0001_initial"),
        ("mail", "0001_initial"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
