"""What the pages of one order say: where it stands, what has happened, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.money import Money
from aapm_site.core.templatetags.ui import day
from aapm_site.core.ui.timeline import HistoryRow, Milestone, Timeline

from ..models import CreditNote, Payment, Refund
from ..queries.orders import OrderFacts
from ..rules import with_number
from ..states import OrderStatus, PayBy, PaymentMethod, RefundMethod

AT_BANK = "Your bank is at work"
PAID = "This is paid. Thank you."
NOTHING_OWED = {
    OrderStatus.CANCELLED: "This order is cancelled. Nothing is owed on it.",
    OrderStatus.REVERSED: "This order was taken back.",
}
NOTHING_TO_PAY = {
    OrderStatus.CANCELLED: "This order was cancelled. There is nothing to pay.",
    OrderStatus.REVERSED: "This order was taken back. There is nothing to pay.",
}


@dataclass(frozen=True)
class OrderState:
    """A state for the mark in a list: its value, its words, and a tone where it is not the value's own."""

    value: str
    label: str
    tone: str = ""


class OrderPage(OrderFacts):
    """An order in words: the facts, the line that shows how far it is, and what became of the money."""

    @property
    def returned(self) -> "ReturnedPaymentRow | None":
        """The payment that a bank took back last, if the order waits again."""
        return ReturnedPaymentRow(self.returned_refund) if self.returned_refund else None

    # What its pages begin with ----------------------------------------------------------------------------------------
    @property
    def lede(self) -> str:
        """For the buyer: where the order stands, and who has to do something."""
        if self.order.status in NOTHING_OWED:
            return NOTHING_OWED[OrderStatus(self.order.status)]
        if not self.is_open:
            return (self.next_step and self.next_step.paid) or PAID
        if self.is_pending:
            return (
                f"{AT_BANK} on your payment. This takes a few days at most, and we write to you as soon as it is done."
            )
        if self.is_part_paid and self.came:
            return f"Thank you, {self.came} has come. {self.owed} is still to pay."
        return (self.next_step and self.next_step.waiting) or "We wait for your payment."

    @property
    def invoice_lede(self) -> SafeString | str:
        """For who holds the link: how much is to be paid, and until when."""
        if self.order.status in NOTHING_TO_PAY:
            return NOTHING_TO_PAY[OrderStatus(self.order.status)]
        if not self.is_open:
            return PAID
        if self.is_pending:
            return "A bank is at work on a payment for this invoice. Please do not pay again."
        thanks = f"Thank you, {self.came} has come. " if self.is_part_paid and self.came else ""
        rest = f"{self.owed} of {self.invoice.sum}" if self.is_part_paid else self.owed
        if self.is_overdue:
            return format_html("{}{} was due on {}.", thanks, rest, day(self.invoice.due_on))
        return format_html("{}{} is {}.", thanks, rest, self.due)

    @property
    def state(self) -> OrderState:
        """The state in a list of orders."""
        if self.is_pending:
            return OrderState("wait", AT_BANK, "wait")
        if self.is_overdue:
            return OrderState("overdue", "Overdue")
        return OrderState(self.order.status, self.order.get_status_display())

    # When it is due ---------------------------------------------------------------------------------------------------
    @property
    def due(self) -> SafeString | str:
        """When an open invoice is or was to be paid, in the middle of a sentence."""
        if self.is_overdue:
            return format_html("overdue since {}", day(self.invoice.due_on))
        return "due on receipt" if self.is_due_on_receipt else format_html("due on {}", day(self.invoice.due_on))

    @property
    def waits_for(self) -> SafeString | str:
        """The same, unless a bank is at work already."""
        return "your bank is at work on the payment" if self.is_pending else self.due

    @property
    def stands_open(self) -> SafeString:
        """An open invoice in one sentence: its number, what is still owed, and when it is due."""
        return format_html("Invoice {} is open: {}, {}.", self.invoice, self.owed, self.waits_for)

    @property
    def due_day(self) -> SafeString | str:
        return "On receipt" if self.is_due_on_receipt else day(self.invoice.due_on)

    # How far it is ----------------------------------------------------------------------------------------------------
    @cached_property
    def timeline(self) -> Timeline:
        return Timeline("How far this order is", tuple(self._milestones()))

    def _milestones(self) -> Iterator[Milestone]:
        order = self.order
        yield Milestone("Ordered", on=order.placed_at, is_done=True)
        if order.status == OrderStatus.CANCELLED:
            yield Milestone("Cancelled", on=order.closed_at, is_now=True)
        elif order.status == OrderStatus.REVERSED:
            yield Milestone("Paid", on=order.paid_at, is_done=True)
            yield Milestone("Taken back", on=order.closed_at, is_now=True)
        else:
            yield self._payment()
            yield Milestone("Ready for you", is_done=not self.is_open)

    def _payment(self) -> Milestone:
        if self.is_free and not self.is_open:
            return Milestone("Nothing to pay", is_done=True)
        if not self.is_open:
            return Milestone("Paid", on=self.order.paid_at, is_done=True)
        if self.is_overdue:
            return Milestone(self._waiting, "overdue since", self.invoice.due_on, is_now=True)
        if self.is_due_on_receipt:
            return Milestone(self._waiting, "due on receipt", is_now=True)
        return Milestone(self._waiting, "due on", self.invoice.due_on, is_now=True)

    @property
    def _waiting(self) -> str:
        if self.is_pending:
            return AT_BANK
        if self.is_part_paid:
            return f"Waiting for the rest, {self.owed}"
        by_card = self.order.pay_by == PayBy.CARD
        return "Waiting for your card payment" if by_card else "Waiting for your check or transfer"

    # What has happened ------------------------------------------------------------------------------------------------
    @cached_property
    def history(self) -> "list[OrderHistoryRow]":
        """The invoice, then payments, credit notes and refunds in the order of their days; together what is owed."""
        rows = [*self._came(), *self._credited(), *self._went()]
        if not rows:
            return []
        invoice = OrderHistoryRow(f"Invoice {self.invoice}", self.invoice.issued_on, amount=self.invoice.sum)
        return [invoice, *sorted(rows, key=lambda row: row.on)]

    def _came(self) -> "Iterator[OrderHistoryRow]":
        for payment in self.payments:
            what = with_number(payment.get_method_display(), payment.reference)
            less = Money(-payment.amount, payment.currency)
            yield OrderHistoryRow(f"Paid: {what}", payment.received_on, amount=less, receipt=payment)

    def _credited(self) -> "Iterator[OrderHistoryRow]":
        for note in self.credit_notes:
            less = Money(-note.total, note.currency)
            yield OrderHistoryRow("Credited", note.issued_on, note=note.reason, amount=less, credit_note=note)

    def _went(self) -> "Iterator[OrderHistoryRow]":
        for refund in self.refunds:
            on = refund.refunded_on or timezone.localdate(refund.requested_at)
            yield OrderHistoryRow(went(refund), on, note=_reference(refund), amount=refund.sum, refund=refund)


@dataclass(frozen=True, kw_only=True)
class OrderHistoryRow(HistoryRow):
    """One row of what became of the money; the paper that tells of it, if there is one."""

    amount: Money
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
