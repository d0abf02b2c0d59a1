from django.db import migrations

from aapm_site.core.roles import CONTENT_EDITOR, ROLES, crud, grant


def give(apps, schema_editor):
    """Content editors run the room; every staff role may see what is due next."""
    grant(
        apps,
        "content",
        CONTENT_EDITOR,
        [
            *crud("page", "relatedpage", "menu", "menuitem", "topic"),
            *("view_question", "change_question", "delete_question"),
            *("publish_page", "read_page", "decide_question"),
        ],
    )
    for role in ROLES:
        grant(apps, "core", role, ["see_due_work"])


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("accounts", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0003_cache_table"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
