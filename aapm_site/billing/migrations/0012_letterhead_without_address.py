"""Name, address, telephone and website of the letterhead become the association's; documents keep their own copies."""

import re

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TOWN = re.compile(r"^(?P<city>[^,]+),\s*(?P<state>[A-Za-z .]{2,40}?)\s+(?P<postal_code>\d{5}(?:-\d{4})?)$")


def hand_over(apps, schema_editor):
    """What the letterhead says goes where the association's own row is still empty."""
    row = apps.get_model("core", "Association").objects.get(pk=1)
    for head in apps.get_model("billing", "Letterhead").objects.all():
        lines = [line.strip() for line in head.address.splitlines() if line.strip()]
        town = TOWN.match(lines[-1]) if lines else None
        found = {
            "name": head.name,
            "street": "\n".join(lines[:-1] if town else lines)[:240],
            "telephone": head.phone,
            "website": head.website,
            "is_sample": head.is_sample,
            **(town.groupdict() if town else {}),
        }
        for name, value in found.items():
            setattr(row, name, value or getattr(row, name))
        row.save()


def take_back(apps, schema_editor):
    """The letterhead says again who writes."""
    row = apps.get_model("core", "Association").objects.get(pk=1)
    town = ", ".join(part for part in (row.city, f"{row.state} {row.postal_code}".strip()) if part)
    apps.get_model("billing", "Letterhead").objects.update(
        name=row.name,
        address="\n".join(part for part in (row.street, town) if part),
        phone=row.telephone,
        website=row.website,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0011_kept_cards"),
        ("core", "0010_the_associations_row"),
    ]

    operations = [
        migrations.RunPython(hand_over, take_back),
        pgtrigger.migrations.RemoveTrigger(
            model_name="letterhead",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="letterhead",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="letterhead",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="letterhead",
            name="billing_letterhead_has_name",
        ),
        migrations.RemoveField(
            model_name="letterhead",
            name="address",
        ),
        migrations.RemoveField(
            model_name="letterhead",
            name="name",
        ),
        migrations.RemoveField(
            model_name="letterhead",
            name="phone",
        ),
        migrations.RemoveField(
            model_name="letterhead",
            name="website",
        ),
        migrations.RemoveField(
            model_name="letterheadevent",
            name="address",
        ),
        migrations.RemoveField(
            model_name="letterheadevent",
            name="name",
        ),
        migrations.RemoveField(
            model_name="letterheadevent",
            name="phone",
        ),
        migrations.RemoveField(
            model_name="letterheadevent",
            name="website",
        ),
        migrations.AlterField(
            model_name="letterhead",
            name="email",
            field=models.EmailField(
                blank=True,
                help_text="Empty: the e-mail address of the association.",
                max_length=254,
                verbose_name="e-mail for questions about invoices",
            ),
        ),
        migrations.AlterField(
            model_name="letterheadevent",
            name="email",
            field=models.EmailField(
                blank=True,
                help_text="Empty: the e-mail address of the association.",
                max_length=254,
                verbose_name="e-mail for questions about invoices",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterhead",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "billing_letterheadevent" ("bank", "check_to", "email", "footer", "id", "is_sample", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_id") VALUES (NEW."bank", NEW."check_to", NEW."email", NEW."footer", NEW."id", NEW."is_sample", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tax_id"); RETURN NULL;',
                    hash="93eeb9bafc441da2384ec28fc12d77041ec5b003",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_294c8",
                    table="billing_letterhead",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterhead",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "billing_letterheadevent" ("bank", "check_to", "email", "footer", "id", "is_sample", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_id") VALUES (NEW."bank", NEW."check_to", NEW."email", NEW."footer", NEW."id", NEW."is_sample", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tax_id"); RETURN NULL;',
                    hash="677dd36b99757aa7f9d093b49ff48227acff5d87",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_78f08",
                    table="billing_letterhead",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterhead",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "billing_letterheadevent" ("bank", "check_to", "email", "footer", "id", "is_sample", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_id") VALUES (OLD."bank", OLD."check_to", OLD."email", OLD."footer", OLD."id", OLD."is_sample", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tax_id"); RETURN NULL;',
                    hash="0616f11a8bb3a7b68e66f0b0773d67a273512865",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c0ef4",
                    table="billing_letterhead",
                    when="AFTER",
                ),
            ),
        ),
    ]
