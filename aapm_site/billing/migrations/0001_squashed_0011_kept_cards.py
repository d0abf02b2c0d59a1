"""Orders, invoices, payments and the books; and what finance may do."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import aapm_site.core.ids
from aapm_site.core import roles
from aapm_site.core.at_once import AtOnce

RIGHTS = {
    roles.FINANCE: [
        "view_creditnote",
        "change_customer",
        "view_customer",
        "view_dispute",
        "view_entry",
        "view_invoice",
        "add_letterhead",
        "change_letterhead",
        "view_letterhead",
        "change_order",
        "view_order",
        "record_payment",
        "refund_order",
        "cancel_order",
        "see_reports",
        "view_payment",
        "view_providerevent",
        "view_refund",
        "view_cardsession",
        "add_coupon",
        "change_coupon",
        "view_coupon",
        "add_order",
    ],
}


def give(apps, schema_editor):
    for role, codenames in RIGHTS.items():
        roles.grant(apps, "billing", role, codenames)


class Migration(migrations.Migration):
    replaces = [
        ("billing", "0001_initial"),
        ("billing", "0002_role_permissions"),
        ("billing", "0003_names_in_the_admin"),
        ("billing", "0004_coupons_take_off_something"),
        ("billing", "0005_card_pages_keep_their_question"),
        ("billing", "0006_finance_places_orders"),
        ("billing", "0007_payments_recorded_by_mistake"),
        ("billing", "0008_refund_method_validated"),
        ("billing", "0009_a_customer_is_a_person"),
        ("billing", "0010_offers"),
        ("billing", "0011_kept_cards"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "0004_role_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="CardSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                default=aapm_site.core.ids.public_id, editable=False, max_length=40, unique=True
                            ),
                        ),
                        ("session_id", models.CharField(editable=False, max_length=120, null=True, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opening", "Being opened"),
                                    ("open", "Open"),
                                    ("pending", "The bank is at work"),
                                    ("paid", "Paid"),
                                    ("ended", "Ended without payment"),
                                ],
                                default="opening",
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("url", models.URLField(blank=True, editable=False, max_length=2000)),
                        (
                            "payment_reference",
                            models.CharField(blank=True, db_index=True, editable=False, max_length=100),
                        ),
                        ("expires_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="card_sessions",
                                to="billing.order",
                            ),
                        ),
                        ("payer_email", models.EmailField(blank=True, editable=False, max_length=254)),
                        ("trouble", models.CharField(blank=True, editable=False, max_length=300)),
                    ],
                    options={
                        "ordering": ["-opened_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("opening", "open", "pending"))),
                                fields=["opened_at"],
                                name="billing_card_unfinished",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["opening", "open", "pending", "paid", "ended"])),
                                name="billing_card_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="billing_card_amount_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("series", models.CharField(max_length=20, unique=True)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["series"],
                    },
                ),
                migrations.CreateModel(
                    name="CounterEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("series", models.CharField(max_length=20)),
                        ("last", models.PositiveIntegerField(default=0)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.counter",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Coupon",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="What the customer types. Small and capital letters are the same.",
                                max_length=40,
                            ),
                        ),
                        ("note", models.CharField(blank=True, help_text="For staff: whom it is for.", max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("percent", "Percent"), ("amount", "Amount")], default="percent", max_length=10
                            ),
                        ),
                        ("percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "skus",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                help_text="What it is good for; none chosen means everything.",
                                size=None,
                                verbose_name="products",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "most_uses",
                            models.PositiveIntegerField(
                                blank=True, help_text="Empty: no limit.", null=True, verbose_name="uses in all"
                            ),
                        ),
                        (
                            "most_per_customer",
                            models.PositiveIntegerField(
                                blank=True,
                                default=1,
                                help_text="Empty: no limit.",
                                null=True,
                                verbose_name="uses by one customer",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="can be used")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Upper("code"),
                                name="billing_coupon_code_once",
                                violation_error_message="This code exists already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["percent", "amount"])),
                                name="billing_coupon_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                                name="billing_coupon_amount_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__isnull", True),
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="billing_coupon_dates_in_order",
                                violation_error_message="The last day may not come before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), _negated=True), name="billing_coupon_has_code"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("amount__isnull", True),
                                        ("kind", "percent"),
                                        ("percent__gt", 0),
                                        ("percent__isnull", False),
                                        ("percent__lte", 100),
                                    ),
                                    models.Q(
                                        ("amount__gt", 0),
                                        ("amount__isnull", False),
                                        ("kind", "amount"),
                                        ("percent__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="billing_coupon_percent_or_amount",
                                violation_error_message="Give a percentage from 0.01 to 100, or an amount above zero, not both.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CouponEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "code",
                            models.CharField(
                                help_text="What the customer types. Small and capital letters are the same.",
                                max_length=40,
                            ),
                        ),
                        ("note", models.CharField(blank=True, help_text="For staff: whom it is for.", max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("percent", "Percent"), ("amount", "Amount")], default="percent", max_length=10
                            ),
                        ),
                        ("percent", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=10,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "skus",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                help_text="What it is good for; none chosen means everything.",
                                size=None,
                                verbose_name="products",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "most_uses",
                            models.PositiveIntegerField(
                                blank=True, help_text="Empty: no limit.", null=True, verbose_name="uses in all"
                            ),
                        ),
                        (
                            "most_per_customer",
                            models.PositiveIntegerField(
                                blank=True,
                                default=1,
                                help_text="Empty: no limit.",
                                null=True,
                                verbose_name="uses by one customer",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="can be used")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="sample")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.coupon",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CreditNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("number", models.CharField(editable=False, max_length=24, unique=True)),
                        ("issued_on", models.DateField()),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("letterhead", models.JSONField(default=dict, editable=False)),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credit_notes",
                                to="billing.invoice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["issued_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("net__gte", 0), ("tax__gte", 0), ("total__gte", 0)),
                                name="billing_credit_note_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "total",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("net"), "+", models.F("tax")
                                        ),
                                    )
                                ),
                                name="billing_credit_note_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="billing_credit_note_has_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditNoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("issued_on", models.DateField()),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("letterhead", models.JSONField(default=dict, editable=False)),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.invoice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CreditNoteLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("quantity", models.PositiveSmallIntegerField()),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "credit_note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credited",
                                to="billing.orderline",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("net__gte", 0), ("tax__gte", 0)),
                                name="billing_credit_line_not_negative",
                            ),
                            models.UniqueConstraint(
                                fields=("credit_note", "order_line"), name="billing_credit_line_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CreditNoteLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("quantity", models.PositiveSmallIntegerField()),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "credit_note",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.creditnoteline",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.orderline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Customer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("bill_attention", models.CharField(blank=True, max_length=120, verbose_name="attention of")),
                        ("bill_region", models.CharField(blank=True, max_length=60, verbose_name="state or region")),
                        (
                            "bill_postal_code",
                            models.CharField(blank=True, max_length=20, verbose_name="ZIP or postal code"),
                        ),
                        (
                            "bill_country",
                            models.CharField(default="United States", max_length=60, verbose_name="country"),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "name",
                            models.CharField(help_text="As the staff's lists and statements show it.", max_length=160),
                        ),
                        ("bill_name", models.CharField(blank=True, max_length=160, verbose_name="name on the invoice")),
                        ("bill_street", models.CharField(blank=True, max_length=200, verbose_name="street")),
                        ("bill_city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                        (
                            "bill_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail for invoices"),
                        ),
                        (
                            "net_days",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="How many days after its date an invoice is due. 0: on receipt. Give 30 to those you trust.",
                                verbose_name="days to pay",
                            ),
                        ),
                        (
                            "tax_exempt_number",
                            models.CharField(
                                blank=True,
                                help_text="With a number here, no tax is charged.",
                                max_length=60,
                                verbose_name="tax exemption certificate",
                            ),
                        ),
                        ("note", models.TextField(blank=True, help_text="For staff only.", max_length=1000)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="customer",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="billing_customer_has_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("net_days__range", (0, 120))),
                                name="billing_customer_net_days",
                                violation_error_message="Give between 0 and 120 days.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CustomerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("bill_attention", models.CharField(blank=True, max_length=120, verbose_name="attention of")),
                        ("bill_region", models.CharField(blank=True, max_length=60, verbose_name="state or region")),
                        (
                            "bill_postal_code",
                            models.CharField(blank=True, max_length=20, verbose_name="ZIP or postal code"),
                        ),
                        (
                            "bill_country",
                            models.CharField(default="United States", max_length=60, verbose_name="country"),
                        ),
                        (
                            "name",
                            models.CharField(help_text="As the staff's lists and statements show it.", max_length=160),
                        ),
                        ("bill_name", models.CharField(blank=True, max_length=160, verbose_name="name on the invoice")),
                        ("bill_street", models.CharField(blank=True, max_length=200, verbose_name="street")),
                        ("bill_city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                        (
                            "bill_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail for invoices"),
                        ),
                        (
                            "net_days",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="How many days after its date an invoice is due. 0: on receipt. Give 30 to those you trust.",
                                verbose_name="days to pay",
                            ),
                        ),
                        (
                            "tax_exempt_number",
                            models.CharField(
                                blank=True,
                                help_text="With a number here, no tax is charged.",
                                max_length=60,
                                verbose_name="tax exemption certificate",
                            ),
                        ),
                        ("note", models.TextField(blank=True, help_text="For staff only.", max_length=1000)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("provider_reference", models.CharField(max_length=100, unique=True)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("reason", models.CharField(blank=True, max_length=100)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="billing.payment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "won", "lost"])),
                                name="billing_dispute_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="billing_dispute_amount_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisputeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("provider_reference", models.CharField(max_length=100)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("reason", models.CharField(blank=True, max_length=100)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.dispute",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.payment",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(editable=False, max_length=60, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("invoice", "Invoice"),
                                    ("credit_note", "Credit note"),
                                    ("payment", "Payment"),
                                    ("refund", "Refund"),
                                    ("refund_failed", "Refund that failed"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("method", models.CharField(blank=True, max_length=10)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "booked_on",
                            models.DateField(help_text="The day that it belongs to, in the association's zone."),
                        ),
                        ("booked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "credit_note",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.invoice",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="billing.order"
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.payment",
                            ),
                        ),
                        (
                            "refund",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.refund",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ledger entry",
                        "verbose_name_plural": "ledger",
                        "ordering": ["booked_on", "pk"],
                        "indexes": [
                            models.Index(fields=["booked_on", "id"], name="billing_entry_day"),
                            models.Index(fields=["customer", "booked_on", "id"], name="billing_entry_customer"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["invoice", "credit_note", "payment", "refund", "refund_failed"])
                                ),
                                name="billing_entry_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0), ("tax__gte", 0)),
                                name="billing_entry_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("invoice__isnull", False), ("kind", "invoice")),
                                    models.Q(("credit_note__isnull", False), ("kind", "credit_note")),
                                    models.Q(("kind", "payment"), ("payment__isnull", False)),
                                    models.Q(("kind__in", ("refund", "refund_failed")), ("refund__isnull", False)),
                                    _connector="OR",
                                ),
                                name="billing_entry_has_its_paper",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("invoice", "Invoice"),
                                    ("credit_note", "Credit note"),
                                    ("payment", "Payment"),
                                    ("refund", "Refund"),
                                    ("refund_failed", "Refund that failed"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("method", models.CharField(blank=True, max_length=10)),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "booked_on",
                            models.DateField(help_text="The day that it belongs to, in the association's zone."),
                        ),
                        ("booked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "credit_note",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.entry",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.invoice",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.order",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.payment",
                            ),
                        ),
                        (
                            "refund",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.refund",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("bill_name", models.CharField(max_length=160, verbose_name="name on the invoice")),
                        ("bill_attention", models.CharField(blank=True, max_length=120, verbose_name="attention of")),
                        ("bill_street", models.CharField(max_length=200, verbose_name="street")),
                        ("bill_city", models.CharField(max_length=100, verbose_name="city")),
                        ("bill_region", models.CharField(blank=True, max_length=60, verbose_name="state or region")),
                        (
                            "bill_postal_code",
                            models.CharField(blank=True, max_length=20, verbose_name="ZIP or postal code"),
                        ),
                        (
                            "bill_country",
                            models.CharField(default="United States", max_length=60, verbose_name="country"),
                        ),
                        ("bill_email", models.EmailField(max_length=254, verbose_name="e-mail for invoices")),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("number", models.CharField(editable=False, max_length=24, unique=True)),
                        ("issued_on", models.DateField()),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("letterhead", models.JSONField(default=dict, editable=False)),
                        ("due_on", models.DateField()),
                        ("po_number", models.CharField(blank=True, max_length=60, verbose_name="purchase order")),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="invoice", to="billing.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-issued_at", "-pk"],
                        "indexes": [models.Index(fields=["due_on"], name="billing_invoice_due")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("net__gte", 0), ("tax__gte", 0), ("total__gte", 0)),
                                name="billing_invoice_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "total",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("net"), "+", models.F("tax")
                                        ),
                                    )
                                ),
                                name="billing_invoice_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("issued_on"))),
                                name="billing_invoice_due_not_before_issue",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("bill_name", models.CharField(max_length=160, verbose_name="name on the invoice")),
                        ("bill_attention", models.CharField(blank=True, max_length=120, verbose_name="attention of")),
                        ("bill_street", models.CharField(max_length=200, verbose_name="street")),
                        ("bill_city", models.CharField(max_length=100, verbose_name="city")),
                        ("bill_region", models.CharField(blank=True, max_length=60, verbose_name="state or region")),
                        (
                            "bill_postal_code",
                            models.CharField(blank=True, max_length=20, verbose_name="ZIP or postal code"),
                        ),
                        (
                            "bill_country",
                            models.CharField(default="United States", max_length=60, verbose_name="country"),
                        ),
                        ("bill_email", models.EmailField(max_length=254, verbose_name="e-mail for invoices")),
                        ("issued_on", models.DateField()),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("letterhead", models.JSONField(default=dict, editable=False)),
                        ("due_on", models.DateField()),
                        ("po_number", models.CharField(blank=True, max_length=60, verbose_name="purchase order")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.invoice",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.order",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField()),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="billing.invoice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-sent_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "days"), name="billing_reminder_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letterhead",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("name", models.CharField(default="American Academy of Pain Medicine", max_length=160)),
                        (
                            "address",
                            models.TextField(
                                blank=True,
                                help_text="Street, then city, state and ZIP code: a line each.",
                                max_length=400,
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail for questions about invoices"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("website", models.CharField(blank=True, max_length=100)),
                        (
                            "tax_id",
                            models.CharField(blank=True, max_length=40, verbose_name="tax identification number"),
                        ),
                        (
                            "check_to",
                            models.TextField(
                                blank=True,
                                help_text="To whom checks are made out and where they are sent: a line each.",
                                max_length=400,
                                verbose_name="checks",
                            ),
                        ),
                        (
                            "bank",
                            models.TextField(
                                blank=True,
                                help_text="Bank, routing and account number: a line each.",
                                max_length=400,
                                verbose_name="bank transfer",
                            ),
                        ),
                        (
                            "footer",
                            models.CharField(blank=True, help_text="A last sentence, such as thanks.", max_length=200),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False,
                                help_text="Invented for the demonstration; every document says so.",
                                verbose_name="sample",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "letterhead",
                        "verbose_name_plural": "letterhead",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="billing_letterhead_only_one"),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="billing_letterhead_has_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterheadEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.PositiveSmallIntegerField(default=1, editable=False, serialize=False)),
                        ("name", models.CharField(default="American Academy of Pain Medicine", max_length=160)),
                        (
                            "address",
                            models.TextField(
                                blank=True,
                                help_text="Street, then city, state and ZIP code: a line each.",
                                max_length=400,
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail for questions about invoices"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("website", models.CharField(blank=True, max_length=100)),
                        (
                            "tax_id",
                            models.CharField(blank=True, max_length=40, verbose_name="tax identification number"),
                        ),
                        (
                            "check_to",
                            models.TextField(
                                blank=True,
                                help_text="To whom checks are made out and where they are sent: a line each.",
                                max_length=400,
                                verbose_name="checks",
                            ),
                        ),
                        (
                            "bank",
                            models.TextField(
                                blank=True,
                                help_text="Bank, routing and account number: a line each.",
                                max_length=400,
                                verbose_name="bank transfer",
                            ),
                        ),
                        (
                            "footer",
                            models.CharField(blank=True, help_text="A last sentence, such as thanks.", max_length=200),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                default=False,
                                help_text="Invented for the demonstration; every document says so.",
                                verbose_name="sample",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.letterhead",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        ("pay_token", aapm_site.core.ids.PublicIdField()),
                        ("checkout_key", models.CharField(editable=False, max_length=40)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("offered", "On offer"),
                                    ("awaiting_payment", "Waiting for payment"),
                                    ("paid", "Paid"),
                                    ("cancelled", "Cancelled"),
                                    ("reversed", "Taken back"),
                                    ("ended", "Offer ended"),
                                ],
                                default="awaiting_payment",
                                max_length=20,
                            ),
                        ),
                        (
                            "pay_by",
                            models.CharField(
                                choices=[
                                    ("invoice", "By invoice: check or bank transfer"),
                                    ("card", "By card, now"),
                                    ("free", "Nothing to pay"),
                                ],
                                max_length=10,
                                verbose_name="to be paid",
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="note for staff")),
                        ("placed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("paid_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "coupon",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="billing.coupon",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "placed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("offered_until", models.DateField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "ordering": ["-placed_at", "-pk"],
                        "permissions": [
                            ("record_payment", "Can record a payment that came, or came back"),
                            ("refund_order", "Can refund money and issue credit notes"),
                            ("cancel_order", "Can cancel an order that is not paid"),
                            ("see_reports", "Can see the ledger, its reports and exports"),
                            ("member_price", "Pays the members' price"),
                        ],
                        "indexes": [
                            models.Index(fields=["customer", "-placed_at", "-id"], name="billing_order_customer"),
                            models.Index(
                                condition=models.Q(("status", "awaiting_payment")),
                                fields=["placed_at"],
                                name="billing_order_unpaid",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("offered_until__isnull", False), ("status__in", ("offered", "awaiting_payment"))
                                ),
                                fields=["offered_until"],
                                name="billing_order_offered",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("customer", "checkout_key"), name="billing_order_once_a_checkout"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pay_by__in", ["invoice", "card", "free"])),
                                name="billing_order_pay_by_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "paid"), _negated=True),
                                    ("paid_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="billing_order_paid_has_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["offered", "awaiting_payment", "paid", "cancelled", "reversed", "ended"],
                                    )
                                ),
                                name="billing_order_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("cancelled", "reversed", "ended")), _negated=True),
                                    ("closed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="billing_order_closed_has_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("offered", "ended")), _negated=True),
                                    ("offered_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="billing_order_offer_has_date",
                            ),
                        ],
                        "verbose_name_plural": "orders and invoices",
                    },
                ),
                migrations.CreateModel(
                    name="OrderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("checkout_key", models.CharField(editable=False, max_length=40)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("offered", "On offer"),
                                    ("awaiting_payment", "Waiting for payment"),
                                    ("paid", "Paid"),
                                    ("cancelled", "Cancelled"),
                                    ("reversed", "Taken back"),
                                    ("ended", "Offer ended"),
                                ],
                                default="awaiting_payment",
                                max_length=20,
                            ),
                        ),
                        (
                            "pay_by",
                            models.CharField(
                                choices=[
                                    ("invoice", "By invoice: check or bank transfer"),
                                    ("card", "By card, now"),
                                    ("free", "Nothing to pay"),
                                ],
                                max_length=10,
                                verbose_name="to be paid",
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="note for staff")),
                        ("placed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("paid_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "coupon",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.coupon",
                            ),
                        ),
                        (
                            "customer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.customer",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.order",
                            ),
                        ),
                        (
                            "placed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("offered_until", models.DateField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrderLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sku", models.CharField(db_index=True, max_length=100)),
                        ("title", models.CharField(max_length=200)),
                        ("details", models.JSONField(default=dict)),
                        ("quantity", models.PositiveSmallIntegerField()),
                        (
                            "unit_price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "discount",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax_rate",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=6, verbose_name="tax in percent"
                            ),
                        ),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="billing.order"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 1)), name="billing_line_has_quantity"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("discount__gte", 0),
                                    ("net__gte", 0),
                                    ("tax__gte", 0),
                                    ("tax_rate__gte", 0),
                                    ("unit_price__gte", 0),
                                ),
                                name="billing_line_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "net",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("unit_price"), "*", models.F("quantity")
                                            ),
                                            "-",
                                            models.F("discount"),
                                        ),
                                    )
                                ),
                                name="billing_line_adds_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderLineEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("sku", models.CharField(max_length=100)),
                        ("title", models.CharField(max_length=200)),
                        ("details", models.JSONField(default=dict)),
                        ("quantity", models.PositiveSmallIntegerField()),
                        (
                            "unit_price",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        (
                            "discount",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax_rate",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=6, verbose_name="tax in percent"
                            ),
                        ),
                        (
                            "net",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "tax",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.order",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.orderline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrderStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="billing.order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of an order",
                        "verbose_name_plural": "steps of orders",
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "number",
                            models.CharField(editable=False, max_length=24, unique=True, verbose_name="receipt"),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("check", "Check"),
                                    ("transfer", "Bank transfer"),
                                    ("card", "Card"),
                                    ("credit", "Credit from another order"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("received_on", models.DateField()),
                        (
                            "reference",
                            models.CharField(
                                blank=True,
                                help_text="The check's number, or what the bank statement says.",
                                max_length=100,
                            ),
                        ),
                        ("provider_reference", models.CharField(blank=True, editable=False, max_length=100)),
                        ("letterhead", models.JSONField(default=dict, editable=False)),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="billing.order"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("method__in", ["check", "transfer", "card", "credit"])),
                                name="billing_payment_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0), ("amount__gt", 0)),
                                name="billing_payment_above_zero",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("provider_reference", ""), _negated=True),
                                fields=("provider_reference",),
                                name="billing_payment_once_a_reference",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("check", "Check"),
                                    ("transfer", "Bank transfer"),
                                    ("card", "Card"),
                                    ("credit", "Credit from another order"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("received_on", models.DateField()),
                        (
                            "reference",
                            models.CharField(
                                blank=True,
                                help_text="The check's number, or what the bank statement says.",
                                max_length=100,
                            ),
                        ),
                        ("provider_reference", models.CharField(blank=True, editable=False, max_length=100)),
                        ("letterhead", models.JSONField(default=dict, editable=False)),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        (
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.order",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.payment",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProviderEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event_id", models.CharField(max_length=120, unique=True)),
                        ("type", models.CharField(max_length=80)),
                        ("payment_reference", models.CharField(blank=True, db_index=True, max_length=100)),
                        ("payload", models.JSONField()),
                        ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("handled_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=300)),
                        ("needs_a_look", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["-received_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("event_id", ""), _negated=True), name="billing_event_has_id"
                            )
                        ],
                        "verbose_name": "message of the card provider",
                        "verbose_name_plural": "messages of the card provider",
                    },
                ),
                migrations.CreateModel(
                    name="Refund",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("card", "Back to the card"),
                                    ("check", "Check"),
                                    ("transfer", "Bank transfer"),
                                    ("credit", "Credit to another order"),
                                    ("returned", "Payment came back unpaid"),
                                    ("dispute", "Taken by the cardholder's bank"),
                                    ("mistake", "Recorded by mistake"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("requested", "On its way"), ("done", "Done"), ("failed", "Failed")],
                                default="requested",
                                max_length=20,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("refunded_on", models.DateField(blank=True, null=True)),
                        ("reference", models.CharField(blank=True, max_length=100)),
                        ("provider_reference", models.CharField(blank=True, editable=False, max_length=100)),
                        ("attempt", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("reason", models.CharField(max_length=500)),
                        ("failure", models.CharField(blank=True, editable=False, max_length=300)),
                        ("requested_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "credit_note",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refunds",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refunds",
                                to="billing.payment",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["requested_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["requested", "done", "failed"])),
                                name="billing_refund_status_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0), ("amount__gt", 0)),
                                name="billing_refund_above_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "done"), _negated=True),
                                    models.Q(("done_at__isnull", False), ("refunded_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="billing_refund_done_has_date",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("provider_reference", ""), _negated=True),
                                fields=("provider_reference",),
                                name="billing_refund_once_a_reference",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "method__in",
                                        ["card", "check", "transfer", "credit", "returned", "dispute", "mistake"],
                                    )
                                ),
                                name="billing_refund_method_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RefundEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("card", "Back to the card"),
                                    ("check", "Check"),
                                    ("transfer", "Bank transfer"),
                                    ("credit", "Credit to another order"),
                                    ("returned", "Payment came back unpaid"),
                                    ("dispute", "Taken by the cardholder's bank"),
                                    ("mistake", "Recorded by mistake"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("requested", "On its way"), ("done", "Done"), ("failed", "Failed")],
                                default="requested",
                                max_length=20,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("refunded_on", models.DateField(blank=True, null=True)),
                        ("reference", models.CharField(blank=True, max_length=100)),
                        ("provider_reference", models.CharField(blank=True, editable=False, max_length=100)),
                        ("attempt", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("reason", models.CharField(max_length=500)),
                        ("failure", models.CharField(blank=True, editable=False, max_length=300)),
                        ("requested_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "credit_note",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.creditnote",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.payment",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.refund",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RefundStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_status", models.CharField(max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subject",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="billing.refund",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a refund",
                        "verbose_name_plural": "steps of refunds",
                        "ordering": ["-at", "-pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CardSessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opening", "Being opened"),
                                    ("open", "Open"),
                                    ("pending", "The bank is at work"),
                                    ("paid", "Paid"),
                                    ("ended", "Ended without payment"),
                                ],
                                default="opening",
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("url", models.URLField(blank=True, editable=False, max_length=2000)),
                        ("payment_reference", models.CharField(blank=True, editable=False, max_length=100)),
                        ("expires_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="billing.cardsession",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="billing.order",
                            ),
                        ),
                        ("trouble", models.CharField(blank=True, editable=False, max_length=300)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="KeptCard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", aapm_site.core.ids.PublicIdField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opening", "Being given"),
                                    ("kept", "Kept"),
                                    ("going", "Being removed"),
                                    ("gone", "Removed"),
                                ],
                                default="opening",
                                max_length=10,
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                default=aapm_site.core.ids.public_id, editable=False, max_length=40, unique=True
                            ),
                        ),
                        ("page_id", models.CharField(editable=False, max_length=120, null=True, unique=True)),
                        ("payer_email", models.EmailField(blank=True, editable=False, max_length=254)),
                        ("success_path", models.CharField(editable=False, max_length=200)),
                        ("cancel_path", models.CharField(editable=False, max_length=200)),
                        ("expires_at", models.DateTimeField(verbose_name="the page ends")),
                        ("provider_customer", models.CharField(blank=True, editable=False, max_length=100)),
                        ("provider_method", models.CharField(blank=True, editable=False, max_length=100)),
                        ("brand", models.CharField(blank=True, editable=False, max_length=100)),
                        ("last4", models.CharField(blank=True, editable=False, max_length=100)),
                        ("expires_on", models.DateField(blank=True, editable=False, null=True)),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("kept_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("gone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "customer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_cards",
                                to="billing.customer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kept card",
                        "ordering": ["-opened_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["opening", "going"])),
                                fields=["opened_at"],
                                name="billing_kept_card_unfinished",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["opening", "kept", "going", "gone"])),
                                name="billing_kept_card_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "kept"), _negated=True),
                                    models.Q(
                                        models.Q(("provider_method", ""), _negated=True),
                                        ("expires_on__isnull", False),
                                        ("kept_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="billing_kept_card_has_its_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptCharge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                default=aapm_site.core.ids.public_id, editable=False, max_length=40, unique=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "On its way"),
                                    ("paid", "Paid"),
                                    ("failed", "Failed"),
                                    ("withdrawn", "Taken back before it was made"),
                                ],
                                default="requested",
                                max_length=10,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=10,
                                validators=[django.core.validators.MinValueValidator(0)],
                            ),
                        ),
                        ("currency", models.CharField(default="USD", max_length=3)),
                        ("why", models.CharField(blank=True, editable=False, max_length=20)),
                        ("requested_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ("asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="billing.keptcard",
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_charge",
                                to="billing.order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payment with a kept card",
                        "verbose_name_plural": "payments with kept cards",
                        "ordering": ["-requested_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["requested", "paid", "failed", "withdrawn"])),
                                name="billing_kept_charge_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="billing_kept_charge_amount_not_negative"
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cardsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9a8166370c233c8b35430c09881b21b575b13cce",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_2947b",
                            table="billing_cardsession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cardsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_cardsessionevent" ("amount", "checked_at", "currency", "expires_at", "id", "opened_at", "order_id", "payment_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "trouble", "url") VALUES (NEW."amount", NEW."checked_at", NEW."currency", NEW."expires_at", NEW."id", NEW."opened_at", NEW."order_id", NEW."payment_reference", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."trouble", NEW."url"); RETURN NULL;',
                            hash="8fec5b88369efd1dfe0301047ea8a8b55d94763e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_25d80",
                            table="billing_cardsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cardsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."checked_at" IS DISTINCT FROM (NEW."checked_at") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."payment_reference" IS DISTINCT FROM (NEW."payment_reference") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."trouble" IS DISTINCT FROM (NEW."trouble") OR OLD."url" IS DISTINCT FROM (NEW."url"))',
                            func='INSERT INTO "billing_cardsessionevent" ("amount", "checked_at", "currency", "expires_at", "id", "opened_at", "order_id", "payment_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "trouble", "url") VALUES (NEW."amount", NEW."checked_at", NEW."currency", NEW."expires_at", NEW."id", NEW."opened_at", NEW."order_id", NEW."payment_reference", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."trouble", NEW."url"); RETURN NULL;',
                            hash="098d184d53c9e86820e88d7d2d32779ffdd00740",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e27f7",
                            table="billing_cardsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cardsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_cardsessionevent" ("amount", "checked_at", "currency", "expires_at", "id", "opened_at", "order_id", "payment_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "trouble", "url") VALUES (OLD."amount", OLD."checked_at", OLD."currency", OLD."expires_at", OLD."id", OLD."opened_at", OLD."order_id", OLD."payment_reference", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."trouble", OLD."url"); RETURN NULL;',
                            hash="bdca0b174c4f19d2aced90990243433071aefedf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5c404",
                            table="billing_cardsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="257a4846c316c161437d9682c0741b38b9502475",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_d6ea1",
                            table="billing_counter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_counterevent" ("id", "last", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series") VALUES (NEW."id", NEW."last", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."series"); RETURN NULL;',
                            hash="71971ccc5bf6b97de8067e822af361be3c7cc091",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5db75",
                            table="billing_counter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "billing_counterevent" ("id", "last", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series") VALUES (NEW."id", NEW."last", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."series"); RETURN NULL;',
                            hash="b625bd60d3f79e1972c759a742d6333b3a7c003a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a5783",
                            table="billing_counter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_counterevent" ("id", "last", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series") VALUES (OLD."id", OLD."last", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."series"); RETURN NULL;',
                            hash="0ef264c7eb8047e98acf34bb190a32161d69255e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_012e7",
                            table="billing_counter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coupon",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_couponevent" ("amount", "code", "currency", "ends_on", "id", "is_active", "is_sample", "kind", "most_per_customer", "most_uses", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skus", "starts_on") VALUES (NEW."amount", NEW."code", NEW."currency", NEW."ends_on", NEW."id", NEW."is_active", NEW."is_sample", NEW."kind", NEW."most_per_customer", NEW."most_uses", NEW."note", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."skus", NEW."starts_on"); RETURN NULL;',
                            hash="d7bc09b5646ca2a04519a83516ccb6ac932b97c8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_10161",
                            table="billing_coupon",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coupon",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "billing_couponevent" ("amount", "code", "currency", "ends_on", "id", "is_active", "is_sample", "kind", "most_per_customer", "most_uses", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skus", "starts_on") VALUES (NEW."amount", NEW."code", NEW."currency", NEW."ends_on", NEW."id", NEW."is_active", NEW."is_sample", NEW."kind", NEW."most_per_customer", NEW."most_uses", NEW."note", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."skus", NEW."starts_on"); RETURN NULL;',
                            hash="7920b9848bd67ffd2ad4bbbce7821b8f1d50606e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2f2ad",
                            table="billing_coupon",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coupon",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_couponevent" ("amount", "code", "currency", "ends_on", "id", "is_active", "is_sample", "kind", "most_per_customer", "most_uses", "note", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skus", "starts_on") VALUES (OLD."amount", OLD."code", OLD."currency", OLD."ends_on", OLD."id", OLD."is_active", OLD."is_sample", OLD."kind", OLD."most_per_customer", OLD."most_uses", OLD."note", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."skus", OLD."starts_on"); RETURN NULL;',
                            hash="823aeb097a1f4b24d4a0fe2da3d4fdfe3bd9079f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ce2d",
                            table="billing_coupon",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."tax" IS DISTINCT FROM (NEW."tax") OR OLD."total" IS DISTINCT FROM (NEW."total") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="178bff85ca2fa0377b62cccdd30625f425a59fa4",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_9f439",
                            table="billing_creditnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="4db18dc3b68ec4b46323f87a407111340ba33d59",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_58b79",
                            table="billing_creditnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_creditnoteevent" ("currency", "id", "invoice_id", "issued_at", "issued_by_id", "issued_on", "letterhead", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "tax", "total") VALUES (NEW."currency", NEW."id", NEW."invoice_id", NEW."issued_at", NEW."issued_by_id", NEW."issued_on", NEW."letterhead", NEW."net", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."tax", NEW."total"); RETURN NULL;',
                            hash="2a62b5ae36ace89c14d5396fbfad03948b2f0fc9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5150e",
                            table="billing_creditnote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."tax" IS DISTINCT FROM (NEW."tax") OR OLD."total" IS DISTINCT FROM (NEW."total"))',
                            func='INSERT INTO "billing_creditnoteevent" ("currency", "id", "invoice_id", "issued_at", "issued_by_id", "issued_on", "letterhead", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "tax", "total") VALUES (NEW."currency", NEW."id", NEW."invoice_id", NEW."issued_at", NEW."issued_by_id", NEW."issued_on", NEW."letterhead", NEW."net", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."tax", NEW."total"); RETURN NULL;',
                            hash="01eab7e78dd569d180f353838d18b8e32b2852f1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_685f3",
                            table="billing_creditnote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_creditnoteevent" ("currency", "id", "invoice_id", "issued_at", "issued_by_id", "issued_on", "letterhead", "net", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "tax", "total") VALUES (OLD."currency", OLD."id", OLD."invoice_id", OLD."issued_at", OLD."issued_by_id", OLD."issued_on", OLD."letterhead", OLD."net", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."tax", OLD."total"); RETURN NULL;',
                            hash="9e20f7656572a588a9375d12ea2b24a0af192738",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19a71",
                            table="billing_creditnote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="20fb19a4e14b16390cde2062d0dd25c852bd90d8",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_55b6e",
                            table="billing_creditnoteline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="bdf00fb73ade3616e20440d33aa8a404391e64b9",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_24cdf",
                            table="billing_creditnoteline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_creditnotelineevent" ("credit_note_id", "currency", "id", "net", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "tax") VALUES (NEW."credit_note_id", NEW."currency", NEW."id", NEW."net", NEW."order_line_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quantity", NEW."tax"); RETURN NULL;',
                            hash="6cfad59ae4698067e60d24ebd02c94e9ea9a4d7b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7c157",
                            table="billing_creditnoteline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "billing_creditnotelineevent" ("credit_note_id", "currency", "id", "net", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "tax") VALUES (NEW."credit_note_id", NEW."currency", NEW."id", NEW."net", NEW."order_line_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quantity", NEW."tax"); RETURN NULL;',
                            hash="55a16e2f24cb6923429721efd4daa64b92d9ac65",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_04ccb",
                            table="billing_creditnoteline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="creditnoteline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_creditnotelineevent" ("credit_note_id", "currency", "id", "net", "order_line_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "tax") VALUES (OLD."credit_note_id", OLD."currency", OLD."id", OLD."net", OLD."order_line_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."tax"); RETURN NULL;',
                            hash="bdf0c77a1829da8376137fc5530b9caf417e1e02",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b3eda",
                            table="billing_creditnoteline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_customerevent" ("bill_attention", "bill_city", "bill_country", "bill_email", "bill_name", "bill_postal_code", "bill_region", "bill_street", "created_at", "id", "name", "net_days", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_exempt_number", "user_id") VALUES (NEW."bill_attention", NEW."bill_city", NEW."bill_country", NEW."bill_email", NEW."bill_name", NEW."bill_postal_code", NEW."bill_region", NEW."bill_street", NEW."created_at", NEW."id", NEW."name", NEW."net_days", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tax_exempt_number", NEW."user_id"); RETURN NULL;',
                            hash="3494885356838bf2b08fc012d0a82c00bd6eec8f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c2b2e",
                            table="billing_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."bill_attention" IS DISTINCT FROM (NEW."bill_attention") OR OLD."bill_city" IS DISTINCT FROM (NEW."bill_city") OR OLD."bill_country" IS DISTINCT FROM (NEW."bill_country") OR OLD."bill_email" IS DISTINCT FROM (NEW."bill_email") OR OLD."bill_name" IS DISTINCT FROM (NEW."bill_name") OR OLD."bill_postal_code" IS DISTINCT FROM (NEW."bill_postal_code") OR OLD."bill_region" IS DISTINCT FROM (NEW."bill_region") OR OLD."bill_street" IS DISTINCT FROM (NEW."bill_street") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."net_days" IS DISTINCT FROM (NEW."net_days") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."tax_exempt_number" IS DISTINCT FROM (NEW."tax_exempt_number") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                            func='INSERT INTO "billing_customerevent" ("bill_attention", "bill_city", "bill_country", "bill_email", "bill_name", "bill_postal_code", "bill_region", "bill_street", "created_at", "id", "name", "net_days", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_exempt_number", "user_id") VALUES (NEW."bill_attention", NEW."bill_city", NEW."bill_country", NEW."bill_email", NEW."bill_name", NEW."bill_postal_code", NEW."bill_region", NEW."bill_street", NEW."created_at", NEW."id", NEW."name", NEW."net_days", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tax_exempt_number", NEW."user_id"); RETURN NULL;',
                            hash="b8a7e21e812a0853d388f2d3e474134f2d7db3fa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_19b92",
                            table="billing_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_customerevent" ("bill_attention", "bill_city", "bill_country", "bill_email", "bill_name", "bill_postal_code", "bill_region", "bill_street", "created_at", "id", "name", "net_days", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tax_exempt_number", "user_id") VALUES (OLD."bill_attention", OLD."bill_city", OLD."bill_country", OLD."bill_email", OLD."bill_name", OLD."bill_postal_code", OLD."bill_region", OLD."bill_street", OLD."created_at", OLD."id", OLD."name", OLD."net_days", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tax_exempt_number", OLD."user_id"); RETURN NULL;',
                            hash="0a7a526c5efa0dd796d1a8a20afcaee1ff67fada",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_80c1a",
                            table="billing_customer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="7797678a5576b695a71e24511ad1930d59315a06",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_666a2",
                            table="billing_dispute",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_disputeevent" ("amount", "closed_at", "currency", "id", "opened_at", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "reason", "state") VALUES (NEW."amount", NEW."closed_at", NEW."currency", NEW."id", NEW."opened_at", NEW."payment_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_reference", NEW."reason", NEW."state"); RETURN NULL;',
                            hash="b7250916f1a232806502d486e55f818113c26bc3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_719b9",
                            table="billing_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "billing_disputeevent" ("amount", "closed_at", "currency", "id", "opened_at", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "reason", "state") VALUES (NEW."amount", NEW."closed_at", NEW."currency", NEW."id", NEW."opened_at", NEW."payment_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_reference", NEW."reason", NEW."state"); RETURN NULL;',
                            hash="9caf97badd496d427d41ab1ef025a8a15cb8b283",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b52c",
                            table="billing_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_disputeevent" ("amount", "closed_at", "currency", "id", "opened_at", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "reason", "state") VALUES (OLD."amount", OLD."closed_at", OLD."currency", OLD."id", OLD."opened_at", OLD."payment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_reference", OLD."reason", OLD."state"); RETURN NULL;',
                            hash="42fb491d562cb3abd48b75916d6579fcdcbddc72",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bbf1c",
                            table="billing_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c3f9a76cdaf3dc02ffa719ff4dbc52a326b297d6",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_dc964",
                            table="billing_entry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="ff08bef119df3f2a736317aad80d902e15f63b33",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_631f5",
                            table="billing_entry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_entryevent" ("amount", "booked_at", "booked_on", "credit_note_id", "currency", "customer_id", "id", "invoice_id", "kind", "method", "order_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refund_id", "tax") VALUES (NEW."amount", NEW."booked_at", NEW."booked_on", NEW."credit_note_id", NEW."currency", NEW."customer_id", NEW."id", NEW."invoice_id", NEW."kind", NEW."method", NEW."order_id", NEW."payment_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refund_id", NEW."tax"); RETURN NULL;',
                            hash="0f61d414ba48c5ce97ddcbe51212eb07c70bf526",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01bdf",
                            table="billing_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."booked_at" IS DISTINCT FROM (NEW."booked_at") OR OLD."booked_on" IS DISTINCT FROM (NEW."booked_on") OR OLD."credit_note_id" IS DISTINCT FROM (NEW."credit_note_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invoice_id" IS DISTINCT FROM (NEW."invoice_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."payment_id" IS DISTINCT FROM (NEW."payment_id") OR OLD."refund_id" IS DISTINCT FROM (NEW."refund_id") OR OLD."tax" IS DISTINCT FROM (NEW."tax"))',
                            func='INSERT INTO "billing_entryevent" ("amount", "booked_at", "booked_on", "credit_note_id", "currency", "customer_id", "id", "invoice_id", "kind", "method", "order_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refund_id", "tax") VALUES (NEW."amount", NEW."booked_at", NEW."booked_on", NEW."credit_note_id", NEW."currency", NEW."customer_id", NEW."id", NEW."invoice_id", NEW."kind", NEW."method", NEW."order_id", NEW."payment_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refund_id", NEW."tax"); RETURN NULL;',
                            hash="ea0b58d44d31654996d5982a5e584c07325fa364",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b6f54",
                            table="billing_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_entryevent" ("amount", "booked_at", "booked_on", "credit_note_id", "currency", "customer_id", "id", "invoice_id", "kind", "method", "order_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refund_id", "tax") VALUES (OLD."amount", OLD."booked_at", OLD."booked_on", OLD."credit_note_id", OLD."currency", OLD."customer_id", OLD."id", OLD."invoice_id", OLD."kind", OLD."method", OLD."order_id", OLD."payment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."refund_id", OLD."tax"); RETURN NULL;',
                            hash="a5ba7d476d4e079b436211cc39658992ffdc9ebb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_538f0",
                            table="billing_entry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="4cfc0a757dfdd38a701e7e24f954243747defd9b",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_0b1bd",
                            table="billing_invoice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="ee3c6f2467cdc466210eddceb4c021f18e39f2df",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_f8f11",
                            table="billing_invoice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_invoiceevent" ("bill_attention", "bill_city", "bill_country", "bill_email", "bill_name", "bill_postal_code", "bill_region", "bill_street", "currency", "due_on", "id", "issued_at", "issued_on", "letterhead", "net", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "po_number", "tax", "total") VALUES (NEW."bill_attention", NEW."bill_city", NEW."bill_country", NEW."bill_email", NEW."bill_name", NEW."bill_postal_code", NEW."bill_region", NEW."bill_street", NEW."currency", NEW."due_on", NEW."id", NEW."issued_at", NEW."issued_on", NEW."letterhead", NEW."net", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."po_number", NEW."tax", NEW."total"); RETURN NULL;',
                            hash="6a37146641c8ee06c1b24cc02f92dc2cc5c9e5d8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0c624",
                            table="billing_invoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."bill_attention" IS DISTINCT FROM (NEW."bill_attention") OR OLD."bill_city" IS DISTINCT FROM (NEW."bill_city") OR OLD."bill_country" IS DISTINCT FROM (NEW."bill_country") OR OLD."bill_email" IS DISTINCT FROM (NEW."bill_email") OR OLD."bill_name" IS DISTINCT FROM (NEW."bill_name") OR OLD."bill_postal_code" IS DISTINCT FROM (NEW."bill_postal_code") OR OLD."bill_region" IS DISTINCT FROM (NEW."bill_region") OR OLD."bill_street" IS DISTINCT FROM (NEW."bill_street") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."net" IS DISTINCT FROM (NEW."net") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."po_number" IS DISTINCT FROM (NEW."po_number") OR OLD."tax" IS DISTINCT FROM (NEW."tax") OR OLD."total" IS DISTINCT FROM (NEW."total"))',
                            func='INSERT INTO "billing_invoiceevent" ("bill_attention", "bill_city", "bill_country", "bill_email", "bill_name", "bill_postal_code", "bill_region", "bill_street", "currency", "due_on", "id", "issued_at", "issued_on", "letterhead", "net", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "po_number", "tax", "total") VALUES (NEW."bill_attention", NEW."bill_city", NEW."bill_country", NEW."bill_email", NEW."bill_name", NEW."bill_postal_code", NEW."bill_region", NEW."bill_street", NEW."currency", NEW."due_on", NEW."id", NEW."issued_at", NEW."issued_on", NEW."letterhead", NEW."net", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."po_number", NEW."tax", NEW."total"); RETURN NULL;',
                            hash="44aa24661e0f10afbb5008ac38ea532833cb4e2a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28c43",
                            table="billing_invoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_invoiceevent" ("bill_attention", "bill_city", "bill_country", "bill_email", "bill_name", "bill_postal_code", "bill_region", "bill_street", "currency", "due_on", "id", "issued_at", "issued_on", "letterhead", "net", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "po_number", "tax", "total") VALUES (OLD."bill_attention", OLD."bill_city", OLD."bill_country", OLD."bill_email", OLD."bill_name", OLD."bill_postal_code", OLD."bill_region", OLD."bill_street", OLD."currency", OLD."due_on", OLD."id", OLD."issued_at", OLD."issued_on", OLD."letterhead", OLD."net", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."po_number", OLD."tax", OLD."total"); RETURN NULL;',
                            hash="d0b35fa907248153abbbd7ab57b812498c84db5c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6493d",
                            table="billing_invoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letterhead",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="145af8082407cbb6f2cdcd445c00bb67ff0d0c3b",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_59d14",
                            table="billing_letterhead",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letterhead",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_letterheadevent" ("address", "bank", "check_to", "email", "footer", "id", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "tax_id", "website") VALUES (NEW."address", NEW."bank", NEW."check_to", NEW."email", NEW."footer", NEW."id", NEW."is_sample", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."tax_id", NEW."website"); RETURN NULL;',
                            hash="9d84607e99eeab244b00890e055fced0da62958d",
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
                            func='INSERT INTO "billing_letterheadevent" ("address", "bank", "check_to", "email", "footer", "id", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "tax_id", "website") VALUES (NEW."address", NEW."bank", NEW."check_to", NEW."email", NEW."footer", NEW."id", NEW."is_sample", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."tax_id", NEW."website"); RETURN NULL;',
                            hash="014f782cfa6d9c1b657062e8c8d8607f7d86baf4",
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
                            func='INSERT INTO "billing_letterheadevent" ("address", "bank", "check_to", "email", "footer", "id", "is_sample", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "tax_id", "website") VALUES (OLD."address", OLD."bank", OLD."check_to", OLD."email", OLD."footer", OLD."id", OLD."is_sample", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."tax_id", OLD."website"); RETURN NULL;',
                            hash="4efc215dbec767eef21b9b7c8552ee432b97b990",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c0ef4",
                            table="billing_letterhead",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="19f97c09d04cdc46504a803fcf9a8176a7c1a1ee",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_16af0",
                            table="billing_order",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_orderevent" ("checkout_key", "closed_at", "coupon_id", "currency", "customer_id", "id", "note", "offered_until", "paid_at", "pay_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "placed_by_id", "status") VALUES (NEW."checkout_key", NEW."closed_at", NEW."coupon_id", NEW."currency", NEW."customer_id", NEW."id", NEW."note", NEW."offered_until", NEW."paid_at", NEW."pay_by", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placed_at", NEW."placed_by_id", NEW."status"); RETURN NULL;',
                            hash="997e70b943e8a8901c682d0b8f947c0fb312cc3f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e6c36",
                            table="billing_order",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."checkout_key" IS DISTINCT FROM (NEW."checkout_key") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."coupon_id" IS DISTINCT FROM (NEW."coupon_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."customer_id" IS DISTINCT FROM (NEW."customer_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."offered_until" IS DISTINCT FROM (NEW."offered_until") OR OLD."paid_at" IS DISTINCT FROM (NEW."paid_at") OR OLD."pay_by" IS DISTINCT FROM (NEW."pay_by") OR OLD."placed_at" IS DISTINCT FROM (NEW."placed_at") OR OLD."placed_by_id" IS DISTINCT FROM (NEW."placed_by_id") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "billing_orderevent" ("checkout_key", "closed_at", "coupon_id", "currency", "customer_id", "id", "note", "offered_until", "paid_at", "pay_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "placed_by_id", "status") VALUES (NEW."checkout_key", NEW."closed_at", NEW."coupon_id", NEW."currency", NEW."customer_id", NEW."id", NEW."note", NEW."offered_until", NEW."paid_at", NEW."pay_by", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placed_at", NEW."placed_by_id", NEW."status"); RETURN NULL;',
                            hash="d9e8a4cdb45946cf1555543ef197235bf0be3477",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e84e8",
                            table="billing_order",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_orderevent" ("checkout_key", "closed_at", "coupon_id", "currency", "customer_id", "id", "note", "offered_until", "paid_at", "pay_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_at", "placed_by_id", "status") VALUES (OLD."checkout_key", OLD."closed_at", OLD."coupon_id", OLD."currency", OLD."customer_id", OLD."id", OLD."note", OLD."offered_until", OLD."paid_at", OLD."pay_by", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placed_at", OLD."placed_by_id", OLD."status"); RETURN NULL;',
                            hash="84c423a3fb4b598012af7b481ce0350577f7671a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_50c37",
                            table="billing_order",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e006f029e44ba77c5d4f79457ef682bb8fc8d59c",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_6c5f8",
                            table="billing_orderline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="244b71540c7f8b31358900bde33820ab65977d2f",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_8cf4a",
                            table="billing_orderline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_orderlineevent" ("currency", "details", "discount", "id", "net", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku", "tax", "tax_rate", "title", "unit_price") VALUES (NEW."currency", NEW."details", NEW."discount", NEW."id", NEW."net", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quantity", NEW."sku", NEW."tax", NEW."tax_rate", NEW."title", NEW."unit_price"); RETURN NULL;',
                            hash="0e5c79e10eb82acb3f9f06ec7323aa8ba6b80217",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_20808",
                            table="billing_orderline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "billing_orderlineevent" ("currency", "details", "discount", "id", "net", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku", "tax", "tax_rate", "title", "unit_price") VALUES (NEW."currency", NEW."details", NEW."discount", NEW."id", NEW."net", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quantity", NEW."sku", NEW."tax", NEW."tax_rate", NEW."title", NEW."unit_price"); RETURN NULL;',
                            hash="24a624fc51fe942edbcffa378c34741df7f07b5c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_04130",
                            table="billing_orderline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_orderlineevent" ("currency", "details", "discount", "id", "net", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "sku", "tax", "tax_rate", "title", "unit_price") VALUES (OLD."currency", OLD."details", OLD."discount", OLD."id", OLD."net", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."sku", OLD."tax", OLD."tax_rate", OLD."title", OLD."unit_price"); RETURN NULL;',
                            hash="c9c3ac0a0ee7db145bafb871abdd19a73bfcae90",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0ea23",
                            table="billing_orderline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_changed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."provider_reference" IS DISTINCT FROM (NEW."provider_reference") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="771215fa720e886e03a902914c925cf91a8c5c69",
                            operation="UPDATE",
                            pgid="pgtrigger_never_changed_8b69c",
                            table="billing_payment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="30bf546a364f9675e0c57abe78af72c0d73f5368",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_3cd1e",
                            table="billing_payment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_paymentevent" ("amount", "currency", "id", "letterhead", "method", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "received_on", "recorded_at", "recorded_by_id", "reference") VALUES (NEW."amount", NEW."currency", NEW."id", NEW."letterhead", NEW."method", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_reference", NEW."received_on", NEW."recorded_at", NEW."recorded_by_id", NEW."reference"); RETURN NULL;',
                            hash="3a1e1297a726defe972c568a235f97b224e524da",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_70a39",
                            table="billing_payment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."letterhead" IS DISTINCT FROM (NEW."letterhead") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."provider_reference" IS DISTINCT FROM (NEW."provider_reference") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference"))',
                            func='INSERT INTO "billing_paymentevent" ("amount", "currency", "id", "letterhead", "method", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "received_on", "recorded_at", "recorded_by_id", "reference") VALUES (NEW."amount", NEW."currency", NEW."id", NEW."letterhead", NEW."method", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_reference", NEW."received_on", NEW."recorded_at", NEW."recorded_by_id", NEW."reference"); RETURN NULL;',
                            hash="2a5fdb1f6a1c2d1ad0c625558ef73bd4eea00582",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5f754",
                            table="billing_payment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="payment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_paymentevent" ("amount", "currency", "id", "letterhead", "method", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "received_on", "recorded_at", "recorded_by_id", "reference") VALUES (OLD."amount", OLD."currency", OLD."id", OLD."letterhead", OLD."method", OLD."order_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_reference", OLD."received_on", OLD."recorded_at", OLD."recorded_by_id", OLD."reference"); RETURN NULL;',
                            hash="48f9c81301670c9eb47da88e604baa3da63125b7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a41dd",
                            table="billing_payment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="providerevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="0b8cb14e2a9ce0113788c13704cbfa1495236073",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_f383d",
                            table="billing_providerevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1b99498921fc4f28095d677f58b16820357427b8",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_f73a1",
                            table="billing_refund",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_refundevent" ("amount", "attempt", "credit_note_id", "currency", "done_at", "failure", "id", "method", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "reason", "reference", "refunded_on", "requested_at", "requested_by_id", "status") VALUES (NEW."amount", NEW."attempt", NEW."credit_note_id", NEW."currency", NEW."done_at", NEW."failure", NEW."id", NEW."method", NEW."payment_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_reference", NEW."reason", NEW."reference", NEW."refunded_on", NEW."requested_at", NEW."requested_by_id", NEW."status"); RETURN NULL;',
                            hash="137336c352ef1898921aa23ed99c3a48e5b9e1d0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5eb55",
                            table="billing_refund",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."attempt" IS DISTINCT FROM (NEW."attempt") OR OLD."credit_note_id" IS DISTINCT FROM (NEW."credit_note_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."failure" IS DISTINCT FROM (NEW."failure") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."payment_id" IS DISTINCT FROM (NEW."payment_id") OR OLD."provider_reference" IS DISTINCT FROM (NEW."provider_reference") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."refunded_on" IS DISTINCT FROM (NEW."refunded_on") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func='INSERT INTO "billing_refundevent" ("amount", "attempt", "credit_note_id", "currency", "done_at", "failure", "id", "method", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "reason", "reference", "refunded_on", "requested_at", "requested_by_id", "status") VALUES (NEW."amount", NEW."attempt", NEW."credit_note_id", NEW."currency", NEW."done_at", NEW."failure", NEW."id", NEW."method", NEW."payment_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_reference", NEW."reason", NEW."reference", NEW."refunded_on", NEW."requested_at", NEW."requested_by_id", NEW."status"); RETURN NULL;',
                            hash="6850e3784a387d662c54ba8d7eaf9ca1a538c23d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_94aaa",
                            table="billing_refund",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "billing_refundevent" ("amount", "attempt", "credit_note_id", "currency", "done_at", "failure", "id", "method", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_reference", "reason", "reference", "refunded_on", "requested_at", "requested_by_id", "status") VALUES (OLD."amount", OLD."attempt", OLD."credit_note_id", OLD."currency", OLD."done_at", OLD."failure", OLD."id", OLD."method", OLD."payment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_reference", OLD."reason", OLD."reference", OLD."refunded_on", OLD."requested_at", OLD."requested_by_id", OLD."status"); RETURN NULL;',
                            hash="0d95a87981274cb42710f4dd55792a0cf64964e9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e8bf4",
                            table="billing_refund",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keptcard",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="4409b48f05e036609cb03ea3f96e892c033a0d15",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_403a9",
                            table="billing_keptcard",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keptcharge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="f95b2477b236c0de82a9985312b628777de61ece",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_78469",
                            table="billing_keptcharge",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
