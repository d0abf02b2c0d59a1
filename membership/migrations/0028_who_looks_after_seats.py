"""Membership staff make institutions with seats, price the seats and ask who looks after them; finance sees them."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = ["view_bundle", "add_bundle", "change_bundle"] + [
    *("view_bundleperiod", "view_bundleseat", "view_bundleadministrator", "delete_bundleadministrator"),
    *("view_seatprice", "add_seatprice", "change_seatprice", "delete_seatprice"),
]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)
    roles.grant(apps, "membership", roles.FINANCE, ["view_bundle"])


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)
    roles.withdraw(apps, "membership", roles.FINANCE, ["view_bundle"])


class Migration(migrations.Migration):
    dependencies = [("membership", "0027_institutions_with_seats")]

    operations = [migrations.RunPython(grant, take_back)]
