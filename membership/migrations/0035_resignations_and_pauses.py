"""Resignations and pauses, and who on the staff sees them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from aapm_site.core import roles

RIGHTS = ["view_pause", "view_resignation"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0034_cards_and_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("parental", "Parental leave"),
                            ("illness", "Illness, my own or in my family"),
                            ("service", "Military or humanitarian service"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, default="", max_length=1000, verbose_name="what else we should know"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("back_on", models.DateField(verbose_name="back on")),
                ("was_back_on", models.DateField(blank=True, null=True, verbose_name="was to be back on")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for")),
                ("granted_at", models.DateTimeField(blank=True, null=True, verbose_name="granted")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
                (
                    "answer",
                    models.TextField(blank=True, default="", max_length=1000, verbose_name="why it was declined"),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cut_term",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="membership.term",
                    ),
                ),
                (
                    "decided_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="membership.membership"
                    ),
                ),
                (
                    "rest_term",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="membership.term",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["parental", "illness", "service", "other"])),
                        name="membership_pause_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lt", models.F("back_on"))),
                        name="membership_pause_in_order",
                        violation_error_message="Whoever pauses is back after the first day of the pause.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("granted_at", None), ("declined_at", None), _connector="OR"),
                        name="membership_pause_one_answer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("declined_at", None), ("granted_at", None)),
                        fields=("membership",),
                        name="membership_pause_one_waits",
                        violation_error_message="A pause of this member is being decided already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Resignation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "when",
                    models.CharField(
                        choices=[("end", "At the end of what is paid"), ("now", "Today")],
                        max_length=3,
                        verbose_name="from when",
                    ),
                ),
                ("last_day", models.DateField(verbose_name="last day of membership")),
                ("reason", models.TextField(blank=True, default="", max_length=1000)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="resigned")),
                ("undo", models.JSONField(default=list, editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "asked_by",
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
                        related_name="resignations",
                        to="membership.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("when__in", ["end", "now"])), name="membership_resignation_when_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("membership", "last_day"),
                        name="membership_resignation_once",
                        violation_error_message="This resignation is recorded already.",
                    ),
                ],
            },
        ),
        migrations.RunPython(grant, take_back),
    ]
