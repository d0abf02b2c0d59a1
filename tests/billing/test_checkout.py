"""Checkout in one page: what it shows, what it orders, and what it does not let through."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from aapm_site.billing import registry
from aapm_site.billing.models import CardSession, Coupon, Customer, Entry, Order
from aapm_site.billing.queries import cart
from aapm_site.mail.models import OutgoingEmail
from tests import factories
from tests.billing import provider as at_provider

from .factories import payment
from .shop import ADDRESS, make_coupon, make_customer, make_letterhead

pytestmark = pytest.mark.django_db
provider = at_provider.provider
THREE = "/checkout/?sku=shop:three"
LETTERS = "Our invoices print Latin, Greek and Cyrillic letters."
CHANGED = "The price changed while you were here"


@pytest.fixture
def buyer(client):
    person = factories.user()
    client.force_login(person)
    return person


def filled(page, **changes) -> dict[str, str]:
    """What a browser sends for the page, its fields filled in."""
    form = page.context["form"]
    carried = {field.html_name: field.value() for field in form.hidden_fields()}
    quantities = {field.html_name: field.value() for _, field in form.rows}
    return {**carried, **ADDRESS, **quantities, "pay_by": "invoice", **changes}


def press(client, url: str, data: dict[str, str]):
    """Press the button, as a browser does: it sends the form on when it is told to."""
    response = client.post(url, data)
    return client.post(response["Location"], data) if response.status_code == 307 else response


def send(client, url: str = THREE, **changes):
    """Open the checkout, fill it in and press the button."""
    return press(client, url, filled(client.get(url), **changes))


def nothing_ordered() -> bool:
    return (Order.objects.count(), Entry.objects.count(), OutgoingEmail.objects.count()) == (0, 0, 0)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# What it shows -------------------------------------------------------------------------------------------------------
def test_the_page_shows_what_it_costs_and_writes_nothing(client, shop, buyer):
    response = client.get(THREE)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Place the order for $222.75" in text
    assert "3 postings of 30 days each" in text
    assert 'autocomplete="billing postal-code"' in text
    assert (nothing_ordered(), Customer.objects.count()) == (True, 0)
    assert response["Cache-Control"] == "private, no-store"


def test_visitors_sign_in_first_and_come_back(client, shop):
    response = client.get(THREE)
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=/checkout/%3Fsku%3Dshop%3Athree",
    )


def test_an_address_that_was_not_confirmed_comes_first(client, shop):
    client.force_login(factories.user(verified=False))
    assert client.get(THREE)["Location"] == "/accounts/email/"


def test_tax_and_discount_are_shown_apart(client, shop, buyer):
    make_coupon("TEN")
    response = send(client, "/checkout/?sku=shop:taxed&quantity=2", code="ten", update="1")
    quote = response.context["quote"]
    assert response.status_code == 200
    assert (str(quote.discount), str(quote.net), str(quote.tax), str(quote.total)) == (
        "$16",
        "$144",
        "$11.88",
        "$155.88",
    )
    text = response.content.decode()
    assert ("Discount, code TEN" in text, '−<span class="money">$16.00</span>' in text) == (True, True)
    assert "Place the order for $155.88" in text
    assert nothing_ordered()


def test_a_customer_with_terms_sees_the_day_it_is_due(client, shop, buyer):
    make_customer(user=buyer, net_days=30)
    due = timezone.localdate() + timedelta(days=30)
    assert f"Due on {due:%B} {due.day}, {due.year}." in client.get(THREE).content.decode()


def test_nothing_to_choose_when_nothing_is_to_be_paid(client, shop, buyer):
    text = client.get("/checkout/?sku=shop:gift").content.decode()
    assert ("Place the order, nothing to pay" in text, "How will you pay?" in text) == (True, False)


def test_without_a_card_provider_there_is_no_card(client, shop, buyer, settings):
    settings.CARD_PAYMENTS = False
    assert "By card, now" not in client.get(THREE).content.decode()
    response = send(client, pay_by="card")
    assert (response.status_code, list(errors(response)), nothing_ordered()) == (422, ["pay_by"], True)


# What it orders ------------------------------------------------------------------------------------------------------
def test_an_order_by_invoice(client, shop, buyer):
    make_letterhead()
    response = send(client, po_number="PO 4711")
    order = Order.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/account/orders/{order.public_id}/")
    assert (order.customer.user, order.invoice.total, order.invoice.po_number) == (buyer, Decimal("222.75"), "PO 4711")
    assert {name: getattr(order.invoice, name) for name in ADDRESS} == ADDRESS
    assert f"we send invoice {order} to {ADDRESS['bill_email']}." in client.get(response["Location"]).content.decode()


def test_several_things_in_one_order(client, shop, buyer):
    url = "/checkout/?sku=shop:three&sku=shop:posting&sku=shop:taxed"
    page = send(client, url, quantity_1="2", update="1")
    client.post(url, filled(page))
    lines = list(Order.objects.get().lines.values_list("sku", "quantity"))
    assert lines == [("shop:three", 1), ("shop:posting", 2), ("shop:taxed", 1)]


def test_what_costs_nothing_is_complete_at_once(client, shop, buyer):
    response = send(client, "/checkout/?sku=shop:gift", pay_by="card")
    order = Order.objects.get()
    assert (order.status, order.pay_by, response["Location"]) == ("paid", "free", order.get_absolute_url())


def test_by_card_leads_to_the_provider(client, shop, buyer, provider):
    page = client.get(THREE)
    assert "form-action 'self' https://checkout.stripe.com" in page["Content-Security-Policy"]
    response = press(client, THREE, filled(page, pay_by="card"))
    session = CardSession.objects.get()
    assert (response.status_code, response["Location"]) == (303, session.url)
    assert provider.session(session.session_id)["customer_email"] == buyer.email
    assert (session.order.status, session.amount) == ("awaiting_payment", Decimal("222.75"))


def test_a_provider_that_is_silent_leaves_the_order_to_be_paid_later(client, shop, buyer, provider):
    provider.hang_next()
    response = send(client, pay_by="card")
    order = Order.objects.get()
    assert (response.status_code, response["Location"], order.status) == (
        302,
        order.get_absolute_url(),
        "awaiting_payment",
    )
    text = client.get(response["Location"]).content.decode()
    assert "Your order stands. The card page does not answer at the moment. Nothing was charged." in text
    assert client.post(f"{order.get_absolute_url()}pay/").status_code == 303


def test_the_typed_address_stands_there_the_next_time(client, shop, buyer):
    send(client, bill_street="99 New Street")
    assert client.get(THREE).context["form"]["bill_street"].value() == "99 New Street"


# For whom ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def firms(monkeypatch, buyer):
    """Two organizations for which the buyer may buy."""
    found = [make_customer("Alder Clinic"), make_customer("Birch Clinic")]
    keys = [customer.pk for customer in found]
    source = registry.CustomerSource(
        "firms", lambda user: Customer.objects.filter(pk__in=keys if user == buyer else [])
    )
    monkeypatch.setitem(registry.customer_sources._items, "firms", source)
    return found


def test_the_choice_of_customers(client, shop, buyer, firms):
    first = client.get(THREE)
    assert (first.context["form"].basket.customer, "Order for somebody else" in first.content.decode()) == (
        firms[0],
        True,
    )
    url = f"{THREE}&customer={firms[1].public_id}"
    send(client, url)
    assert Order.objects.get().customer == firms[1]


def test_the_form_holds_on_to_its_customer(client, shop, buyer, firms):
    """Another customer that comes first in the meantime is not charged."""
    page = client.get(THREE)
    firms[1].name = "Aardvark Clinic"
    firms[1].save()
    client.post(f"/checkout/{page.context['address']}", filled(page))
    assert Order.objects.get().customer == firms[0]


def test_a_strangers_customer_is_not_there(client, shop, buyer):
    foreign = make_customer("Somebody else")
    url = f"{THREE}&customer={foreign.public_id}"
    assert client.get(url).status_code == 404
    assert client.post(url, {**ADDRESS, "quantity_0": "1", "seen_total": "222.75"}).status_code == 404
    assert nothing_ordered()


@pytest.mark.parametrize("key", ["", "x" * 17, "a b", "%00", "-1", "own'--"])
def test_a_customer_that_cannot_be(client, shop, buyer, key):
    assert client.get(f"{THREE}&customer={key}").status_code == (200 if key == "" else 404)


# What is not on offer ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query", ["?sku=", "?sku=shop:gone", "?sku=nobody:three", "?sku=three", "?sku=shop:%00", "?sku=" + "x" * 5000]
)
def test_what_is_not_sold_leads_to_the_rates(client, shop, buyer, query):
    response = client.get(f"/checkout/{query}")
    text = response.content.decode()
    assert (response.status_code, "This is not on offer any more" in text, "/career-center/rates/" in text) == (
        404,
        True,
        True,
    )


def test_what_goes_off_while_the_form_is_open_is_not_ordered(client, shop, buyer):
    page = client.get(THREE)
    del shop.products["three"]
    assert client.post(THREE, filled(page)).status_code == 404
    assert nothing_ordered()


# What is not let through ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("quantity", ["0", "-1", str(10**9), "many", "", "1.5", "٣x"])
@pytest.mark.parametrize("button", [{}, {"update": "1"}])
def test_a_quantity_that_makes_no_sense(client, shop, buyer, quantity, button):
    response = send(client, quantity_0=quantity, **button)
    assert (response.status_code, errors(response)) == (422, {"quantity_0": ["Please order between 1 and 20."]})
    assert f'value="{quantity}"' in response.content.decode() or quantity == ""
    assert nothing_ordered()


@pytest.mark.parametrize("total", ["0", "0.01", "222.74", "-222.75", "NaN", "Infinity", "free", ""])
def test_a_total_that_was_altered_buys_nothing(client, shop, buyer, total):
    response = send(client, seen_total=total)
    assert (response.status_code, CHANGED in errors(response)["__all__"][0]) == (422, True)
    assert nothing_ordered()
    assert client.post(THREE, filled(response)).status_code == 302  # what the page shows now is right


def test_a_price_that_changed_is_shown_before_anything_is_ordered(client, shop, buyer):
    page = client.get(THREE)
    shop.sell("three", "250.00", title="Three-pack")
    response = client.post(THREE, filled(page, bill_city="Bangor"))
    text = response.content.decode()
    assert response.status_code == 422
    assert (f"{CHANGED}: it is $250 now." in text, "Place the order for $250" in text) == (True, True)
    assert ('value="Bangor"' in text, nothing_ordered()) == (True, True)
    client.post(THREE, filled(response))
    assert Order.objects.get().invoice.total == Decimal("250.00")


def test_a_quantity_changed_by_the_buyer_is_not_called_a_price_that_changed(client, shop, buyer):
    response = send(client, quantity_0="2")
    assert errors(response) == {
        "__all__": [
            "With your changes it comes to $445.50. Nothing has been ordered yet; please look at it again, and press "
            "the button if you agree."
        ]
    }
    client.post(THREE, filled(response))
    assert Order.objects.get().invoice.total == Decimal("445.50")


def test_a_coupon_that_ends_during_the_checkout(client, shop, buyer):
    make_coupon("SPRING")
    page = send(client, code="SPRING", update="1")
    assert page.context["quote"].total.amount == Decimal("200.47")
    Coupon.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    response = client.post(THREE, filled(page, code="SPRING", bill_city="Bangor"))
    text = response.content.decode()
    assert (response.status_code, list(errors(response))) == (422, ["code"])
    assert ("The code SPRING ended on" in text, "Place the order for $222.75" in text) == (True, True)
    assert ('value="Bangor"' in text, nothing_ordered()) == (True, True)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("NOPE", "We do not know this code"),
        ("x" * 500, "Please shorten this to 40 characters"),
        ("a\nb", "on one line"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"update": "1"}])
def test_a_code_that_is_none(client, shop, buyer, code, words, button):
    response = send(client, code=code, **button)
    assert (response.status_code, list(errors(response)), words in errors(response)["code"][0]) == (
        422,
        ["code"],
        True,
    )
    assert nothing_ordered()


def test_marks_that_nobody_sees_are_left_out(client, shop, buyer):
    send(client, bill_name="Harbor\u202e Lane\x07", po_number="PO\u2066 1")
    invoice = Order.objects.get().invoice
    assert (invoice.bill_name, invoice.po_number) == ("Harbor Lane", "PO 1")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("bill_name", "山田 Clinic", f"{LETTERS} Please give “山田” in Latin letters."),
        ("bill_name", "Pay at https://evil.example/ now", "Please leave out web addresses here."),
        ("bill_attention", "WWW.evil.example", "Please leave out web addresses here."),
        ("bill_name", "http:⁄⁄evil·com", "Please leave out web addresses here."),
        ("po_number", "Not you? Call +1 888 555 0199 to cancel", "Please leave out telephone numbers here."),
        ("po_number", "(888) 555-0199", "Please leave out telephone numbers here."),
        ("bill_email", "a@[127.0.0.1]", "Give a whole e-mail address, such as name@example.org."),
        ("bill_street", "4 Lane\r\nBcc: all@example.org", "Please write this on one line."),
        ("bill_city", "", "Give the city."),
        ("bill_city", "\u202e", "Give the city."),
        ("bill_email", "a@example.org, b@example.org", "Give a whole e-mail address, such as name@example.org."),
        ("bill_postal_code", "9" * 21, "Please shorten this to 20 characters; it has 21 now."),
        ("pay_by", "favor", "Please choose from the list; “favor” is not in it."),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_printed_or_reached(client, shop, buyer, field, value, words):
    response = send(client, **{field: value})
    assert (response.status_code, errors(response)) == (422, {field: [words]})
    assert nothing_ordered()


def test_names_of_all_europe_are_fine(client, shop, buyer):
    send(client, bill_name="Łódź Ağrı Żółć Αθήνα Киев")
    assert Order.objects.get().invoice.bill_name == "Łódź Ağrı Żółć Αθήνα Киев"


def test_apply_asks_for_no_address_and_its_labels_stay(client, shop, buyer):
    response = send(client, bill_name="", bill_city="", update="1", quantity_0="3")
    assert (response.status_code, str(response.context["quote"].total)) == (200, "$668.25")
    fields = response.context["form"].fields
    optional = [name for name in ADDRESS if not fields[name].required]
    assert optional == ["bill_attention"]


@pytest.mark.parametrize("country", ["United States", "usa", "U.S.A."])
def test_at_home_an_address_has_a_state_and_a_zip_code(client, shop, buyer, country):
    response = send(client, bill_country=country, bill_region="", bill_postal_code="")
    assert errors(response) == {
        "bill_region": ["Give the state, such as IL."],
        "bill_postal_code": ["Give the ZIP code."],
    }
    send(client, bill_country=country)
    assert Order.objects.get().invoice.bill_country == "United States"


def test_elsewhere_it_need_not_have_them(client, shop, buyer):
    send(client, bill_country="Ireland", bill_region="", bill_postal_code="")
    assert Order.objects.get().invoice.bill_country == "Ireland"


def test_errors_come_in_the_order_of_the_page(client, shop, buyer):
    response = send(client, quantity_0="0", code="a\nb", bill_name="", bill_email="", po_number="x" * 61)
    assert list(errors(response)) == ["quantity_0", "code", "bill_name", "bill_email", "po_number"]


def test_without_naming_anything_there_is_nothing_to_order(client, shop, buyer):
    response = client.get("/checkout/")
    text = response.content.decode()
    found = ("There is nothing to order yet." in text, "/career-center/rates/" in text)
    assert (response.status_code, *found) == (404, True, True)


def test_markup_is_shown_as_text(client, shop, buyer):
    text = send(client, bill_name="<script>alert(1)</script>", bill_city="").content.decode()
    assert ("<script>alert(1)" in text, "&lt;script&gt;alert(1)" in text) == (False, True)


# Twice ---------------------------------------------------------------------------------------------------------------
def test_the_button_pressed_twice_orders_once(client, shop, buyer):
    data = filled(client.get(THREE))
    first, second = client.post(THREE, data), client.post(THREE, data)
    assert (Order.objects.count(), Entry.objects.count(), OutgoingEmail.objects.count()) == (1, 1, 2)
    assert first["Location"] == second["Location"] == Order.objects.get().get_absolute_url()


def test_the_button_pressed_twice_by_card_leads_to_one_page(client, shop, buyer, provider):
    data = filled(client.get(THREE), pay_by="card")
    first, second = press(client, THREE, data), press(client, THREE, data)
    assert (Order.objects.count(), CardSession.objects.count()) == (1, 1)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_the_key_is_kept_through_errors(client, shop, buyer):
    page = client.get(THREE)
    again = client.post(THREE, filled(page, bill_city=""))
    assert filled(again)["checkout_key"] == filled(page)["checkout_key"]


def test_two_tabs_are_two_orders(client, shop, buyer):
    tabs = [filled(client.get(THREE)), filled(client.get(THREE))]
    for tab in tabs:
        client.post(THREE, tab)
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "a b c d e f g h i j"])
def test_a_key_that_is_none_is_replaced(client, shop, buyer, key):
    send(client, checkout_key=key)
    assert len(Order.objects.get().checkout_key) == 16


def test_a_form_from_another_site_is_refused(shop, buyer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(buyer)
    response = strict.post(THREE, {**ADDRESS, "quantity_0": "1", "seen_total": "222.75"})
    assert (response.status_code, nothing_ordered()) == (403, True)


# Figures -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["?sku=shop:three", "?sku=shop:three&sku=shop:posting&sku=shop:taxed"])
@pytest.mark.parametrize("before", [0, 5])
def test_an_order_takes_as_many_queries_whatever_it_holds(
    client, shop, buyer, query, before, django_assert_num_queries
):
    make_letterhead()
    customer = make_customer(user=buyer)
    for _ in range(before):
        send(client)
    url = f"/checkout/{query}&customer={customer.public_id}"
    data = filled(client.get(url))
    # One asks whether the buyer's and the invoice's addresses are confirmed, and counts the letter to the latter; one
    # who the association is, which this process remembers from then on.
    with django_assert_num_queries(18):
        assert client.post(url, data).status_code == 302


def test_a_new_address_costs_one_query_more(client, shop, buyer, django_assert_num_queries):
    make_customer(user=buyer)
    data = filled(client.get(THREE), bill_city="Bangor")
    with django_assert_num_queries(19):
        assert client.post(THREE, data).status_code == 302


def test_nobody_orders_without_end(client, shop, buyer):
    for _ in range(cart.MOST_AT_FIRST):
        send(client)
    assert (send(client).status_code, Order.objects.count()) == (429, cart.MOST_AT_FIRST)
    payment(Order.objects.select_related("invoice").first())  # who has paid may order on
    for _ in range(cart.MOST_AN_HOUR - cart.MOST_AT_FIRST):
        assert send(client).status_code == 302
    assert (send(client).status_code, Order.objects.count()) == (429, cart.MOST_AN_HOUR)
    Order.objects.update(placed_at=timezone.now() - timedelta(hours=2))
    assert send(client).status_code == 302


def test_one_more_organization_brings_no_more_letters(client, shop, buyer, firms):
    """Six an hour for a person and all customers who have not paid, the own account not yet kept among them."""
    for _ in range(cart.MOST_AT_FIRST):
        assert send(client, f"{THREE}&customer={firms[0].public_id}", po_number="4500012345").status_code == 302
    for key in (firms[0].public_id, firms[1].public_id, cart.OWN):
        assert send(client, f"{THREE}&customer={key}").status_code == 429
    payment(Order.objects.select_related("invoice").first())
    assert send(client, f"{THREE}&customer={firms[1].public_id}").status_code == 302


def test_who_comes_back_sees_what_was_ordered_just_now(client, shop, buyer):
    assert "You have just placed" not in client.get(THREE).text
    send(client)
    order = Order.objects.get()
    text = client.get(THREE).text
    assert f'You have just placed an order for this: <a class="nowrap" href="{order.get_absolute_url()}">' in text
    assert "You have just placed" not in client.get("/checkout/?sku=shop:posting").text
    Order.objects.update(placed_at=timezone.now() - timedelta(minutes=16))
    assert "You have just placed" not in client.get(THREE).text


def test_a_free_order_promises_no_cancelling(client, shop, buyer):
    assert "you can cancel an order yourself" in client.get(THREE).text
    assert "you can cancel an order yourself" not in client.get("/checkout/?sku=shop:gift").text


def test_the_button_of_the_code_stays_in_sight_of_it(client, shop, buyer):
    assert 'formaction="?sku=shop%3Athree&amp;customer=own#what"' in client.get(THREE).text
