"""Checkout in one page: what it shows, what it orders, and what it does not let through."""

from decimal import Decimal

import pytest

from aapm_site.billing.models import Customer, Order
from tests import factories

from .shop import ADDRESS, make_letterhead

pytestmark = pytest.mark.django_db
THREE = "/checkout/?sku=shop:three"


@pytest.fixture
def buyer(client):
    person = factories.user()
    client.force_login(person)
    return person


def hidden(response) -> dict[str, str]:
    """The fields that the form carries along."""
    form = response.context["form"]
    return {field.name: field.value() for field in form.hidden_fields()}


def send(client, url: str = THREE, **changes):
    """Open the checkout, fill it in and press the button."""
    page = client.get(url)
    quantities = {field.html_name: field.value() for _, field in page.context["form"].rows}
    data = {**hidden(page), **ADDRESS, **quantities, "pay_by": "invoice", **changes}
    return client.post(url, data)


def test_the_page_shows_what_it_costs_and_writes_nothing(client, shop, buyer):
    response = client.get(THREE)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Place the order for $222.75" in text
    assert (Order.objects.count(), Customer.objects.count()) == (0, 0)


def test_an_order_by_invoice(client, shop, buyer):
    make_letterhead()
    response = send(client, po_number="PO 4711")
    order = Order.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/account/orders/{order.public_id}/")
    assert (order.customer.user, order.invoice.total, order.invoice.po_number) == (buyer, Decimal("222.75"), "PO 4711")
    page = client.get(response["Location"])
    assert page.status_code == 200
