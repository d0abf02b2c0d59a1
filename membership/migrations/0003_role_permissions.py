"""What membership staff and journal editors may do."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(
        apps,
        "membership",
        roles.MEMBERSHIP_STAFF,
        [
            *roles.crud("plan", "careerstage", "practicesetting", "group", "groupmember", "term"),
            *roles.crud("membership", delete=False),
            "view_application",
            "decide_application",
            "view_applicationpaper",
            "view_termnotice",
            "see_access_decision",
            "view_issue",
            "view_articletype",
        ],
    )
    roles.grant(
        apps,
        "membership",
        roles.JOURNAL_EDITOR,
        [*roles.crud("issue", "article", "articleauthor", "articletype", "figure"), "see_access_decision"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0002_lists"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
