"""Counts of what is limited: one row a limit and subject."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_search_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                ("times", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "subject"), name="core_limitcount_once")],
            },
        ),
    ]
