"""Whether a position of a month is still open: what a team was asked and said."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0045_changes_of_live_positions"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_at", models.DateTimeField(help_text="The approval that it is about.")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer_until", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not answered yet"),
                            ("open", "Still open"),
                            ("filled", "Filled"),
                            ("none", "Not answered, so it was paused"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_questions", to="careers.job"
                    ),
                ),
            ],
            options={
                "verbose_name": "question whether a position is open",
                "verbose_name_plural": "questions whether positions are open",
                "ordering": ["-asked_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "")), fields=["answer_until"], name="careers_question_waits"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "approved_at"), name="careers_question_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "open", "filled", "none"])),
                        name="careers_question_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="careers_question_answered_at",
                    ),
                ],
            },
        ),
    ]
