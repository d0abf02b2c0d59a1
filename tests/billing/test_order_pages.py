"""My orders: where each stands, how to pay it, its papers, and nobody else's."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.billing.domain import orders, payments, refunds
from aapm_site.billing.models import CardSession, CreditNote, Entry, Order, Payment
from aapm_site.billing.presenters.order import OrderPage
from aapm_site.billing.states import CardState, RefundMethod
from aapm_site.billing.views import documents
from aapm_site.core import roles
from tests import factories
from tests.billing import provider as at_provider

from .factories import fresh, paid, payment, placed
from .shop import make_coupon, make_customer, make_letterhead

pytestmark = pytest.mark.django_db
provider = at_provider.provider
LIST = "/account/orders/"


@pytest.fixture
def buyer(client):
    person = factories.user()
    client.force_login(person)
    return person


@pytest.fixture
def customer(buyer):
    make_letterhead()
    return make_customer("Harbor Lane", user=buyer)


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def has(text: str, *words: str) -> list[bool]:
    return [word in text for word in words]


def steps(response) -> list[tuple[str, bool, bool]]:
    return [(step.title, step.is_done, step.is_now) for step in response.context["page"].timeline.milestones]


# Where it stands -----------------------------------------------------------------------------------------------------
def test_an_order_that_waits_for_a_check(client, shop, customer):
    order = placed(customer, po_number="PO 4711")
    response = client.get(order.get_absolute_url())
    assert steps(response) == [
        ("Ordered", True, False),
        ("Waiting for your check or transfer", False, True),
        ("Ready for you", False, False),
    ]
    assert has(
        response.content.decode(),
        "It comes when it is paid.",
        "How to pay $222.75",
        "Pay $222.75 by card",
        "PO Box",
        f"Please write <strong>{order}</strong> on the check.",
        "Routing 000000000",
        "PO 4711",
        "due on receipt",
        "Cancel this order",
        f"/pay/{order.pay_token}/",
    ) == [True, True, True, False, True, True, True, True, True, True]


def test_a_paid_order_leads_on(client, shop, customer):
    order = paid(customer)
    response = client.get(order.get_absolute_url())
    assert steps(response) == [("Ordered", True, False), ("Paid", True, False), ("Ready for you", True, False)]
    receipt = Payment.objects.get()
    assert has(
        response.content.decode(),
        "It is yours now.",
        '<a class="btn" href="/">Look at it</a>',
        f"Receipt {receipt} (PDF)",
        "Paid: Check no. 4711",
        "How to pay",
        "Cancel this order",
    ) == [True, True, True, True, False, False]


def test_a_part_payment_leaves_the_rest(client, shop, customer):
    order = placed(customer)
    payment(order, "100.00")
    response = client.get(order.get_absolute_url())
    assert steps(response)[1] == ("Waiting for the rest, $122.75", False, True)
    assert has(
        response.content.decode(),
        "Pay $122.75 by card",
        "Still to pay",
        "Thank you, $100 has come. $122.75 is still to pay.",
        "Because a part is paid, this order cannot be cancelled here.",
        "Cancel this order",
    ) == [True, True, True, True, False]


def test_what_is_overdue_is_said_kindly(client, shop, customer, monkeypatch):
    order = placed(customer)
    later = timezone.localdate() + timedelta(days=5)
    monkeypatch.setattr(timezone, "localdate", lambda *at: later)
    text = text_of(client, order.get_absolute_url())
    assert has(text, "Overdue since", "If your payment is on its way, thank you") == [True, True]


def test_a_cancelled_order(client, shop, customer):
    order = placed(customer)
    orders.cancel_order(order, by=None, reason="Ordered twice.")
    response = client.get(order.get_absolute_url())
    assert steps(response) == [("Ordered", True, False), ("Cancelled", False, True)]
    note = CreditNote.objects.get()
    assert has(
        response.content.decode(),
        "This order is cancelled.",
        f"Credit note {note} (PDF)",
        "How to pay",
        "Ordered twice.",
    ) == [True, True, False, True]


def test_money_that_went_back_shows_its_state(client, shop, customer):
    order = paid(customer)
    line = order.lines.get()
    refunds.take_back_and_refund(
        order, by=None, reason="Not needed.", method=RefundMethod.CHECK, pieces={line.pk: 1}, reference="88"
    )
    response = client.get(order.get_absolute_url())
    assert steps(response)[-1] == ("Taken back", False, True)
    assert has(response.content.decode(), "This order was taken back.", "Sent back by check", "88") == [
        True,
        True,
        True,
    ]


def test_what_came_too_much_is_the_customers(client, shop, customer):
    order = paid(customer)
    payment(order, "20.00", reference="4712")
    assert "$20 more came than was owed." in text_of(client, order.get_absolute_url())


def test_what_cost_nothing(client, shop, customer):
    order = placed(customer, wanted=[("shop:gift", 1)])
    response = client.get(order.get_absolute_url())
    assert steps(response) == [
        ("Ordered", True, False),
        ("Nothing to pay", True, False),
        ("Ready for you", True, False),
    ]


def test_while_the_bank_is_at_work_nothing_is_asked_for(client, shop, customer):
    order = placed(customer, pay_by="card")
    CardSession.objects.create(
        order=order, state=CardState.PENDING, amount=order.invoice.total, expires_at=timezone.now()
    )
    response = client.get(order.get_absolute_url())
    assert steps(response)[1] == ("Your bank is at work", False, True)
    assert has(response.content.decode(), "How to pay", "Cancel this order") == [False, False]
    client.post(f"{order.get_absolute_url()}cancel/", {"reason": ""})
    assert fresh(order).is_unpaid


def test_who_came_back_from_the_card_page(client, shop, customer):
    order = placed(customer, pay_by="card")
    url = f"{order.get_absolute_url()}?card=left"
    assert "Nothing was charged; the order waits for you." in text_of(client, url)


# Paying --------------------------------------------------------------------------------------------------------------
def test_the_card_button_opens_the_providers_page(client, shop, customer, provider):
    order = placed(customer)
    page = client.get(order.get_absolute_url())
    assert "form-action 'self' https://checkout.stripe.com" in page["Content-Security-Policy"]
    first = client.post(f"{order.get_absolute_url()}pay/")
    second = client.post(f"{order.get_absolute_url()}pay/")
    session = CardSession.objects.get()
    assert (first.status_code, first["Location"], second["Location"]) == (303, session.url, session.url)


def test_two_tabs_that_pay_get_the_same_page(shop, buyer, customer, provider):
    order = placed(customer)
    tabs = [factories.client_of(buyer), factories.client_of(buyer)]
    assert len({tab.post(f"{order.get_absolute_url()}pay/")["Location"] for tab in tabs}) == 1


def test_a_provider_that_is_down_charges_nothing(client, shop, customer, provider):
    order = placed(customer)
    provider.fail_next(500)
    response = client.post(f"{order.get_absolute_url()}pay/", follow=True)
    assert "The card page does not answer at the moment. Nothing was charged." in response.content.decode()
    assert fresh(order).is_unpaid


def test_what_is_paid_is_not_paid_again(client, shop, customer, provider):
    order = paid(customer)
    response = client.post(f"{order.get_absolute_url()}pay/", follow=True)
    assert "Nothing is open on this order any more" in response.content.decode()
    assert (CardSession.objects.count(), provider.asked) == (0, [])


# Cancelling ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("typed", "kept"), [("", "Cancelled by the customer."), ("Ordered twice.", "Ordered twice.")])
def test_a_customer_cancels(client, shop, buyer, customer, typed, kept):
    order = placed(customer, by=buyer)
    url = f"{order.get_absolute_url()}cancel/"
    assert "you owe nothing" in text_of(client, url)
    assert fresh(order).is_unpaid
    response = client.post(url, {"reason": typed})
    assert response["Location"] == order.get_absolute_url()
    note = CreditNote.objects.get()
    assert (fresh(order).status, note.reason, note.total) == ("cancelled", kept, Decimal("222.75"))
    assert fresh(order).status_changes.get().by == buyer


@pytest.mark.parametrize("make", [paid, lambda customer: _part_paid(customer)])
def test_what_was_paid_is_not_cancelled(client, shop, customer, make):
    order = make(customer)
    before = fresh(order).status
    for method in (client.get, client.post):
        assert method(f"{order.get_absolute_url()}cancel/")["Location"] == order.get_absolute_url()
    assert (fresh(order).status, CreditNote.objects.count()) == (before, 0)


def _part_paid(customer) -> Order:
    order = placed(customer)
    payment(order, "1.00")
    return order


def test_a_reason_that_is_too_long_keeps_the_order(client, shop, customer):
    order = placed(customer)
    response = client.post(f"{order.get_absolute_url()}cancel/", {"reason": "x" * 301})
    assert (response.status_code, fresh(order).is_unpaid) == (422, True)


# Whose ---------------------------------------------------------------------------------------------------------------
def addresses(order: Order) -> list[tuple[str, str]]:
    receipt, note = Payment.objects.get(), CreditNote.objects.get()
    base = order.get_absolute_url()
    return [
        ("get", base),
        ("post", f"{base}pay/"),
        ("get", f"{base}cancel/"),
        ("post", f"{base}cancel/"),
        ("get", f"{base}invoice.pdf"),
        ("get", f"{base}receipts/{receipt.public_id}.pdf"),
        ("get", f"{base}credit-notes/{note.public_id}.pdf"),
        ("get", f"/account/orders/statement/{order.customer.public_id}/"),
    ]


@pytest.fixture
def full(shop, customer):
    """An order with every paper."""
    order = paid(customer)
    refunds.take_back_and_refund(
        order, by=None, reason="x", method=RefundMethod.CHECK, pieces={order.lines.get().pk: 1}, reference="88"
    )
    return order


def test_strangers_find_nothing_and_visitors_sign_in(full):
    before = (Entry.objects.count(), CardSession.objects.count())
    stranger = factories.client_of(factories.user())
    for method, url in addresses(full):
        assert getattr(stranger, method)(url).status_code == 404, url
        assert getattr(Client(), method)(url)["Location"].startswith("/accounts/login/"), url
    assert (Entry.objects.count(), CardSession.objects.count()) == before


def test_papers_are_private_files(client, full):
    found = [(url, client.get(url)) for method, url in addresses(full) if url.endswith(".pdf")]
    assert [response["Content-Disposition"] for _, response in found] == [
        f'inline; filename="invoice-{full}.pdf"',
        f'inline; filename="receipt-{Payment.objects.get()}.pdf"',
        f'inline; filename="credit-note-{CreditNote.objects.get()}.pdf"',
    ]
    for _, response in found:
        assert (response.content[:5], response["Content-Type"]) == (b"%PDF-", "application/pdf")
        assert (response["Cache-Control"], response["X-Content-Type-Options"], response["X-Robots-Tag"]) == (
            "private, no-store",
            "nosniff",
            "noindex",
        )
        assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_a_paper_that_did_not_change_is_drawn_once_and_one_that_did_anew(client, shop, customer):
    order = placed(customer)
    url = f"{order.get_absolute_url()}invoice.pdf"
    first, drawn = client.get(url).content, documents._drawn.cache_info().misses
    assert client.get(url).content == first
    assert documents._drawn.cache_info().misses == drawn

    payment(order)
    assert client.get(url).content != first


def test_a_paper_of_another_order_is_not_below_this_one(client, full, customer):
    other = paid(customer)
    receipt = Payment.objects.exclude(order=other).get()
    url = f"{other.get_absolute_url()}receipts/{receipt.public_id}.pdf"
    assert client.get(url).status_code == 404


def test_paying_by_looking_is_not_possible(client, shop, customer):
    assert client.get(f"{placed(customer).get_absolute_url()}pay/").status_code == 405


# The list ------------------------------------------------------------------------------------------------------------
def test_no_orders_yet(client, buyer):
    assert "You have no orders yet." in text_of(client, LIST)


def test_the_list_shows_what_is_open(client, shop, customer):
    open_, done = placed(customer), paid(customer)
    text = text_of(client, LIST)
    assert has(text, str(open_), str(done), "Waiting for payment", ">Paid<", "$222.75") == [True] * 5


def test_twenty_a_page_by_key(client, shop, customer):
    made = [placed(customer) for _ in range(45)]
    seen, url = [], LIST
    while url:
        response = client.get(url)
        seen += [page.order.pk for page in response.context["pages"]]
        url = response.context["next"] and f"{LIST}?after={response.context['next']}"
    assert seen == [order.pk for order in reversed(made)]


@pytest.mark.parametrize("after", ["nobody", "x" * 17, "a b", "-1' or 1=1"])
def test_a_page_after_nothing(client, shop, customer, after):
    placed(customer)
    assert client.get(LIST, {"after": after}).status_code == 404


def test_a_strangers_order_is_no_place_to_begin(client, shop, customer):
    assert client.get(LIST, {"after": placed().public_id}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_whatever_it_holds(client, shop, customer, count, django_assert_num_queries):
    for _ in range(count):
        placed(customer)
    client.get("/account/profile/")  # the first page of a session is written down
    with django_assert_num_queries(7):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_an_order_takes_as_many_queries_whatever_it_holds(client, shop, customer, count, django_assert_num_queries):
    order = placed(customer, wanted=[("shop:three", 1), ("shop:posting", 1), ("shop:taxed", 1)][:count])
    for number in range(count):
        payment(order, "1.00", reference=str(number))
    client.get("/account/profile/")  # the first page of a session is written down
    with django_assert_num_queries(11):
        client.get(order.get_absolute_url())


# My account ----------------------------------------------------------------------------------------------------------
def test_my_account_shows_what_is_open(client, shop, customer):
    order = placed(customer)
    text = text_of(client, "/account/")
    assert has(text, "To be paid", f"Invoice {order}", "$222.75", f"{order.get_absolute_url()}#pay") == [True] * 4
    assert 'href="/account/orders/">Orders and invoices</a>' in text


def test_my_account_says_nothing_to_who_owes_nothing(client, shop, customer):
    paid(customer)
    assert has(text_of(client, "/account/"), "To be paid", "Orders and invoices") == [False, True]


def test_who_never_bought_sees_nothing_of_it(client, buyer):
    with CaptureQueriesContext(connection) as asked:
        text = text_of(client, "/account/")
    # One statement asks for all parts of the page; membership asks whether somebody without a term owes first dues.
    assert sum("billing_" in query["sql"] for query in asked) == 2
    assert has(text, "To be paid", "Orders and invoices") == [False, False]


# The statement -------------------------------------------------------------------------------------------------------
def statement_url(customer, query: str = "") -> str:
    return reverse("billing:statement", args=[customer.public_id]) + query


def rows_of(response) -> list[tuple[str, str, str]]:
    return [(row.entry.kind, str(row.change), str(row.balance)) for row in response.context["statements"][0].rows]


def test_a_statement_runs_from_balance_to_balance(client, shop, customer):
    order = placed(customer)
    payment(order, "100.00")
    payment(order, "150.00", reference="4712")
    response = client.get(statement_url(customer))
    assert rows_of(response) == [
        ("invoice", "$222.75", "$222.75"),
        ("payment", "−$100", "$122.75"),
        ("payment", "−$150", "−$27.25"),
    ]
    found = response.context["statements"][0]
    assert (str(found.opening), str(found.closing)) == ("$0", "−$27.25")


def test_a_statement_of_a_year_begins_with_what_was_owed_before(client, shop, customer, monkeypatch):
    this = timezone.localdate().year
    for day in (date(this - 1, 12, 31), date(this, 1, 1)):
        with monkeypatch.context() as then:
            then.setattr(timezone, "localdate", lambda *at, day=day: day)
            placed(customer, wanted=[("shop:posting", 1)])
    payment(placed(customer), "100.00")
    now, before = client.get(statement_url(customer)), client.get(statement_url(customer, f"?year={this - 1}"))
    assert now.context["year"] == this
    assert str(now.context["statements"][0].opening) == "$99"
    assert rows_of(now) == [
        ("invoice", "$99", "$198"),
        ("invoice", "$222.75", "$420.75"),
        ("payment", "−$100", "$320.75"),
    ]
    assert rows_of(before) == [("invoice", "$99", "$99")]


@pytest.mark.parametrize("year", ["1066", "abc", "10**9", "-1", "%00"])
def test_a_year_that_is_none(client, shop, customer, year):
    placed(customer)
    response = client.get(statement_url(customer, f"?year={year}"))
    assert (response.status_code, response.context["year"]) == (422, timezone.localdate().year)


def test_an_empty_statement(client, customer):
    assert "Nothing was booked yet." in text_of(client, statement_url(customer))


def test_the_statement_stands_below_the_orders_and_says_what_a_minus_means(client, shop, customer):
    order = placed(customer)
    before = text_of(client, statement_url(customer))
    payment(order, "300.00")
    after = text_of(client, statement_url(customer))
    assert ["A minus means that we hold money for you." in text for text in (before, after)] == [False, True]
    assert 'href="/account/orders/" aria-current="page"' in after


def test_a_discount_is_taken_off_below_the_lines(client, shop, customer):
    make_coupon("WELCOME10")
    text = text_of(client, placed(customer, code="WELCOME10").get_absolute_url())
    assert has(text, "Discount, code WELCOME10", "−$22.28", "$222.75", "$200.47") == [True] * 4


def test_a_card_payment_that_the_bank_refused_is_said(client, shop, customer):
    order = placed(customer, pay_by="card")
    session = CardSession.objects.create(order=order, amount=order.invoice.total, expires_at=timezone.now())
    CardSession.objects.update(state=CardState.ENDED, checked_at=timezone.now())
    words = "Your last card payment did not go through on"
    assert words not in text_of(client, order.get_absolute_url())  # a page that was only left
    CardSession.objects.filter(pk=session.pk).update(state=CardState.PENDING)
    CardSession.objects.filter(pk=session.pk).update(state=CardState.ENDED)
    assert words in text_of(client, order.get_absolute_url())


def test_a_statement_shows_a_check_that_bounced(client, shop, customer):
    order = paid(customer)
    payments.return_payment_unpaid(Payment.objects.get(), by=None, reason="No such account.")
    assert rows_of(client.get(statement_url(customer)))[-1] == ("refund", "$222.75", "$222.75")
    today = f"{timezone.localdate():%B} {timezone.localdate().day}"
    text = text_of(client, order.get_absolute_url())
    assert has(text, "Payment came back unpaid", "No such account. The invoice is open again.", today) == [True] * 3
    assert f"Returned payment {Payment.objects.get()}" in text_of(client, statement_url(customer))


@pytest.mark.parametrize("count", [1, 3])
def test_a_statement_takes_as_many_queries_whatever_it_holds(client, shop, customer, count, django_assert_num_queries):
    for _ in range(count):
        paid(customer)
    client.get("/account/profile/")  # the first page of a session is written down
    with django_assert_num_queries(12):  # one for who the association is, remembered from then on
        client.get(statement_url(customer))


def test_staff_read_the_same_words_and_numbers_as_the_customer(client, shop, customer):
    order = paid(customer)
    payments.return_payment_unpaid(Payment.objects.get(), by=None, reason="No such account.")
    payment(order, reference="No. 4712")
    refunded = paid(customer)
    refunds.take_back_and_refund(
        refunded, by=None, reason="x", method=RefundMethod.CHECK, pieces={refunded.lines.get().pk: 1}, reference="88"
    )
    rows = client.get(statement_url(customer)).context["statements"][0].rows
    staff = factories.staff_client(roles.FINANCE)
    text = text_of(staff, reverse("admin:billing_customer_statement", args=[customer.pk]))
    assert [(row.how, row.note) for row in rows] == [
        ("", ""),
        ("Check no. 4711", f"Check no. 4711, for {order}"),
        ("", f"For {order}"),
        ("Check no. 4712", f"Check no. 4712, for {order}"),
        ("", ""),
        ("Check no. 4711", f"Check no. 4711, for {refunded}"),
        ("", f"For {refunded}"),
        ("Check no. 88", f"Check no. 88, for {refunded}"),
    ]
    assert [f"{row.title}<small>{row.how}</small>" in text for row in rows if row.how] == [True] * 4
    assert [row.title in text for row in rows] == [True] * 8


def test_while_a_bank_is_at_work_every_page_says_so(client, shop, buyer):
    order = placed(make_customer(user=buyer), by=buyer, pay_by="card")
    CardSession.objects.create(order=order, amount=order.invoice.total, currency="USD", expires_at=timezone.now(),
                               state="pending")  # fmt: skip
    listed, overview = client.get("/account/orders/").text, client.get("/account/").text
    assert ("Your bank is at work" in listed, "Waiting for payment" in listed) == (True, False)
    assert ("your bank is at work on the payment" in overview, "#pay" in overview) == (True, False)
    assert "You came back without paying." not in client.get(f"{order.get_absolute_url()}?card=left").text


def test_who_leaves_the_card_page_comes_back_to_the_own_order(client, shop, buyer):
    order = placed(make_customer(user=buyer), by=buyer, pay_by="card")
    left = f"/pay/{order.pay_token}/?card=left"
    assert client.get(left)["Location"] == f"{order.get_absolute_url()}?card=left"
    assert "You came back without paying." in client.get(f"{order.get_absolute_url()}?card=left").text
    assert Client().get(left).status_code == 200


def test_payments_and_credits_add_up(client, shop, buyer):
    order = placed(make_customer(user=buyer), by=buyer)
    payment(order, "300.00")
    refunds.refund_rest_of_order(
        fresh(order), by=None, reason="Too much.", method="check", refunded_on=timezone.localdate()
    )
    page = OrderPage(Order.objects.with_owed().select_related("invoice", "customer").get())
    rows = [(row.what, str(row.amount)) for row in page.history]
    assert rows == [
        (f"Invoice {order}", "$222.75"), ("Paid: Check no. 4711", "−$300"), ("Sent back by check", "$77.25"),
    ]  # fmt: skip
    assert sum(row.amount.amount for row in page.history) == page.owed_amount == 0


def test_an_order_that_is_paid_has_no_due_day_and_keeps_its_link(client, shop, buyer):
    order = paid(make_customer(user=buyer), by=buyer)
    text = client.get(order.get_absolute_url()).text
    assert ("<dt>Due</dt>" in text, f"/pay/{order.pay_token}/" in text) == (False, True)


def test_an_open_invoice_of_ones_own_is_named_before_the_account_goes(shop, buyer):
    order = placed(make_customer(user=buyer), by=buyer)
    assert privacy.what_is_lost(buyer) == [
        f"Invoice {order} is open, with $222.75 to pay. Pay or cancel it first; afterwards only the link in its e-mail "
        "leads there."
    ]
