"""A shop's revenue: a few months worked out by hand, and months made up by chance that agree with the ledger."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from aapm_site.billing.domain import payments, refunds
from aapm_site.billing.domain.orders import cancel_order
from aapm_site.billing.models import Customer, Order, Payment
from aapm_site.billing.queries import ledger
from aapm_site.billing.queries.revenue import revenue_of_shop
from aapm_site.billing.states import RefundMethod
from aapm_site.core.periods import ReportPeriod
from aapm_site.core.transitions import NotAllowed
from tests.billing.factories import fresh, payment, placed
from tests.billing.shop import make_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


def on(month, day):
    return time_machine.travel(datetime(2026, month, day, 18, tzinfo=UTC), tick=False)


def line(order, sku):
    return order.lines.get(sku=f"shop:{sku}").pk


@pytest.fixture
def _spring(shop):
    with on(1, 20):
        late = placed(wanted=(("shop:posting", 1),))
    with on(2, 3):
        payment(late)  # 99.00
    with on(2, 5):
        both = placed(wanted=(("shop:taxed", 1), ("shop:posting", 1)))  # 80.00 and 6.60 tax, 99.00: together 185.60
    with on(2, 10):
        payment(both, "100.00")
    with on(3, 2):
        payment(both, "85.60", reference="2")
    with on(3, 15):
        refunds.take_back_and_refund(
            fresh(both), by=None, reason="A mistake.", pieces={line(both, "posting"): 1}, method="transfer"
        )
    with on(3, 20):
        placed(wanted=(("shop:three", 1),))  # 222.75, never paid
    with on(3, 21):
        payment(placed(wanted=(("shop:posting", 1),)), "120.00")  # 21.00 too much
    with on(3, 22):
        bounced = payment(placed(wanted=(("shop:posting", 1),)))
    with on(4, 2):
        payments.return_payment_unpaid(bounced, by=None, reason="It bounced.")


def money(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.usefixtures("_spring")
def test_what_was_paid_counts_in_its_month_and_what_goes_back_in_its_own():
    [report] = revenue_of_shop("shop", ReportPeriod(date(2026, 1, 1), date(2026, 4, 30)))
    found = {one.title: (one.net, one.tax, one.unpaid) for one in report.products}

    # Of the 100.00 in February 43.10 are for what is taxed, 3.56 its tax, and 53.34 for the posting.
    assert found == {
        # 45.66 the rest of one, −99.00 taken back, 99.00 of the 120.00, 99.00 of the check that bounced in April
        "Posting": (money("0", "152.34", "144.66", "-99"), money("0", "0", "0", "0"), Decimal(99)),
        "Taxed": (money("0", "43.10", "36.90", "0"), money("0", "3.56", "3.04", "0"), Decimal(0)),
        "Three-pack": (money("0", "0", "0", "0"), money("0", "0", "0", "0"), Decimal("222.75")),
    }
    assert [one.title for one in report.products] == ["Posting", "Taxed", "Three-pack"]
    assert report.net == money("0", "195.44", "181.56", "-99")
    assert report.tax == money("0", "3.56", "3.04", "0")
    assert (report.unpaid, report.kept, report.currency) == (Decimal("321.75"), Decimal(21), "USD")


@pytest.mark.usefixtures("_spring")
def test_a_period_that_begins_and_ends_within_a_month_has_its_days_alone():
    [report] = revenue_of_shop("shop", ReportPeriod(date(2026, 2, 4), date(2026, 3, 14)))

    assert report.net == money("96.44", "82.56")  # 43.10 and 53.34; 36.90 and 45.66
    assert (report.unpaid, report.kept) == (Decimal(0), Decimal(0))
    assert revenue_of_shop("shop", ReportPeriod(date(2025, 1, 1), date(2025, 12, 31))) == []
    assert revenue_of_shop("other", ReportPeriod(date(2026, 1, 1), date(2026, 4, 30))) == []


def test_no_order_no_revenue():
    assert revenue_of_shop("shop", ReportPeriod(date(2026, 1, 1), date(2026, 4, 30))) == []


# By chance ------------------------------------------------------------------------------------------------------------
SKUS = ("shop:posting", "shop:three", "shop:taxed", "shop:gift")


def _place(chance, number):
    wanted = [(sku, chance.randint(1, 4)) for sku in chance.sample(SKUS, chance.randint(1, 3))]
    placed(chance.choice(list(Customer.objects.order_by("pk"))), wanted=wanted)


def _pay(chance, number):
    order = chance.choice(list(Order.objects.select_related("invoice", "customer")))
    part = chance.choice([1, 1, Decimal("0.37"), Decimal("1.11")])
    ago = timedelta(days=chance.choice([0, 0, 2, 20]))  # a check may have come before it is recorded
    amount = (order.invoice.total * part).quantize(Decimal("0.01"))
    day = datetime.now(UTC).date() - ago
    if chance.random() < 0.5:
        payment(order, str(amount), on=day, reference=str(number))
    else:
        payments.confirm_card_payment(order, amount=amount, currency="USD", provider_reference=f"p{number}", on=day)


def _take_back(chance, number):
    order = chance.choice(list(Order.objects.all()))
    one = chance.choice(list(order.lines.all()))
    way = {"allowance": Decimal(chance.choice(["0.01", "7.77", "40"]))} if chance.random() < 0.4 else {}
    pieces = {} if way else {one.pk: chance.randint(1, one.quantity)}
    method = chance.choice(["transfer", "card"])
    _, made = refunds.take_back_and_refund(
        fresh(order), by=None, reason="So.", pieces=pieces, method=method, reference=str(number), **way
    )
    for refund in made:
        if refund.method == RefundMethod.CARD:
            today = datetime.now(UTC).date()
            done = refunds.finish_refund(refund, on=today, provider_reference=f"r{refund.pk}")
            if chance.random() < 0.4:
                refunds.fail_refund(done, why="The bank sent it back.")


def _bounce(chance, number):
    paid = chance.choice(list(Payment.objects.all()))
    method = chance.choice([RefundMethod.RETURNED, RefundMethod.DISPUTE])
    payments.return_payment_unpaid(paid, by=None, reason="It bounced.", method=method)


def _move(chance, number):
    orders = list(Order.objects.all())
    refunds.move_credit(fresh(chance.choice(orders)), chance.choice(orders), by=None)


def _cancel(chance, number):
    cancel_order(chance.choice(list(Order.objects.all())), by=None, reason="So.")


STEPS = (_place, _place, _pay, _pay, _pay, _take_back, _take_back, _bounce, _move, _cancel)


def made_up(seed):
    """Some eighty days of a shop; what cannot be done then is not done."""
    chance, day = random.Random(seed), datetime(2026, 1, 3, 18, tzinfo=UTC)
    make_customer("Harbor"), make_customer("Lane")
    done = 0
    for number in range(70):
        day += timedelta(days=chance.choice([0, 1, 2, 3]))
        step = _place if number < 4 else _pay if number < 8 else chance.choice(STEPS)
        with time_machine.travel(day, tick=False):
            try:
                step(chance, number)
                done += 1
            except NotAllowed:
                continue
    return done


@pytest.mark.parametrize("seed", range(6))
def test_months_made_up_by_chance_agree_with_the_ledger_to_the_cent(seed):
    assert made_up(seed) > 30
    year = ReportPeriod(date(2026, 1, 1), date(2026, 6, 30))
    [whole] = revenue_of_shop("shop", year)
    for place, month in enumerate(year.months):
        [books] = ledger.report(month.first, month.last)
        [before] = ledger.report(date(2025, 1, 1), month.first - timedelta(days=1))
        charged = books.invoiced - books.credited
        earned = charged - (books.open - before.open)
        came = books.in_hand - books.moved
        assert earned == came - (books.kept - before.kept)  # the books say the same by both of their sides
        assert whole.net[place] + whole.tax[place] == earned
        [alone] = revenue_of_shop("shop", month)
        assert (alone.net, alone.tax) == ([whole.net[place]], [whole.tax[place]])
        assert (alone.unpaid, alone.kept) == (books.open, books.kept)
    [books] = ledger.report(year.first, year.last)
    assert (whole.unpaid, whole.kept) == (books.open, books.kept)
    assert all(one.unpaid >= 0 for one in whole.products)
