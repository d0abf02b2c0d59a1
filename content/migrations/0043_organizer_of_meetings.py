"""An empty organizer is the association itself, whose name is a row that staff edit."""

from typing import Any

from django.db import migrations, models

AS_IT_WAS = "American Academy of Pain Medicine"


def empty_ours(apps: Any, schema_editor: Any) -> None:
    apps.get_model("content", "Meeting").objects.filter(organizer=AS_IT_WAS).update(organizer="")


def name_ours(apps: Any, schema_editor: Any) -> None:
    apps.get_model("content", "Meeting").objects.filter(organizer="").update(organizer=AS_IT_WAS)


class Migration(migrations.Migration):
    """Only words of rows change."""

    dependencies = [("content", "0042_newsletter_permissions")]

    operations = [
        migrations.AlterField(
            "meeting",
            "organizer",
            models.CharField(blank=True, help_text="Empty for the Academy itself.", max_length=140),
        ),
        migrations.RunPython(empty_ours, name_ours),
    ]
