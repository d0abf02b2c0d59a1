"""A permission of its own for the reports of the career center: careers staff and Finance read them."""

from django.db import migrations

from aapm_site.core import roles


def grant(apps, schema_editor):
    for role in (roles.CAREERS_STAFF, roles.FINANCE):
        roles.grant(apps, "careers", role, ["see_career_reports"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0054_notes_on_applications"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="job",
            options={
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("approve_job", "Can approve a position"),
                    ("return_job", "Can send a position back to its employer"),
                    ("take_down_job", "Can pause, resume and withdraw any position"),
                    ("see_career_reports", "Can see the reports of the career center"),
                ],
                "verbose_name": "position",
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
