"""What is known of one order: its papers and payments, and what is owed."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from aapm_site.core.money import Money

from ..models import CardSession, CreditNote, Invoice, Order, OrderLine, Payment, Refund
from ..registry import AfterPurchase, after_purchase
from ..rules import ZERO
from ..states import CAME_BACK, UNFINISHED, CardState, PayBy, RefundStatus


class OrderFacts:
    """An order, its invoice and its customer must be loaded; everything else is read once, when it is asked for.

    An offer has no invoice: what it comes to is said by its lines.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.owed_amount: Decimal = self.total.amount if order.is_offer else order.owed

    @property
    def invoice(self) -> Invoice:
        return self.order.invoice

    @cached_property
    def lines(self) -> list[OrderLine]:
        """Each with what credit notes took back of it, which the room asks for."""
        return list(self.order.lines.with_gone())

    @cached_property
    def payments(self) -> list[Payment]:
        return list(self.order.payments.all())

    @cached_property
    def credit_notes(self) -> list[CreditNote]:
        return list(self.invoice.credit_notes.all())

    @cached_property
    def refunds(self) -> list[Refund]:
        return list(Refund.objects.filter(payment__order=self.order).select_related("payment"))

    @cached_property
    def next_step(self) -> AfterPurchase | None:
        self.order._prefetched_objects_cache = {"lines": self.lines}  # type: ignore[attr-defined]  # as prefetches do
        return after_purchase(self.order)

    # Paying by card ---------------------------------------------------------------------------------------------------
    @cached_property
    def card_sessions(self) -> list[CardSession]:
        """The tries to pay by card, the latest first; of an order that waits."""
        return list(self.order.card_sessions.all()) if self.is_open else []

    @property
    def is_pending(self) -> bool:
        """Whether a bank is at work on a payment that was made on the card page."""
        return self.is_open and self.order.at_bank

    @property
    def is_under_way(self) -> bool:
        """Whether a card page is open, of which the provider may have something to tell."""
        return any(session.state in UNFINISHED for session in self.card_sessions)

    @cached_property
    def failed_on(self) -> date | None:
        """The day on which the bank refused the latest card payment. A page that was only left has none."""
        latest = next(iter(self.card_sessions), None)
        if latest is None or latest.state != CardState.ENDED or latest.checked_at is None:
            return None
        history = CardSession.pgh_event_model.objects  # type: ignore[attr-defined]  # the tracker adds it
        told = history.filter(pgh_obj=latest.pk, state=CardState.PENDING)
        return timezone.localdate(latest.checked_at) if told.exists() else None

    # What is owed -----------------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        return self.order.is_payable

    @property
    def owed(self) -> Money:
        return Money(max(self.owed_amount, ZERO), self.order.currency)

    @property
    def held(self) -> Money:
        """What came too much and is the customer's."""
        return Money(max(-self.owed_amount, ZERO), self.order.currency)

    @property
    def is_part_paid(self) -> bool:
        return self.order.is_unpaid and self.owed_amount < self.invoice.total

    @property
    def came(self) -> Money:
        """What was paid and has not gone back."""
        gone = [refund.amount for refund in self.refunds if refund.status == RefundStatus.DONE] if self.payments else []
        return Money(sum((payment.amount for payment in self.payments), ZERO) - sum(gone, ZERO), self.order.currency)

    @property
    def returned_refund(self) -> Refund | None:
        """The latest payment that a bank took back, as long as its order waits again."""
        if not self.is_open or not self.payments:
            return None
        taken = [refund for refund in self.refunds if refund.method in CAME_BACK and refund.status == RefundStatus.DONE]
        return taken[-1] if taken else None

    @property
    def is_overdue(self) -> bool:
        return self.order.is_unpaid and self.invoice.due_on < timezone.localdate()

    @property
    def is_due_on_receipt(self) -> bool:
        return self.invoice.due_on == self.invoice.issued_on

    @property
    def is_free(self) -> bool:
        return self.order.pay_by == PayBy.FREE

    @property
    def may_be_cancelled(self) -> bool:
        """By the customer: nothing has come yet, and no bank is at work."""
        return self.is_open and not self.payments and not self.is_pending

    @property
    def discount(self) -> Money:
        return Money(sum((line.discount for line in self.lines), ZERO), self.order.currency)

    @property
    def tax(self) -> Money:
        return Money(sum((line.tax for line in self.lines), ZERO), self.order.currency)

    @property
    def total(self) -> Money:
        """What was ordered comes to, before anything was credited."""
        return Money(sum((line.total for line in self.lines), ZERO), self.order.currency)

    @property
    def less(self) -> Money:
        """The discount as it is taken off: below zero."""
        return Money(-self.discount.amount, self.order.currency)

    @property
    def rows(self) -> list[tuple[OrderLine, Money]]:
        """Each line with its amount before discount and tax."""
        return [(line, line.price * line.quantity) for line in self.lines]
