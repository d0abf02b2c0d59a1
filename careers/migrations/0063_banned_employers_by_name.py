"""The rows are called banned employers, one by one: “1 ban list” was not English."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("careers", "0062_ban_list_for_staff")]

    operations = [
        migrations.AlterModelOptions(
            name="bannedemployer",
            options={
                "default_permissions": ("view", "add"),
                "ordering": ["-added_at", "-pk"],
                "permissions": [("lift_bannedemployer", "Can take an employer off the ban list")],
                "verbose_name": "banned employer",
                "verbose_name_plural": "banned employers",
            },
        ),
    ]
