"""What finance may do: read everything that was booked, and press the buttons that book."""

from django.db import migrations

from aapm_site.core import roles

READ = ("order", "payment", "refund", "entry", "creditnote", "invoice", "providerevent", "dispute", "cardsession")


def grant(apps, schema_editor):
    roles.grant(
        apps,
        "billing",
        roles.FINANCE,
        [
            *(f"view_{name}" for name in READ),
            *("view_customer", "change_customer", "change_order"),
            *("view_coupon", "add_coupon", "change_coupon"),
            *("view_letterhead", "add_letterhead", "change_letterhead"),
            *("record_payment", "refund_order", "cancel_order", "see_reports"),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("accounts", "0004_role_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
