"""The ledger: one line for each thing that changes what a customer owes. Lines are added, never changed."""

from typing import Any

from django.db import models
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.money import Money, amount_field, currency_field

from ..states import RAISES, EntryKind
from .base import kept_history, never_changed, never_deleted
from .customer import Customer
from .invoice import CreditNote, Invoice
from .order import Order
from .payment import Payment, Refund


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_user(self, user: Visitor) -> "EntryQuerySet":
        return self.filter(customer__in=Customer.objects.for_user(user))

    def owed(self) -> Any:
        """What all these lines together leave to be paid; below zero when too much came."""
        found = self.aggregate(
            up=models.Sum("amount", filter=models.Q(kind__in=RAISES), default=0),
            down=models.Sum("amount", filter=~models.Q(kind__in=RAISES), default=0),
        )
        return found["up"] - found["down"]


@kept_history("key")
class Entry(models.Model):
    """One booking. The amount is never negative: the kind says which way it goes (states.RAISES, LOWERS)."""

    # What is booked, in words: a second booking of the same thing is refused by the database.
    key = models.CharField(max_length=60, unique=True, editable=False)
    kind = models.CharField(max_length=15, choices=EntryKind.choices)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="entries")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="entries")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    credit_note = models.ForeignKey(CreditNote, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(max_length=10, blank=True)
    amount = amount_field()
    tax = amount_field(default=0)
    currency = currency_field()
    booked_on = models.DateField(help_text="The day that it belongs to, in the association's zone.")
    booked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["booked_on", "pk"]
        verbose_name = "ledger entry"
        verbose_name_plural = "ledger"
        triggers = [never_changed(), never_deleted()]
        indexes = [
            models.Index(fields=["booked_on", "id"], name="billing_entry_day"),
            models.Index(fields=["customer", "booked_on", "id"], name="billing_entry_customer"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EntryKind.values), name="billing_entry_kind_known"),
            models.CheckConstraint(condition=models.Q(amount__gte=0, tax__gte=0), name="billing_entry_not_negative"),
            models.CheckConstraint(
                condition=models.Q(kind=EntryKind.INVOICE, invoice__isnull=False)
                | models.Q(kind=EntryKind.CREDIT_NOTE, credit_note__isnull=False)
                | models.Q(kind=EntryKind.PAYMENT, payment__isnull=False)
                | models.Q(kind__in=(EntryKind.REFUND, EntryKind.REFUND_FAILED), refund__isnull=False),
                name="billing_entry_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

    @property
    def sum(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def raises(self) -> bool:
        return self.kind in RAISES

    @property
    def paper(self) -> Any:
        """The document, payment or refund that was booked."""
        return self.invoice or self.credit_note or self.refund or self.payment
