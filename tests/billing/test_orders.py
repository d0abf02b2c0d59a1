"""Placing an order: what it costs, what is kept of it, and what stops it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.billing.domain import orders
from aapm_site.billing.domain.pricing import CouponRefused, Wanted, quote_order
from aapm_site.billing.models import Coupon, Entry, Invoice, Letterhead, Order, OrderLine
from aapm_site.billing.states import OrderStatus, PayBy
from aapm_site.core.models import Association
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests import factories

from .shop import ADDRESS, make_coupon, make_customer, make_letterhead, place

pytestmark = pytest.mark.django_db


def test_an_order_by_invoice(shop):
    make_letterhead()
    customer = make_customer(net_days=30)
    buyer = factories.user()

    order = place(("shop:three", 1), ("shop:taxed", 2), customer=customer, by=buyer, po_number="PO 4711")

    today = timezone.localdate()
    invoice = order.invoice
    assert (order.status, order.pay_by, order.placed_by, order.currency) == (
        "awaiting_payment",
        "invoice",
        buyer,
        "USD",
    )
    assert invoice.number == f"INV-{today.year}-00001"
    assert (invoice.issued_on, invoice.due_on, invoice.po_number) == (today, today + timedelta(days=30), "PO 4711")
    assert (invoice.net, invoice.tax, invoice.total) == (Decimal("382.75"), Decimal("13.20"), Decimal("395.95"))
    assert {name: getattr(invoice, name) for name in ADDRESS} == ADDRESS
    assert invoice.letterhead["lines"][:2] == ["American Academy of Pain Medicine", "1 Sample Street"]
    assert list(order.lines.values_list("sku", "title", "quantity", "unit_price", "net", "tax", "tax_rate")) == [
        ("shop:three", "Three-pack", 1, Decimal("222.75"), Decimal("222.75"), 0, 0),
        ("shop:taxed", "Taxed", 2, Decimal("80.00"), Decimal("160.00"), Decimal("13.20"), Decimal("8.25")),
    ]
    assert order.lines.first().details == {"postings": 3, "note": "3 postings of 30 days each"}
    entry = Entry.objects.get()
    assert (entry.kind, entry.amount, entry.tax, entry.customer) == ("invoice", invoice.total, invoice.tax, customer)
    assert Order.objects.with_owed().get().owed == Decimal("395.95")
    assert shop.paid == []
    mail = OutgoingEmail.objects.get(kind="billing.order_placed")
    assert (mail.to, "$395.95" in mail.text, f"/pay/{order.pay_token}/" in mail.text) == (
        ADDRESS["bill_email"],
        True,
        True,
    )


def test_what_costs_nothing_is_paid_at_once(shop):
    order = place(("shop:gift", 2), pay_by=PayBy.CARD)
    assert (order.status, order.pay_by, order.invoice.total) == (OrderStatus.PAID, PayBy.FREE, 0)
    assert shop.paid == [order.invoice.number]
    assert [entry.amount for entry in order.entries.all()] == [0]
    assert order.payments.count() == 0
    assert OutgoingEmail.objects.get().kind == "billing.paid"


def test_a_coupon_over_everything_makes_it_free(shop):
    make_coupon("GIFT", percent=Decimal(100))
    order = place(("shop:posting", 1), code="gift")
    assert (order.status, order.invoice.total, order.lines.get().discount) == (OrderStatus.PAID, 0, Decimal("99.00"))


def test_prices_are_copied_when_sold(shop):
    order = place(("shop:posting", 1))
    shop.sell("posting", "149.00")
    line = OrderLine.objects.get(order=order)
    assert (line.unit_price, order.invoice.total) == (Decimal("99.00"), Decimal("99.00"))


def test_the_price_that_changed_meanwhile_is_shown_and_nothing_is_ordered(shop):
    shop.sell("posting", "149.00")
    with pytest.raises(orders.PriceChanged, match=r"it is \$149 now") as changed:
        place(("shop:posting", 1), seen_total=Decimal("99.00"))
    assert changed.value.quote.total.amount == Decimal("149.00")
    assert (Order.objects.count(), Invoice.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert place(("shop:posting", 1), seen_total=Decimal("149.00")).invoice.total == Decimal("149.00")


def test_what_is_not_sold_any_more_is_refused(shop):
    del shop.products["posting"]
    with pytest.raises(NotAllowed, match="not on offer any more"):
        place(("shop:posting", 1))
    with pytest.raises(NotAllowed, match="not on offer any more"):
        place(("nobody:posting", 1))
    with pytest.raises(NotAllowed, match="not on offer any more"):
        place(("posting", 1))


@pytest.mark.parametrize("quantity", [0, -1, 21, 10**9])
def test_a_quantity_outside_the_allowed_is_refused(shop, quantity):
    with pytest.raises(NotAllowed, match="between 1 and 20"):
        place(("shop:posting", quantity))


def test_two_currencies_do_not_go_into_one_order(shop):
    shop.sell("euro", "10.00", currency="EUR")
    with pytest.raises(NotAllowed, match="different currencies"):
        place(("shop:posting", 1), ("shop:euro", 1))


def test_the_second_press_of_the_button_finds_the_first_order(shop):
    customer = make_customer()
    first = place(("shop:posting", 1), customer=customer, checkout_key="once")
    again = place(("shop:posting", 1), customer=customer, checkout_key="once")
    assert (first.pk, Order.objects.count(), Invoice.objects.count()) == (again.pk, 1, 1)
    assert place(("shop:posting", 1), customer=customer, checkout_key="twice").pk != first.pk


def test_an_exempt_customer_pays_no_tax(shop):
    order = place(("shop:taxed", 1), customer=make_customer(tax_exempt_number="ME-1234"))
    assert (order.invoice.tax, order.invoice.total, order.lines.get().tax_rate) == (0, Decimal("80.00"), 0)


def test_the_address_stands_in_the_next_form(shop):
    customer = make_customer()
    place(("shop:posting", 1), customer=customer, bill_to={**ADDRESS, "bill_city": "Bangor"})
    customer.refresh_from_db()
    assert (customer.bill_city, customer.bill_street) == ("Bangor", "14 Harbor Lane")


# --- coupons --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "total"),
    [
        ({"percent": Decimal(10)}, "161.10"),  # 99 + 80, less 17.90
        ({"percent": Decimal("33.33")}, "119.34"),  # 33.00 and 26.66 off
        ({"percent": Decimal(10), "skus": ["shop:posting"]}, "169.10"),
        ({"kind": "amount", "amount": Decimal(50)}, "129.00"),
        ({"kind": "amount", "amount": Decimal(50), "skus": ["shop:posting"]}, "129.00"),
        ({"kind": "amount", "amount": Decimal(90), "skus": ["shop:eighty"]}, "99.00"),
        ({"kind": "amount", "amount": Decimal(1_000)}, "0.00"),
    ],
)
def test_a_coupon_takes_off(shop, fields, total):
    shop.sell("eighty", "80.00")
    make_coupon("SPRING", **fields)
    order = place(("shop:posting", 1), ("shop:eighty", 1), code=" spring ")
    assert order.invoice.total == Decimal(total)
    assert order.coupon.code == "SPRING"


def test_tax_is_on_the_price_after_the_discount(shop):
    make_coupon("HALF", percent=Decimal(50))
    order = place(("shop:taxed", 1), code="HALF")
    assert (order.invoice.net, order.invoice.tax) == (Decimal("40.00"), Decimal("3.30"))


TODAY = timezone.localdate
REFUSALS = [
    ({}, "NOSUCH", "do not know this code"),
    ({"is_active": False}, "SPRING", "do not know this code"),
    ({"starts_on": 1}, "SPRING", "can be used from"),
    ({"ends_on": -1}, "SPRING", "ended on"),
    ({"skus": ["shop:three"]}, "SPRING", "not for what you chose"),
    ({"most_uses": 0}, "SPRING", "as often as it can be"),
    ({"kind": "amount", "amount": Decimal(5), "currency": "EUR"}, "SPRING", "prices in EUR"),
]


@pytest.mark.parametrize(("fields", "code", "words"), REFUSALS)
def test_a_code_that_cannot_be_used_says_why_and_nothing_is_ordered(shop, fields, code, words):
    days = {name: TODAY() + timedelta(days=value) for name, value in fields.items() if name.endswith("_on")}
    make_coupon("SPRING", **{**fields, **days})
    with pytest.raises(CouponRefused, match=words):
        place(("shop:posting", 1), code=code)
    assert Order.objects.count() == 0


def test_a_coupon_is_good_on_its_first_and_its_last_day(shop):
    make_coupon("TODAY", starts_on=TODAY(), ends_on=TODAY())
    assert place(("shop:posting", 1), code="TODAY").invoice.total == Decimal("89.10")


def test_a_customer_uses_it_once_and_others_too(shop):
    coupon = make_coupon("ONCE", most_per_customer=1, most_uses=2)
    customer, other = make_customer(), make_customer("Another practice")
    first = place(("shop:posting", 1), customer=customer, code="ONCE")
    with pytest.raises(CouponRefused, match="You have used"):
        place(("shop:posting", 1), customer=customer, code="ONCE")
    place(("shop:posting", 1), customer=other, code="ONCE")
    with pytest.raises(CouponRefused, match="has been used"):
        place(("shop:posting", 1), customer=make_customer("A third"), code="ONCE")
    orders.cancel_order(first, by=factories.user(), reason="Not needed.")
    place(("shop:posting", 1), customer=customer, code="ONCE")
    assert coupon.orders.exclude(status=OrderStatus.CANCELLED).count() == 2


def test_a_quote_writes_nothing_and_is_what_the_order_takes(shop):
    make_coupon("SPRING", percent=Decimal(10))
    customer = make_customer()
    said = quote_order(customer, [Wanted("shop:posting", 2)], user=None, on=TODAY(), code="SPRING")
    assert (said.discount.amount, said.total.amount) == (Decimal("19.80"), Decimal("178.20"))
    assert (Order.objects.count(), Coupon.objects.get().orders.count()) == (0, 0)
    assert place(("shop:posting", 2), customer=customer, code="SPRING").invoice.total == said.total.amount


# --- cancelling -----------------------------------------------------------------------------------------------------


def test_an_unpaid_order_is_cancelled_by_a_credit_note(shop):
    order = place(("shop:posting", 2), ("shop:taxed", 1))
    done = orders.cancel_order(order, by=factories.user(), reason="Ordered twice.")
    note = order.invoice.credit_notes.get()
    assert (done.status, done.closed_at is not None) == (OrderStatus.CANCELLED, True)
    assert (note.number, note.total, note.reason) == (f"CN-{TODAY().year}-00001", order.invoice.total, "Ordered twice.")
    assert list(note.lines.values_list("quantity", flat=True)) == [2, 1]
    assert Order.objects.with_owed().get().owed == 0
    assert shop.reversed == []
    assert OutgoingEmail.objects.filter(kind="billing.order_cancelled").count() == 1


def test_a_cancellation_needs_a_reason(shop):
    order = place(("shop:posting", 1))
    with pytest.raises(NotAllowed, match="reason"):
        orders.cancel_order(order, by=factories.user(), reason=" ")
    assert order.invoice.credit_notes.count() == 0


def test_a_cancelled_order_is_not_cancelled_twice(shop):
    order = place(("shop:posting", 1))
    orders.cancel_order(order, by=factories.user(), reason="Ordered twice.")
    with pytest.raises(NotAllowed, match="cannot be cancelled"):
        orders.cancel_order(order, by=factories.user(), reason="Ordered twice.")
    assert order.invoice.credit_notes.count() == 1


def test_a_personal_customer_is_made_once(shop):
    person = factories.user(degrees="MD")
    first = orders.personal_customer(person)
    assert (first.name, first.bill_name, first.bill_email) == ("Amara Okafor", "Amara Okafor, MD", person.email)
    assert orders.personal_customer(person).pk == first.pk


def test_a_form_that_is_sent_again_with_something_else_is_refused(shop):
    customer = make_customer()
    first = place(("shop:posting", 1), customer=customer, checkout_key="once")
    with pytest.raises(NotAllowed, match=f"made order {first}"):
        place(("shop:posting", 2), customer=customer, checkout_key="once")
    orders.cancel_order(first, by=factories.user(), reason="Ordered twice.")
    with pytest.raises(NotAllowed, match="begin again"):
        place(("shop:posting", 1), customer=customer, checkout_key="once")
    assert Order.objects.count() == 1


def test_an_order_larger_than_an_invoice_holds_is_refused(shop):
    shop.sell("palace", "9999999.00")
    with pytest.raises(NotAllowed, match="in parts"):
        place(("shop:palace", 20))
    assert Order.objects.count() == 0


def test_lines_keep_their_order_whatever_is_counted_with_them():
    """Django drops a model's own order where it groups: then an invoice would print as the database likes."""
    assert OrderLine.objects.with_gone().ordered


def test_papers_keep_what_the_association_said_on_their_day(shop):
    where = {"street": "12 Long Street\nSuite 4", "city": "Duluth", "state": "MN", "postal_code": "55802"}
    make_letterhead(tax_id="36-1983")
    Association.objects.update(**where, telephone="(218) 555-0142", email="office@academy.example", website="a.example")
    first = place(("shop:posting", 1)).invoice
    Association.objects.update(street="9 New Street", is_sample=True)
    Letterhead.objects.update(email="billing@academy.example")
    second = place(("shop:posting", 1)).invoice

    assert Invoice.objects.get(pk=first.pk).letterhead["lines"] == [
        "American Academy of Pain Medicine",
        "12 Long Street",
        "Suite 4",
        "Duluth, MN 55802",
        "(218) 555-0142",
        "office@academy.example",
        "a.example",
        "Tax ID 36-1983",
    ]
    assert second.letterhead["lines"][1:3] == ["9 New Street", "Duluth, MN 55802"]
    assert second.letterhead["lines"][4] == "billing@academy.example"
    assert (first.letterhead["is_sample"], second.letterhead["is_sample"]) == (False, True)
