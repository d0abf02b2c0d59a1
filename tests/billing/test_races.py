"""People and machines that meet: each over a connection of its own, and each race shown to happen without the lock."""

import threading
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from aapm_site.billing.domain import credit_notes, ledger, orders, payments, reconciliation, refunds
from aapm_site.billing.domain.pricing import CouponRefused
from aapm_site.billing.models import Coupon, Order, Payment, Refund
from aapm_site.billing.states import OrderStatus
from aapm_site.core.transitions import NotAllowed
from tests import factories, racing

from .shop import make_coupon, make_customer, place

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(steps):
    found = racing.at_once(*steps)
    assert [one for one in found if isinstance(one, Exception) and not isinstance(one, NotAllowed)] == []
    return found


def test_twenty_want_the_last_use_of_a_coupon_and_one_gets_it(shop):
    make_coupon("LAST", most_uses=1, most_per_customer=None)
    people = [(make_customer(f"Practice {number}"), factories.user()) for number in range(20)]

    said = outcomes(
        [lambda c=one, by=who: place(("shop:posting", 1), customer=c, by=by, code="LAST") for one, who in people]
    )

    assert sum(isinstance(one, CouponRefused) for one in said) == 19
    assert Coupon.objects.get().orders.count() == Order.objects.count() == 1


def test_control_without_the_lock_the_coupon_would_be_used_twice(shop):
    coupon = make_coupon("LAST", most_uses=1, most_per_customer=None)
    both_have_counted = threading.Barrier(2)

    def careless(customer):
        with transaction.atomic():
            assert Order.objects.filter(coupon=coupon).count() == 0
            both_have_counted.wait(timeout=20)
            Order.objects.create(customer=customer, pay_by="invoice", coupon=coupon, checkout_key="x")

    customers = [make_customer("One"), make_customer("Another")]
    racing.at_once(*[lambda c=one: careless(c) for one in customers])
    assert coupon.orders.count() == 2


def test_the_same_button_pressed_ten_times_makes_one_order(shop):
    customer, buyer = make_customer(), factories.user()
    said = outcomes([lambda: place(("shop:posting", 1), customer=customer, by=buyer, checkout_key="one")] * 10)
    assert {order.pk for order in said} == {Order.objects.get().pk}


def test_one_card_payment_confirmed_fifty_times_at_once_is_one_payment(shop):
    order = place(("shop:posting", 1))
    step = lambda: payments.confirm_card_payment(  # noqa: E731
        order, amount=Decimal(99), currency="USD", provider_reference="pi_1", on=timezone.localdate()
    )
    said = outcomes([step] * 50)
    assert {one.pk for one in said} == {Payment.objects.get().pk}
    assert shop.paid == [order.invoice.number]
    assert list(reconciliation.find_faults()) == []


def test_one_card_payment_told_for_two_orders_at_once_pays_one_of_them(shop):
    placed = [place(("shop:posting", 1)) for _ in range(2)]
    told = {"amount": Decimal(99), "currency": "USD", "provider_reference": "pi_1", "on": timezone.localdate()}
    said = outcomes([lambda order=one: payments.confirm_card_payment(order, **told) for one in placed])
    paid = Payment.objects.get()
    refused = next(one for one in said if isinstance(one, NotAllowed))
    assert str(refused) == f"The card payment pi_1 is booked for order {paid.order} already."
    assert shop.paid == [paid.order.invoice.number]
    assert list(reconciliation.find_faults()) == []


def test_a_check_and_a_card_at_once_pay_once_and_keep_the_rest(shop):
    order, staff = place(("shop:posting", 1)), factories.staff_user()
    outcomes(
        [
            lambda: payments.confirm_card_payment(
                order, amount=Decimal(99), currency="USD", provider_reference="pi_1", on=timezone.localdate()
            ),
            lambda: payments.record_payment(
                order, by=staff, method="check", amount=Decimal(99), received_on=timezone.localdate(), reference="1"
            ),
        ]
    )
    assert shop.paid == [order.invoice.number]
    assert ledger.amount_owed(order) == Decimal(-99)


@pytest.mark.parametrize("trial", range(3))
def test_paid_and_cancelled_at_once_is_never_both(shop, trial):
    order, staff = place(("shop:posting", 1)), factories.staff_user()
    outcomes(
        [
            lambda: payments.confirm_card_payment(
                order, amount=Decimal(99), currency="USD", provider_reference="pi_1", on=timezone.localdate()
            ),
            lambda: orders.cancel_order(order, by=staff, reason="Not needed."),
        ]
    )
    order.refresh_from_db()
    assert (order.status, ledger.amount_owed(order)) in [(OrderStatus.PAID, 0), (OrderStatus.CANCELLED, -99)]
    assert shop.paid == ([order.invoice.number] if order.status == OrderStatus.PAID else [])
    assert list(reconciliation.find_faults()) == []


def paid_order(pieces):
    order = place(("shop:posting", pieces))
    payments.confirm_card_payment(
        order, amount=order.invoice.total, currency="USD", provider_reference="pi_1", on=timezone.localdate()
    )
    return order


def test_ten_who_refund_at_once_send_the_money_back_once(shop):
    order, staff = paid_order(1), factories.staff_user()
    line = order.lines.get().pk
    said = outcomes(
        [lambda: refunds.take_back_and_refund(order, by=staff, reason="Taken back.", method="card", pieces={line: 1})]
        * 10
    )
    assert sum(isinstance(one, NotAllowed) for one in said) == 9
    assert (Refund.objects.count(), order.invoice.credit_notes.count()) == (1, 1)


def test_two_who_take_back_pieces_at_once_take_no_more_than_there_are(shop):
    order, staff = paid_order(3), factories.staff_user()
    line = order.lines.get().pk
    said = outcomes([lambda: credit_notes.issue_credit_note(order, by=staff, reason="Two.", pieces={line: 2})] * 2)
    assert sum(isinstance(one, NotAllowed) for one in said) == 1
    assert order.lines.get().kept == 1


def test_control_without_the_lock_both_would_refund(shop):
    order = paid_order(1)
    payment, both_have_read = order.payments.get(), threading.Barrier(2)

    def careless():
        with transaction.atomic():
            left = payments.amount_left(payment)
            both_have_read.wait(timeout=20)
            Refund.objects.create(payment=payment, method="check", amount=left, reason="Careless.")

    racing.at_once(careless, careless)
    assert sum(refund.amount for refund in Refund.objects.all()) == 2 * payment.amount
