"""Membership staff save lists of members, export them, write to them and read reports; Finance reads reports too."""

from django.db import migrations

from aapm_site.core import roles

RIGHTS = [
    *roles.crud("memberfilter", "memberletter"),
    "view_memberexport", "export_members", "view_letterrecipient", "send_memberletter", "agree_memberletter",
    "see_member_reports",
]  # fmt: skip
OF_FINANCE = ["see_member_reports"]


def grant(apps, schema_editor):
    roles.grant(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)
    roles.grant(apps, "membership", roles.FINANCE, OF_FINANCE)


def take_back(apps, schema_editor):
    roles.withdraw(apps, "membership", roles.MEMBERSHIP_STAFF, RIGHTS)
    roles.withdraw(apps, "membership", roles.FINANCE, OF_FINANCE)


class Migration(migrations.Migration):
    dependencies = [("membership", "0032_letters_to_members")]

    operations = [migrations.RunPython(grant, take_back)]
