"""Administrators register the services that let members in; the membership staff see who agreed to which."""

from django.db import migrations

from aapm_site.core.roles import ADMINISTRATOR, MEMBERSHIP_STAFF, grant


def give(apps, schema_editor):
    grant(apps, "accounts", ADMINISTRATOR, ["view_service", "add_service", "change_service"])
    grant(apps, "accounts", MEMBERSHIP_STAFF, ["view_service", "view_serviceconsent"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_services_and_consents")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
