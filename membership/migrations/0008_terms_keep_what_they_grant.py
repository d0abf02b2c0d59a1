import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0007_a_membership_is_a_members"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="term",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="term",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="term",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="term",
            name="grace_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=60,
                default=None,
                help_text="Days after the end in which everything stays open. Left empty, as the category says.",
                validators=[django.core.validators.MaxValueValidator(730)],
                verbose_name="days of grace",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="reads_journal",
            field=models.BooleanField(db_default=True, default=None, editable=False, verbose_name="reads the Journal"),
        ),
        migrations.AddField(
            model_name="term",
            name="source",
            field=models.CharField(
                choices=[
                    ("paid", "Paid"),
                    ("given", "Given by the office"),
                    ("imported", "Imported"),
                    ("bundle", "By an institution"),
                    ("honorary", "Honorary"),
                ],
                db_default="given",
                default="given",
                max_length=10,
                verbose_name="how it came",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="void_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="term",
            name="void_reason",
            field=models.TextField(
                blank=True, db_default="", default="", editable=False, verbose_name="why it was taken back"
            ),
        ),
        migrations.AddField(
            model_name="termevent",
            name="grace_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=60,
                default=None,
                help_text="Days after the end in which everything stays open. Left empty, as the category says.",
                validators=[django.core.validators.MaxValueValidator(730)],
                verbose_name="days of grace",
            ),
        ),
        migrations.AddField(
            model_name="termevent",
            name="reads_journal",
            field=models.BooleanField(db_default=True, default=None, editable=False, verbose_name="reads the Journal"),
        ),
        migrations.AddField(
            model_name="termevent",
            name="source",
            field=models.CharField(
                choices=[
                    ("paid", "Paid"),
                    ("given", "Given by the office"),
                    ("imported", "Imported"),
                    ("bundle", "By an institution"),
                    ("honorary", "Honorary"),
                ],
                db_default="given",
                default="given",
                max_length=10,
                verbose_name="how it came",
            ),
        ),
        migrations.AddField(
            model_name="termevent",
            name="void_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="termevent",
            name="void_reason",
            field=models.TextField(
                blank=True, db_default="", default="", editable=False, verbose_name="why it was taken back"
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="grace_days",
            field=models.PositiveSmallIntegerField(
                default=60,
                help_text="Days after a term in which everything stays open. Terms that exist keep the days they have.",
                validators=[django.core.validators.MaxValueValidator(730)],
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="reads_journal",
            field=models.BooleanField(
                default=True,
                help_text="Who joins or renews in this category reads the full text. Terms that exist keep what they have.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "membership_termevent" ("created_at", "ends_on", "grace_days", "id", "membership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reads_journal", "source", "starts_on", "void_at", "void_reason") VALUES (NEW."created_at", NEW."ends_on", NEW."grace_days", NEW."id", NEW."membership_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reads_journal", NEW."source", NEW."starts_on", NEW."void_at", NEW."void_reason"); RETURN NULL;',
                    hash="84eb16961c54a3923422ef958b8ee6df64b932ab",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_10b13",
                    table="membership_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "membership_termevent" ("created_at", "ends_on", "grace_days", "id", "membership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reads_journal", "source", "starts_on", "void_at", "void_reason") VALUES (NEW."created_at", NEW."ends_on", NEW."grace_days", NEW."id", NEW."membership_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reads_journal", NEW."source", NEW."starts_on", NEW."void_at", NEW."void_reason"); RETURN NULL;',
                    hash="a21a56c09e01c594c8229bef559897e002d6eda4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c3c52",
                    table="membership_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "membership_termevent" ("created_at", "ends_on", "grace_days", "id", "membership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reads_journal", "source", "starts_on", "void_at", "void_reason") VALUES (OLD."created_at", OLD."ends_on", OLD."grace_days", OLD."id", OLD."membership_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."reads_journal", OLD."source", OLD."starts_on", OLD."void_at", OLD."void_reason"); RETURN NULL;',
                    hash="531327a256c837d6d4c2a01c4230a72113987efb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7e3f5",
                    table="membership_term",
                    when="AFTER",
                ),
            ),
        ),
    ]
