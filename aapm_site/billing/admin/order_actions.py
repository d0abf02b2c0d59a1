"""The actions on an order: money that came, what is taken back, money that goes back, and asking the card provider."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.actions import ActionOutcome, AdminAction, MoveAction
from aapm_site.core.transitions import staff_word

from ..domain import credit_notes, ledger, notifications, orders, payments, refunds
from ..models import CreditNote, Order, Payment, Refund
from ..states import CardState, OrderStatus, RefundMethod
from ..webhooks import missed
from . import display
from .actions import OrderActionView
from .forms import (
    NOTHING,
    BackForm,
    CancelOrderForm,
    OrderActionForm,
    PaymentForm,
    TakeBackForm,
    UseElsewhereForm,
    other_orders,
)

RECORD, REFUND, CANCEL = "billing.record_payment", "billing.refund_order", "billing.cancel_order"


def money(amount: Decimal, order: Order) -> str:
    """An amount in the order's currency."""
    return display.money(amount, order.currency)


def standing(order: Order) -> str:
    """What the ledger says of an order now, as a sentence."""
    owed = ledger.amount_owed(order)
    if owed > 0:
        return f"{money(owed, order)} is still open."
    if (kept := refunds.returnable_amount(order)) > 0:
        return f"{money(kept, order)} too much has come; it is kept for the customer."
    return f"{money(-owed, order)} is on its way back." if owed < 0 else "Nothing is owed any more."


AT_BANK = (
    "A bank is at work on a payment from the card page of this order. If that comes too, one of the two is kept for "
    "the customer."
)


# Money that came ------------------------------------------------------------------------------------------------------
def _record(order: Order, form: PaymentForm, by: Actor) -> ActionOutcome:
    said = form.cleaned_data
    payment = payments.record_payment(
        order, by=by, method=said["method"], amount=said["amount"], received_on=said["received_on"],
        reference=said["reference"],
    )  # fmt: skip
    words = f"Recorded as {payment}: {money(payment.amount, order)}. {standing(order)}"
    return ActionOutcome((*_doubts(order, form, payment), words), sums=str(payment.amount))


def _doubts(order: Order, form: PaymentForm, payment: Payment) -> list[str]:
    """What looks like a slip."""
    said = form.cleaned_data
    twins = [
        one
        for one in payments.similar_payments(order, said["method"], said["amount"], said["received_on"])
        if one != payment
    ]
    return [f"{one} over the same amount came on the same day. Make sure that this is another one." for one in twins]


def _is_unusual(order: Order, form: PaymentForm) -> bool:
    """Another amount than what is open, or the same as something that is there already."""
    said = form.cleaned_data
    is_double = bool(payments.similar_payments(order, said["method"], said["amount"], said["received_on"]))
    return is_double or said["amount"] != ledger.amount_owed(order)


def _record_words(order: Order) -> Sequence[str]:
    if ledger.amount_owed(order) > 0:
        words = (f"{standing(order)} The customer gets the receipt by e-mail.",)
        return (*words, AT_BANK) if order.at_bank else words
    return (f"{standing(order)} What you record now is kept for the customer, who is told so by e-mail.",)


# What is taken back ---------------------------------------------------------------------------------------------------
def _take_back_refusal(order: Order) -> str:
    if not any(left.total or left.quantity for left in credit_notes.remainders_of(order)):
        return "Everything on this order has been taken back already."
    return ""


def _take_back_label(order: Order) -> str:
    return "Take back and refund" if order.payments.exists() else "Credit note"


def _take_back_words(order: Order) -> Sequence[str]:
    words = (
        "A credit note takes back what was sold, or gives an allowance on the price. The invoice itself stays as it "
        "is. A package goes back as a whole; for a part of it give an allowance, and take back by hand what it gave."
    )
    return (words, standing(order), "You see what follows from it before anything is done.")


def _take_back(order: Order, form: TakeBackForm, by: Actor) -> ActionOutcome:
    given = {
        "by": by, "reason": form.cleaned_data["reason"], "pieces": form.pieces, "allowance": form.allowed,
    }  # fmt: skip
    if form.cleaned_data.get("method", NOTHING) == NOTHING:
        note, sent = credit_notes.issue_credit_note(order, **given), list[Refund]()
    else:
        note, sent = refunds.take_back_and_refund(order, **given, **form.way())
    return _told(order, note, sent)


def _told(order: Order, note: CreditNote, sent: list[Refund]) -> ActionOutcome:
    net = f" ({money(note.net, order)} and {money(note.tax, order)} tax)" if note.tax else ""
    taken = [f"{line.quantity} × {line.order_line.title}" for line in note.lines.all() if line.quantity]
    what = f", for {', '.join(taken)}" if taken else ", as an allowance on the price"
    said = [f"Credit note over {money(note.total, order)}{net}{what}."]
    said += [_sent(refund, order) for refund in sent]
    now = Order.objects.get(pk=order.pk)
    said.append(f"The order: {staff_word(now).lower()}. {standing(order)}")
    return ActionOutcome(tuple(said), sums="|".join(str(one) for one in (note.total, *(back.amount for back in sent))))


def _sent(refund: Refund, order: Order) -> str:
    amount = money(refund.amount, order)
    if refund.method == RefundMethod.CARD:
        return f"{amount} goes back to the card, out of payment {refund.payment}."
    way = "check" if refund.method == RefundMethod.CHECK else "bank transfer"
    return f"{amount} is booked as sent by {way}{f' {refund.reference}' if refund.reference else ''}."


