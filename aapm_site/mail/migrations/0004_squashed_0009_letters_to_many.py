"""Letters to many, why a letter was not sent, and who sees what became of it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from aapm_site.core import roles
from aapm_site.core.at_once import AtOnce

RIGHTS = {
    roles.CAREERS_STAFF: ["lift_undeliverableaddress", "add_undeliverableaddress", "view_undeliverableaddress"],
    roles.MEMBERSHIP_STAFF: [
        "lift_undeliverableaddress",
        "add_undeliverableaddress",
        "view_undeliverableaddress",
        "view_mailingrecipient",
    ],
}


def give(apps, schema_editor):
    for role, codenames in RIGHTS.items():
        roles.grant(apps, "mail", role, codenames)


class Migration(migrations.Migration):
    replaces = [
        ("mail", "0004_bounce_permissions"),
        ("mail", "0005_called_readers"),
        ("mail", "0006_limit_in_words"),
        ("mail", "0007_overtaken"),
        ("mail", "0008_the_reader_has_died"),
        ("mail", "0009_letters_to_many"),
    ]

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "0004_role_permissions"),
        ("mail", "0003_undeliverable"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Mailing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("key", models.CharField(blank=True, max_length=60)),
                        ("title", models.CharField(max_length=200, verbose_name="letter")),
                        ("portion", models.PositiveIntegerField(verbose_name="letters in five minutes")),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent from")),
                        ("next_at", models.DateTimeField(blank=True, null=True, verbose_name="next portion")),
                        ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="all sent")),
                    ],
                    options={
                        "ordering": ["-begun_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_at__isnull", False)),
                                fields=["kind", "next_at"],
                                name="mail_mailing_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("portion__gte", 1)), name="mail_mailing_goes_on"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stopped_at", None), ("done_at", None), _connector="OR"),
                                name="mail_mailing_one_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_at", None),
                                    models.Q(("done_at", None), ("stopped_at", None)),
                                    _connector="OR",
                                ),
                                name="mail_mailing_ended_is_not_due",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailingRecipient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Not written yet"),
                                    ("written", "Waiting to be sent"),
                                    ("sent", "Sent"),
                                    ("failed", "Came back"),
                                    ("held", "Not sent"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=12, verbose_name="why not")),
                        ("at", models.DateTimeField(null=True, verbose_name="written")),
                        (
                            "email",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="mail.outgoingemail",
                                verbose_name="message",
                            ),
                        ),
                        (
                            "mailing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recipients",
                                to="mail.mailing",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "subscription",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="mail.subscription",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reader",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recipient of a letter",
                        "verbose_name_plural": "recipients of letters",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["mailing", "id"],
                                name="mail_recipient_waiting",
                            ),
                            models.Index(fields=["mailing", "state"], name="mail_recipient_by_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("mailing", "user"), name="mail_recipient_person_once"),
                            models.UniqueConstraint(fields=("mailing", "subscription"), name="mail_recipient_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "written", "sent", "failed", "held"])),
                                name="mail_recipient_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "held"), ("why", ""), _connector="XOR"),
                                name="mail_recipient_held_for_a_reason",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RemoveConstraint(
            model_name="outgoingemail",
            name="mail_email_why_known",
        ),
        migrations.AlterField(
            model_name="outgoingemail",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="emails",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reader",
            ),
        ),
        migrations.AlterField(
            model_name="outgoingemail",
            name="why_not_sent",
            field=models.CharField(
                blank=True,
                choices=[
                    ("paused", "paused by the reader"),
                    ("many", "the daily limit for an address that nobody has confirmed"),
                    ("unconfirmed", "the letter repeats what people typed, and nobody has confirmed this address"),
                    ("deceased", "the reader has died"),
                    ("bounced", "mail to this address came back, or its reader complained"),
                    ("overtaken", "what it tells was not so any more when it was about to be sent"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("why_not_sent", ""),
                    ("why_not_sent__in", ["paused", "many", "unconfirmed", "deceased", "bounced", "overtaken"]),
                    _connector="OR",
                ),
                name="mail_email_why_known",
            ),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
