"""What My account says is next about a membership: a table over the standing, an application, and an open invoice."""

import pytest

from membership.presenters.standing import may_owe_dues, next_step
from membership.rules import standing_on

from .factories import day, make_application, make_member, make_plan
from .test_dues import approved, order_dues

pytestmark = pytest.mark.django_db

RENEW, READ, JOIN, AGAIN = "Renew your membership", "Read the Journal", "See the categories", "Join again"


def standing(term: tuple[int, int] | None, *, is_closed: bool = False):
    user = make_member(*[term] if term else [], plan=make_plan(grace_days=60))
    return user, standing_on(list(user.membership.terms.all()), day(0), is_closed=is_closed)


@pytest.mark.parametrize(
    ("term", "is_closed", "without", "is_paid_next"),
    [
        ((-10, 355), False, READ, False),
        ((-334, 31), False, READ, False),
        ((-335, 30), False, RENEW, True),
        ((-365, 0), False, RENEW, True),
        ((-366, -1), False, RENEW, True),
        ((-426, -61), False, RENEW, True),
        ((-1500, -731), False, AGAIN, True),
        ((10, 374), False, None, False),
        ((-10, 355), True, "Ask us about your membership", False),
        (None, False, JOIN, True),
    ],
)
def test_nobody_is_asked_to_renew_beside_an_open_invoice(term, is_closed, without, is_paid_next):
    other, _ = standing((-350, 15))
    invoice = order_dues(other)
    _, now = standing(term, is_closed=is_closed)

    said = next_step(now, None)
    assert (said.step.label if said.step else None) == without
    assert may_owe_dues(now, None) is is_paid_next
    beside = next_step(now, None, invoice)
    if is_paid_next:
        assert beside.step is not None
        assert (beside.step.label, beside.step.url) == (
            f"Pay invoice {invoice.invoice}",
            f"{invoice.get_absolute_url()}#pay",
        )
        assert "renew" not in beside.text.lower()
    else:
        assert beside == said


def test_an_application_comes_before_an_invoice():
    application = make_application()
    invoice = order_dues(standing((-350, 15))[0])
    step = next_step(standing(None)[1], application, invoice).step
    assert step is not None
    assert step.label == "See my application"


def test_who_is_approved_is_led_to_the_dues_from_wherever_membership_is_missing(client):
    client.force_login(approved(make_plan(name="Physician", dues=480)))
    pay = 'href="/membership/mine/#renew">Pay your dues'
    for address, sentence in (
        ("/account/", "Your application, category Physician, is <em>approved</em>."),
        ("/membership/directory/", "opens to you on the day on which your dues are paid"),
        ("/membership/join/", "Your application is approved."),
    ):
        page = client.get(address).content.decode()
        assert sentence in page, address
        assert pay in page, address


def test_my_account_names_the_open_invoice_and_an_offer_by_card_changes_nothing(client):
    user, _ = standing((-360, 5))
    client.force_login(user)
    order_dues(user, pay_by="card")
    assert RENEW in client.get("/account/").content.decode()

    invoice = order_dues(user)
    content = client.get("/account/").content.decode()

    assert f"Pay invoice {invoice.invoice}" in content
    assert RENEW not in content
