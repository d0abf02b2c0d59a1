"""An order and its lines: what was agreed, with the prices of that day."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from aapm_site.accounts.people import Visitor
from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import Money, amount_field, currency_field
from aapm_site.core.transitions import StatusChange

from ..rules import Amounts
from ..states import LOWERS, OFFERS, ORDER_LIFECYCLE, RAISES, CardState, OrderStatus, PayBy
from .base import kept_history, never_changed, never_deleted
from .coupon import Coupon
from .customer import Customer


class OrderQuerySet(models.QuerySet["Order"]):
    def for_user(self, user: Visitor) -> "OrderQuerySet":
        """The orders of the customers for whom the user may buy."""
        return self.filter(customer__in=Customer.objects.for_user(user))

    def unpaid(self) -> "OrderQuerySet":
        return self.filter(status=OrderStatus.AWAITING_PAYMENT)

    def with_owed(self) -> "OrderQuerySet":
        """Each with `owed`: what the ledger says is still to be paid; below zero when too much came.

        And with `at_bank`: whether a bank is at work on a payment from a card page.
        """
        booked = _rows_of("entries").filter(order=models.OuterRef("pk")).order_by().values("order")
        amount = models.DecimalField(max_digits=12, decimal_places=2)
        signed = models.Sum(
            models.Case(
                models.When(kind__in=RAISES, then=models.F("amount")),
                models.When(kind__in=LOWERS, then=-models.F("amount")),
                output_field=amount,
            )
        )
        owed = models.Subquery(booked.annotate(owed=signed).values("owed"), output_field=amount)
        pages = _rows_of("card_sessions").filter(order=models.OuterRef("pk"), state=CardState.PENDING)
        return self.annotate(
            owed=Coalesce(owed, models.Value(Decimal(0)), output_field=amount), at_bank=models.Exists(pages)
        )

    def owing(self) -> "OrderQuerySet":
        """Those on which something is still to be paid, each with `owed`."""
        return self.with_owed().filter(owed__gt=0)  # type: ignore[misc]  # owed is annotated

    def overpaid(self) -> "OrderQuerySet":
        """Those for which more came than was owed, each with `owed`."""
        return self.with_owed().filter(owed__lt=0)  # type: ignore[misc]  # owed is annotated


def _rows_of(relation: str) -> models.Manager[Any]:
    """The rows that point at orders by this name; their models stand on this one and are not imported here."""
    found: Any = Order._meta.get_field(relation)
    return found.related_model._default_manager


class OrderManager(models.Manager.from_queryset(OrderQuerySet)):  # type: ignore[misc]  # a class that is made here
    """Orders that have an invoice. An offer is nobody's debt: no list, report or reminder finds it here."""

    def get_queryset(self) -> OrderQuerySet:
        return super().get_queryset().exclude(status__in=OFFERS)