# What came too much ---------------------------------------------------------------------------------------------------
def _too_much(order: Order) -> str:
    return (
        "" if refunds.returnable_amount(order) > 0 else "Nothing came too much on this order, or it is on its way back."
    )


def _send_back_words(order: Order) -> Sequence[str]:
    return (
        f"{money(refunds.returnable_amount(order), order)} came too much and goes back now, out of the newest payments "
        "first.",
        "The customer is told by e-mail. A check or transfer is booked on the day that you give.",
    )


def _send_back(order: Order, form: BackForm, by: Actor) -> ActionOutcome:
    sent = refunds.refund_rest_of_order(order, by=by, reason=form.cleaned_data["reason"], **form.way())
    return ActionOutcome((*(_sent(refund, order) for refund in sent),))


def _move_refusal(order: Order) -> str:
    if refusal := _too_much(order):
        return refusal
    return "" if other_orders(order).exists() else "This customer has no other order that waits for payment."


def _move_words(order: Order) -> Sequence[str]:
    return (
        f"{money(refunds.returnable_amount(order), order)} came too much; the other order gets what it needs of it.",
        "The customer is told by e-mail.",
    )


def _move(order: Order, form: UseElsewhereForm, by: Actor) -> ActionOutcome:
    target = form.cleaned_data["target"]
    came = refunds.move_credit(order, target, by=by)
    words = f"Used for {target}, as {came}. There: {standing(target)} Here: {standing(order)}"
    return ActionOutcome((words,))


# The invoice, once more -----------------------------------------------------------------------------------------------
def _again_refusal(order: Order) -> str:
    return "" if order.is_unpaid else "This order does not wait for a payment, so its invoice is not sent again."


def _again_words(order: Order) -> Sequence[str]:
    return (f"{order.invoice.bill_email} gets the invoice once more, with what is open and how to pay it.",)


def _send_again(order: Order, form: OrderActionForm, by: Actor) -> ActionOutcome:
    notifications.invoice_again(order, ledger.amount_owed(order))
    return ActionOutcome((f"Invoice {order} is on its way to {order.invoice.bill_email}.",))


# The card provider ----------------------------------------------------------------------------------------------------
ANSWERS = {
    CardState.PAID.value: "The card payment was taken, and is booked.",
    CardState.ENDED.value: "The card page has ended without a payment.",
    CardState.PENDING.value: "The bank is at work on the payment. Its answer comes by itself.",
    CardState.OPEN.value: "The card page is still open, and nobody has paid there.",
    "unclear": "The provider gave no clear answer. Please try again in a few minutes.",
    missed.TROUBLE: "The provider answered, but it could not be booked. The office has the reason by e-mail.",
}


def _ask_refusal(order: Order) -> str:
    if not settings.CARD_PAYMENTS:
        return "Payment by card is not set up, so there is nobody to ask."
    asked = order.card_sessions.to_ask_about(timezone.now()).exists()
    return "" if asked else "No card payment of this order is unfinished, so there is nothing to ask."


class AskProviderView(OrderActionView):
    """Never inside a transaction: it waits for the network."""

    in_transaction = False


def _ask(order: Order, form: OrderActionForm, by: Actor) -> ActionOutcome:
    """What the provider says of the card pages."""
    answer = str(missed.check_sessions_now(order) or "")
    return ActionOutcome((ANSWERS.get(answer, "There is nothing to ask any more."),), level=messages.INFO)


def _is_without_payment(order: Order) -> bool:
    """An order on which money came is taken back by a refund, never cancelled."""
    return not order.payments.exists()


ORDER_ACTIONS = (
    AdminAction(
        verb="record-payment",
        label="Record a payment",
        permission=RECORD,
        words=_record_words,
        form=PaymentForm,
        unusual=_is_unusual,
        do=_record,
    ),
    AdminAction(
        verb="use-elsewhere",
        label="Use it for another order",
        permission=REFUND,
        refusal=_move_refusal,
        words=_move_words,
        form=UseElsewhereForm,
        do=_move,
    ),
    AdminAction(
        verb="send-back",
        label="Send back what came too much",
        permission=REFUND,
        refusal=_too_much,
        words=_send_back_words,
        form=BackForm,
        do=_send_back,
    ),
    AdminAction(
        verb="take-back",
        label=_take_back_label,
        permission=REFUND,
        danger=True,
        refusal=_take_back_refusal,
        words=_take_back_words,
        form=TakeBackForm,
        is_checked=True,
        do=_take_back,
    ),
    AdminAction(
        verb="send-again",
        label="Send the invoice again",
        permission=RECORD,
        refusal=_again_refusal,
        words=_again_words,
        form=OrderActionForm,
        do=_send_again,
    ),
    AdminAction(
        verb="ask-card",
        label="Ask the card provider",
        permission=RECORD,
        refusal=_ask_refusal,
        words=("The provider says what became of the card page. A payment that was taken there is booked now.",),
        form=OrderActionForm,
        view=AskProviderView,
        do=_ask,
    ),
    MoveAction(
        verb="cancel",
        to=OrderStatus.CANCELLED,
        permission=CANCEL,
        is_offered=_is_without_payment,
        form=CancelOrderForm,
        do=orders.cancel_order,
    ),
)
