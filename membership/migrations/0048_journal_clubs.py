"""Journal clubs on the pages of groups."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0047_who_keeps_collections"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClubMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meets_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="time and place")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="club_meetings",
                        to="membership.article",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="club_meetings", to="membership.group"
                    ),
                ),
            ],
            options={
                "verbose_name": "journal club",
                "ordering": ["meets_on", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "article", "meets_on"), name="membership_club_meeting_once"
                    )
                ],
            },
        ),
    ]