@kept_history("public_id", "pay_token")
class Order(models.Model):
    """One purchase. Its invoice is issued with it; what is paid, and when, stands in the ledger.

    One that was `offered_until` a day ends by itself and is never reminded of. To be paid by card, it is an offer
    without an invoice until the money comes; `everything` holds those too.
    """

    LIFECYCLE = ORDER_LIFECYCLE

    public_id = PublicIdField()
    # Stands in the mail's link: whoever has it may look at the invoice and pay it, and nothing else.
    pay_token = PublicIdField()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Made with the form and sent with it: the second press of a button finds the first one's order.
    checkout_key = models.CharField(max_length=40, editable=False)
    status = models.CharField(max_length=20, choices=OrderStatus.choices, default=OrderStatus.AWAITING_PAYMENT)
    pay_by = models.CharField("to be paid", max_length=10, choices=PayBy.choices)
    currency = currency_field()
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    note = models.TextField("note for staff", max_length=1000, blank=True)
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    paid_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    offered_until = models.DateField(null=True, blank=True, editable=False)

    # Of rows that were read `with_owed()`.
    owed: Decimal
    at_bank: bool

    objects = OrderManager()
    everything = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-pk"]
        verbose_name_plural = "orders and invoices"
        permissions = [
            ("record_payment", "Can record a payment that came, or came back"),
            ("refund_order", "Can refund money and issue credit notes"),
            ("cancel_order", "Can cancel an order that is not paid"),
            ("see_reports", "Can see the ledger, its reports and exports"),
            ("member_price", "Pays the members' price"),
        ]
        triggers = [never_deleted()]
        indexes = [
            models.Index(fields=["customer", "-placed_at", "-id"], name="billing_order_customer"),
            models.Index(
                fields=["placed_at"],
                name="billing_order_unpaid",
                condition=models.Q(status=OrderStatus.AWAITING_PAYMENT),
            ),
            models.Index(
                fields=["offered_until"],
                name="billing_order_offered",
                condition=models.Q(
                    offered_until__isnull=False, status__in=(OrderStatus.OFFERED, OrderStatus.AWAITING_PAYMENT)
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["customer", "checkout_key"], name="billing_order_once_a_checkout"),
            models.CheckConstraint(
                condition=models.Q(status__in=OrderStatus.values), name="billing_order_status_known"
            ),
            models.CheckConstraint(condition=models.Q(pay_by__in=PayBy.values), name="billing_order_pay_by_known"),
            models.CheckConstraint(
                condition=~models.Q(status=OrderStatus.PAID) | models.Q(paid_at__isnull=False),
                name="billing_order_paid_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=(OrderStatus.CANCELLED, OrderStatus.REVERSED, OrderStatus.ENDED))
                | models.Q(closed_at__isnull=False),
                name="billing_order_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=OFFERS) | models.Q(offered_until__isnull=False),
                name="billing_order_offer_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.public_id}" if self.is_offer else self.invoice.number

    def get_absolute_url(self) -> str:
        return reverse("billing:order-detail", args=[self.public_id])

    @property
    def is_unpaid(self) -> bool:
        return self.status == OrderStatus.AWAITING_PAYMENT

    @property
    def is_offer(self) -> bool:
        """Whether it has no invoice, so that nothing is owed."""
        return self.status in OFFERS

    @property
    def is_payable(self) -> bool:
        return self.is_unpaid or self.status == OrderStatus.OFFERED


class OrderStatusChange(StatusChange):
    """One step in the life of an order."""

    subject = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        verbose_name = "step of an order"
        verbose_name_plural = "steps of orders"


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    def with_gone(self) -> "OrderLineQuerySet":
        """Each with `gone`: how many pieces credit notes have taken back."""
        return self.annotate(gone=Coalesce(models.Sum("credited__quantity"), 0)).order_by("pk")


@kept_history()
class OrderLine(models.Model):
    """What was sold: title, price and tax as they were, and what the room must know when it is paid."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    sku = models.CharField(max_length=100, db_index=True)
    title = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    quantity = models.PositiveSmallIntegerField()
    unit_price = amount_field()
    currency = currency_field()
    discount = amount_field(default=0)
    tax_rate = models.DecimalField("tax in percent", max_digits=6, decimal_places=3, default=0)
    net = amount_field()
    tax = amount_field(default=0)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        triggers = [never_changed(), never_deleted()]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="billing_line_has_quantity"),
            models.CheckConstraint(
                condition=models.Q(unit_price__gte=0, discount__gte=0, net__gte=0, tax__gte=0, tax_rate__gte=0),
                name="billing_line_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(net=models.F("unit_price") * models.F("quantity") - models.F("discount")),
                name="billing_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def total(self) -> Any:
        return self.net + self.tax

    @property
    def room(self) -> str:
        """Whose shop sold it: what stands before the colon of the sku."""
        return self.sku.partition(":")[0]

    @cached_property
    def gone(self) -> int:
        """How many pieces credit notes have taken back, as of the first look."""
        return self.credited.aggregate(sum=models.Sum("quantity", default=0))["sum"]

    @property
    def kept(self) -> int:
        """How many pieces are still sold: what rooms give when it is paid."""
        return self.quantity - self.gone

    @property
    def amounts(self) -> Amounts:
        return Amounts(discount=self.discount, net=self.net, tax=self.tax)

    @property
    def price(self) -> Money:
        return Money(self.unit_price, self.currency)
