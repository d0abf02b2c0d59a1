"""Packages whose currency staff wrote in small letters: the check that comes next knows capitals only."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0009_credit_permissions"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE careers_package SET currency = upper(trim(currency)) WHERE currency <> upper(trim(currency))",
            migrations.RunSQL.noop,
        ),
    ]
