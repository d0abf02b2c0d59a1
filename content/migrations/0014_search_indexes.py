"""Find pages by their titles, and the few for members, by an index; built while the site runs."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("content", "0013_version_permissions"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="page",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search"),
                    function="ts_filter",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="%(function)s(%(expressions)s, '{a}')",
                ),
                name="content_page_title_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="page",
            index=models.Index(django.db.models.functions.text.Lower("title"), name="content_page_title_whole"),
        ),
        AddIndexConcurrently(
            model_name="page",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="content_page_title_near", opclasses=["gin_trgm_ops"]
            ),
        ),
        AddIndexConcurrently(
            model_name="page",
            index=models.Index(
                condition=models.Q(("audience", "public"), _negated=True),
                fields=["audience"],
                name="content_page_gated",
            ),
        ),
    ]
