"""Look through the refunds that were there before the check, without keeping anybody from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("billing", "0007_payments_recorded_by_mistake")]

    operations = [ValidateConstraint(model_name="refund", name="billing_refund_method_known")]
