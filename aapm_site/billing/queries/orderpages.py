"""What the pages of one order say: where it stands, what has happened, and what to do next."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from aapm_site.core.money import Money

from ..models import CardSession, CreditNote, Order, OrderLine, Payment, Refund
from ..registry import AfterPurchase, after_purchase
from ..rules import ZERO, with_number
from ..states import CAME_BACK, UNFINISHED, CardState, OrderStatus, PayBy, PaymentMethod, RefundMethod, RefundStatus


@dataclass(frozen=True)
class OrderMilestone:
    """One mark on the order's line: done, now, or to come."""

    title: str
    on: date | datetime | None = None
    is_done: bool = False
    is_now: bool = False


class OrderPage:
    """An order, its invoice and its customer must be loaded; everything else is read once, when it is asked for."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.invoice = order.invoice
        self.owed_amount: Decimal = order.owed

    @cached_property
    def lines(self) -> list[OrderLine]:
        return list(self.order.lines.all())

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
        self.order._prefetched_objects_cache = {"lines": self.lines}
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
        told = CardSession.pgh_event_model.objects.filter(pgh_obj=latest.pk, state=CardState.PENDING)
        return timezone.localdate(latest.checked_at) if told.exists() else None

    # What is owed -----------------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        return self.order.is_unpaid

    @property
    def owed(self) -> Money:
        return Money(max(self.owed_amount, ZERO), self.order.currency)

    @property
    def held(self) -> Money:
        """What came too much and is the customer's."""
        return Money(max(-self.owed_amount, ZERO), self.order.currency)

    @property
    def is_part_paid(self) -> bool:
        return self.is_open and self.owed_amount < self.invoice.total

    @property
    def came(self) -> Money:
        """What was paid and has not gone back."""
        gone = [refund.amount for refund in self.refunds if refund.status == RefundStatus.DONE] if self.payments else []
        return Money(sum((payment.amount for payment in self.payments), ZERO) - sum(gone, ZERO), self.order.currency)

    @property
    def returned(self) -> "ReturnedPaymentRow":
        """The latest payment that a bank took back, as long as its order waits again."""
        if not self.is_open or not self.payments:
            return None
        taken = [refund for refund in self.refunds if refund.method in CAME_BACK and refund.status == RefundStatus.DONE]
        return ReturnedPaymentRow(taken[-1]) if taken else None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.invoice.due_on < timezone.localdate()

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
    def less(self) -> Money:
        """The discount as it is taken off: below zero."""
        return Money(-self.discount.amount, self.order.currency)

    @property
    def rows(self) -> list[tuple[OrderLine, Money]]:
        """Each line with its amount before discount and tax."""
        return [(line, line.price * line.quantity) for line in self.lines]

    # How far it is ----------------------------------------------------------------------------------------------------
    @cached_property
    def steps(self) -> list[OrderMilestone]:
        ordered = OrderMilestone("Ordered", self.order.placed_at, is_done=True)
        if self.order.status == OrderStatus.CANCELLED:
            return [ordered, OrderMilestone("Cancelled", self.order.closed_at, is_now=True)]
        if self.order.status == OrderStatus.REVERSED:
            paid = OrderMilestone("Paid", self.order.paid_at, is_done=True)
            return [ordered, paid, OrderMilestone("Taken back", self.order.closed_at, is_now=True)]
        ready = OrderMilestone("Ready for you", is_done=not self.is_open)
        if self.is_open:
            return [ordered, OrderMilestone(self._waiting, is_now=True), ready]
        if self.is_free:
            return [ordered, OrderMilestone("Nothing to pay", is_done=True), ready]
        return [ordered, OrderMilestone("Paid", self.order.paid_at, is_done=True), ready]

    @property
    def _waiting(self) -> str:
        if self.is_pending:
            return "Your bank is at work"
        if self.is_part_paid:
            return f"Waiting for the rest, {self.owed}"
        by_card = self.order.pay_by == PayBy.CARD
        return "Waiting for your card payment" if by_card else "Waiting for your check or transfer"

    # What has happened ------------------------------------------------------------------------------------------------
    @cached_property
    def happened(self) -> "OrderHistoryRow":
        """The invoice, then payments, credit notes and refunds in the order of their days; together what is owed."""
        rows = [*self._came(), *self._credited(), *self._went()]
        if not rows:
            return []
        invoice = OrderHistoryRow(self.invoice.issued_on, f"Invoice {self.invoice}", self.invoice.sum)
        return [invoice, *sorted(rows, key=lambda row: row.on)]

    def _came(self) -> "OrderHistoryRow":
        for payment in self.payments:
            what = with_number(payment.get_method_display(), payment.reference)
            less = Money(-payment.amount, payment.currency)
            yield OrderHistoryRow(payment.received_on, f"Paid: {what}", less, receipt=payment)

    def _credited(self) -> "OrderHistoryRow":
        for note in self.credit_notes:
            less = Money(-note.total, note.currency)
            yield OrderHistoryRow(note.issued_on, "Credited", less, note.reason, credit_note=note)

    def _went(self) -> "OrderHistoryRow":
        for refund in self.refunds:
            on = refund.refunded_on or timezone.localdate(refund.requested_at)
            yield OrderHistoryRow(on, went(refund), refund.sum, _reference(refund), refund=refund)


@dataclass(frozen=True)
class OrderHistoryRow:
    """One row of what became of the money; the paper that tells of it, if there is one."""

    on: date
    what: str
    amount: Money
    note: str = ""
    receipt: Payment | None = None
    credit_note: CreditNote | None = None
    refund: Refund | None = None


@dataclass(frozen=True)
class ReturnedPaymentRow:
    """A payment that a bank took back, in words for who paid."""

    refund: Refund

    @property
    def what(self) -> str:
        payment = self.refund.payment
        return "card payment" if payment.method == PaymentMethod.CARD else payment.get_method_display().lower()

    @property
    def how(self) -> str:
        return HOW_IT_WENT[RefundMethod(self.refund.method)]

    @property
    def reason(self) -> str:
        """The reason as a sentence."""
        reason = self.refund.reason.strip()
        return reason if reason.endswith((".", "!", "?")) else f"{reason}."


HOW_IT_WENT = {
    RefundMethod.RETURNED: "came back unpaid",
    RefundMethod.DISPUTE: "was taken back",
    RefundMethod.MISTAKE: "was recorded by mistake",
}
WENT = {
    RefundMethod.CARD: "Sent back to the card",
    RefundMethod.CHECK: "Sent back by check",
    RefundMethod.TRANSFER: "Sent back by bank transfer",
    RefundMethod.CREDIT: "Used for another order",
    RefundMethod.RETURNED: "Payment came back unpaid",
    RefundMethod.DISPUTE: "Taken back by the cardholder's bank",
    RefundMethod.MISTAKE: "Recorded by mistake, and taken out again",
}


def _reference(refund: Refund) -> str:
    if not refund.reference:
        return ""
    return with_number("Check" if refund.method == RefundMethod.CHECK else "Reference", refund.reference)


def went(refund: Refund) -> str:
    """How money went back, in words."""
    return WENT[RefundMethod(refund.method)]
