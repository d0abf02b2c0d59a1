"""The days of a position posting by posting, and an account for those that come back."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0009_a_customer_is_a_person"),
        ("careers", "0041_profile_entries"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="resumable_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="DaysBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("featured", models.BooleanField(default=False)),
                ("left", models.PositiveIntegerField(default=0)),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="day_balances", to="careers.employer"
                    ),
                ),
            ],
            options={
                "verbose_name": "days left",
                "verbose_name_plural": "days left",
                "ordering": ["featured"],
            },
        ),
        migrations.CreateModel(
            name="DaysBalanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("featured", models.BooleanField(default=False)),
                ("left", models.PositiveIntegerField(default=0)),
                (
                    "employer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="careers.employer",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="careers.daysbalance",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DaysEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("featured", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("filled", "Back from a filled position"),
                            ("withdrawn", "Back from a withdrawn position"),
                            ("closed", "Back, because a last day to apply comes first"),
                            ("given", "Given"),
                            ("restored", "Back, because the order is paid again"),
                            ("lengthened", "Used to lengthen a position"),
                            ("reopened", "Used to reopen a position"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=12,
                        verbose_name="what happened",
                    ),
                ),
                ("change", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="day_entries", to="careers.employer"
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_entries",
                        to="billing.orderline",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of days",
                "verbose_name_plural": "days that came and went",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "featured",
                    models.BooleanField(
                        default=False, help_text="As the posting was; a gift of staff does not change it."
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("days", models.PositiveSmallIntegerField(verbose_name="days of the posting")),
                ("lengthened_days", models.PositiveSmallIntegerField(default=0, verbose_name="days from the account")),
                ("paused_days", models.PositiveSmallIntegerField(default=0, verbose_name="days added for pauses")),
                (
                    "closed_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="days between an end and coming back"),
                ),
                ("returned_days", models.PositiveSmallIntegerField(default=0, verbose_name="days given back")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "credit_entry",
                    models.OneToOneField(
                        blank=True,
                        help_text="Empty where a position was approved before postings were counted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run",
                        to="careers.creditentry",
                        verbose_name="posting used",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="careers.job"
                    ),
                ),
            ],
            options={
                "verbose_name": "run of a position",
                "verbose_name_plural": "runs of positions",
                "ordering": ["first_day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DaysEntryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("featured", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("filled", "Back from a filled position"),
                            ("withdrawn", "Back from a withdrawn position"),
                            ("closed", "Back, because a last day to apply comes first"),
                            ("given", "Given"),
                            ("restored", "Back, because the order is paid again"),
                            ("lengthened", "Used to lengthen a position"),
                            ("reopened", "Used to reopen a position"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=12,
                        verbose_name="what happened",
                    ),
                ),
                ("change", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="careers.employer",
                    ),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="billing.orderline",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="careers.daysentry",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="careers.jobrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="daysentry",
            name="run",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="day_entries",
                to="careers.jobrun",
            ),
        ),
        migrations.CreateModel(
            name="JobRunEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "featured",
                    models.BooleanField(
                        default=False, help_text="As the posting was; a gift of staff does not change it."
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("days", models.PositiveSmallIntegerField(verbose_name="days of the posting")),
                ("lengthened_days", models.PositiveSmallIntegerField(default=0, verbose_name="days from the account")),
                ("paused_days", models.PositiveSmallIntegerField(default=0, verbose_name="days added for pauses")),
                (
                    "closed_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="days between an end and coming back"),
                ),
                ("returned_days", models.PositiveSmallIntegerField(default=0, verbose_name="days given back")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "credit_entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty where a position was approved before postings were counted.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="careers.creditentry",
                        verbose_name="posting used",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="careers.job",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="careers.jobrun",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="daysbalance",
            constraint=models.UniqueConstraint(fields=("employer", "featured"), name="careers_days_once_a_kind"),
        ),
        migrations.AddConstraint(
            model_name="daysbalance",
            constraint=models.CheckConstraint(condition=models.Q(("left__gte", 0)), name="careers_days_not_negative"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="3fcde10fbbc51217ddf5e00b4341d4f7a00384fa",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_65fb8",
                    table="careers_daysbalance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_daysbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="7f5b4a3e3ea1c94a14bade20447ce5cbbc5d18c7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_df841",
                    table="careers_daysbalance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_daysbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."employer_id", NEW."featured", NEW."id", NEW."left", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="55af93563df93e079f493a8b22ec0b99b20c6a74",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b8943",
                    table="careers_daysbalance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_daysbalanceevent" ("employer_id", "featured", "id", "left", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."employer_id", OLD."featured", OLD."id", OLD."left", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="08c5e2f570476a59be7975f03f37594166968b31",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_288ec",
                    table="careers_daysbalance",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="jobrun",
            index=models.Index(fields=["job", "first_day"], name="careers_run_of_job"),
        ),
        migrations.AddConstraint(
            model_name="jobrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "last_day",
                        models.ExpressionWrapper(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("first_day"), "-", models.Value(1)
                                ),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("days"), "+", models.F("lengthened_days")
                                            ),
                                            "+",
                                            models.F("paused_days"),
                                        ),
                                        "+",
                                        models.F("closed_days"),
                                    ),
                                    "-",
                                    models.F("returned_days"),
                                ),
                            ),
                            models.DateField(),
                        ),
                    )
                ),
                name="careers_run_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="jobrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "last_day__gte",
                        models.ExpressionWrapper(
                            django.db.models.expressions.CombinedExpression(
                                models.F("first_day"), "-", models.Value(1)
                            ),
                            output_field=models.DateField(),
                        ),
                    )
                ),
                name="careers_run_not_backwards",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobrun",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="e563d277453701f5270886024f0ecdce182b4f57",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_1f116",
                    table="careers_jobrun",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobrun",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_jobrunevent" ("closed_days", "created_at", "credit_entry_id", "days", "featured", "first_day", "id", "job_id", "last_day", "lengthened_days", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_days") VALUES (NEW."closed_days", NEW."created_at", NEW."credit_entry_id", NEW."days", NEW."featured", NEW."first_day", NEW."id", NEW."job_id", NEW."last_day", NEW."lengthened_days", NEW."paused_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."returned_days"); RETURN NULL;',
                    hash="b722c6940cfe95477f34706a8c41a44963b49a63",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f92cb",
                    table="careers_jobrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobrun",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_jobrunevent" ("closed_days", "created_at", "credit_entry_id", "days", "featured", "first_day", "id", "job_id", "last_day", "lengthened_days", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_days") VALUES (NEW."closed_days", NEW."created_at", NEW."credit_entry_id", NEW."days", NEW."featured", NEW."first_day", NEW."id", NEW."job_id", NEW."last_day", NEW."lengthened_days", NEW."paused_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."returned_days"); RETURN NULL;',
                    hash="b6be9ea468dfab00403efa01f94402900d65525d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0fb8c",
                    table="careers_jobrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobrun",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_jobrunevent" ("closed_days", "created_at", "credit_entry_id", "days", "featured", "first_day", "id", "job_id", "last_day", "lengthened_days", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_days") VALUES (OLD."closed_days", OLD."created_at", OLD."credit_entry_id", OLD."days", OLD."featured", OLD."first_day", OLD."id", OLD."job_id", OLD."last_day", OLD."lengthened_days", OLD."paused_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."returned_days"); RETURN NULL;',
                    hash="ef2574bae8e465c83d30033c4202e8ac027e5d61",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ad66",
                    table="careers_jobrun",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="daysentry",
            index=models.Index(fields=["employer", "-id"], name="careers_days_history"),
        ),
        migrations.AddConstraint(
            model_name="daysentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["filled", "withdrawn", "closed", "given", "restored", "lengthened", "reopened", "taken_back"],
                    )
                ),
                name="careers_days_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="daysentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change__gte", 1), ("kind__in", ("filled", "withdrawn", "closed", "given", "restored"))),
                    models.Q(("change__lte", -1), ("kind__in", ("lengthened", "reopened", "taken_back"))),
                    _connector="OR",
                ),
                name="careers_days_sign_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="daysentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("filled", "withdrawn", "closed", "lengthened", "reopened")),
                        ("run__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("kind__in", ("filled", "withdrawn", "closed", "lengthened", "reopened")), _negated=True
                        ),
                        ("run__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="careers_days_of_a_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="daysentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("given", "taken_back", "restored")), _negated=True),
                    ("order_line__isnull", False),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="careers_days_have_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysentry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."featured" IS DISTINCT FROM (NEW."featured") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."change" IS DISTINCT FROM (NEW."change") OR OLD."run_id" IS DISTINCT FROM (NEW."run_id") OR OLD."order_line_id" IS DISTINCT FROM (NEW."order_line_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d11e9a2357a27ef65eafa6739e863f9acb8f8cf8",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_19707",
                    table="careers_daysentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysentry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="23e8fe0ec90d3ccf0ab5cbdf7c3539e3b7c97eca",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_57d24",
                    table="careers_daysentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysentry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_daysentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                    hash="4d1b5f3584508d1994ac3fcca477289b9d2a2ff9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2f602",
                    table="careers_daysentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysentry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_daysentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (NEW."at", NEW."by_id", NEW."change", NEW."employer_id", NEW."featured", NEW."id", NEW."kind", NEW."order_line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."run_id"); RETURN NULL;',
                    hash="30c9338dd13e6d436a2ecbc0ead2313cba11a88a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_97a93",
                    table="careers_daysentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daysentry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_daysentryevent" ("at", "by_id", "change", "employer_id", "featured", "id", "kind", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "run_id") VALUES (OLD."at", OLD."by_id", OLD."change", OLD."employer_id", OLD."featured", OLD."id", OLD."kind", OLD."order_line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."run_id"); RETURN NULL;',
                    hash="22168865f5be063d85d1cc1d708514da22c6058f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0195e",
                    table="careers_daysentry",
                    when="AFTER",
                ),
            ),
        ),
    ]
