import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0033_conditions"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerPromise",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Working days, Monday to Friday, from 1 to 30. It is said beside the form, below every answer, in the receipt and on the person’s own page; a question that waits for longer is named on your front page.",
                        validators=[
                            django.core.validators.MinValueValidator(1, "Promise at least one working day."),
                            django.core.validators.MaxValueValidator(30, "Promise at most 30 working days."),
                        ],
                        verbose_name="we answer within",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise of an answer",
                "verbose_name_plural": "promise of an answer",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="content_promise_only_one"),
                    models.CheckConstraint(
                        condition=models.Q(("working_days__gte", 1), ("working_days__lte", 30)),
                        name="content_promise_of_some_days",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answerpromise",
            trigger=pgtrigger.compiler.Trigger(
                name="revised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                    hash="b02c76289b8d1034f3bcc950da891b80fc77f127",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_revised_e442e",
                    table="content_answerpromise",
                    when="AFTER",
                ),
            ),
        ),
    ]
