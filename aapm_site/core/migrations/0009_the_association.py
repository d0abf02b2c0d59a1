"""Who the association is and how it is reached: one row, with its history, that nobody deletes."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import aapm_site.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_retention_permission"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssociationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, serialize=False)),
                (
                    "name",
                    models.CharField(
                        default="American Academy of Pain Medicine",
                        help_text="As it stands on invoices, certificates and letters, and at the foot of every page.",
                        max_length=160,
                    ),
                ),
                (
                    "legal_line",
                    models.CharField(
                        blank=True,
                        help_text="A sentence of law for the foot and the contact page, as in “A nonprofit corporation in Illinois.”",
                        max_length=200,
                    ),
                ),
                (
                    "street",
                    models.TextField(
                        blank=True,
                        help_text="Street and number, then suite or floor, a line each. Not the town.",
                        max_length=240,
                        validators=[aapm_site.core.models.few_street_lines],
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(blank=True, help_text="As on an envelope: IL.", max_length=40)),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="ZIP code")),
                ("telephone", models.CharField(blank=True, max_length=40)),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="For everybody, on the contact page.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="With the zone: Monday to Friday, 8:30 a.m. to 5 p.m. Central.",
                        max_length=120,
                        verbose_name="office hours",
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True, help_text="As papers print it, without https://: painmed.example.", max_length=100
                    ),
                ),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        default=1983,
                        validators=[
                            django.core.validators.MinValueValidator(1700),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "social",
                    models.TextField(
                        blank=True,
                        help_text="The association’s own accounts on LinkedIn, YouTube and so on: a whole address a line, in this order. Words before an address are what it is called.",
                        max_length=1000,
                        validators=[aapm_site.core.models.social_lines],
                        verbose_name="addresses elsewhere",
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Invented for the demonstration; pages and papers say so.",
                        verbose_name="sample",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Association",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                (
                    "name",
                    models.CharField(
                        default="American Academy of Pain Medicine",
                        help_text="As it stands on invoices, certificates and letters, and at the foot of every page.",
                        max_length=160,
                    ),
                ),
                (
                    "legal_line",
                    models.CharField(
                        blank=True,
                        help_text="A sentence of law for the foot and the contact page, as in “A nonprofit corporation in Illinois.”",
                        max_length=200,
                    ),
                ),
                (
                    "street",
                    models.TextField(
                        blank=True,
                        help_text="Street and number, then suite or floor, a line each. Not the town.",
                        max_length=240,
                        validators=[aapm_site.core.models.few_street_lines],
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80)),
                ("state", models.CharField(blank=True, help_text="As on an envelope: IL.", max_length=40)),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="ZIP code")),
                ("telephone", models.CharField(blank=True, max_length=40)),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="For everybody, on the contact page.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="With the zone: Monday to Friday, 8:30 a.m. to 5 p.m. Central.",
                        max_length=120,
                        verbose_name="office hours",
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True, help_text="As papers print it, without https://: painmed.example.", max_length=100
                    ),
                ),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        default=1983,
                        validators=[
                            django.core.validators.MinValueValidator(1700),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "social",
                    models.TextField(
                        blank=True,
                        help_text="The association’s own accounts on LinkedIn, YouTube and so on: a whole address a line, in this order. Words before an address are what it is called.",
                        max_length=1000,
                        validators=[aapm_site.core.models.social_lines],
                        verbose_name="addresses elsewhere",
                    ),
                ),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Invented for the demonstration; pages and papers say so.",
                        verbose_name="sample",
                    ),
                ),
            ],
            options={
                "verbose_name": "the association",
                "verbose_name_plural": "the association",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="core_association_only_one"),
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "\\S")), name="core_association_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("founded__gte", 1700), ("founded__lte", 2100)),
                        name="core_association_founded_in_a_year",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="revised",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="INSERT INTO core_revision DEFAULT VALUES; RETURN NULL;",
                    hash="d1e2435b10c23ca041deea197077286b5613a100",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_revised_a69e2",
                    table="core_association",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="53f236e9120bfaae8a10883a9c577a5e4482cecf",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_2ddef",
                    table="core_association",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "core_associationevent" ("city", "email", "founded", "hours", "id", "is_sample", "legal_line", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "social", "state", "street", "telephone", "website") VALUES (NEW."city", NEW."email", NEW."founded", NEW."hours", NEW."id", NEW."is_sample", NEW."legal_line", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postal_code", NEW."social", NEW."state", NEW."street", NEW."telephone", NEW."website"); RETURN NULL;',
                    hash="831739b701f266a8ccd0522d7789e1dce93f5096",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_37167",
                    table="core_association",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="association",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "core_associationevent" ("city", "email", "founded", "hours", "id", "is_sample", "legal_line", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "social", "state", "street", "telephone", "website") VALUES (NEW."city", NEW."email", NEW."founded", NEW."hours", NEW."id", NEW."is_sample", NEW."legal_line", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postal_code", NEW."social", NEW."state", NEW."street", NEW."telephone", NEW."website"); RETURN NULL;',
                    hash="c91ca93e95122e297eafc9f34010e0621ad0c87c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_74ef8",
                    table="core_association",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="associationevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="associationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="core.association",
            ),
        ),
    ]
