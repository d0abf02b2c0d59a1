"""Addresses that get no list mail, and letters that were kept back from them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0002_why_not_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UndeliverableAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("refused", "The mail server refused the address"),
                            ("report", "A letter came back"),
                            ("complaint", "The reader complained"),
                            ("staff", "Staff were told"),
                        ],
                        max_length=12,
                        verbose_name="how it is known",
                    ),
                ),
                ("reason", models.TextField(verbose_name="what was said")),
                ("kind", models.CharField(blank=True, max_length=60, verbose_name="kind of letter")),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="mail.outgoingemail",
                        verbose_name="letter",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("why_lifted", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "undeliverable address",
                "verbose_name_plural": "undeliverable addresses",
                "ordering": ["-since", "-pk"],
                "permissions": [("lift_undeliverableaddress", "Can let list mail go to an address again")],
            },
        ),
        migrations.RemoveConstraint(
            model_name="outgoingemail",
            name="mail_email_why_known",
        ),
        migrations.AlterField(
            model_name="outgoingemail",
            name="why_not_sent",
            field=models.CharField(
                blank=True,
                choices=[
                    ("paused", "paused by the reader"),
                    ("many", "this address, which nobody has confirmed, has had its letters of the day"),
                    ("unconfirmed", "the letter repeats what people typed, and nobody has confirmed this address"),
                    ("bounced", "mail to this address came back, or its reader complained"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("why_not_sent", ""),
                    ("why_not_sent__in", ["paused", "many", "unconfirmed", "bounced"]),
                    _connector="OR",
                ),
                name="mail_email_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="undeliverableaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["refused", "report", "complaint", "staff"])),
                name="mail_undeliverable_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="undeliverableaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="mail_undeliverable_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="undeliverableaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("why_lifted", "")),
                    models.Q(("lifted_at__isnull", False), models.Q(("why_lifted", ""), _negated=True)),
                    _connector="OR",
                ),
                name="mail_undeliverable_lifted_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="undeliverableaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)), fields=("address",), name="mail_undeliverable_once"
            ),
        ),
    ]
