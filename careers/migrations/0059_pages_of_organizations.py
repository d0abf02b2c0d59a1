"""Logos and former addresses of organizations. A search by a former address finds what it found before."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import aapm_site.core.ids

BY_HOURS = import_module("careers.migrations.0032_hours_a_week").BY_HOURS  # the newest form of the function
TAGS_END = "ELSE 'employer' END\n    ]"
FORMER_TAGS = """ || ARRAY(
        SELECT 'employer:' || former.slug FROM careers_employerslug AS former WHERE former.employer_id = employer.id
    )"""
assert TAGS_END in BY_HOURS  # noqa: S101 - else nothing would be replaced
WITH_FORMER = BY_HOURS.replace(TAGS_END, TAGS_END + FORMER_TAGS)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0058_addresses_shown"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmployerSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("until", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_slugs", to="careers.employer"
                    ),
                ),
            ],
            options={
                "verbose_name": "former address of an employer",
                "verbose_name_plural": "former addresses of employers",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EmployerLogo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", aapm_site.core.ids.PublicIdField()),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                (
                    "form",
                    models.CharField(
                        choices=[("png", "PNG"), ("jpg", "JPEG")],
                        editable=False,
                        help_text="For programs without WebP.",
                        max_length=4,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "employer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="logo", to="careers.employer"
                    ),
                ),
            ],
            options={
                "verbose_name": "logo of an employer",
                "verbose_name_plural": "logos of employers",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["png", "jpg"])), name="careers_logo_form_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("width__gt", 0), ("height__gt", 0)), name="careers_logo_has_size"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employerlogo",
            trigger=pgtrigger.compiler.Trigger(
                name="revised_by_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM new_rows AS changed WHERE changed.employer_id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                    hash="467d11d9d5264c5607a67eaf868e31d38433ec71",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_revised_by_insert_18b11",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="careers_employerlogo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employerlogo",
            trigger=pgtrigger.compiler.Trigger(
                name="revised_by_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM (TABLE old_rows UNION ALL TABLE new_rows) AS changed WHERE changed.employer_id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                    hash="e492206505e4509adc44a7db4f4e74aae039aa24",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_revised_by_update_36aa7",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="careers_employerlogo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="employerlogo",
            trigger=pgtrigger.compiler.Trigger(
                name="revised_by_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT FROM old_rows AS changed WHERE changed.employer_id IN (SELECT employer_id FROM careers_job WHERE status IN ('approved', 'paused', 'filled', 'withdrawn') AND starts_at IS NOT NULL)) THEN INSERT INTO core_revision DEFAULT VALUES; END IF; RETURN NULL;",
                    hash="d86b618fbaad72170a773d4bc7e7732194277445",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_revised_by_delete_dbc1a",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="careers_employerlogo",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(WITH_FORMER, BY_HOURS),
    ]
