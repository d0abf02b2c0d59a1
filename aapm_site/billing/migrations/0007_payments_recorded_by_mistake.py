"""A payment may have been recorded by mistake. The check stands from now on; what is there is looked through in the next
step, while the site runs."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_finance_places_orders"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="refund",
            name="billing_refund_method_known",
        ),
        migrations.AlterField(
            model_name="refund",
            name="method",
            field=models.CharField(
                choices=[
                    ("card", "Back to the card"),
                    ("check", "Check"),
                    ("transfer", "Bank transfer"),
                    ("credit", "Credit to another order"),
                    ("returned", "Payment came back unpaid"),
                    ("dispute", "Taken by the cardholder's bank"),
                    ("mistake", "Recorded by mistake"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="refundevent",
            name="method",
            field=models.CharField(
                choices=[
                    ("card", "Back to the card"),
                    ("check", "Check"),
                    ("transfer", "Bank transfer"),
                    ("credit", "Credit to another order"),
                    ("returned", "Payment came back unpaid"),
                    ("dispute", "Taken by the cardholder's bank"),
                    ("mistake", "Recorded by mistake"),
                ],
                max_length=10,
            ),
        ),
        AddConstraintNotValid(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("method__in", ["card", "check", "transfer", "credit", "returned", "dispute", "mistake"])
                ),
                name="billing_refund_method_known",
            ),
        ),
    ]
