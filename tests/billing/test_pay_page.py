"""The page of the mail's link: for whoever has it, and nothing more than the invoice."""

from decimal import Decimal

import pytest
from django.test import Client

from aapm_site.billing.domain import orders, refunds
from aapm_site.billing.models import CardSession, Order, Payment, ProviderEvent
from aapm_site.billing.states import CardState
from aapm_site.core.models import Association
from tests import factories
from tests.billing import provider as at_provider

from .factories import fresh, paid, payment, placed
from .shop import ADDRESS, make_customer, make_letterhead

pytestmark = pytest.mark.django_db
provider = at_provider.provider


@pytest.fixture
def order(shop) -> Order:
    make_letterhead()
    return placed(po_number="PO 4711", by=factories.user(email="buyer@example.org"))


def url(order: Order, rest: str = "") -> str:
    return f"/pay/{order.pay_token}/{rest}"


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def has(text: str, *words: str) -> list[bool]:
    return [word in text for word in words]


def test_a_finance_office_sees_what_it_needs(client, order):
    text = text_of(client, url(order))
    assert (
        has(
            text,
            f"Invoice {order}",
            "Harbor Lane Pain &amp; Spine",
            "Three-pack",
            "$222.75 is due on receipt.",
            "PO 4711",
            f'href="{url(order, "invoice.pdf")}"',
            "Pay $222.75 by card",
            "Chicago, IL 60601",
            "Routing 000000000",
        )
        == [True] * 9
    )


def test_it_sees_nothing_else(client, order):
    other = placed(order.customer, wanted=[("shop:posting", 1)])
    text = text_of(client, url(order))
    hidden = (ADDRESS["bill_email"], "buyer@example.org", "Accounts payable", str(other), other.pay_token)
    assert has(text, *hidden, "/account/orders/") == [False] * 6


@pytest.mark.parametrize("rest", ["", "done/", "invoice.pdf"])
def test_nobody_keeps_or_lists_it(client, order, rest):
    response = client.get(url(order, rest))
    assert (response.status_code, response["Cache-Control"], response["X-Robots-Tag"]) == (
        200,
        "private, no-store",
        "noindex",
    )
    for token in ("nobody", order.public_id, order.pay_token[:-1], order.pay_token.swapcase()):
        assert client.get(f"/pay/{token}/{rest}").status_code == 404


def test_the_link_opens_nothing_of_the_account(client, order):
    assert client.get(f"/account/orders/{order.pay_token}/").status_code == 302
    client.force_login(factories.user())
    assert client.get(f"/account/orders/{order.public_id}/").status_code == 404
    assert client.get(url(order)).status_code == 200


def test_the_address_leaks_to_no_other_site(client, order):
    assert client.get(url(order))["Referrer-Policy"] == "same-origin"


def test_the_card_button_works_without_a_session(order, provider):
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(url(order))
    assert "form-action 'self' https://checkout.stripe.com" in page["Content-Security-Policy"]
    token = page.context["csrf_token"]
    assert visitor.post(url(order)).status_code == 403
    response = visitor.post(url(order), {"csrfmiddlewaretoken": str(token)})
    session = CardSession.objects.get()
    assert (response.status_code, response["Location"], "session" in visitor.cookies) == (303, session.url, False)
    assert provider.session(session.session_id).get("customer_email") is None


def test_a_silent_provider_is_said_and_charges_nothing(client, order, provider):
    provider.hang_next()
    response = client.post(url(order), follow=True)
    assert response.redirect_chain == [(url(order), 302)]
    assert "The card page does not answer at the moment. Nothing was charged." in response.content.decode()


def test_a_part_that_was_paid_leaves_the_rest(client, order, provider):
    payment(order, "100.00")
    assert "$122.75 of $222.75 is due on receipt." in text_of(client, url(order))
    client.post(url(order))
    assert CardSession.objects.get().amount == Decimal("122.75")


def test_what_is_paid_is_paid(client, shop):
    order = paid()
    text = text_of(client, url(order))
    assert has(text, "This is paid. Thank you.", "How to pay") == [True, False]


def test_what_was_cancelled_says_so(client, order):
    orders.cancel_order(order, by=None, reason="Ordered twice.")
    text = text_of(client, url(order))
    assert has(text, "This order was cancelled.", "How to pay", "Ordered twice.") == [True, False, False]


def test_who_left_the_card_page_is_told_that_nothing_was_charged(client, order):
    assert "Nothing was charged; the invoice waits for you." in text_of(client, url(order, "?card=left"))


