"""The commands of the billing office."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from aapm_site.billing.domain import checkout_sessions
from aapm_site.billing.models import Entry
from aapm_site.billing.states import OrderStatus, PayBy
from tests.billing import provider as at_provider
from tests.billing.factories import fresh, paid, placed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
provider = at_provider.provider


def run(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


def test_books_that_balance():
    assert run("check_books") == "The books balance: 0 entries.\n"
    paid()
    placed()

    assert run("check_books") == "The books balance: 3 entries.\n"


def test_a_fault_is_named_and_ends_with_one():
    order = paid()
    made = order.payments.get()
    Entry.objects.create(
        key="made-up", kind="payment", customer=order.customer, order=order, payment=made, amount=Decimal("5.00"),
        booked_on=timezone.localdate(),
    )  # fmt: skip
    out = StringIO()

    with pytest.raises(CommandError, match="The books do not balance.") as ended:
        call_command("check_books", stdout=out)

    assert ended.value.returncode == 1
    assert out.getvalue() == "The payments come to 222.75, the ledger says 227.75.\n"


@pytest.mark.django_db(transaction=True)
def test_books_are_read_at_one_instant():
    placed()

    assert run("check_books") == "The books balance: 1 entry.\n"


def test_a_card_payment_whose_message_was_lost_is_found(provider):
    order = placed(pay_by=PayBy.CARD)
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        checkout_sessions.start_session(order, email="billing@harborlane.example")
    provider.pay(order.card_sessions.get().session_id)
    assert fresh(order).status == OrderStatus.AWAITING_PAYMENT

    assert run("reconcile_cards") == "asked: 1, paid: 1, ended: 0, unclear: 0\n"

    assert fresh(order).status == OrderStatus.PAID
    assert run("reconcile_cards") == "asked: 0, paid: 0, ended: 0, unclear: 0\n"


def test_without_card_payment_there_is_nobody_to_ask(settings):
    settings.CARD_PAYMENTS = False

    assert run("reconcile_cards") == "Payment by card is not set up, so there is nobody to ask.\n"
