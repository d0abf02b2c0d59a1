"""Since when the worker is asked to check a long list of members."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0016_advance_articles")]

    operations = [
        migrations.AddField(
            model_name="memberimport",
            name="check_asked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
