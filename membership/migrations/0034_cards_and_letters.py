"""Cards and letters of members, each with a code by which others check it; and names in Latin letters."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import aapm_site.core.ids
import membership.check_codes
from aapm_site.core import roles

RIGHTS = ["view_memberpaper"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0033_who_writes_to_members"),
    ]

    operations = [
        migrations.CreateModel(
            name="LatinName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="latin_name",
                        to="membership.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "name in Latin letters",
                "verbose_name_plural": "names in Latin letters",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="membership_latin_name_not_empty"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("card", "Membership card"), ("letter", "Letter of good standing")], max_length=6
                    ),
                ),
                ("public_id", aapm_site.core.ids.PublicIdField()),
                (
                    "code",
                    models.CharField(
                        default=membership.check_codes.new_code, editable=False, max_length=12, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=240, verbose_name="name as printed")),
                ("full_name", models.CharField(max_length=240, verbose_name="name as we know it")),
                ("category", models.CharField(max_length=100)),
                ("member_until", models.DateField(verbose_name="member until")),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_on", models.DateField(verbose_name="the code answers until")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="membership.membership"
                    ),
                ),
            ],
            options={
                "verbose_name": "card or letter",
                "verbose_name_plural": "cards and letters",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["card", "letter"])), name="membership_paper_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("made_on"))),
                        name="membership_paper_ends_after_it_was_made",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "card"), ("replaced_at", None)),
                        fields=("membership",),
                        name="membership_paper_one_card",
                        violation_error_message="This member has a card already.",
                    ),
                ],
            },
        ),
        migrations.RunPython(grant, take_back),
    ]
