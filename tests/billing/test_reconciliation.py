"""The ledger balances to the cent, whatever is done in whatever order."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from aapm_site.billing.domain import credit_notes, orders, payments, reconciliation, refunds
from aapm_site.billing.models import Counter, Customer, Entry, Invoice, Order, Payment, Refund
from aapm_site.billing.states import OrderStatus, RefundStatus
from aapm_site.core.transitions import NotAllowed
from tests import factories

from .shop import make_coupon, make_customer, place

pytestmark = pytest.mark.django_db
CENTS = [Decimal(text) for text in ("0.01", "1.00", "33.33", "99.00", "107.17", "500.00")]


class Office:
    """People who do things at random; what they may not do they are refused."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.done, self.refused, self.references = dice, 0, 0, 0
        self.staff = factories.staff_user()
        self.customers = [make_customer(f"Practice {number}") for number in range(3)]
        make_coupon("TENTH", percent=Decimal(10), most_per_customer=None)
        make_coupon("TWENTY", kind="amount", amount=Decimal("20.05"), most_per_customer=None)

    def step(self) -> None:
        does = self.dice.choice(
            [
                self.order,
                self.order,
                self.check,
                self.check,
                self.card,
                self.cancel,
                self.credit,
                self.refund,
                self.finish,
            ]
            + [self.bounce, self.move, self.fail]
        )
        try:
            does()
            self.done += 1
        except (NotAllowed, LookupError):
            self.refused += 1

    def any(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise LookupError
        return self.dice.choice(found)

    def reference(self) -> str:
        self.references += 1
        return f"ref-{self.references}"

    def order(self) -> None:
        skus = self.dice.sample(["shop:posting", "shop:three", "shop:taxed", "shop:gift"], self.dice.randint(1, 3))
        place(
            *[(sku, self.dice.randint(1, 4)) for sku in skus],
            customer=self.dice.choice(self.customers),
            by=self.staff,
            code=self.dice.choice(["", "", "TENTH", "TWENTY"]),
        )

    def check(self) -> None:
        order = self.any(Order.objects.with_owed())
        amount = self.dice.choice([order.owed, order.owed, *CENTS])
        payments.record_payment(
            order, by=self.staff, method="check", amount=amount, reference=self.reference(),
            received_on=timezone.localdate() - timedelta(days=self.dice.randint(0, 40)),
        )  # fmt: skip

    def card(self) -> None:
        order = self.any(Order.objects.with_owed().filter(owed__gt=0))
        payments.confirm_card_payment(
            order, amount=order.owed, currency="USD", provider_reference=self.reference(), on=timezone.localdate()
        )

    def cancel(self) -> None:
        orders.cancel_order(self.any(Order.objects.unpaid()), by=self.staff, reason="Not needed.")

    def pieces(self, order):
        return {left.line.pk: self.dice.randint(0, left.quantity) for left in credit_notes.remainders_of(order)}

    def credit(self) -> None:
        order = self.any(Order.objects.all())
        credit_notes.issue_credit_note(
            order, by=self.staff, reason="Taken back.", pieces=self.pieces(order),
            allowance=self.dice.choice([Decimal(0), *CENTS[:3]]),
        )  # fmt: skip

    def refund(self) -> None:
        method = self.dice.choice(["check", "card"])
        refunds.refund_rest_of_order(self.any(Order.objects.all()), by=self.staff, reason="Too much.", method=method)

    def finish(self) -> None:
        refund = self.any(Refund.objects.filter(status=RefundStatus.REQUESTED))
        refunds.finish_refund(refund, on=timezone.localdate(), provider_reference=self.reference())

    def fail(self) -> None:
        refund = self.any(Refund.objects.filter(method="card"))
        if refund.status == RefundStatus.FAILED:
            refunds.retry_refund(refund, by=self.staff)
        else:
            refunds.fail_refund(refund, why="The bank refused.")

    def bounce(self) -> None:
        payments.return_payment_unpaid(
            self.any(Payment.objects.exclude(method="credit")), by=self.staff, reason="Not paid."
        )

    def move(self) -> None:
        order = self.any(Order.objects.with_owed().filter(owed__lt=0))
        other = self.any(Order.objects.unpaid().filter(customer=order.customer))
        refunds.move_credit(order, other, by=self.staff)


def totals() -> dict[str, Decimal]:
    """What each order owes by its own papers, apart from the ledger."""
    found = {}
    for order in Order.objects.select_related("invoice").prefetch_related("payments__refunds", "invoice__credit_notes"):
        paid = sum((payment.amount for payment in order.payments.all()), Decimal(0))
        gone = sum(
            (
                refund.amount
                for payment in order.payments.all()
                for refund in payment.refunds.all()
                if refund.status == RefundStatus.DONE
            ),
            Decimal(0),
        )
        credited = sum((note.total for note in order.invoice.credit_notes.all()), Decimal(0))
        found[order.invoice.number] = order.invoice.total - credited - paid + gone
    return found


def check_everything() -> None:
    assert list(reconciliation.find_faults()) == []
    owed = {order.invoice.number: order.owed for order in Order.objects.with_owed().select_related("invoice")}
    assert owed == totals()
    assert sum(owed.values(), Decimal(0)) == Entry.objects.all().owed()
    for customer in Customer.objects.all():
        mine = [order.owed for order in Order.objects.with_owed().filter(customer=customer)]
        assert Entry.objects.filter(customer=customer).owed() == sum(mine, Decimal(0))


def test_the_ledger_balances_after_a_thousand_operations(shop):
    office = Office(Random(1983))
    for number in range(1_000):
        office.step()
        if number % 250 == 0:
            check_everything()
    check_everything()
    assert office.done >= 500
    # Offers are no debts and have no entry before they are paid; see test_offers.py.
    offers = {OrderStatus.OFFERED, OrderStatus.ENDED}
    assert {order.status for order in Order.everything.all()} == set(OrderStatus.values) - offers
    assert set(Entry.objects.values_list("kind", flat=True)) == {
        "invoice", "credit_note", "payment", "refund", "refund_failed",
    }  # fmt: skip


@settings(max_examples=12)
@given(seed=some.integers(0, 2**32))
def test_the_ledger_balances_after_any_short_run(shop, seed):
    with transaction.atomic():
        office = Office(Random(seed))
        for _ in range(25):
            office.step()
        check_everything()
        transaction.set_rollback(True)


def test_a_fault_in_the_books_is_found(shop):
    """The check itself: rows that the domain would never write."""
    order = place(("shop:posting", 1))
    assert list(reconciliation.find_faults()) == []
    Payment.objects.create(
        order=order, number="RCT-2026-00009", method="check", amount=99, received_on=timezone.localdate()
    )
    Counter.objects.create(series="RCT-2026", last=9)
    Order.objects.filter(pk=order.pk).update(paid_at=timezone.now(), **{"status": "paid"})
    assert sorted(reconciliation.find_faults()) == [
        f"Order {order} is paid, and 99.00 are owed on it.",
        "Series RCT-2026 has 1 numbers and counts to 9.",
        "The payments come to 99.00, the ledger says 0.00.",
    ]
    assert Invoice.objects.count() == reconciliation.count_entries() == 1
