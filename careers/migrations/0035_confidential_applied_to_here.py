"""Who withholds its name is applied to on the site alone: an address to apply at would name it."""

from email.utils import parseaddr

from django.conf import settings
from django.db import migrations, models


def apply_here(apps, schema_editor):
    """Confidential positions that stand elsewhere by an address or an e-mail take applications here from now on."""
    jobs = apps.get_model("careers", "Job").objects.filter(confidential=True)
    jobs.update(takes_applications=True, apply_url="", apply_email="")


def write_to_us(apps, schema_editor):
    """Without applications on the site people write to the staff, who know the employer."""
    jobs = apps.get_model("careers", "Job").objects.filter(takes_applications=True, apply_url="", apply_email="")
    jobs.update(apply_email=parseaddr(settings.STAFF_EMAIL)[1])


class Migration(migrations.Migration):
    dependencies = [("careers", "0034_applications")]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="careers_job_can_be_applied_to",
        ),
        migrations.RunPython(apply_here, write_to_us),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("draft", "withdrawn")),
                    ("takes_applications", True),
                    models.Q(("apply_email", ""), ("apply_url", ""), _negated=True),
                    _connector="OR",
                ),
                name="careers_job_can_be_applied_to",
                violation_error_message="Say where to apply: on this site, at an address or by e-mail.",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("draft", "withdrawn")),
                    ("confidential", False),
                    models.Q(("apply_email", ""), ("apply_url", ""), ("takes_applications", True)),
                    _connector="OR",
                ),
                name="careers_job_confidential_applied_to_here",
                violation_error_message="A confidential position takes applications on this site only.",
            ),
        ),
    ]
