"""People read “position” for what the code calls a job: in the admin, in its errors, and in the names of the rights."""

from django.db import migrations, models

VERBS = ("add", "change", "delete", "view")
NAMES = {
    "job": "position",
    "joblocation": "place of a position",
    "jobstatuschange": "step of a position",
    "jobreminder": "reminder of a position's end",
}
OWN = {
    "approve_job": "Can approve a position",
    "return_job": "Can send a position back to its employer",
    "take_down_job": "Can pause, resume and withdraw any position",
}


def rename_rights(apps, schema_editor):
    """A right keeps the name that it was made with, so it does not follow the model's by itself."""
    rights = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="careers")
    for model, name in NAMES.items():
        for verb in VERBS:
            rights.filter(codename=f"{verb}_{model}").update(name=f"Can {verb} {name}")
    for codename, name in OWN.items():
        rights.filter(codename=codename).update(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_role_permissions"),
        ("careers", "0012_open_through_the_last_day"),
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
                ],
                "verbose_name": "position",
            },
        ),
        migrations.AlterModelOptions(
            name="joblocation",
            options={
                "ordering": ["order", "pk"],
                "verbose_name": "place of a position",
                "verbose_name_plural": "places of positions",
            },
        ),
        migrations.AlterModelOptions(
            name="jobreminder",
            options={
                "ordering": ["-sent_at"],
                "verbose_name": "reminder of a position's end",
                "verbose_name_plural": "reminders of positions' ends",
            },
        ),
        migrations.AlterModelOptions(
            name="jobstatuschange",
            options={
                "ordering": ["-at", "-pk"],
                "verbose_name": "step of a position",
                "verbose_name_plural": "steps of positions",
            },
        ),
        migrations.AlterField(
            model_name="employer",
            name="about",
            field=models.TextField(
                blank=True, help_text="Two or three sentences, beside each position.", max_length=1500
            ),
        ),
        migrations.AlterField(
            model_name="job",
            name="public_employer_name",
            field=models.CharField(
                help_text="The employer's name as readers see it; for a confidential position a description.",
                max_length=120,
            ),
        ),
        migrations.AlterField(
            model_name="jobevent",
            name="public_employer_name",
            field=models.CharField(
                help_text="The employer's name as readers see it; for a confidential position a description.",
                max_length=120,
            ),
        ),
        migrations.AlterConstraint(
            model_name="job",
            name="careers_job_dates_pair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_at__isnull", True), ("starts_at__isnull", True)),
                    models.Q(
                        ("ends_at__gt", models.F("starts_at")), ("ends_at__isnull", False), ("starts_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="careers_job_dates_pair",
                violation_error_message="A position ends after it starts.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="job",
            name="careers_job_public_name",
            constraint=models.CheckConstraint(
                condition=models.Q(("public_employer_name", ""), _negated=True),
                name="careers_job_public_name",
                violation_error_message="A confidential position needs a description to stand in place of the name.",
            ),
        ),
        migrations.RunPython(rename_rights, migrations.RunPython.noop),
    ]
