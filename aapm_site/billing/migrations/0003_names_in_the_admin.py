from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0002_role_permissions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="order",
            options={
                "ordering": ["-placed_at", "-pk"],
                "permissions": [
                    ("record_payment", "Can record a payment that came, or came back"),
                    ("refund_order", "Can refund money and issue credit notes"),
                    ("cancel_order", "Can cancel an order that is not paid"),
                    ("see_reports", "Can see the ledger, its reports and exports"),
                    ("member_price", "Pays the members' price"),
                ],
                "verbose_name_plural": "orders and invoices",
            },
        ),
        migrations.AlterModelOptions(
            name="providerevent",
            options={
                "ordering": ["-received_at", "-pk"],
                "verbose_name": "message of the card provider",
                "verbose_name_plural": "messages of the card provider",
            },
        ),
    ]
