"""Dues: what may be paid, what a payment gives, what becomes of it when it is taken back; and who meet over them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.billing.domain import ledger, offers, orders, payments, refunds
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import Invoice, Order
from aapm_site.billing.registry import find_products
from aapm_site.billing.signals import invoice_paid
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import applications, dues, memberships
from membership.domain.dues import dues_of
from membership.models import Application, Membership, Term
from membership.queries.members import standing_of
from membership.rules import term_end
from membership.states import MembershipStatus
from tests.billing.factories import payment
from tests.billing.shop import ADDRESS, make_customer, make_letterhead, numbers
from tests.racing import at_once

from .factories import day, make_application, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


def approved(plan=None, user=None):
    """Somebody whose application was approved."""
    application = make_application(user=user, plan=plan or make_plan(dues=480))
    return applications.approve_application(application, by=None).user


def order_dues(person, years: int = 1, *, by=None, key: str = "", pay_by: str = "invoice", kind: str = "") -> Order:
    """An order for the dues that this person may pay."""
    found = dues_of(person)
    sku = kind or found[0].sku
    return fresh(
        orders.place_order(
            orders.personal_customer(person),
            [Wanted(sku, years)],
            by=by or person,
            pay_by=pay_by,
            bill_to=ADDRESS,
            checkout_key=key or f"dues-{next(numbers)}-key",
        )
    )


def fresh(order: Order) -> Order:
    """As it stands now, an offer too."""
    return Order.everything.select_related("customer__user").get(pk=order.pk)


def card_pays(order: Order, reference: str = "pi_1") -> None:
    """The card provider says that it is paid."""
    payments.confirm_card_payment(
        order, amount=ledger.amount_to_pay(order), currency="USD", provider_reference=reference, on=day(0)
    )


def days_of(person) -> list[tuple]:
    terms = Term.objects.valid().filter(membership__user=person).order_by("starts_on")
    return [(term.starts_on, term.ends_on, term.source) for term in terms]


def status(person) -> str:
    return standing_of(type(person).objects.get(pk=person.pk)).status


# Joining --------------------------------------------------------------------------------------------------------------
def test_an_approval_with_dues_begins_no_term_and_says_what_is_left():
    person = approved(make_plan(name="Physician", dues=480))

    assert not Membership.objects.exists()
    letter = OutgoingEmail.objects.get()
    assert letter.template == "membership/application_approved_dues"
    assert letter.subject == "You are approved: your dues are the last step"
    assert "Dues: $480 a year" in letter.text
    assert f"/applications/{Application.objects.get().public_id}/#dues" in letter.text
    (found,) = dues_of(person)
    assert (found.sku.startswith("membership:first-"), found.price, found.most) == (True, Decimal(480), 1)


def test_an_approval_without_dues_makes_a_member_at_once():
    person = approved(make_plan(dues=0))

    assert status(person) == MembershipStatus.ACTIVE
    assert dues_of(person) == []
    assert OutgoingEmail.objects.get().template == "membership/application_approved"


def test_the_payment_begins_the_term_on_its_day():
    person = approved()
    order = order_dues(person)
    assert days_of(person) == []

    payment(order)

    assert days_of(person) == [(day(0), term_end(day(0), 12), "paid")]
    term = Term.objects.get()
    assert term.order_line == order.lines.get()
    assert term.membership.state_code == "ME"
    assert dues_of(person)[0].kind == "renew"


def test_an_approval_that_nobody_paid_on_waits_half_a_year():
    person = approved()
    Application.objects.update(decided_at=Application.objects.get().decided_at - timedelta(days=181))

    assert dues_of(person) == []


def test_who_is_approved_need_not_apply_again_but_may_for_another_category():
    plan = make_plan(dues=480)
    person = approved(plan)

    assert "approved already" in applications.application_refusal(person, plan)
    assert applications.application_refusal(person, make_plan()) == ""


# Renewing -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received", "begins"),
    [(-6, -64), (-4, -64), (-3, 0), (0, 0)],  # grace ended four days ago
)
def test_a_check_that_came_in_time_and_is_recorded_later_loses_no_day(received, begins):
    person = make_member((-430, -65), plan=make_plan(dues=480, grace_days=61))
    payment(order_dues(person), on=day(received))

    assert Term.objects.get(source="paid").starts_on == day(begins)


def test_a_renewal_of_three_years_gives_three_terms_that_follow():
    person = make_member((-300, 64), plan=make_plan(dues=480))

    payment(order_dues(person, 3))

    given = days_of(person)[1:]
    assert given[0][0] == day(65)
    assert given[-1][1] == term_end(day(65), 36)
    assert [source for *_, source in given] == ["paid"] * 3


@pytest.mark.parametrize(
    ("terms", "kinds"),
    [
        ([(-10, 355)], ["renew"]),
        ([(-400, -36)], ["renew"]),  # in grace
        ([(-800, -436)], ["renew"]),  # lapsed within two years
        ([(-1500, -1136)], []),  # lapsed for longer: apply again
        ([(100, 400)], ["renew"]),
        ([], []),
        ([(-10, 1400)], []),  # nobody pays farther ahead than four years
    ],
)
def test_who_may_renew(terms, kinds):
    person = make_member(*terms, plan=make_plan(dues=480))

    assert [found.kind for found in dues_of(person)] == kinds


def test_a_closed_membership_an_honorary_one_and_one_without_dues_pay_nothing():
    closed = make_member((-10, 355), plan=make_plan(dues=480))
    memberships.close_membership(closed.membership)
    honored = make_member((-10, 355), plan=make_plan(dues=480))
    Term.objects.filter(membership__user=honored).update(source="honorary")
    free = make_member((-10, 355), plan=make_plan(dues=0))

    assert [dues_of(person) for person in (closed, honored, free)] == [[], [], []]


def test_a_part_of_a_year_is_bought_alone():
    plan = make_plan(dues=480, year_begins=(day(0).month % 12) + 1, is_prorated=True, least_dues=50)
    person = approved(plan)

    (found,) = dues_of(person)

    assert (found.most, found.price) == (1, Decimal(50))


def test_dues_are_sold_to_the_person_and_to_nobody_else():
    person = make_member((-10, 355), plan=make_plan(dues=480))
    (found,) = dues_of(person)

    own = orders.personal_customer(person)
    other = orders.personal_customer(make_user())
    assert list(find_products([found.sku], own, make_user(is_staff=True))) == [found.sku]  # staff order too
    assert find_products([found.sku], other, person) == {}
    assert find_products([found.sku], make_customer(), person) == {}


# Paid again, and taken back -------------------------------------------------------------------------------------------
def test_a_signal_that_comes_again_gives_nothing_more():
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person, 2)
    payment(order)

    invoice_paid.send(sender=None, invoice=fresh(order).invoice)

    assert len(days_of(person)) == 3


def test_a_check_that_bounces_takes_what_has_not_begun_and_comes_back_when_it_is_paid_again():
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person, 2)
    came = payment(order)

    payments.return_payment_unpaid(came, by=None, reason="The check bounced.")
    assert len(days_of(person)) == 1
    assert set(Term.objects.exclude(void_at=None).values_list("void_reason", flat=True)) == {dues.PAYMENT_CAME_BACK}

    payment(fresh(order), reference="4712")
    assert [starts_on for starts_on, *_ in days_of(person)[1:]] == [day(65), term_end(day(65), 12) + timedelta(days=1)]


def test_a_check_that_bounces_ends_a_term_that_has_begun_today_and_paid_again_it_runs_on():
    person = approved()
    order = order_dues(person)
    came = payment(order)

    payments.return_payment_unpaid(came, by=None, reason="The check bounced.")
    term = Term.objects.get()
    assert (term.ends_on, term.was_to, term.grace_days) == (day(0), term_end(day(0), 12), 0)

    payment(fresh(order), reference="4712")
    term.refresh_from_db()
    assert (term.ends_on, term.was_to, term.grace_days) == (term_end(day(0), 12), None, 60)
    assert Term.objects.count() == 1


def test_staff_say_what_becomes_of_a_term_that_has_begun():
    make_letterhead()
    person = approved()
    order = order_dues(person)
    payment(order)
    whole = {order.lines.get().pk: 1}
    back = {"by": None, "reason": "A mistake.", "method": "check", "reference": "99", "pieces": whole}

    with pytest.raises(NotAllowed, match="Say first on the member’s page"):
        refunds.take_back_and_refund(fresh(order), **back)
    assert len(days_of(person)) == 1

    memberships.void_term(Term.objects.get(), reason="Paid by mistake.")
    refunds.take_back_and_refund(fresh(order), **back)
    assert (fresh(order).status, days_of(person)) == ("reversed", [])


def test_a_refund_of_one_of_two_years_takes_the_last():
    make_letterhead()
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person, 2)
    payment(order)
    line = order.lines.get()

    refunds.take_back_and_refund(fresh(order), by=None, reason="One too many.", method="check", pieces={line.pk: 1})

    assert [starts_on for starts_on, *_ in days_of(person)] == [day(-300), day(65)]


def test_a_payment_for_somebody_who_is_gone_is_refused_with_words():
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person)
    type(order.customer).objects.filter(pk=order.customer_id).update(user=None)

    with pytest.raises(NotAllowed, match="belongs to nobody any more"):
        payment(fresh(order))


# Who meet -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_same_payment_told_twice_at_once_gives_one_term():
    person = make_member((-300, 64), plan=make_plan(dues=480))
    order = order_dues(person)
    line = order.lines.select_related("order__customer__user").get()

    said = at_once(lambda: dues.give_paid_terms([line]), lambda: dues.give_paid_terms([line]))

    assert sorted(len(given) for given in said) == [0, 1]
    assert len(days_of(person)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_order_at_once_leave_one_open_offer():
    person = make_member((-300, 64), plan=make_plan(dues=480))

    at_once(lambda: order_dues(person, pay_by="card"), lambda: order_dues(person, 2, pay_by="card"))

    assert sorted(Order.everything.values_list("status", flat=True)) == ["ended", "offered"]


@pytest.mark.django_db(transaction=True)
def test_of_two_invoices_asked_for_at_once_one_is_issued():
    person = make_member((-300, 64), plan=make_plan(dues=480))
    orders.personal_customer(person)

    said = at_once(lambda: order_dues(person), lambda: order_dues(person))

    assert [type(one) for one in said].count(NotAllowed) == 1
    assert Order.objects.unpaid().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_offers_paid_at_once_give_two_terms_that_follow():
    """In two tabs, the first of which was open already: both have paid, and both get what they paid for."""
    person = make_member((-300, 64), plan=make_plan(dues=480))
    one, other = order_dues(person, pay_by="card"), order_dues(person, pay_by="card")

    at_once(lambda: card_pays(one, "pi_1"), lambda: card_pays(other, "pi_2"))

    assert [starts_on for starts_on, *_ in days_of(person)[1:]] == [day(65), term_end(day(65), 12) + timedelta(days=1)]


# One open order -------------------------------------------------------------------------------------------------------
def test_a_second_offer_ends_the_first_and_an_open_invoice_refuses_both():
    person = make_member((-300, 64), plan=make_plan(dues=480))
    first = order_dues(person, pay_by="card")
    order_dues(person, 3, pay_by="invoice")
    assert fresh(first).status == "ended"

    for way in ("card", "invoice"):
        with pytest.raises(NotAllowed, match="for these dues is open"):
            order_dues(person, pay_by=way)
    orders.cancel_order(Order.objects.get(), by=person, reason="Otherwise.")
    assert order_dues(person, pay_by="card").status == "offered"


def test_paid_after_it_ended_gives_the_term_at_the_day_of_the_payment(time_machine):
    person = approved()
    order = order_dues(person, pay_by="card")
    offers.end_offer(order, by=None)
    time_machine.move_to(timezone.now() + timedelta(days=70))

    card_pays(order)

    assert days_of(person) == [(day(0), term_end(day(0), 12), "paid")]


def test_dues_by_card_are_no_debt_until_they_are_paid():
    person = approved()
    order = order_dues(person, pay_by="card")
    assert (Invoice.objects.count(), Order.objects.count(), days_of(person)) == (0, 0, [])

    card_pays(order)

    assert Order.objects.get().status == "paid"
    assert len(days_of(person)) == 1
