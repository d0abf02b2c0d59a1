"""The last day on which people may apply, where an employer says one."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0036_applications_for_staff"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="job",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="job",
            name="update_update",
        ),
        migrations.AddField(
            model_name="job",
            name="closes_on",
            field=models.DateField(blank=True, null=True, verbose_name="last day to apply"),
        ),
        migrations.AddField(
            model_name="jobevent",
            name="closes_on",
            field=models.DateField(blank=True, null=True, verbose_name="last day to apply"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="job",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "careers_jobevent" ("apply_email", "apply_url", "approved_at", "benefits", "body", "closes_on", "confidential", "created_at", "employer_id", "employment_type", "ends_at", "featured", "id", "is_sample", "pay_currency", "pay_exemption", "pay_max", "pay_min", "pay_note", "pay_period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_text", "profession_id", "public_employer_name", "remote", "runs_days", "setting", "slug", "starts_at", "status", "submitted_at", "summary", "taken_down_at", "takes_applications", "title", "updated_at", "wished_start_on") VALUES (NEW."apply_email", NEW."apply_url", NEW."approved_at", NEW."benefits", NEW."body", NEW."closes_on", NEW."confidential", NEW."created_at", NEW."employer_id", NEW."employment_type", NEW."ends_at", NEW."featured", NEW."id", NEW."is_sample", NEW."pay_currency", NEW."pay_exemption", NEW."pay_max", NEW."pay_min", NEW."pay_note", NEW."pay_period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places_text", NEW."profession_id", NEW."public_employer_name", NEW."remote", NEW."runs_days", NEW."setting", NEW."slug", NEW."starts_at", NEW."status", NEW."submitted_at", NEW."summary", NEW."taken_down_at", NEW."takes_applications", NEW."title", NEW."updated_at", NEW."wished_start_on"); RETURN NULL;',
                    hash="89d1899c9e7a8f9aa218fd1ab6409ed233696e8a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_31fb4",
                    table="careers_job",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="job",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."apply_email" IS DISTINCT FROM (NEW."apply_email") OR OLD."apply_url" IS DISTINCT FROM (NEW."apply_url") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."benefits" IS DISTINCT FROM (NEW."benefits") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."closes_on" IS DISTINCT FROM (NEW."closes_on") OR OLD."confidential" IS DISTINCT FROM (NEW."confidential") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."employer_id" IS DISTINCT FROM (NEW."employer_id") OR OLD."employment_type" IS DISTINCT FROM (NEW."employment_type") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."featured" IS DISTINCT FROM (NEW."featured") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."pay_currency" IS DISTINCT FROM (NEW."pay_currency") OR OLD."pay_exemption" IS DISTINCT FROM (NEW."pay_exemption") OR OLD."pay_max" IS DISTINCT FROM (NEW."pay_max") OR OLD."pay_min" IS DISTINCT FROM (NEW."pay_min") OR OLD."pay_note" IS DISTINCT FROM (NEW."pay_note") OR OLD."pay_period" IS DISTINCT FROM (NEW."pay_period") OR OLD."places_text" IS DISTINCT FROM (NEW."places_text") OR OLD."profession_id" IS DISTINCT FROM (NEW."profession_id") OR OLD."public_employer_name" IS DISTINCT FROM (NEW."public_employer_name") OR OLD."remote" IS DISTINCT FROM (NEW."remote") OR OLD."runs_days" IS DISTINCT FROM (NEW."runs_days") OR OLD."setting" IS DISTINCT FROM (NEW."setting") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."taken_down_at" IS DISTINCT FROM (NEW."taken_down_at") OR OLD."takes_applications" IS DISTINCT FROM (NEW."takes_applications") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."wished_start_on" IS DISTINCT FROM (NEW."wished_start_on"))',
                    func='INSERT INTO "careers_jobevent" ("apply_email", "apply_url", "approved_at", "benefits", "body", "closes_on", "confidential", "created_at", "employer_id", "employment_type", "ends_at", "featured", "id", "is_sample", "pay_currency", "pay_exemption", "pay_max", "pay_min", "pay_note", "pay_period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places_text", "profession_id", "public_employer_name", "remote", "runs_days", "setting", "slug", "starts_at", "status", "submitted_at", "summary", "taken_down_at", "takes_applications", "title", "updated_at", "wished_start_on") VALUES (NEW."apply_email", NEW."apply_url", NEW."approved_at", NEW."benefits", NEW."body", NEW."closes_on", NEW."confidential", NEW."created_at", NEW."employer_id", NEW."employment_type", NEW."ends_at", NEW."featured", NEW."id", NEW."is_sample", NEW."pay_currency", NEW."pay_exemption", NEW."pay_max", NEW."pay_min", NEW."pay_note", NEW."pay_period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places_text", NEW."profession_id", NEW."public_employer_name", NEW."remote", NEW."runs_days", NEW."setting", NEW."slug", NEW."starts_at", NEW."status", NEW."submitted_at", NEW."summary", NEW."taken_down_at", NEW."takes_applications", NEW."title", NEW."updated_at", NEW."wished_start_on"); RETURN NULL;',
                    hash="dcf10d94e94188c01c93c5daf317523b53273cdc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b153b",
                    table="careers_job",
                    when="AFTER",
                ),
            ),
        ),
    ]
