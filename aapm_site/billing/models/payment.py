"""Money that came and money that left: rows that are added and never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import Money, amount_field, currency_field
from aapm_site.core.transitions import StatusChange

from ..states import REFUND_LIFECYCLE, DisputeState, PaymentMethod, RefundMethod, RefundStatus
from .base import kept_history, never_changed, never_deleted
from .invoice import CreditNote
from .order import Order


@kept_history("public_id", "number")
class Payment(models.Model):
    """One amount that came for one order. Its receipt is printed from it."""

    public_id = PublicIdField()
    number = models.CharField("receipt", max_length=24, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    amount = amount_field()
    currency = currency_field()
    received_on = models.DateField()
    reference = models.CharField(
        max_length=100, blank=True, help_text="The check's number, or what the bank statement says."
    )
    # The provider's own number of the payment; the same one is never booked twice.
    provider_reference = models.CharField(max_length=100, blank=True, editable=False)
    letterhead = models.JSONField(default=dict, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["recorded_at", "pk"]
        triggers = [never_changed(but=("recorded_by",)), never_deleted()]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(method__in=PaymentMethod.values), name="billing_payment_method_known"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) & models.Q(amount__gt=0), name="billing_payment_above_zero"
            ),
            models.UniqueConstraint(
                fields=["provider_reference"],
                condition=~models.Q(provider_reference=""),
                name="billing_payment_once_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def sum(self) -> Money:
        return Money(self.amount, self.currency)


@kept_history("public_id")
class Refund(models.Model):
    """One amount that goes back out of a payment: asked for, then done or failed. The ledger has it once it is done."""

    LIFECYCLE = REFUND_LIFECYCLE

    public_id = PublicIdField()
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    credit_note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, null=True, blank=True, related_name="refunds")
    method = models.CharField(max_length=10, choices=RefundMethod.choices)
    status = models.CharField(max_length=20, choices=RefundStatus.choices, default=RefundStatus.REQUESTED)
    amount = amount_field()
    currency = currency_field()
    refunded_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    provider_reference = models.CharField(max_length=100, blank=True, editable=False)
    # Goes up when a refund that failed is tried again: the provider's key follows it.
    attempt = models.PositiveSmallIntegerField(default=1, editable=False)
    reason = models.CharField(max_length=500)
    failure = models.CharField(max_length=300, blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["requested_at", "pk"]
        triggers = [never_deleted()]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(method__in=RefundMethod.values), name="billing_refund_method_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=RefundStatus.values), name="billing_refund_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) & models.Q(amount__gt=0), name="billing_refund_above_zero"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RefundStatus.DONE)
                | models.Q(done_at__isnull=False, refunded_on__isnull=False),
                name="billing_refund_done_has_date",
            ),
            models.UniqueConstraint(
                fields=["provider_reference"],
                condition=~models.Q(provider_reference=""),
                name="billing_refund_once_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{Money(self.amount, self.currency)} of {self.payment}"

    def get_absolute_url(self) -> Any:
        return self.payment.order.get_absolute_url()

    @property
    def sum(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def key(self) -> str:
        """The provider's idempotency key: asked again with it, money goes back once."""
        return f"refund-{self.public_id}-{self.attempt}"


class RefundStatusChange(StatusChange):
    """One step of a refund."""

    subject = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        verbose_name = "step of a refund"
        verbose_name_plural = "steps of refunds"


@kept_history()
class Dispute(models.Model):
    """A cardholder asked the bank for the money back. Noted here; it is answered at the provider."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider_reference = models.CharField(max_length=100, unique=True)
    amount = amount_field()
    currency = currency_field()
    reason = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=DisputeState.choices, default=DisputeState.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        triggers = [never_deleted()]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DisputeState.values), name="billing_dispute_state_known"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="billing_dispute_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{Money(self.amount, self.currency)} of {self.payment}"
