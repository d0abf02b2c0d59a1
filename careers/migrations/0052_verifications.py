"""Who verified which organization and how, links to its own domain, and careers staff who read the record."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import aapm_site.core.ids
from aapm_site.core import roles


def grant(apps, schema_editor):
    roles.grant(apps, "careers", roles.CAREERS_STAFF, ["view_employerdecision"])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0051_read_at_by_staff"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DomainProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", aapm_site.core.ids.PublicIdField()),
                ("domain", models.CharField(max_length=253)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(editable=False)),
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
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="domain_proofs", to="careers.employer"
                    ),
                ),
            ],
            options={
                "verbose_name": "link that proves a domain",
                "verbose_name_plural": "links that prove a domain",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("employer",), name="careers_domainproof_one_waits"),
                    models.CheckConstraint(
                        condition=models.Q(("domain", ""), _negated=True), name="careers_domainproof_names_domain"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proved", "Domain proved by a mailed link"),
                            ("verified", "Verified by staff"),
                            ("taken-back", "Verification taken back by staff"),
                            ("renamed", "Verification lost with the former name"),
                            ("moved", "Verification lost with the former website"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="when")),
                ("domain", models.CharField(blank=True, max_length=253, verbose_name="proved domain")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="how or why")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="careers.employer"
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on an employer",
                "verbose_name_plural": "decisions on employers",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["proved", "verified", "taken-back", "renamed", "moved"])),
                        name="careers_employerdecision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "proved"), ("domain", ""), _connector="XOR"),
                        name="careers_employerdecision_domain",
                    ),
                ],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
