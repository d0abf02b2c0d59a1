"""Find articles by titles with slips in them, by an index; built while the site runs."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("membership", "0003_role_permissions"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="membership_article_title_near", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
