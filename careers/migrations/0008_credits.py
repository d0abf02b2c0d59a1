"""The postings that employers own, and the ledger of how they came and went."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("careers", "0007_customers_and_tax"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                ("featured", models.BooleanField(default=False)),
                ("left", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "postings left",
                "verbose_name_plural": "postings left",
                "ordering": ["featured", "runs_days"],
            },
        ),
        migrations.CreateModel(
            name="CreditBalanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                ("featured", models.BooleanField(default=False)),
                ("left", models.PositiveIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CreditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                ("featured", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bought", "Bought"),
                            ("given", "Given"),
                            ("spent", "Used"),
                            ("returned", "Came back"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("change", models.SmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "entry of postings",
                "verbose_name_plural": "postings bought and used",
                "ordering": ["-pk"],
                "permissions": [("give_credits", "Can give postings to an employer, and take them back")],
            },
        ),
        migrations.CreateModel(
            name="CreditEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("runs_days", models.PositiveSmallIntegerField(verbose_name="days live")),
                ("featured", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bought", "Bought"),
                            ("given", "Given"),
                            ("spent", "Used"),
                            ("returned", "Came back"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("change", models.SmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="creditbalance",
            name="employer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="careers.employer"
            ),
        ),
        migrations.AddField(
            model_name="creditbalanceevent",
            name="employer",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="careers.employer",
            ),
        ),
        migrations.AddField(
            model_name="creditbalanceevent",
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
            model_name="creditbalanceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="careers.creditbalance",
            ),
        ),
        migrations.AddField(
            model_name="creditentry",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="creditentry",
            name="employer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="credit_entries", to="careers.employer"
            ),
        ),
        migrations.AddField(
            model_name="creditentry",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credit_entries",
                to="careers.job",
            ),
        ),
        migrations.AddField(
            model_name="creditentry",
            name="order_line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credit_entries",
                to="billing.orderline",
            ),
        ),
        migrations.AddField(
            model_name="creditentryevent",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="creditentryevent",
            name="employer",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="careers.employer",
            ),
        ),
        migrations.AddField(
            model_name="creditentryevent",
            name="job",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="careers.job",
            ),
        ),
        migrations.AddField(
            model_name="creditentryevent",
            name="order_line",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="billing.orderline",
            ),
        ),
        migrations.AddField(
            model_name="creditentryevent",
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
            model_name="creditentryevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="careers.creditentry",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditbalance",
            constraint=models.UniqueConstraint(
                fields=("employer", "runs_days", "featured"), name="careers_balance_once_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditbalance",
            constraint=models.CheckConstraint(
                condition=models.Q(("left__gte", 0)), name="careers_balance_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditbalance",
            constraint=models.CheckConstraint(
                condition=models.Q(("runs_days__range", (1, 365))), name="careers_balance_runs"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="83c148eedff4846345d7858d6bb32f80754eef62",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_a5b52",
                    table="careers_creditbalance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_creditbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runs_days") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."runs_days"); RETURN NULL;',
                    hash="1d6eb01060c796996b0d7597dbce1132dcf7f7ef",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4c069",
                    table="careers_creditbalance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_creditbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runs_days") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."runs_days"); RETURN NULL;',
                    hash="4adb84444d44db11f47cb3a50c50cb495786b0b1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_08d14",
                    table="careers_creditbalance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_creditbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "runs_days") VALUES (OLD."employer_id", OLD."featured", OLD."id", OLD."left", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."runs_days"); RETURN NULL;',
                    hash="12232bddad74da8d4f405360be98e5b6b47cb5d9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_54095",
                    table="careers_creditbalance",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="creditentry",
            index=models.Index(fields=["employer", "-id"], name="careers_credit_history"),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bought", "given", "spent", "returned", "taken_back"])),
                name="careers_credit_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change__gte", 1), ("kind__in", ("bought", "given", "returned"))),
                    models.Q(("change__lte", -1), ("kind__in", ("spent", "taken_back"))),
                    _connector="OR",
                ),
                name="careers_credit_sign_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change__range", (-1, 1)), ("job__isnull", False), ("kind__in", ("spent", "returned"))),
                    models.Q(models.Q(("kind__in", ("spent", "returned")), _negated=True), ("job__isnull", True)),
                    _connector="OR",
                ),
                name="careers_credit_one_for_a_job",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "bought"), ("order_line__isnull", False)),
                    ("kind", "taken_back"),
                    models.Q(models.Q(("kind", "bought"), _negated=True), ("order_line__isnull", True)),
                    _connector="OR",
                ),
                name="careers_credit_bought_by_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("given", "taken_back")), _negated=True),
                    ("order_line__isnull", False),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="careers_credit_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("runs_days__range", (1, 365))), name="careers_credit_runs"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."runs_days" IS DISTINCT FROM (NEW."runs_days") OR OLD."featured" IS DISTINCT FROM (NEW."featured") OR OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."change" IS DISTINCT FROM (NEW."change") OR OLD."order_line_id" IS DISTINCT FROM (NEW."order_line_id") OR OLD."job_id" IS DISTINCT FROM (NEW."job_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d1acadef58c0c676561134dce5e7cec6aed20d65",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_a0715",
                    table="careers_creditentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="aff7f76892d48cdf29ce9227c3a4bd5d3822e9f8",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_b5474",
                    table="careers_creditentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_creditentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "job_id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "runs_days") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."job_id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."runs_days"); RETURN NULL;',
                    hash="c2572e7a181f83272180cbc1b565bc76ec52f660",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7a024",
                    table="careers_creditentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_creditentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "job_id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "runs_days") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."job_id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."runs_days"); RETURN NULL;',
                    hash="75e79f702f132c7a596ebbae1f32989b046fe7d0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8a275",
                    table="careers_creditentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="creditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_creditentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "job_id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "runs_days") VALUES (OLD."at", OLD."by_id", OLD."change", OLD."employer_id", OLD."featured", OLD."id", OLD."job_id", OLD."kind", OLD."order_line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."runs_days"); RETURN NULL;',
                    hash="202f64c80bcfca93b281fb0613c11852bf780421",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0130c",
                    table="careers_creditentry",
                    when="AFTER",
                ),
            ),
        ),
    ]
