"""My membership: what it says in each standing, what may be paid, and that it is one person's."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.formats import date_format

from aapm_site.billing.domain import orders
from aapm_site.billing.models import CardSession, Order
from membership.domain import dues, memberships
from membership.models import Term
from membership.rules import term_end
from tests.billing.test_checkout import filled
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user
from .test_dues import approved, card_pays, order_dues

pytestmark = pytest.mark.django_db
MINE = "/membership/mine/"


def page_of(client, person) -> str:
    client.force_login(person)
    return client.get(MINE).content.decode()


def test_a_member_sees_terms_and_what_each_choice_costs_and_lasts(client):
    person = make_member((-300, 64), plan=make_plan(name="Physician", dues=480))

    page = page_of(client, person)

    assert page.count('name="csrfmiddlewaretoken"') == page.count('method="post"')
    assert "You are a <em>member</em>, category Physician, until" in page
    for years, price in ((1, "$480.00"), (2, "$960.00"), (3, "$1,440.00")):
        assert price in page
        assert f"{term_end(day(65), 12 * years):%B %-d, %Y}" in page
        assert f"sku=membership%3Arenew-{Term.objects.get().plan.slug}&amp;quantity={years}" in page
    assert "You lose no day by paying early." in page
    assert not Order.everything.exists()  # looking orders nothing


def test_the_checkout_takes_the_choice_with_its_days_before_the_press(client):
    person = make_member((-300, 64), plan=make_plan(name="Physician", dues=480))
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)

    address = f"/checkout/?sku={dues.dues_of(person)[0].sku}&quantity=2"
    shown = client.get(address)
    page = shown.content.decode()

    assert "Membership dues, Physician" in page
    assert f"{date_format(day(65))} to {date_format(term_end(day(65), 12))}, if paid by" in page
    assert "Place the order for $960" in page
    assert "if you do not, it is credited, and nothing is owed." in page

    pressed = client.post(address, filled(shown, pay_by="card"))
    offer = Order.everything.get()
    assert (offer.status, pressed.status_code, pressed["Location"]) == (
        "offered", 307, reverse("billing:order-pay", args=[offer.public_id]),
    )  # fmt: skip
    until = date_format(offer.offered_until)  # sooner than the end of grace
    days = f"{date_format(day(65))} to {date_format(term_end(day(65), 24))}"
    assert offer.lines.get().details["note"] == f"{days}, if paid by {until}"


def test_an_offer_and_an_invoice_are_shown_and_lead_on(client):
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person, pay_by="card")
    page = page_of(client, person)
    assert "Your dues are ordered and not paid yet." in page
    assert f'href="{order.get_absolute_url()}">Pay them' in page

    at_work = CardSession.objects.create(order=order, state="pending", amount=480, expires_at=order.placed_at)
    page = page_of(client, person)
    assert "Please do not pay again." in page
    for words in ("Pay them", "Continue", "To stay a member"):
        assert words not in page
    CardSession.objects.filter(pk=at_work.pk).update(state="ended")

    card_pays(order)
    page = page_of(client, person)
    assert "not paid yet" not in page
    assert f"Invoice {Order.objects.get().invoice}" in page
    assert page.count("Dues paid") == 1


def test_an_open_invoice_is_said_with_its_sum_and_day_and_nothing_is_offered_beside_it(client):
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person, pay_by="invoice")

    page = page_of(client, person)
    assert f"Invoice {order} is open: $480, due on " in page
    assert f"{order.get_absolute_url()}#pay" in page
    for words in ("You owe nothing", "Continue", "To stay a member"):
        assert words not in page

    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    sku = dues.dues_of(person)[0].sku
    asked = client.get("/checkout/", {"sku": sku}, follow=True)
    assert asked.redirect_chain == [(order.get_absolute_url(), 302)]
    text = asked.content.decode()
    assert f"Invoice {order} is open: $480, due on " in text
    assert "Nothing can be ordered beside it." in text
    assert "simply ends" not in text
    orders.cancel_order(order, by=person, reason="Otherwise.")
    assert "Place the order" in client.get("/checkout/", {"sku": sku}).content.decode()
    assert "Continue" in page_of(client, person)


def test_who_is_approved_pays_first_dues_here_too(client):
    page = page_of(client, approved(make_plan(name="Physician", dues=480)))

    assert "Pay your dues" in page
    assert "Paid later, your term begins on that day." in page


def test_what_was_taken_back_says_so_and_why(client):
    person = make_member((-300, 64), plan=make_plan(dues=480))
    memberships.void_term(Term.objects.get(), reason="Entered twice.")

    assert "Taken back. Entered twice." in page_of(client, person)


def test_a_stranger_is_shown_the_way_and_a_visitor_signs_in(client):
    assert client.get(MINE).status_code == 302
    page = page_of(client, make_user())
    assert "See the categories" in page


def test_of_others_nothing_is_seen(client):
    mine, other = (make_member((-300, 64), plan=make_plan(dues=480)) for _ in range(2))
    order = order_dues(other, pay_by="card")

    assert order.public_id not in page_of(client, mine)


# Without dues ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("term", "dues_of_it", "stays"),
    [
        ((-300, 64), 0, True),
        ((-10, 355), 0, False),  # not near its end
        ((-400, -20), 0, True),
        ((-1500, -1200), 0, False),
        ((-300, 64), 480, False),
    ],
)
def test_a_category_without_dues_is_continued_by_a_press(client, term, dues_of_it, stays):
    person = make_member(term, plan=make_plan(dues=dues_of_it))
    assert ("Your category has no dues." in page_of(client, person)) is stays

    response = client.post("/membership/mine/stay/", follow=True)

    assert Term.objects.count() == 1 + stays
    said = "Thank you. You are a member until" if stays else "There is nothing to do at present"
    assert said in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_one_term():
    person = make_member((-300, 64), plan=make_plan(dues=0))

    at_once(lambda: dues.stay_free(person), lambda: dues.stay_free(person))

    assert Term.objects.count() == 2


def test_the_page_costs_the_same_with_many_terms_and_orders(client, django_assert_num_queries):
    person = make_member((-300, 64), plan=make_plan(dues=480))
    client.force_login(person)
    client.get(MINE)
    with django_assert_num_queries(20):
        client.get(MINE)
    for number in range(2):
        card_pays(order_dues(person, pay_by="card"), f"pi_{number}")
        Term.objects.filter(starts_on__gt=day(64)).update(source="given")

    with django_assert_num_queries(21):  # the lines of the orders
        client.get(MINE)
