import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import membership.models.membership


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0009_what_terms_granted"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="term",
            name="membership_term_no_overlap",
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("void_at", None)),
                expressions=[
                    ("membership", "="),
                    (
                        membership.models.membership.DateRange(
                            "starts_on",
                            "ends_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                        ),
                        "&&",
                    ),
                ],
                name="membership_term_no_overlap",
                violation_error_message="These dates overlap another term of this membership.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("grace_days__range", (0, 730))),
                name="membership_term_grace_days",
                violation_error_message="Grace lasts two years at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["paid", "given", "imported", "bundle", "honorary"])),
                name="membership_term_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_at", None), ("void_reason", "")),
                    models.Q(("void_at__isnull", False), models.Q(("void_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="membership_term_void_with_reason",
            ),
        ),
    ]
