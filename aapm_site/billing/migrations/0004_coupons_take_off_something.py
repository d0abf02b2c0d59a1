from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_names_in_the_admin"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="coupon",
            name="billing_coupon_percent_or_amount",
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__isnull", True),
                        ("kind", "percent"),
                        ("percent__gt", 0),
                        ("percent__isnull", False),
                        ("percent__lte", 100),
                    ),
                    models.Q(
                        ("amount__gt", 0), ("amount__isnull", False), ("kind", "amount"), ("percent__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="billing_coupon_percent_or_amount",
                violation_error_message="Give a percentage from 0.01 to 100, or an amount above zero, not both.",
            ),
        ),
    ]
