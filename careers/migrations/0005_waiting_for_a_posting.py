"""A posting may wait until its employer owns one for it, and be live for any number of days that is sold. Checks stand
from now on; what is there is looked through in the next step, while the site runs."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0004_title_indexes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="careers_job_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="job",
            name="careers_job_runs_known",
        ),
        migrations.AlterField(
            model_name="job",
            name="runs_days",
            field=models.PositiveSmallIntegerField(default=30, verbose_name="days live"),
        ),
        migrations.AlterField(
            model_name="job",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("awaiting_payment", "Waiting for a posting"),
                    ("in_review", "In review"),
                    ("returned", "Back to you"),
                    ("approved", "Approved"),
                    ("paused", "Paused"),
                    ("filled", "Filled"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="jobevent",
            name="runs_days",
            field=models.PositiveSmallIntegerField(default=30, verbose_name="days live"),
        ),
        migrations.AlterField(
            model_name="jobevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("awaiting_payment", "Waiting for a posting"),
                    ("in_review", "In review"),
                    ("returned", "Back to you"),
                    ("approved", "Approved"),
                    ("paused", "Paused"),
                    ("filled", "Filled"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        AddConstraintNotValid(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "awaiting_payment",
                            "in_review",
                            "returned",
                            "approved",
                            "paused",
                            "filled",
                            "withdrawn",
                        ],
                    )
                ),
                name="careers_job_status_known",
            ),
        ),
        AddConstraintNotValid(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("runs_days__range", (1, 365))), name="careers_job_runs"
            ),
        ),
    ]
