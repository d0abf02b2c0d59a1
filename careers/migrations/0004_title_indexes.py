"""Find jobs by their titles, by an index; built while the site runs."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("accounts", "0004_role_permissions"),
        ("careers", "0003_search_statistics"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="job",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search"),
                    function="ts_filter",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="%(function)s(%(expressions)s, '{a}')",
                ),
                name="careers_job_title_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="job",
            index=models.Index(django.db.models.functions.text.Lower("title"), name="careers_job_title_whole"),
        ),
        AddIndexConcurrently(
            model_name="job",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="careers_job_title_near", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
