from django.db import migrations

from aapm_site.accounts.domain.factors import SECRETS, reseal_factors
from aapm_site.accounts.factor_secrets import unseal


def seal_all(apps, schema_editor):
    """Secrets from the time before there were keys."""
    reseal_factors(apps.get_model("mfa", "Authenticator").objects)


def open_all(apps, schema_editor):
    for factor in apps.get_model("mfa", "Authenticator").objects.select_for_update():
        factor.data |= {name: unseal(value) for name, value in factor.data.items() if name in SECRETS}
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_role_permissions"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(seal_all, open_all)]
