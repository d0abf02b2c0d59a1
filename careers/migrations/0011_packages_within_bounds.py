"""A package has 1 to 100 postings in a currency that the site can print; what a ledger's line can hold grows with it.
An employer that has an account with the billing office is not deleted.
"""

import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0010_currencies_in_capitals"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="package",
            name="careers_package_sizes",
        ),
        migrations.AlterField(
            model_name="creditentry",
            name="change",
            field=models.IntegerField(),
        ),
        migrations.AlterField(
            model_name="creditentryevent",
            name="change",
            field=models.IntegerField(),
        ),
        migrations.AlterField(
            model_name="package",
            name="currency",
            field=models.CharField(
                choices=[("USD", "USD ($)"), ("EUR", "EUR (€)"), ("GBP", "GBP (£)")], default="USD", max_length=3
            ),
        ),
        migrations.AlterField(
            model_name="package",
            name="postings",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(1, "A package has at least one posting."),
                    django.core.validators.MaxValueValidator(
                        100, "A package has at most 100 postings. Who wants more buys it several times."
                    ),
                ],
            ),
        ),
        migrations.AlterField(
            model_name="packageevent",
            name="currency",
            field=models.CharField(
                choices=[("USD", "USD ($)"), ("EUR", "EUR (€)"), ("GBP", "GBP (£)")], default="USD", max_length=3
            ),
        ),
        migrations.AlterField(
            model_name="packageevent",
            name="postings",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[
                    django.core.validators.MinValueValidator(1, "A package has at least one posting."),
                    django.core.validators.MaxValueValidator(
                        100, "A package has at most 100 postings. Who wants more buys it several times."
                    ),
                ],
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employer",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_with_account",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."customer_id" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="54d7a92c45773affaa9ff31da0376e3a386e1e32",
                    operation="DELETE",
                    pgid="pgtrigger_kept_with_account_11dfb",
                    table="careers_employer",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(("postings__range", (1, 100)), ("runs_days__range", (1, 365))),
                name="careers_package_sizes",
                violation_error_message="A package has 1 to 100 postings, live for 1 to 365 days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__in", ("USD", "EUR", "GBP"))),
                name="careers_package_currency_known",
                violation_error_message="The site sells in USD, EUR, GBP. Choose one of them.",
            ),
        ),
    ]
