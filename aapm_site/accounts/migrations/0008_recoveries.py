"""Recoveries of accounts: asked for, told, waited for."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_address_change_permissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountRecovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_email", models.EmailField(max_length=254, verbose_name="old address")),
                ("to_email", models.EmailField(max_length=254, verbose_name="new address")),
                ("reason", models.TextField()),
                ("evidence", models.TextField(verbose_name="what was seen")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(verbose_name="not before")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="new address confirmed")),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("open", "Waits"), ("done", "Done"), ("stopped", "Stopped")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("why_ended", models.TextField(blank=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recoveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "account recovery",
                "verbose_name_plural": "account recoveries",
                "ordering": ["-opened_at", "-pk"],
                "permissions": [
                    ("open_accountrecovery", "Can ask for the recovery of an account"),
                    ("approve_accountrecovery", "Can approve the recovery of an account"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "open")), fields=("person",), name="accounts_recovery_one_waits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["open", "done", "stopped"])),
                        name="accounts_recovery_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome", "open")),
                            models.Q(models.Q(("outcome", "open"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_recovery_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "done"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("confirmed_at__isnull", False),
                                ("ended_at__gte", models.F("due_at")),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_recovery_done_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", models.F("opened_by")), ("approved_by__isnull", False), _negated=True
                        ),
                        name="accounts_recovery_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                        ),
                        name="accounts_recovery_says_why",
                    ),
                ],
            },
        ),
    ]
