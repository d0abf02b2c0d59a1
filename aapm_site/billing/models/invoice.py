"""The documents: an invoice for every order, and the credit notes that undo it. Issued once, never changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import Money, amount_field, currency_field

from .base import kept_history, never_changed, never_deleted
from .customer import BillTo
from .order import Order, OrderLine


class NumberedDocument(models.Model):
    """A numbered paper with its totals and a copy of the letterhead. The number has no gap in its series."""

    public_id = PublicIdField()
    number = models.CharField(max_length=24, unique=True, editable=False)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    currency = currency_field()
    net = amount_field()
    tax = amount_field(default=0)
    total = amount_field()
    letterhead = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def sum(self) -> Money:
        return Money(self.total, self.currency)


def adds_up(prefix: str) -> list[models.CheckConstraint]:
    """The checks of every document: nothing negative, and the total is net and tax."""
    return [
        models.CheckConstraint(condition=models.Q(net__gte=0, tax__gte=0, total__gte=0), name=f"{prefix}_not_negative"),
        models.CheckConstraint(condition=models.Q(total=models.F("net") + models.F("tax")), name=f"{prefix}_adds_up"),
    ]


@kept_history("public_id", "number")
class Invoice(NumberedDocument, BillTo):
    """What the customer owes for an order, until when, under which name. Its lines are the order's."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="invoice")
    due_on = models.DateField()
    po_number = models.CharField("purchase order", max_length=60, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        triggers = [never_changed(), never_deleted()]
        indexes = [models.Index(fields=["due_on"], name="billing_invoice_due")]
        constraints = [
            *adds_up("billing_invoice"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("issued_on")), name="billing_invoice_due_not_before_issue"
            ),
        ]


@kept_history("public_id", "number")
class CreditNote(NumberedDocument):
    """Takes back all or part of an invoice; the invoice itself stays as it is."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    reason = models.CharField(max_length=500)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["issued_at", "pk"]
        triggers = [never_changed(but=("issued_by",)), never_deleted()]
        constraints = [
            *adds_up("billing_credit_note"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="billing_credit_note_has_reason"),
        ]


@kept_history()
class CreditNoteLine(models.Model):
    """How much of a line is taken back: whole pieces, or (quantity 0) an allowance while the piece stays sold."""

    credit_note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="credited")
    quantity = models.PositiveSmallIntegerField()
    currency = currency_field()
    net = amount_field()
    tax = amount_field(default=0)

    class Meta:
        ordering = ["pk"]
        triggers = [never_changed(), never_deleted()]
        constraints = [
            models.CheckConstraint(condition=models.Q(net__gte=0, tax__gte=0), name="billing_credit_line_not_negative"),
            models.UniqueConstraint(fields=["credit_note", "order_line"], name="billing_credit_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.credit_note}: {self.order_line}"

    @property
    def total(self) -> Any:
        return self.net + self.tax
