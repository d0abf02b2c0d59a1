"""Letters, subscriptions, and addresses that take no mail."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import aapm_site.core.ids
import aapm_site.mail.models.subscription
from aapm_site.core.at_once import AtOnce


class Migration(migrations.Migration):
    replaces = [("mail", "0001_initial"), ("mail", "0002_why_not_sent"), ("mail", "0003_undeliverable")]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Subscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("kind", models.CharField(max_length=60)),
                        ("key", models.CharField(blank=True, max_length=60)),
                        (
                            "title",
                            models.CharField(
                                help_text="What the reader gets, in words: “News and statements”.", max_length=200
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("at-once", "At once"),
                                    ("daily", "Once a day"),
                                    ("weekly", "Once a week"),
                                    ("monthly", "Once a month"),
                                ],
                                default="at-once",
                                max_length=10,
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=aapm_site.mail.models.subscription.new_token,
                                editable=False,
                                max_length=64,
                                unique=True,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("paused_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subscriptions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "title", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("email", ""), ("user__isnull", False)),
                                    models.Q(("user__isnull", True), models.Q(("email", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="mail_subscription_user_or_email",
                                violation_error_message="A subscription belongs to a user or to an address, not to both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("frequency__in", ["at-once", "daily", "weekly", "monthly"])),
                                name="mail_subscription_frequency_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", False)),
                                fields=("user", "kind", "key"),
                                name="mail_subscription_user_once",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                models.F("kind"),
                                models.F("key"),
                                condition=models.Q(("email", ""), _negated=True),
                                name="mail_subscription_email_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutgoingEmail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("to", models.EmailField(max_length=254)),
                        ("subject", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("html", models.TextField(blank=True)),
                        ("headers", models.JSONField(blank=True, default=dict)),
                        ("reply_to", models.EmailField(blank=True, max_length=254)),
                        ("message_id", models.CharField(max_length=200, unique=True, verbose_name="Message-ID")),
                        ("kind", models.CharField(blank=True, max_length=60)),
                        ("template", models.CharField(max_length=120)),
                        ("secret", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Waiting to be sent"),
                                    ("sent", "Sent"),
                                    ("failed", "Could not be delivered"),
                                    ("suppressed", "Not sent"),
                                ],
                                default="queued",
                                max_length=12,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.TextField(blank=True, verbose_name="what the mail server said")),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("next_attempt_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="emails",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subscription",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="emails",
                                to="mail.subscription",
                            ),
                        ),
                        (
                            "why_not_sent",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("paused", "paused by the reader"),
                                    (
                                        "many",
                                        "this address, which nobody has confirmed, has had its letters of the day",
                                    ),
                                    (
                                        "unconfirmed",
                                        "the letter repeats what people typed, and nobody has confirmed this address",
                                    ),
                                    ("bounced", "mail to this address came back, or its reader complained"),
                                ],
                                max_length=12,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "ordering": ["-created_at", "-pk"],
                        "permissions": [("resend_outgoingemail", "Can send a message again")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "queued")),
                                fields=["next_attempt_at"],
                                name="mail_email_waiting",
                            ),
                            models.Index(fields=["state", "-created_at"], name="mail_email_by_state"),
                            models.Index(fields=["to"], name="mail_email_to"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["queued", "sent", "failed", "suppressed"])),
                                name="mail_email_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="mail_email_sent_has_its_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "suppressed"), ("why_not_sent", ""), _connector="XOR"),
                                name="mail_email_not_sent_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("why_not_sent", ""),
                                    ("why_not_sent__in", ["paused", "many", "unconfirmed", "bounced"]),
                                    _connector="OR",
                                ),
                                name="mail_email_why_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UndeliverableAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["refused", "report", "complaint", "staff"])),
                                name="mail_undeliverable_source_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="mail_undeliverable_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at__isnull", True), ("why_lifted", "")),
                                    models.Q(("lifted_at__isnull", False), models.Q(("why_lifted", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="mail_undeliverable_lifted_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("address",),
                                name="mail_undeliverable_once",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
