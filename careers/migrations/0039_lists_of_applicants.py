"""Taking applicants along in a list is noted as an opening is, and applications are kept for a year."""

from django.db import migrations, models

PARTS = [
    ("application", "Application"),
    ("cv", "CV"),
    ("listed", "Name and address, in a list for a spreadsheet"),
]


def keep_a_year(apps, schema_editor):
    """Where nobody has chosen another period than the one that was suggested."""
    apps.get_model("core", "Retention").objects.filter(name="job-applications", days=730).update(days=365)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0038_words_of_the_review"),
        ("core", "0008_retention_permission"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="applicationopening", name="careers_opening_part_known"),
        migrations.AlterField(
            model_name="applicationopening",
            name="part",
            field=models.CharField(choices=PARTS, max_length=20, verbose_name="what was opened"),
        ),
        migrations.AddConstraint(
            model_name="applicationopening",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["application", "cv", "listed"])), name="careers_opening_part_known"
            ),
        ),
        migrations.RunPython(keep_a_year, migrations.RunPython.noop),
    ]
