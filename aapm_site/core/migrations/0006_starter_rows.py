"""Which rows of the starter content have been loaded, and what they said."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_limits"),
    ]

    operations = [
        migrations.CreateModel(
            name="StarterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=255)),
                ("object_id", models.BigIntegerField(null=True)),
                ("shipped", models.CharField(blank=True, max_length=16)),
                ("stored", models.JSONField(default=dict)),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="core_starterrow_once")],
            },
        ),
    ]
