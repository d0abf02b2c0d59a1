"""Look through the postings that were there before the checks, without keeping anybody from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0005_waiting_for_a_posting"),
    ]

    operations = [
        ValidateConstraint(model_name="job", name="careers_job_status_known"),
        ValidateConstraint(model_name="job", name="careers_job_runs"),
    ]
