"""Choose a page of a list from an index alone; built while the site runs."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("content", "0024_topic_slug_unique"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="page",
            index=models.Index(
                condition=models.Q(("status__in", ("scheduled", "published"))),
                fields=["-published_at", "-id"],
                include=("kind", "status", "unpublish_at"),
                name="content_page_public_newest",
            ),
        ),
    ]
