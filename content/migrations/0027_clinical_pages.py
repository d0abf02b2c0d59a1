"""Pages that explain treatment are public only with a reviewer's name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0026_announce_what_is_seen"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="clinical",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Public only with the name of the clinician who has checked it, and the day.",
                verbose_name="explains treatment",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"), ("clinical", False), ("reviewer__isnull", False), _connector="OR"
                ),
                name="content_page_clinical_is_signed",
                violation_error_message="What explains treatment is public only with its reviewer’s name.",
            ),
        ),
    ]
