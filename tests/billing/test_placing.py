"""Orders that staff write down: at the customer's prices, agreed to before anything is done, once."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aapm_site.billing.models import Customer, Entry, Order
from aapm_site.core import roles
from aapm_site.mail.models import OutgoingEmail
from careers.domain import employers
from careers.models import Employer
from tests import factories
from tests.careers.factories import make_employer, make_member, make_package

from .shop import ADDRESS, make_coupon, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    return factories.staff_client(roles.FINANCE)


def address_of(customer: Customer) -> str:
    return reverse("admin:billing_customer_place", args=[customer.pk])


def typed(page, **counts: str) -> dict[str, str]:
    """What a browser sends: the form as it stands, with the counts of products by their names and other changes."""
    form = page.context["form"]
    places = {product.title: f"quantity_{place}" for place, product in enumerate(form.products)}
    data = {field.html_name: field.value() or "" for field in form}
    return {**data, **{places.get(name, name): value for name, value in counts.items()}}


def errors(page) -> list[str]:
    assert page.status_code == 422
    return [error for found in page.context["form"].errors.values() for error in found]


def test_an_order_is_written_down_and_its_invoice_goes_out(finance, shop):
    customer = make_customer(net_days=30)
    page = finance.get(address_of(customer))
    assert [(field.label, field.help_text) for field in page.context["form"].counts][0] == ("Posting", "$99 each.")

    asked = finance.post(address_of(customer), typed(page, Posting="2", po_number="PO 4711"))
    assert (asked.status_code, Order.objects.count(), "Place the order for $198" in asked.text) == (200, 0, True)
    done = finance.post(address_of(customer), {**typed(asked), "agreed": "198.00"}, follow=True)

    order = Order.objects.get()
    assert [str(message) for message in done.context["messages"]] == [
        f"Order {order} is placed, and its invoice is on its way to {ADDRESS['bill_email']}."
    ]
    assert done.redirect_chain[-1][0] == reverse("admin:billing_order_change", args=[order.pk])
    assert (order.invoice.total, order.invoice.po_number, order.pay_by) == (Decimal("198.00"), "PO 4711", "invoice")
    assert (order.placed_by, (order.invoice.due_on - order.invoice.issued_on).days) == (None, 30)
    assert order.note.startswith("Written down by ")
    assert [(mail.to, mail.kind) for mail in OutgoingEmail.objects.all()] == [
        (ADDRESS["bill_email"], "billing.order_placed")
    ]


def test_the_second_press_finds_the_first_order(finance, shop):
    customer = make_customer()
    data = {**typed(finance.get(address_of(customer)), Posting="1"), "agreed": "99.00"}
    first, second = finance.post(address_of(customer), data), finance.post(address_of(customer), data)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) != (200, "")
    assert (Order.objects.count(), Entry.objects.count(), OutgoingEmail.objects.count()) == (1, 1, 1)


def test_a_total_that_changed_is_shown_again(finance, shop):
    customer = make_customer()
    data = {**typed(finance.get(address_of(customer)), Posting="1"), "agreed": "99.00"}
    shop.sell("posting", 120, title="Posting")
    page = finance.post(address_of(customer), data)
    assert (page.status_code, Order.objects.count()) == (200, 0)
    assert ("Now it comes to" in page.text, "Place the order for $120" in page.text) == (True, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Say how many of at least one product."),
        ({"Posting": "0"}, "Say how many of at least one product."),
        ({"Posting": "-1"}, "Please give a number from 0 to 20."),
        ({"Posting": "21"}, "Please give a number from 0 to 20."),
        ({"Posting": "two"}, "Please give a number from 0 to 20."),
        ({"Posting": "1", "code": "NOPE"}, "We do not know this code. Check its spelling, or leave the field empty."),
        ({"Posting": "1", "bill_city": ""}, "Give the city."),
        ({"Posting": "1", "po_number": "x" * 61}, "Please shorten this to 60 characters; it has 61 now."),
    ],
)
def test_what_cannot_be_ordered_is_said_and_what_was_typed_stays(finance, shop, changes, words):
    customer = make_customer()
    page = finance.post(
        address_of(customer), {**typed(finance.get(address_of(customer)), bill_attention="Dr. Roe"), "agreed": "99.00"}
        | typed(finance.get(address_of(customer)), **{"bill_attention": "Dr. Roe", **changes})
    )  # fmt: skip
    assert errors(page) == [words]
    assert ('value="Dr. Roe"' in page.text, Order.objects.count(), OutgoingEmail.objects.count()) == (True, 0, 0)


def test_a_coupon_counts(finance, shop):
    make_coupon("TEN")
    customer = make_customer()
    page = finance.post(address_of(customer), typed(finance.get(address_of(customer)), Posting="1", code="ten"))
    assert "Place the order for $89.10" in page.text


def test_the_address_of_a_new_customer_is_asked_for(finance, shop):
    customer = Customer.objects.create(name="New Clinic")
    page = finance.post(address_of(customer), typed(finance.get(address_of(customer)), Posting="1"))
    assert "Give the e-mail address to which the invoice goes." in errors(page)


def test_members_prices_are_the_customers_and_never_those_of_staff():
    make_package("one", name="Single", price=99, member_price=79)
    employer = make_employer()
    customer = employers.customer_of(employer)
    chief = factories.staff_user()
    assert chief.has_perm("billing.member_price")
    page = factories.staff_client(person=chief)
    assert page.get(address_of(customer)).context["form"].products[0].unit_price == 99


def test_who_buys_nothing_here_is_told_the_way(finance):
    make_package("one")
    page = finance.get(address_of(make_customer("A person")))
    assert "Nothing is sold to A person now. Postings are sold to employers" in page.text


# From an employer -----------------------------------------------------------------------------------------------------
def test_an_employers_first_order_opens_its_account(finance):
    make_package("one", name="Single", price=99)
    employer = make_employer()
    owner = make_member(employer)
    address = reverse("admin:careers_employer_order", args=[employer.pk])
    assert f'href="{address}"' in finance.get(reverse("admin:careers_employer_change", args=[employer.pk])).text

    assert "Open the account" in finance.get(address).text
    assert Employer.objects.get().customer is None
    response = finance.post(address)

    customer = Employer.objects.get().customer
    assert (response.status_code, response["Location"]) == (302, address_of(customer))
    assert (customer.name, customer.bill_email) == (employer.name, owner.email)
    assert finance.get(address)["Location"] == address_of(customer)
    page = finance.get(address_of(customer))
    data = {**typed(page, **ADDRESS), "quantity_0": "1", "agreed": "99.00"}
    assert finance.post(address_of(customer), data).status_code == 302
    assert Order.objects.get().customer == customer


def test_without_the_right_nobody_is_offered_it(finance):
    customer, employer = make_customer(), make_employer()
    careers = factories.staff_client(roles.CAREERS_STAFF)
    page = careers.get(reverse("admin:careers_employer_change", args=[employer.pk])).text
    assert ("Place an order" in page, careers.get(address_of(customer)).status_code) == (False, 403)
    assert f'value="{address_of(customer)}"' in finance.get(
        reverse("admin:billing_customer_change", args=[customer.pk])
    ).text  # fmt: skip
