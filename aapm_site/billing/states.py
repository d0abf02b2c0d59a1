"""The life of an order and of a refund, and the words of the books."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class OrderStatus(models.TextChoices):
    OFFERED = "offered", "On offer"
    AWAITING_PAYMENT = "awaiting_payment", "Waiting for payment"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"
    REVERSED = "reversed", "Taken back"
    ENDED = "ended", "Offer ended"


# What has no invoice, so that nothing is owed on it.
OFFERS = (OrderStatus.OFFERED, OrderStatus.ENDED)

# The bank took a payment back. What was sold may be gone from the order already; what was paid out is owed.
_REOPEN = Move(
    OrderStatus.AWAITING_PAYMENT, "reopen", "Payment taken back", danger=True, needs_reason=True, by_staff=False
)
# Money came for an offer, late perhaps: now it has an invoice.
_TAKE_UP = Move(OrderStatus.AWAITING_PAYMENT, "take-up", "Invoice issued", by_staff=False)
ORDER_LIFECYCLE: Lifecycle = {
    OrderStatus.OFFERED: (
        _TAKE_UP,
        Move(OrderStatus.ENDED, "end", "End the offer", stamps=("closed_at",), by_staff=False),
    ),
    OrderStatus.ENDED: (_TAKE_UP,),
    OrderStatus.AWAITING_PAYMENT: (
        Move(OrderStatus.PAID, "settle", "Paid", stamps=("paid_at",), by_staff=False),
        Move(
            OrderStatus.CANCELLED,
            "cancel",
            "Cancel the order",
            stamps=("closed_at",),
            danger=True,
            needs_reason=True,
            confirm="A credit note takes back what is still owed. The customer gets it by e-mail, with your reason.",
        ),
    ),
    OrderStatus.PAID: (
        _REOPEN,
        Move(
            OrderStatus.REVERSED,
            "reverse",
            "Take back",
            stamps=("closed_at",),
            danger=True,
            needs_reason=True,
            by_staff=False,
        ),
    ),
    OrderStatus.CANCELLED: (_REOPEN,),
    OrderStatus.REVERSED: (_REOPEN,),
}


class RefundStatus(models.TextChoices):
    REQUESTED = "requested", "On its way"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


REFUND_LIFECYCLE: Lifecycle = {
    RefundStatus.REQUESTED: (
        Move(RefundStatus.DONE, "finish", "Done", stamps=("done_at",), by_staff=False),
        Move(RefundStatus.FAILED, "fail", "Failed", danger=True, by_staff=False),
    ),
    RefundStatus.FAILED: (
        Move(
            RefundStatus.REQUESTED,
            "retry",
            "Try again",
            confirm="The card provider is asked once more. Look in its pages first: if the money went back after all, "
            "it would go twice.",
        ),
        Move(RefundStatus.DONE, "finish", "Done", stamps=("done_at",), by_staff=False),
    ),
    # The bank may send back a refund that looked done, days later.
    RefundStatus.DONE: (Move(RefundStatus.FAILED, "fail", "Failed", danger=True, by_staff=False),),
}


class PayBy(models.TextChoices):
    """How the buyer wishes to pay."""

    INVOICE = "invoice", "By invoice: check or bank transfer"
    CARD = "card", "By card, now"
    FREE = "free", "Nothing to pay"


class PaymentMethod(models.TextChoices):
    """How money came."""

    CHECK = "check", "Check"
    TRANSFER = "transfer", "Bank transfer"
    CARD = "card", "Card"
    CREDIT = "credit", "Credit from another order"


class RefundMethod(models.TextChoices):
    """How money left."""

    CARD = "card", "Back to the card"
    CHECK = "check", "Check"
    TRANSFER = "transfer", "Bank transfer"
    CREDIT = "credit", "Credit to another order"
    RETURNED = "returned", "Payment came back unpaid"
    DISPUTE = "dispute", "Taken by the cardholder's bank"
    MISTAKE = "mistake", "Recorded by mistake"


# The money is not here any more, or never was: the order waits again.
CAME_BACK = (RefundMethod.RETURNED, RefundMethod.DISPUTE, RefundMethod.MISTAKE)


class EntryKind(models.TextChoices):
    """One line of the ledger. Invoices and refunds raise what a customer owes, credit notes and payments lower it."""

    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"
    PAYMENT = "payment", "Payment"
    REFUND = "refund", "Refund"
    REFUND_FAILED = "refund_failed", "Refund that failed"


RAISES = (EntryKind.INVOICE, EntryKind.REFUND)
LOWERS = (EntryKind.CREDIT_NOTE, EntryKind.PAYMENT, EntryKind.REFUND_FAILED)


class CouponKind(models.TextChoices):
    PERCENT = "percent", "Percent"
    AMOUNT = "amount", "Amount"


class CardState(models.TextChoices):
    """Where a card payment at the provider stands, as far as is known here."""

    OPENING = "opening", "Being opened"
    OPEN = "open", "Open"
    PENDING = "pending", "The bank is at work"
    PAID = "paid", "Paid"
    ENDED = "ended", "Ended without payment"


UNFINISHED = (CardState.OPENING, CardState.OPEN, CardState.PENDING)


class DisputeState(models.TextChoices):
    OPEN = "open", "Open"
    WON = "won", "Won"
    LOST = "lost", "Lost"


class KeptCardState(models.TextChoices):
    """Where a card stands that the provider keeps, as far as is known here."""

    OPENING = "opening", "Being given"
    KEPT = "kept", "Kept"
    GOING = "going", "Being removed"
    GONE = "gone", "Removed"


class ChargeState(models.TextChoices):
    """Where a payment with a kept card stands."""

    REQUESTED = "requested", "On its way"
    PAID = "paid", "Paid"
    FAILED = "failed", "Failed"
    WITHDRAWN = "withdrawn", "Taken back before it was made"
