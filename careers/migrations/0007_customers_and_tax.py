"""An employer's account with the billing office; the tax on a package, and the history of what it cost."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("careers", "0006_job_checks_validated"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="PackageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=80)),
                (
                    "label",
                    models.CharField(blank=True, help_text="A short word for buttons and invoices.", max_length=40),
                ),
                ("description", models.TextField(blank=True, max_length=400)),
                ("postings", models.PositiveSmallIntegerField(default=1)),
                ("runs_days", models.PositiveSmallIntegerField(default=30, verbose_name="days live")),
                ("featured", models.BooleanField(default=False)),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, validators=[django.core.validators.MinValueValidator(0)]
                    ),
                ),
                (
                    "member_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What a member pays; empty if there is no such price.",
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("currency", models.CharField(default="USD", max_length=3)),
                (
                    "tax_rate",
                    models.DecimalField(
                        db_default=Decimal("0"),
                        decimal_places=3,
                        default=Decimal("0"),
                        help_text="Added to the price when it is sold. 0 where no tax is due.",
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="tax in percent",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=100)),
                ("is_active", models.BooleanField(default=True, verbose_name="on offer")),
                (
                    "is_sample",
                    models.BooleanField(
                        default=False, help_text="The rates page says that it is a sample.", verbose_name="sample price"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="employer",
            name="customer",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="employer",
                to="billing.customer",
            ),
        ),
        migrations.AddField(
            model_name="package",
            name="tax_rate",
            field=models.DecimalField(
                db_default=Decimal("0"),
                decimal_places=3,
                default=Decimal("0"),
                help_text="Added to the price when it is sold. 0 where no tax is due.",
                max_digits=6,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)],
                verbose_name="tax in percent",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="package",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_packageevent" ("currency", "description", "featured", "id", "is_active", "is_sample", "label", "member_price", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postings", "price", "runs_days", "slug", "tax_rate") VALUES (NEW."currency", NEW."description", NEW."featured", NEW."id", NEW."is_active", NEW."is_sample", NEW."label", NEW."member_price", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postings", NEW."price", NEW."runs_days", NEW."slug", NEW."tax_rate"); RETURN NULL;',
                    hash="4c40eee85d82cbaeb0b99eaa5c3263be1162756c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6cb84",
                    table="careers_package",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="package",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_packageevent" ("currency", "description", "featured", "id", "is_active", "is_sample", "label", "member_price", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postings", "price", "runs_days", "slug", "tax_rate") VALUES (NEW."currency", NEW."description", NEW."featured", NEW."id", NEW."is_active", NEW."is_sample", NEW."label", NEW."member_price", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postings", NEW."price", NEW."runs_days", NEW."slug", NEW."tax_rate"); RETURN NULL;',
                    hash="4c816e785e36f283d156f7693ad39d0a0b8ba7b0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ad56b",
                    table="careers_package",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="package",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_packageevent" ("currency", "description", "featured", "id", "is_active", "is_sample", "label", "member_price", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postings", "price", "runs_days", "slug", "tax_rate") VALUES (OLD."currency", OLD."description", OLD."featured", OLD."id", OLD."is_active", OLD."is_sample", OLD."label", OLD."member_price", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postings", OLD."price", OLD."runs_days", OLD."slug", OLD."tax_rate"); RETURN NULL;',
                    hash="28454202b838d19535ccb37ebcfcaa9c0ac235fb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_96e82",
                    table="careers_package",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(("tax_rate__range", (0, 100))),
                name="careers_package_tax_rate",
                violation_error_message="Tax is between 0 and 100 percent.",
            ),
        ),
        migrations.AddField(
            model_name="packageevent",
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
            model_name="packageevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="careers.package",
            ),
        ),
    ]
