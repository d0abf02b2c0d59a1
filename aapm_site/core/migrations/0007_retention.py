"""After how many days things are forgotten; the rows are written when the site starts, one for each rule."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_starter_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Retention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=40, unique=True)),
                ("days", models.PositiveIntegerField(verbose_name="days that it is kept")),
            ],
            options={
                "verbose_name": "retention period",
                "verbose_name_plural": "retention periods",
            },
        ),
    ]
