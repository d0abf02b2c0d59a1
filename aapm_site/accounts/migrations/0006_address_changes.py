"""New addresses that staff gave accounts: each is written down, those of staff wait for a second person."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_sealed_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_email", models.EmailField(max_length=254, verbose_name="from")),
                ("to_email", models.EmailField(max_length=254, verbose_name="to")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_agreed", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="address_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "new address",
                "verbose_name_plural": "new addresses",
                "ordering": ["-asked_at", "-pk"],
                "permissions": [("agree_addresschange", "Can agree to a new address of people who hold rights")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_agreed__isnull", True)),
                        fields=("person",),
                        name="accounts_addresschange_one_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("is_agreed__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("is_agreed__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_addresschange_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", models.F("asked_by")),
                            ("decided_by__isnull", False),
                            ("is_agreed", True),
                            _negated=True,
                        ),
                        name="accounts_addresschange_by_another",
                    ),
                ],
            },
        ),
    ]
