"""The offices of practices that may get a member's receipts, and each receipt that went there."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from aapm_site.core import roles

RIGHTS = ["view_officesending"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_offers"),
        ("membership", "0035_resignations_and_pauses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail of the office")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="office", to="membership.membership"
                    ),
                ),
            ],
            options={
                "verbose_name": "address of an office",
                "verbose_name_plural": "addresses of offices",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True), name="membership_office_has_address"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="sent to")),
                ("on", models.DateField(default=django.utils.timezone.localdate, verbose_name="sent on")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="office_sendings",
                        to="membership.membership",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.payment",
                        verbose_name="receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt sent to an office",
                "verbose_name_plural": "receipts sent to offices",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("membership", "payment", "email", "on"),
                        name="membership_office_sending_once_a_day",
                        violation_error_message="This receipt has gone there today.",
                    )
                ],
            },
        ),
        migrations.RunPython(grant, take_back),
    ]
