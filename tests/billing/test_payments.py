"""Money that comes and money that goes back, with what follows for the order, the ledger and the room."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.billing.domain import credit_notes, ledger, orders, payments, refunds
from aapm_site.billing.models import Order, Payment, Refund
from aapm_site.billing.states import OrderStatus, RefundStatus
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests import factories

from .shop import make_customer, place

pytestmark = pytest.mark.django_db


def pay(order, amount, reference="1001", method="check"):
    return payments.record_payment(
        order,
        by=factories.staff_user(),
        method=method,
        amount=Decimal(amount),
        received_on=timezone.localdate(),
        reference=reference,
    )


def now(order):
    return Order.objects.with_owed().get(pk=order.pk)


def entries(order):
    return list(order.entries.order_by("pk").values_list("kind", "amount", "method"))


def mails():
    return list(OutgoingEmail.objects.order_by("pk").values_list("kind", flat=True))


def test_a_check_pays_the_order(shop):
    order = place(("shop:three", 1))
    payment = pay(order, "222.75")
    assert (now(order).status, now(order).owed) == (OrderStatus.PAID, 0)
    assert payment.number == f"RCT-{timezone.localdate().year}-00001"
    assert entries(order) == [("invoice", Decimal("222.75"), ""), ("payment", Decimal("222.75"), "check")]
    assert shop.paid == [order.invoice.number]
    assert mails() == ["billing.order_placed", "billing.paid"]


def test_too_little_leaves_the_rest_open_and_the_rest_pays_it(shop):
    order = place(("shop:three", 1))
    pay(order, "200.00")
    assert (now(order).status, now(order).owed, shop.paid) == (OrderStatus.AWAITING_PAYMENT, Decimal("22.75"), [])
    pay(order, "22.75", "1002")
    assert (now(order).status, now(order).owed) == (OrderStatus.PAID, 0)
    assert shop.paid == [order.invoice.number]
    assert mails() == ["billing.order_placed", "billing.part_paid", "billing.paid"]


def test_too_much_is_kept_and_can_go_back_or_be_used(shop):
    customer = make_customer()
    order, other = place(("shop:three", 1), customer=customer), place(("shop:posting", 1), customer=customer)
    pay(order, "300.00")
    assert (now(order).status, now(order).owed) == (OrderStatus.PAID, Decimal("-77.25"))
    refunds.move_credit(order, other, by=factories.staff_user())
    assert (now(order).owed, now(other).owed, now(other).status) == (0, Decimal("21.75"), "awaiting_payment")
    pay(other, "21.75", "1003")
    assert now(other).status == OrderStatus.PAID
    assert [kind for kind, _, method in entries(order) if method == "credit"] == ["refund"]


def test_what_came_too_much_goes_back_by_check(shop):
    order = place(("shop:posting", 1))
    pay(order, "100.00")
    [refund] = refunds.refund_rest_of_order(
        order, by=factories.staff_user(), reason="One dollar too much.", method="check"
    )
    assert (refund.status, refund.amount, now(order).owed) == (RefundStatus.DONE, Decimal("1.00"), 0)
    assert now(order).status == OrderStatus.PAID
    with pytest.raises(NotAllowed, match="Nothing came too much"):
        refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="Again.", method="check")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": Decimal(0)}, "above zero"),
        ({"amount": Decimal(-5)}, "above zero"),
        ({"amount": Decimal("1.005")}, "whole cents"),
        ({"method": "card"}, "Staff record checks"),
        ({"currency": "EUR"}, "is in USD"),
        ({"received_on": timezone.localdate() + timedelta(days=1)}, "in the future"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(shop, change, words):
    order = place(("shop:posting", 1))
    good = {"method": "check", "amount": Decimal(99), "received_on": timezone.localdate(), "reference": "1"}
    with pytest.raises(NotAllowed, match=words):
        payments.record_payment(order, by=factories.staff_user(), **{**good, **change})
    assert Payment.objects.count() == 0


def test_the_same_check_is_not_recorded_twice(shop):
    order = place(("shop:three", 1))
    first = pay(order, "100.00", "1001")
    with pytest.raises(NotAllowed, match=f"recorded already, as {first.number}"):
        pay(order, "100.00", "1001")
    assert pay(order, "100.00", "1002").pk != first.pk


def test_a_late_check_for_a_cancelled_order_is_kept(shop):
    order = place(("shop:posting", 1))
    orders.cancel_order(order, by=factories.user(), reason="Ordered twice.")
    pay(order, "99.00")
    assert (now(order).status, now(order).owed, shop.paid) == (OrderStatus.CANCELLED, Decimal("-99.00"), [])
    assert mails()[-2:] == ["billing.paid_again", "billing.staff_look"]
    refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="The order was cancelled.", method="check")
    assert now(order).owed == 0


def test_a_check_that_bounces_opens_the_order_again_and_takes_back_what_is_left(shop):
    order = place(("shop:posting", 2))
    payment = pay(order, "198.00")
    payments.return_payment_unpaid(payment, by=factories.staff_user(), reason="Not sufficient funds")
    assert (now(order).status, now(order).owed, now(order).paid_at) == ("awaiting_payment", Decimal("198.00"), None)
    assert shop.reversed == [(order.invoice.number, [("shop:posting", 2)], True)]
    with pytest.raises(NotAllowed, match="All of this payment has been taken out again already"):
        payments.return_payment_unpaid(payment, by=factories.staff_user(), reason="Again")
    pay(order, "198.00", "1002")
    assert (now(order).status, shop.paid) == (OrderStatus.PAID, [order.invoice.number] * 2)


def test_a_refund_is_refused_before_any_payment(shop):
    order = place(("shop:posting", 1))
    with pytest.raises(NotAllowed, match="Nothing was paid"):
        refunds.take_back_and_refund(
            order, by=factories.staff_user(), reason="?", method="check", pieces={order.lines.get().pk: 1}
        )
    assert (order.invoice.credit_notes.count(), Refund.objects.count()) == (0, 0)


def test_a_whole_order_goes_back(shop):
    order = place(("shop:posting", 2), ("shop:taxed", 1))
    pay(order, "284.60")
    pieces = {line.pk: line.quantity for line in order.lines.all()}
    note, [refund] = refunds.take_back_and_refund(
        order, by=factories.staff_user(), reason="The search was called off.", method="check", pieces=pieces,
        reference="Check 77",
    )  # fmt: skip
    assert (note.total, refund.amount, refund.credit_note) == (Decimal("284.60"), Decimal("284.60"), note)
    assert (now(order).status, now(order).owed) == (OrderStatus.REVERSED, 0)
    assert shop.reversed == [(order.invoice.number, [("shop:posting", 2), ("shop:taxed", 1)], False)]


def test_one_of_three_goes_back(shop):
    order = place(("shop:posting", 3))
    pay(order, "297.00")
    line = order.lines.get()
    note, [refund] = refunds.take_back_and_refund(
        order, by=factories.staff_user(), reason="One is not needed.", method="transfer", pieces={line.pk: 1}
    )
    assert (note.total, refund.amount) == (Decimal("99.00"), Decimal("99.00"))
    assert (now(order).status, now(order).owed, line.kept) == (OrderStatus.PAID, 0, 2)
    with pytest.raises(NotAllowed, match="2 can be taken back, not 3"):
        credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="All.", pieces={line.pk: 3})


def test_the_room_may_refuse_and_then_no_money_moves(shop):
    order = place(("shop:posting", 1))
    pay(order, "99.00")
    shop.refuses = NotAllowed("It is used already.")
    with pytest.raises(NotAllowed, match="used already"):
        refunds.take_back_and_refund(
            order, by=factories.staff_user(), reason="?", method="check", pieces={order.lines.get().pk: 1}
        )
    assert (now(order).status, now(order).owed) == (OrderStatus.PAID, 0)
    assert (order.invoice.credit_notes.count(), Refund.objects.count()) == (0, 0)
    note, _ = refunds.take_back_and_refund(
        order, by=factories.staff_user(), reason="Goodwill.", method="check", allowance=Decimal("20.00")
    )
    assert (note.total, note.lines.get().quantity, now(order).status) == (Decimal("20.00"), 0, OrderStatus.PAID)


def test_an_allowance_is_split_from_its_tax(shop):
    order = place(("shop:taxed", 1))  # 80.00 and 6.60
    note = credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="Late.", allowance=Decimal("43.30"))
    assert (note.net, note.tax, note.total) == (Decimal("40.00"), Decimal("3.30"), Decimal("43.30"))
    with pytest.raises(NotAllowed, match=r"At most 43\.30"):
        credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="More.", allowance=Decimal("43.31"))
    rest = credit_notes.issue_credit_note(
        order, by=factories.staff_user(), reason="All.", pieces={order.lines.get().pk: 1}
    )
    assert (rest.net, rest.tax) == (Decimal("40.00"), Decimal("3.30"))
    assert (now(order).status, now(order).owed) == (OrderStatus.CANCELLED, 0)


def test_letting_off_the_rest_counts_as_paid(shop):
    order = place(("shop:posting", 1))
    pay(order, "98.00")
    credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="Bank fee.", allowance=Decimal("1.00"))
    assert (now(order).status, now(order).owed, shop.paid) == (OrderStatus.PAID, 0, [order.invoice.number])


def test_taking_back_pieces_of_an_unpaid_order_asks_nobody(shop):
    order = place(("shop:posting", 3))
    credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="Fewer.", pieces={order.lines.get().pk: 2})
    assert (now(order).status, now(order).owed, shop.reversed) == ("awaiting_payment", Decimal("99.00"), [])
    pay(order, "99.00")
    assert (now(order).status, order.lines.get().kept) == (OrderStatus.PAID, 1)


@pytest.mark.parametrize(("pieces", "allowance"), [({}, "0"), ({0: 0}, "0"), ({999_999: 1}, "0"), ({}, "-1")])
def test_a_credit_note_over_nothing_is_refused(shop, pieces, allowance):
    order = place(("shop:posting", 1))
    with pytest.raises(NotAllowed):
        credit_notes.issue_credit_note(
            order, by=factories.staff_user(), reason="?", pieces=pieces, allowance=Decimal(allowance)
        )
    assert order.invoice.credit_notes.count() == 0


def test_credit_is_only_moved_within_a_customer(shop):
    order, other = place(("shop:posting", 1)), place(("shop:posting", 1))
    pay(order, "120.00")
    with pytest.raises(NotAllowed, match="same customer"):
        refunds.move_credit(order, other, by=factories.staff_user())
    with pytest.raises(NotAllowed, match="same customer"):
        refunds.move_credit(order, order, by=factories.staff_user())
    assert ledger.amount_owed(order) == Decimal("-21.00")


@pytest.mark.parametrize("step", [payments.confirm_card_payment, payments.book_card_payment])
def test_a_reference_that_is_booked_for_another_order_pays_nothing(shop, step):
    first, second = place(("shop:posting", 1)), place(("shop:posting", 1))
    told = {"amount": Decimal(99), "currency": "USD", "provider_reference": "pi_1", "on": timezone.localdate()}
    payments.confirm_card_payment(first, **told)
    with pytest.raises(NotAllowed, match=f"The card payment pi_1 is booked for order {first} already."):
        step(second, **told)
    assert (now(first).owed, now(second).owed) == (0, Decimal("99.00"))
    assert (Payment.objects.get().order, shop.paid) == (first, [first.invoice.number])


def test_a_second_refund_cannot_send_what_is_on_its_way(shop):
    order = place(("shop:posting", 2))
    payment = payments.confirm_card_payment(
        order, amount=Decimal(198), currency="USD", provider_reference="pi_1", on=timezone.localdate()
    )
    credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="One.", pieces={order.lines.get().pk: 1})
    refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="One.", method="card")
    with pytest.raises(NotAllowed, match=r"At most \$0"):
        refunds.request_refund(payment, amount=Decimal(1), by=factories.staff_user(), reason="More.", method="check")
    assert now(order).owed == Decimal("-99.00")
    refund = refunds.finish_refund(Refund.objects.get(), on=timezone.localdate(), provider_reference="re_1")
    assert (refund.status, now(order).owed) == (RefundStatus.DONE, 0)
    refunds.fail_refund(refund, why="The card is closed.")
    assert (now(order).owed, Refund.objects.get().failure) == (Decimal("-99.00"), "The card is closed.")
    again = refunds.retry_refund(Refund.objects.get(), by=factories.staff_user())
    assert (again.status, again.attempt, again.key) == ("requested", 2, f"refund-{again.public_id}-2")
    refunds.finish_refund(again, on=timezone.localdate(), provider_reference="re_2")
    assert now(order).owed == 0


def test_money_that_came_by_check_does_not_go_to_a_card(shop):
    order = place(("shop:posting", 1))
    pay(order, "120.00")
    with pytest.raises(NotAllowed, match="not paid by card"):
        refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="Too much.", method="card")


# --- what the bank takes back after money went on ---------------------------------------------------------------------


def test_a_check_that_bounces_after_its_excess_was_sent_back_leaves_all_of_it_owed(shop):
    """Paid too much on purpose, the rest asked for by check, then the first check bounces."""
    order = place(("shop:posting", 1))
    payment = pay(order, "300.00")
    refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="Too much.", method="check")
    payments.return_payment_unpaid(payment, by=factories.staff_user(), reason="Not sufficient funds")
    assert (now(order).status, now(order).owed) == ("awaiting_payment", Decimal("300.00"))
    with pytest.raises(NotAllowed, match="All of this payment has been taken out again already"):
        payments.return_payment_unpaid(payment, by=factories.staff_user(), reason="Again")


def test_a_check_that_bounces_after_its_excess_was_used_elsewhere(shop):
    customer = make_customer()
    order, other = place(("shop:posting", 1), customer=customer), place(("shop:posting", 1), customer=customer)
    payment = pay(order, "198.00")
    refunds.move_credit(order, other, by=factories.staff_user())
    payments.return_payment_unpaid(payment, by=factories.staff_user(), reason="Not sufficient funds")
    assert (now(order).owed, now(other).owed, now(other).status) == (Decimal("198.00"), 0, OrderStatus.PAID)


def test_a_check_that_bounces_after_the_order_was_taken_back_is_owed_and_gives_nothing_when_paid(shop):
    order = place(("shop:posting", 1))
    payment = pay(order, "99.00")
    refunds.take_back_and_refund(
        order, by=factories.staff_user(), reason="Not needed.", method="check", pieces={order.lines.get().pk: 1}
    )
    payments.return_payment_unpaid(payment, by=factories.staff_user(), reason="Not sufficient funds")
    assert (now(order).status, now(order).owed) == ("awaiting_payment", Decimal("99.00"))
    assert len(shop.reversed) == 1
    pay(order, "99.00", "1002")
    assert (now(order).status, now(order).owed, order.lines.get().kept) == (OrderStatus.PAID, 0, 0)


@pytest.mark.parametrize("first", range(1, 3))
def test_pieces_and_an_allowance_together_leave_no_cent_behind(shop, first):
    """Three at 10.28 with 8.25 percent: the roundings of parts lean both ways."""
    shop.sell("odd", "10.28", tax_rate=Decimal("8.25"))
    for cents in range(1, 400, 7):
        order = place(("shop:odd", 3))
        line = order.lines.get()
        staff = factories.staff_user()
        credit_notes.issue_credit_note(
            order, by=staff, reason="?", pieces={line.pk: first}, allowance=Decimal(cents) / 100
        )
        [left] = credit_notes.remainders_of(order)
        assert left.net >= 0
        assert left.tax >= 0
        credit_notes.issue_credit_note(order, by=staff, reason="?", pieces={line.pk: left.quantity})
        assert (now(order).status, now(order).owed) == (OrderStatus.CANCELLED, 0)
