"""Messages about money that goes back, which may be told before their payment: they wait for it, but not for ever."""

from datetime import datetime, timedelta

from django.db import OperationalError, transaction

from ..domain import ledger, payments
from ..gateways import card
from ..models import Payment
from ..states import PaymentMethod
from . import disputes, refunds, store

PATIENCE = timedelta(days=3)
HANDLERS: dict[str, store.Handler] = {**refunds.HANDLERS, **disputes.HANDLERS}


def handle_waiting_messages(payment_reference: str) -> None:
    """Handle the messages that came before this payment. Under its order's lock.

    Whatever is wrong with one of them is shown to staff: the payment is booked all the same.
    """
    if not payment_reference:
        return
    found = store.waiting_messages().select_for_update().filter(payment_reference=payment_reference)
    for row in found.order_by("pk"):
        try:
            with transaction.atomic():
                store.mark_message(row, HANDLERS[row.type](card.event_of(row.payload)))
        except OperationalError:
            raise  # the database was busy: all of it is tried again
        except Exception as wrong:  # noqa: BLE001 - whatever one message does, the payment and the others are booked
            store.mark_message_for_a_look(row, str(wrong) or type(wrong).__name__)


@transaction.atomic
def handle_waiting_messages_if_booked(payment_reference: str) -> None:
    """The same where the payment may have been booked in the very moment in which a message began to wait for it."""
    if payment := payments.find_card_payment(payment_reference):
        ledger.lock_order(payment.order)
        handle_waiting_messages(payment_reference)


def handle_all_waiting_messages() -> None:
    """The same for every message that waits for a payment that is here by now."""
    known = Payment.objects.filter(method=PaymentMethod.CARD).values("provider_reference")
    found = store.waiting_messages().filter(payment_reference__in=known).order_by()
    for reference in list(found.values_list("payment_reference", flat=True).distinct()):
        handle_waiting_messages_if_booked(reference)


def give_up_waiting(at: datetime) -> int:
    """Messages that have waited for days for a payment nobody made here are shown to staff; how many these were.

    Before that, those whose payment has come are handled.
    """
    handle_all_waiting_messages()
    old = store.waiting_messages().filter(received_at__lt=at - PATIENCE)
    return old.update(handled_at=at, needs_a_look=True, outcome="It is about a payment that this site does not know.")
