"""How many hours most weeks have, beside the kind of employment; and the tag by which the search finds them."""

from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

BY_NULL = import_module("careers.migrations.0029_pay_of_nothing_is_stated").BY_NULL
OPIOIDS = "'opioids:' || nullif(terms.opioid_share, '')"
HOURS = """CASE WHEN terms.hours_a_week <= 20 THEN 'hours:20' WHEN terms.hours_a_week <= 35 THEN 'hours:35'
            WHEN terms.hours_a_week <= 40 THEN 'hours:40' WHEN terms.hours_a_week > 40 THEN 'hours:more' END"""
BY_HOURS = BY_NULL.replace(OPIOIDS, f"{OPIOIDS},\n        {HOURS}", 1)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0031_profiles_for_staff"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobterms",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobterms",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobterms",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="jobterms",
            name="hours_a_week",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours a week"),
        ),
        migrations.AddField(
            model_name="jobtermsevent",
            name="hours_a_week",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours a week"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobterms",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_jobtermsevent" ("call_one_in", "h1b", "hours_a_week", "j1_waiver", "job_id", "loan_repayment", "new_graduates", "non_compete_miles", "non_compete_months", "opioid_share", "partnership_months", "pay_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedures", "start_by_on", "tail", "weekend_one_in", "wrvu_threshold") VALUES (NEW."call_one_in", NEW."h1b", NEW."hours_a_week", NEW."j1_waiver", NEW."job_id", NEW."loan_repayment", NEW."new_graduates", NEW."non_compete_miles", NEW."non_compete_months", NEW."opioid_share", NEW."partnership_months", NEW."pay_model", _pgh_attach_context(), NOW(), \'insert\', NEW."job_id", NEW."procedures", NEW."start_by_on", NEW."tail", NEW."weekend_one_in", NEW."wrvu_threshold"); RETURN NULL;',
                    hash="5c3bc6538b17567866f6e1d03bd894c5e9566032",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2f52c",
                    table="careers_jobterms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobterms",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "careers_jobtermsevent" ("call_one_in", "h1b", "hours_a_week", "j1_waiver", "job_id", "loan_repayment", "new_graduates", "non_compete_miles", "non_compete_months", "opioid_share", "partnership_months", "pay_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedures", "start_by_on", "tail", "weekend_one_in", "wrvu_threshold") VALUES (NEW."call_one_in", NEW."h1b", NEW."hours_a_week", NEW."j1_waiver", NEW."job_id", NEW."loan_repayment", NEW."new_graduates", NEW."non_compete_miles", NEW."non_compete_months", NEW."opioid_share", NEW."partnership_months", NEW."pay_model", _pgh_attach_context(), NOW(), \'update\', NEW."job_id", NEW."procedures", NEW."start_by_on", NEW."tail", NEW."weekend_one_in", NEW."wrvu_threshold"); RETURN NULL;',
                    hash="08b990543bfe5ae2c3f33e57183ebaf228f46054",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c2a40",
                    table="careers_jobterms",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="jobterms",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_jobtermsevent" ("call_one_in", "h1b", "hours_a_week", "j1_waiver", "job_id", "loan_repayment", "new_graduates", "non_compete_miles", "non_compete_months", "opioid_share", "partnership_months", "pay_model", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedures", "start_by_on", "tail", "weekend_one_in", "wrvu_threshold") VALUES (OLD."call_one_in", OLD."h1b", OLD."hours_a_week", OLD."j1_waiver", OLD."job_id", OLD."loan_repayment", OLD."new_graduates", OLD."non_compete_miles", OLD."non_compete_months", OLD."opioid_share", OLD."partnership_months", OLD."pay_model", _pgh_attach_context(), NOW(), \'delete\', OLD."job_id", OLD."procedures", OLD."start_by_on", OLD."tail", OLD."weekend_one_in", OLD."wrvu_threshold"); RETURN NULL;',
                    hash="b7e23f9ee8a7de19e036ab9b61e0f7bccf1d2a76",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3be51",
                    table="careers_jobterms",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="jobterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_a_week__isnull", True), ("hours_a_week__range", (1, 80)), _connector="OR"),
                name="careers_terms_hours",
            ),
        ),
        migrations.RunSQL(BY_HOURS, BY_NULL),
    ]
