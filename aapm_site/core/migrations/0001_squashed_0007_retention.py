"""The tables of core, the text search configuration (English stems, accents folded), trigrams, and the cache's table."""

from typing import Any

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.core.management import call_command
from django.db import migrations, models

from aapm_site.core.at_once import AtOnce

TABLE = "core_cache"


def create(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_text_search"),
        ("core", "0003_cache_table"),
        ("core", "0004_search_words"),
        ("core", "0005_limits"),
        ("core", "0006_starter_rows"),
        ("core", "0007_retention"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            sql=[
                "CREATE TEXT SEARCH CONFIGURATION site_english (COPY = english)",
                "ALTER TEXT SEARCH CONFIGURATION site_english "
                "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem",
            ],
            reverse_sql="DROP TEXT SEARCH CONFIGURATION site_english",
        ),
        AtOnce(
            [
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                    options={
                        "managed": True,
                    },
                ),
                migrations.CreateModel(
                    name="Count",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=200)),
                        ("on", models.DateField()),
                        ("times", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "key", "on"), name="core_count_once_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("work", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=200)),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "permissions": [("see_due_work", "Can see and hold what is due next")],
                        "constraints": [models.UniqueConstraint(fields=("work", "key"), name="core_hold_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=40, unique=True)),
                        ("times", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["word"], name="core_searchword_near", opclasses=["gin_trgm_ops"]
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LimitCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40)),
                        ("subject", models.CharField(max_length=64)),
                        ("times", models.PositiveIntegerField()),
                        ("ends_at", models.DateTimeField(db_index=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("name", "subject"), name="core_limitcount_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StarterRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                migrations.CreateModel(
                    name="Retention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(editable=False, max_length=40, unique=True)),
                        ("days", models.PositiveIntegerField(verbose_name="days that it is kept")),
                    ],
                    options={
                        "verbose_name": "retention period",
                        "verbose_name_plural": "retention periods",
                    },
                ),
            ]
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