# Back from the card page ---------------------------------------------------------------------------------------------
def test_the_return_page_marks_nothing_as_paid(client, order, provider):
    client.post(url(order))
    provider.pay(CardSession.objects.get().session_id)
    text = text_of(client, url(order, "done/"))
    assert has(text, "Waiting for confirmation", "It usually takes seconds.", "Look again") == [True] * 3
    assert 'http-equiv="refresh"' not in text
    assert (fresh(order).status, Payment.objects.count(), ProviderEvent.objects.count()) == ("awaiting_payment", 0, 0)
    assert client.post(url(order, "done/")).status_code == 405


def test_once_the_provider_told_it_thanks(client, order, provider):
    client.post(url(order))
    session = CardSession.objects.get()
    provider.pay(session.session_id)
    body, signature = provider.event("checkout.session.completed", session.session_id)
    told = client.post(
        "/webhooks/stripe/", body, content_type="application/json", headers={"stripe-signature": signature}
    )
    assert told.status_code == 200
    text = text_of(client, url(order, "done/"))
    assert has(text, "Thank you, it is paid", "The receipt comes by e-mail.", "See the order") == [True, True, False]


def test_the_buyer_goes_on_from_there(shop):
    person = factories.user()
    order = paid(make_customer(user=person))
    text = text_of(factories.client_of(person), url(order, "done/"))
    receipt = Payment.objects.get()
    assert has(text, "It is yours now.", "Look at it", f"Receipt {receipt} (PDF)", "See the order") == [True] * 4


def test_a_bank_at_work_and_an_order_that_is_over(client, order):
    CardSession.objects.create(order=order, state=CardState.PENDING, amount=1, expires_at=order.placed_at)
    assert "Your bank is at work" in text_of(client, url(order, "done/"))
    assert "How to pay" not in text_of(client, url(order))
    CardSession.objects.update(state=CardState.ENDED)
    orders.cancel_order(order, by=None, reason="Ordered twice.")
    assert "There is nothing to pay on it." in text_of(client, url(order, "done/"))


def test_what_did_not_go_through_is_not_called_waiting(client, order):
    assert has(text_of(client, url(order, "done/")), "No payment is under way", "Waiting for") == [True, False]
    CardSession.objects.create(order=order, state=CardState.PENDING, amount=1, expires_at=order.placed_at)
    CardSession.objects.update(state=CardState.ENDED, checked_at=order.placed_at)
    text = text_of(client, url(order, "done/"))
    words = ("The payment did not go through", "Your bank did not carry it out. Nothing was charged.")
    assert has(text, *words, "Pay another way", "Waiting for") == [True, True, True, False]
    assert "Your last card payment did not go through on" in text_of(client, url(order))


def test_the_link_opens_its_own_receipts_and_credit_notes(client, shop):
    order = paid()
    other = paid()
    refunds.take_back_and_refund(
        order, by=None, reason="x", method="check", pieces={order.lines.get().pk: 1}, reference="88"
    )
    receipt, note = order.payments.get(), order.invoice.credit_notes.get()
    found = [f"receipts/{receipt.public_id}.pdf", f"credit-notes/{note.public_id}.pdf"]
    for page in ("", "done/"):
        text = text_of(client, url(order, page))
        assert has(text, *(url(order, paper) for paper in found), "This order was taken back") == [True] * 3
    for paper in found:
        response = client.get(url(order, paper))
        assert (response.content[:5], response["Cache-Control"]) == (b"%PDF-", "private, no-store")
        assert client.get(url(other, paper)).status_code == 404


def test_whom_to_ask_stands_on_it(client, order):
    make_letterhead(email="billing@aapm.example")
    Association.objects.update(telephone="312-555-0100", email="office@aapm.example")
    assert has(text_of(client, url(order)), "mailto:billing@aapm.example", "312-555-0100") == [True, True]


def test_the_buyer_finds_the_way_back_to_the_order(client, shop):
    person = factories.user()
    order = placed(make_customer(user=person))
    pages = [text_of(who, url(order, rest)) for who in (factories.client_of(person), client) for rest in ("", "done/")]
    assert [order.get_absolute_url() in text for text in pages] == [True, True, False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_whatever_it_holds(client, shop, count, django_assert_num_queries):
    order = placed(wanted=[("shop:three", 1), ("shop:posting", 1), ("shop:taxed", 1)][:count])
    client.get(url(order))
    with django_assert_num_queries(9):
        client.get(url(order))
