"""Open invoices by age: each day in its bucket, and sums that add up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from aapm_site.billing.models import Order
from aapm_site.billing.queries import aging
from aapm_site.core import roles
from tests.billing.factories import paid, payment, placed
from tests.billing.shop import make_customer
from tests.factories import staff_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


def placed_on(day, customer, **more):
    with time_machine.travel(datetime(day.year, day.month, day.day, 18, tzinfo=UTC), tick=False):
        return placed(customer, **more)


ON = date(2026, 11, 26)


def overdue_by(days, customer, **more):
    """An order whose invoice is so many days overdue on that day."""
    return placed_on(ON - timedelta(days=days), customer, **more)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-30, "not-due"), (0, "not-due"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
        (90, "61-90"), (91, "over-90"), (4000, "over-90"),
    ],
)  # fmt: skip
def test_each_day_has_one_bucket(days, bucket):
    made = overdue_by(max(days, 0), make_customer(net_days=max(-days, 0)))

    found = [one.name for one in aging.BUCKETS if Order.objects.filter(one.due(ON)).filter(pk=made.pk).exists()]

    assert found == [bucket]
    assert aging.days_overdue(made.invoice.due_on, ON) == max(days, 0)
    assert aging.overdue(ON).filter(pk=made.pk).exists() is (days > 0)


def test_customers_by_age_with_totals_that_add_up():
    harbor, lane = make_customer("Harbor"), make_customer("Lane")
    overdue_by(100, harbor)
    part = overdue_by(45, harbor)
    payment(part, "22.75", on=ON - timedelta(days=1))
    overdue_by(5, lane, wanted=(("shop:taxed", 1),))
    overdue_by(0, lane, wanted=(("shop:posting", 1),))
    paid(make_customer("Quiet"))

    rows = aging.rows(list(aging.customers(ON)))
    totals = aging.totals(ON)

    zero = Decimal("0.00")
    assert [(row.name, row.parts) for row in rows] == [
        ("Harbor", (zero, zero, Decimal("200.00"), zero, Decimal("222.75"))),
        ("Lane", (Decimal("99.00"), Decimal("86.60"), zero, zero, zero)),
    ]
    assert [row.total for row in rows] == [Decimal("422.75"), Decimal("185.60")]
    assert [(row.currency, row.parts, row.total) for row in totals] == [
        ("USD", (Decimal("99.00"), Decimal("86.60"), Decimal("200.00"), zero, Decimal("222.75")), Decimal("608.35"))
    ]


def test_currencies_are_never_added_up(shop):
    shop.sell("abroad", "50.00", currency="EUR")
    buyer = make_customer("Both")
    placed(buyer)
    placed(buyer, wanted=(("shop:abroad", 1),))

    found = [(row.name, row.currency, row.total) for row in aging.rows(list(aging.customers(timezone.localdate())))]

    assert sorted(found) == [("Both", "EUR", Decimal("50.00")), ("Both", "USD", Decimal("222.75"))]
    assert [row.currency for row in aging.totals(timezone.localdate())] == ["EUR", "USD"]


def test_the_page_leads_to_the_orders_of_each_amount():
    finance = staff_client(roles.FINANCE)
    buyer = make_customer("Harbor")
    with time_machine.travel(timezone.localtime().replace(hour=12) - timedelta(days=40)):
        old = placed(buyer)
    new = placed(buyer)
    page = finance.get(reverse("admin:billing_aging"))
    text = page.text.replace("&amp;", "&")

    def listed(query):
        assert f"/admin/billing/order/?{query}" in text
        return list(finance.get(f"/admin/billing/order/?{query}").context["cl"].result_list)

    assert listed(f"age=31-60&customer__id__exact={buyer.pk}") == [old]
    assert listed(f"age=not-due&customer__id__exact={buyer.pk}") == [new]
    assert listed(f"status__exact=awaiting_payment&customer__id__exact={buyer.pk}") == [new, old]
    assert "$445.50" in text
    row = finance.get("/admin/billing/order/?age=overdue").text
    assert 'class="field-overdue">40 days<' in row


def test_the_table_is_a_file_of_all_customers(monkeypatch):
    monkeypatch.setattr("aapm_site.billing.admin.reports.PER_PAGE", 1)
    with time_machine.travel(timezone.localtime().replace(hour=12) - timedelta(days=40)):
        placed(make_customer("=Harbor()"))
    placed(make_customer("Lane"))
    finance = staff_client(roles.FINANCE)
    address = reverse("admin:billing_aging_file")
    assert address in finance.get(reverse("admin:billing_aging")).text

    response = finance.get(address)

    assert response["Content-Disposition"] == f'attachment; filename="open-invoices-{timezone.localdate()}.csv"'
    assert b"".join(response.streaming_content).decode("utf-8-sig").splitlines() == [
        "Customer,Not due yet,1–30 days,31–60 days,61–90 days,Over 90 days,Together,Currency",
        "'=Harbor(),0.00,0.00,222.75,0.00,0.00,222.75,USD",
        "Lane,222.75,0.00,0.00,0.00,0.00,222.75,USD",
        "All customers,222.75,0.00,222.75,0.00,0.00,445.50,USD",
    ]


def test_nothing_open_is_said():
    text = staff_client(roles.FINANCE).get(reverse("admin:billing_aging")).text

    assert "Nothing is open: every invoice is paid or was taken back." in text


def test_a_long_table_has_pages_and_totals_of_all(monkeypatch):
    monkeypatch.setattr("aapm_site.billing.admin.reports.PER_PAGE", 2)
    for number in range(3):
        placed(make_customer(f"Customer {number}"))
    finance = staff_client(roles.FINANCE)

    first, second = (finance.get(reverse("admin:billing_aging"), {"page": page}) for page in (1, 2))

    assert [len(page.context["rows"]) for page in (first, second)] == [2, 1]
    assert [page.context["totals"][0].total for page in (first, second)] == [Decimal("668.25")] * 2
    assert finance.get(reverse("admin:billing_aging"), {"page": "x"}).status_code == 200


def test_the_front_page_counts_what_is_overdue():
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        placed()
    placed()
    tasks = {item["task"].name: item for item in staff_client(roles.FINANCE).get("/admin/").context["tasks"]}

    assert tasks["open-invoices"]["waiting"] == 1
    assert {"open-invoices", "record-payment", "ledger"} <= set(tasks)
    other = staff_client(roles.CONTENT_EDITOR).get("/admin/").context["tasks"]
    assert not {item["task"].name for item in other} & {"open-invoices", "record-payment", "ledger"}
