"""The ledger of a month that was made up: exact figures, what they come to, and the tables for a spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aapm_site.billing.domain import payments, refunds
from aapm_site.billing.models import Entry, Order
from aapm_site.billing.presenters.ledger import entry_rows
from aapm_site.billing.queries import ledger
from aapm_site.billing.states import PayBy
from aapm_site.core import roles
from aapm_site.core.periods import month_of, usual_periods
from tests.billing.factories import fresh, payment, placed
from tests.billing.shop import make_customer
from tests.factories import staff_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def on(month, day):
    return time_machine.travel(datetime(2026, month, day, 18, tzinfo=UTC), tick=False)


def back(order, line, pieces, **way):
    return refunds.take_back_and_refund(
        fresh(order), by=None, reason="A mistake.", pieces={order.lines.order_by("pk")[line].pk: pieces}, **way
    )


@pytest.fixture
def march():
    """February leaves 99.00 open. In March three orders are paid by check, transfer and card, one is taken back in
    part, one in full; a card refund fails; what came too much moves on."""
    harbor, lane = make_customer("Harbor"), make_customer("=Lane()", net_days=30)
    with on(2, 20):
        february = placed(harbor, wanted=(("shop:posting", 1),))
    with on(3, 2):
        payment(february, "99.00", on=date(2026, 3, 2), reference="=1")
        taxed = placed(harbor, wanted=(("shop:posting", 2), ("shop:taxed", 3)))  # 198.00, 240.00 and 19.80 tax
    with on(3, 5):
        payment(taxed, "500.00", on=date(2026, 3, 4))
        back(taxed, 1, 1, method="transfer", reference="W1")  # a credit note over 86.60; 128.80 goes back
    with on(3, 10):
        card = placed(lane, wanted=(("shop:three", 1),), pay_by=PayBy.CARD)
        payments.confirm_card_payment(
            card, amount=Decimal("222.75"), currency="USD", provider_reference="pi_1", on=date(2026, 3, 10)
        )
        _, [refund] = back(card, 0, 1, method="card")
        done = refunds.finish_refund(refund, on=date(2026, 3, 10), provider_reference="re_1")
        refunds.fail_refund(done, why="The bank sent it back.")
    with on(3, 12):
        other = placed(lane, wanted=(("shop:posting", 1),))
        refunds.move_credit(fresh(card), other, by=None)
    with on(3, 31):
        placed(harbor, wanted=(("shop:posting", 1),))
    with on(4, 1):
        placed(harbor, wanted=(("shop:posting", 5),))
    return Order.objects.order_by("pk")


def test_the_report_of_the_month(march):
    [report] = ledger.report(FIRST, LAST)

    assert report.currency == "USD"
    assert report.opening == Decimal("99.00")
    assert (report.invoiced, report.invoiced_tax, report.sold_net) == (
        Decimal("878.55"), Decimal("19.80"), Decimal("858.75"),
    )  # fmt: skip
    assert (report.credited, report.credited_tax, report.credited_net) == (
        Decimal("309.35"), Decimal("6.60"), Decimal("302.75"),
    )  # fmt: skip
    assert report.paid_by == [("Check", Decimal("599.00")), ("Card", Decimal("222.75"))]
    assert report.refunded_by == [("Bank transfer", Decimal("128.80"))]  # the card's came back: 222.75 − 222.75
    assert (report.moved_out, report.moved_in, report.moved) == (Decimal("99.00"), Decimal("99.00"), Decimal(0))
    assert (report.came, report.left, report.in_hand) == (Decimal("821.75"), Decimal("128.80"), Decimal("692.95"))
    assert report.closing == Decimal("-24.75")
    assert (report.open, report.kept) == (Decimal("99.00"), Decimal("123.75"))
    assert report.tax_due == Decimal("13.20")
    assert report.faults == []
    assert report.entries == 14


def test_what_was_sold_by_product(march):
    [report] = ledger.report(FIRST, LAST)

    found = [(one.sku, one.sold, one.net, one.tax, one.taken_back, one.credited_net) for one in report.products]
    assert found == [
        ("shop:posting", 4, Decimal("396.00"), Decimal("0.00"), 0, Decimal("0.00")),
        ("shop:taxed", 3, Decimal("240.00"), Decimal("19.80"), 1, Decimal("80.00")),
        ("shop:three", 1, Decimal("222.75"), Decimal("0.00"), 1, Decimal("222.75")),
    ]
    assert sum(one.net for one in report.products) == report.sold_net
    assert sum(one.credited_net for one in report.products) == report.credited_net
    assert sum(one.tax - one.credited_tax for one in report.products) == report.tax_due


def test_a_product_without_anything_is_left_out(shop, march):
    shop.sell("gift", "0.00")
    with on(3, 15):
        placed(wanted=(("shop:gift", 1),), pay_by=PayBy.FREE)

    assert "shop:gift" in [one.sku for one in ledger.report(FIRST, LAST)[0].products]  # a piece was sold
    assert ledger.ProductSales("shop:gift", "Gift").is_nothing
    assert not ledger.ProductSales("shop:gift", "Gift", credited_net=Decimal(1)).is_nothing


def test_one_months_closing_is_the_next_ones_opening(march):
    months = [ledger.report(*month_of(date(2026, month, 1)))[0] for month in (1, 2, 3, 4, 5)]

    assert [(one.opening, one.closing) for one in months] == [
        (Decimal("0"), Decimal("0")),
        (Decimal("0"), Decimal("99.00")),
        (Decimal("99.00"), Decimal("-24.75")),
        (Decimal("-24.75"), Decimal("470.25")),
        (Decimal("470.25"), Decimal("470.25")),
    ]
    assert [one.faults for one in months] == [[]] * 5


def test_an_entry_without_its_paper_is_found(march):
    order = march[0]
    Entry.objects.create(
        key="made-up", kind="payment", customer=order.customer, order=order, payment=order.payments.get(),
        method="check", amount=Decimal("5.00"), booked_on=date(2026, 3, 9),
    )  # fmt: skip

    [report] = ledger.report(FIRST, LAST)

    assert report.faults == [
        "The ledger says 925.75 for the payments of the period, the payments themselves 920.75: a difference of "
        "5.00 USD."
    ]
    text = staff_client(roles.FINANCE).get(reverse("admin:billing_ledger"), {"first": FIRST, "last": LAST}).text
    assert "It does not balance." in text
    assert "a difference of 5.00 USD." in text


def test_half_of_a_move_is_found(march):
    order = march[0]
    Entry.objects.create(
        key="made-up", kind="payment", customer=order.customer, order=order, payment=order.payments.get(),
        method="credit", amount=Decimal("5.00"), booked_on=date(2026, 3, 9),
    )  # fmt: skip

    assert ledger.report(FIRST, LAST)[0].faults[0] == (
        "99.00 left orders for others, and 104.00 arrived: a difference of -5.00 USD."
    )


def test_what_does_not_come_to_what_orders_owe_is_found():
    report = ledger.LedgerReport("USD", opening=Decimal(10), open=Decimal(12), kept=Decimal(1))

    assert report.faults == ["The closing balance is 10.00, and the orders owe 11: a difference of -1.00 USD."]


def test_currencies_have_reports_of_their_own(shop, march):
    shop.sell("abroad", "50.00", currency="EUR")
    with on(3, 15):
        placed(wanted=(("shop:abroad", 2),))

    dollars, euros = ledger.report(FIRST, LAST)

    assert (dollars.currency, dollars.invoiced) == ("USD", Decimal("878.55"))
    assert (euros.currency, euros.opening, euros.invoiced, euros.closing) == (
        "EUR", Decimal(0), Decimal("100.00"), Decimal("100.00"),
    )  # fmt: skip
    assert [one.sku for one in euros.products] == ["shop:abroad"]


def test_a_period_without_anything_is_a_report_of_nothing():
    [report] = ledger.report(FIRST, LAST)

    assert (report.currency, report.closing, report.products, report.faults) == ("USD", Decimal(0), [], [])


# The page -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def finance():
    return staff_client(roles.FINANCE)


def test_the_page_says_that_it_balances(finance, march):
    page = finance.get(reverse("admin:billing_ledger"), {"first": "2026-03-01", "last": "2026-03-31"})

    text = " ".join(page.text.split())
    assert page.status_code == 200
    assert "It balances." in text
    for amount in ("$99.00", "$878.55", "$309.35", "$821.75", "$128.80", "−$24.75", "$13.20"):
        assert amount in text, amount


def test_the_page_shows_this_month_at_first(finance):
    page = finance.get(reverse("admin:billing_ledger"))

    first, last = month_of(timezone.localdate())
    assert page.context["period"] == (first, last)
    for name, day in (("first", first), ("last", last)):
        assert f'name="{name}" value="{day}"' in page.text
    assert 'aria-current="true">This month<' in page.text


def test_the_links_lead_to_whole_months_and_years():
    assert usual_periods(date(2024, 3, 31)) == [
        ("This month", date(2024, 3, 1), date(2024, 3, 31)),
        ("Last month", date(2024, 2, 1), date(2024, 2, 29)),
        ("This year", date(2024, 1, 1), date(2024, 12, 31)),
        ("Last year", date(2023, 1, 1), date(2023, 12, 31)),
    ]
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"first": "2026-03-02", "last": "2026-03-01"}, "The last day comes before the first."),
        ({"first": "yesterday"}, "Give a day, such as 2026-11-26."),
        ({"first": "0001-01-01", "last": "2026-03-01"}, "That is not a day we can use"),
        ({"first": "2026-03-01", "last": "9999-12-31"}, "That is not a day we can use"),
        ({"first": "1999-12-31", "last": "2026-03-01"}, "Give a year from 2000 to 2100."),
        ({"first": "2026-03-01", "last": "2101-01-01"}, "Give a year from 2000 to 2100."),
        ({"first": "2026-02-30"}, "Give a day, such as 2026-11-26."),
    ],
)
@pytest.mark.parametrize("name", ["billing_ledger", "billing_ledger_entries", "billing_ledger_report"])
def test_a_period_that_is_none_is_asked_about(finance, query, words, name):
    page = finance.get(reverse(f"admin:{name}"), query)

    assert page.status_code == 422
    assert words in page.text


def test_half_a_period_is_filled_in(finance):
    def period(**query):
        return finance.get(reverse("admin:billing_ledger"), query).context["period"]

    assert period(last="2026-02-10") == (date(2026, 2, 1), date(2026, 2, 10))
    assert period(first="2026-01-15") == (date(2026, 1, 15), month_of(timezone.localdate())[1])
    assert period(first="2099-01-15") == (date(2099, 1, 15), date(2099, 1, 15))


def queries_of(work):
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_the_report_costs_the_same_for_a_month_and_for_none(march):
    assert queries_of(lambda: ledger.report(FIRST, LAST)) == 7
    assert queries_of(lambda: ledger.report(date(2020, 1, 1), date(2020, 1, 31))) == 7


# Tables ---------------------------------------------------------------------------------------------------------------
def table(response):
    return b"".join(response.streaming_content)


def test_all_entries_of_the_month_as_a_table(finance, march):
    response = finance.get(reverse("admin:billing_ledger_entries"), {"first": FIRST, "last": LAST})

    found = table(response)
    assert response["Content-Disposition"] == 'attachment; filename="ledger-2026-03-01-2026-03-31.csv"'
    lines = found.decode("utf-8-sig").splitlines()
    assert found.startswith(b"\xef\xbb\xbf")
    assert lines[0] == "Day,Kind,Paper,Invoice,Customer,Method,Reference,Charges,Credits,Tax,Currency"
    assert lines[1] == "2026-03-02,Payment,RCT-2026-00001,INV-2026-00001,Harbor,Check,'=1,,99.00,0.00,USD"
    assert lines[2] == "2026-03-02,Invoice,INV-2026-00002,INV-2026-00002,Harbor,,,457.80,,19.80,USD"
    assert lines[4] == "2026-03-05,Credit note,CN-2026-00001,INV-2026-00002,Harbor,,,,86.60,6.60,USD"
    assert lines[5] == "2026-03-05,Refund,RCT-2026-00002,INV-2026-00002,Harbor,Bank transfer,W1,128.80,,0.00,USD"
    assert lines[6] == "2026-03-10,Invoice,INV-2026-00003,INV-2026-00003,'=Lane(),,,222.75,,0.00,USD"
    assert len(lines) == 1 + 14
    rows = list(csv.DictReader(io.StringIO(found.decode("utf-8-sig"))))
    change = sum(Decimal(row["Charges"] or 0) - Decimal(row["Credits"] or 0) for row in rows)
    assert change == Decimal("-24.75") - Decimal("99.00")


def test_the_report_as_a_table(finance, march):
    response = finance.get(reverse("admin:billing_ledger_report"), {"first": FIRST, "last": LAST})

    assert table(response).decode("utf-8-sig").splitlines() == [
        "Period,2026-03-01,2026-03-31",
        "Part,What,Quantity,Amount,Tax,Currency",
        "Opening balance,,,99.00,,USD",
        "Sold,With tax,,878.55,19.80,USD",
        "Credited,With tax,,309.35,6.60,USD",
        "Paid,Check,,599.00,,USD",
        "Paid,Card,,222.75,,USD",
        "Refunded,Bank transfer,,128.80,,USD",
        "Moved between orders,Out,,99.00,,USD",
        "Moved between orders,In,,99.00,,USD",
        "Closing balance,,,-24.75,,USD",
        "Tax due,,,13.20,,USD",
        "Sold: shop:posting,Posting,4,396.00,0.00,USD",
        "Sold: shop:taxed,Taxed,3,240.00,19.80,USD",
        "Credited: shop:taxed,Taxed,1,80.00,6.60,USD",
        "Sold: shop:three,Three-pack,1,222.75,0.00,USD",
        "Credited: shop:three,Three-pack,1,222.75,0.00,USD",
    ]


def test_entries_are_sent_while_they_are_read(monkeypatch, march):
    monkeypatch.setattr(ledger, "CHUNK", 2)

    assert queries_of(lambda: list(entry_rows(FIRST, LAST))) == 1
    assert len(list(entry_rows(FIRST, LAST))) == 14


# A customer's statement -----------------------------------------------------------------------------------------------
def test_staff_read_any_customers_statement(finance, march):
    lane = march.filter(customer__name="=Lane()").first().customer
    address = reverse("admin:billing_customer_statement", args=[lane.pk])

    page = finance.get(address, {"year": "2026"})

    text = " ".join(page.text.split())
    assert address in finance.get(reverse("admin:billing_customer_change", args=[lane.pk])).text
    assert [str(row.balance) for row in page.context["statements"][0].rows][-1] == "−$123.75"
    assert "Closing balance" in text
    assert "INV-2026-00003" in text
    assert finance.get(address, {"year": "1"}).status_code == 422
