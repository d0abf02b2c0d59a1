"""The link in a letter by which a membership is renewed: good once, without a name, for that member's dues alone."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.domain import offers
from aapm_site.billing.models import Order
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import memberships, reminders, renewals
from membership.models import Membership, Plan, Term
from tests.racing import at_once

from .factories import day, make_member, make_plan
from .test_dues import card_pays, order_dues

pytestmark = pytest.mark.django_db


def member(**fields):
    return make_member((-345, 20), plan=make_plan(name="Physician", dues=480), **fields)


def link(person) -> str:
    """The address as it stands in the letter, without the origin."""
    address = renewals.renewal_address(Term.objects.valid().filter(membership__user=person).earliest("starts_on"))
    return re.sub(r"^https?://[^/]+", "", address)


def signed(person) -> str:
    return link(person).strip("/").rpartition("/")[2]


def press(client, address: str, years: int = 1, pay_by: str = "card", price: str = "480.00"):
    return client.post(address, {"years": f"{years}/{price}", "pay_by": pay_by})


def test_the_reminder_carries_the_link_and_is_secret():
    person = member()
    Term.objects.update(created_at=timezone.now() - timedelta(days=345))

    reminders.send_reminder(f"{Term.objects.get().pk}:before")

    letter = OutgoingEmail.objects.get()
    assert letter.secret
    assert link(person) in letter.text
    assert "The dues are $480 a year." in letter.text
    assert "/ask/" in letter.text


def test_a_category_without_dues_gets_no_link_to_pay():
    make_member((-345, 20), plan=make_plan(dues=0))
    reminders.send_reminder(f"{Term.objects.get().pk}:before")

    assert "Stay a member by a press here:" in OutgoingEmail.objects.get().text


def test_looking_shows_category_dates_and_price_and_no_name_and_writes_nothing(client):
    person = member()

    response = client.get(link(person))
    page = response.content.decode()

    assert "Physician. The term ends on" in page
    for words in ("1 year, $480", "2 years, $960", "3 years, $1,440", "You owe nothing"):
        assert words in page
    for name in (person.last_name, person.email, str(person.membership.number)):
        assert name not in page
    assert response["Cache-Control"] == "no-store, private" or "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not Order.everything.exists()


def test_a_press_orders_and_leads_to_the_card_and_paid_it_gives_the_years(client):
    person = member()

    response = press(client, link(person), years=2)

    order = Order.everything.get()
    assert (response.status_code, response["Location"]) == (302, f"/pay/{order.pay_token}/")
    assert (order.status, order.placed_by, order.customer.user) == ("offered", person, person)
    page = client.get(response["Location"]).content.decode()
    assert person.last_name not in page
    card_pays(order)
    assert [term.starts_on for term in Term.objects.filter(source="paid")][0] == day(21)
    assert Term.objects.filter(source="paid").count() == 2
    assert (User.objects.count(), Membership.objects.count()) == (1, 1)


def test_by_invoice_it_goes_to_the_members_own_address(client):
    person = member()

    page = press(client, link(person), pay_by="invoice").content.decode()

    order = Order.objects.select_related("invoice").get()
    open_now = f"Invoice {order.invoice} is open: $480, due on"
    assert f"The invoice is on its way by e-mail. {open_now}" in page
    again = client.get(link(person)).content.decode()
    for words in (page, again):
        assert open_now in words
        assert "You owe nothing" not in words
        assert f"{order.get_absolute_url()}#pay" in words
        assert person.email not in words
        assert person.last_name not in words
        assert order.pay_token not in words  # its page names the member
    assert OutgoingEmail.objects.get(template="billing/order_placed").to == person.email


def test_it_is_good_once(client):
    person = member()
    address = link(person)
    press(client, address)

    assert press(client, address, years=3).status_code == 200
    assert Order.everything.count() == 1
    page = client.get(address).content.decode()
    assert "This link has been used. The dues are ordered and not paid yet." in page
    assert f"/pay/{Order.everything.get().pay_token}/" in page

    card_pays(Order.everything.get())
    assert "Pay the dues" not in client.get(address).content.decode()
    assert link(person) != address  # the next letter's is another one


def test_the_next_letters_link_is_good_when_the_first_offer_ended(client):
    person = member()
    press(client, link(person))
    offers.end_offer(Order.everything.get(), by=None)

    assert press(client, link(person)).status_code == 302
    assert list(Order.everything.order_by("pk").values_list("status", flat=True)) == ["ended", "offered"]


def test_after_a_renewal_it_says_that_there_is_nothing_to_do(client):
    person = member()
    address = link(person)
    card_pays(order_dues(person, pay_by="card"))

    for answer in (client.get(address), press(client, address)):
        assert answer.status_code == 404
        assert "renewed already. There is nothing to do." in answer.content.decode()
    assert Order.everything.count() == 1


def test_links_that_are_no_good(client, time_machine):
    person = member()
    address = link(person)
    for wrong in (address[:-2] + "/", "/membership/renew/x/", f"/membership/renew/{'a:' * 400}/"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404
    memberships.close_membership(Membership.objects.get())
    assert client.get(address).status_code == 404
    memberships.reopen_membership(Membership.objects.get())
    User.objects.update(is_active=False)
    assert client.get(address).status_code == 404
    User.objects.update(is_active=True)
    assert client.get(address).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(days=201))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"years": "9/480.00", "pay_by": "card"},
        {"years": "1/1.00", "pay_by": "card"},
        {"years": "1/480.00", "pay_by": "free"},
        {"years": "\x00", "pay_by": "card"},
    ],
)
def test_what_was_not_offered_is_asked_again(client, typed):
    response = client.post(link(member()), typed)

    assert response.status_code == 422
    assert not Order.everything.exists()


def test_another_price_than_was_seen_orders_nothing(client):
    address = link(member())
    Plan.objects.update(dues=Decimal("500.00"))

    assert press(client, address).status_code == 422
    assert "1 year, $500" in client.get(address).content.decode()
    assert not Order.everything.exists()


def test_an_open_invoice_is_said(client):
    person = member()
    order_dues(person)

    for answer in (client.get(link(person)), press(client, link(person))):
        page = answer.content.decode()
        assert f"Invoice {Order.objects.get()} is open: $480" in page
        assert 'name="years"' not in page
    assert Order.everything.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_makes_one_order():
    person = member()
    text = signed(person)

    def once():
        return renewals.order_by_link(text, years=1, pay_by="card", seen_total=Decimal("480.00"))

    said = at_once(once, once)

    assert [one for one in said if isinstance(one, Exception) and not isinstance(one, NotAllowed)] == []
    assert Order.everything.count() == 1
