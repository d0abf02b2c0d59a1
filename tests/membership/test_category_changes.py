"""Changes of category: at the next term, now, by staff, by the end of training; paid, taken back, and who meet."""

from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress

from aapm_site.billing.domain import credit_notes, orders
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import Order
from aapm_site.core.transitions import NotAllowed
from membership.domain import category_changes, dues, memberships
from membership.models import Membership, Term
from membership.rules import term_end
from tests.billing.factories import payment
from tests.billing.shop import ADDRESS, numbers
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user
from .test_dues import card_pays, days_of, fresh, order_dues

pytestmark = pytest.mark.django_db
MINE = "/membership/mine/"


def plans(dues_of_first=245, dues_of_next=485):
    physician = make_plan(name="Physician", slug="physician", dues=dues_of_next)
    return make_plan(name="Clinician", slug="clinician", dues=dues_of_first, steps_up_to=physician), physician


def paid_member(first, second, plan):
    person = make_member((first, second), plan=plan)
    Term.objects.update(source="paid")
    return person


def order_step(person, *, pay_by="card", key="", seen=None) -> Order:
    (change,) = category_changes.offered_changes(person)
    return fresh(
        orders.place_order(
            orders.personal_customer(person),
            [Wanted(change.sku)],
            by=person,
            pay_by=pay_by,
            bill_to=ADDRESS,
            checkout_key=key or f"step-{next(numbers)}-key",
            seen_total=seen,
        )
    )


def valid(person):
    return [(starts, ends) for starts, ends, _ in days_of(person)]


def credit_for(days, whole=365, sum_="245.00"):
    return (Decimal(sum_) * days / whole).quantize(Decimal("0.01"))


# At the next term -----------------------------------------------------------------------------------------------------
def test_the_next_term_is_the_usual_way_and_the_present_one_stays():
    first, physician = plans()
    person = paid_member(-300, 64, first)

    category_changes.choose_next(person, physician, by=person)

    assert valid(person) == [(day(-300), day(64))]
    (found,) = dues.dues_of(person)
    assert (found.sku, found.price, found.periods[0].starts_on) == ("membership:renew-physician", 485, day(65))
    payment(order_dues(person, 2))
    assert [term.plan for term in Term.objects.order_by("starts_on")] == [first, physician, physician]
    assert Membership.objects.get().next_plan is None  # the change has come


def test_it_is_taken_back_by_a_press():
    first, physician = plans()
    person = paid_member(-300, 64, first)
    category_changes.choose_next(person, physician, by=person)

    category_changes.keep_category(person, by=person)

    assert dues.dues_of(person)[0].plan == first


def test_an_unpaid_offer_gives_way_and_an_open_invoice_refuses():
    first, physician = plans()
    person = paid_member(-300, 64, first)
    offer = order_dues(person, pay_by="card")

    category_changes.choose_next(person, physician, by=person)
    assert fresh(offer).status == "ended"

    order_dues(person, pay_by="invoice")
    with pytest.raises(NotAllowed, match="is open"):
        category_changes.keep_category(person, by=person)
    assert Membership.objects.get().next_plan == physician


def test_members_go_only_where_their_category_leads_and_staff_anywhere():
    first, physician = plans()
    other = make_plan(name="Retired")
    person = paid_member(-300, 64, first)
    with pytest.raises(NotAllowed, match="Write to us"):
        category_changes.choose_next(person, other, by=person)

    category_changes.choose_next(person, other, by=None, any_category=True)

    assert dues.dues_of(person)[0].plan == other


@pytest.mark.parametrize("why", ["closed", "honorary", "not open", "no term"])
def test_who_is_led_nowhere(why):
    first, physician = plans()
    person = paid_member(-300, 64, first) if why != "no term" else make_member(plan=first)
    if why == "closed":
        memberships.close_membership(Membership.objects.get())
    elif why == "honorary":
        Term.objects.update(source="honorary")
    elif why == "not open":
        physician.joinable = False
        physician.save()
    assert category_changes.offered_changes(person) == []
    with pytest.raises(NotAllowed):
        category_changes.choose_next(person, physician, by=person)


# Training -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("ends", "stays"), [(-5, False), (64, False), (65, True), (200, True)])
def test_the_end_of_training_leads_on_with_the_first_term_after_it(ends, stays):
    resident, physician = plans(0)
    person = make_member((-300, 64), plan=resident)

    category_changes.say_when_training_ends(person, day(ends))

    assert dues.may_stay_free(person) is stays
    assert [one.plan for one in dues.dues_of(person)] == ([] if stays else [physician])


# Now ------------------------------------------------------------------------------------------------------------------
def test_a_change_now_credits_the_rest_by_day():
    first, physician = plans()
    person = paid_member(-264, 100, first)
    credit = credit_for(101, (term_end(day(-264), 12) - day(-264)).days + 1)

    order = order_step(person)
    assert order.lines.get().net == 485 - credit
    assert valid(person) == [(day(-264), day(100))]  # nothing before it is paid
    card_pays(order)

    assert valid(person) == [(day(-264), day(-1)), (day(0), term_end(day(0), 12))]
    old, new = Term.objects.order_by("starts_on")
    assert (old.was_to, old.grace_days, new.plan, new.source) == (day(100), 0, physician, "paid")


def test_a_second_change_credits_what_the_first_one_was_worth():
    """Its price was less than its dues, because the rest of the older one was in it."""
    first, physician = plans()
    person = paid_member(-1, 363, first)
    card_pays(order_step(person))
    (line,) = Order.objects.get().lines.all()
    new = Term.objects.get(plan=physician)
    assert category_changes.held(new).paid == 485
    assert line.net < 485


def test_what_was_let_off_is_not_credited():
    first, _ = plans()
    person = make_member((-380, -16), plan=first)
    order = order_dues(person, pay_by="card")
    card_pays(order)
    credit_notes.issue_credit_note(fresh(order), by=None, reason="Hardship.", allowance=Decimal(200))

    assert category_changes.held(Term.objects.get(order_line__order=order)).paid == 45


def test_told_twice_gives_one_term():
    first, _ = plans()
    person = paid_member(-264, 100, first)
    order = order_step(person)
    card_pays(order)
    lines = list(fresh(order).lines.all())

    assert dues.give_paid_terms(lines) == []
    assert len(valid(person)) == 2


def test_the_price_of_another_day_is_refused():
    first, _ = plans()
    person = paid_member(-264, 100, first)
    with pytest.raises(orders.PriceChanged):
        order_step(person, seen=Decimal("1.00"))
    assert not Order.everything.exists()


def test_who_has_paid_ahead_changes_with_the_next_term():
    first, physician = plans()
    person = make_member((-264, 100), (101, 465), plan=first)

    assert category_changes.offered_changes(person) == []
    category_changes.choose_next(person, physician, by=person)
    assert dues.dues_of(person)[0].periods[0].starts_on == day(466)


def test_a_term_recorded_meanwhile_is_not_lost():
    first, _ = plans()
    person = paid_member(-264, 100, first)
    order = order_step(person)
    memberships.add_term(Membership.objects.get(), first, on=day(0))

    card_pays(order)

    assert valid(person) == [
        (day(-264), day(100)),
        (day(101), term_end(day(101), 12)),
        (term_end(day(101), 12) + (day(1) - day(0)), term_end(day(101), 24)),
    ]


def test_a_payment_that_comes_back_gives_the_rest_back():
    first, physician = plans()
    person = paid_member(-264, 100, first)
    order = order_step(person)
    card_pays(order)
    line = order.lines.get()

    dues.take_back_terms(line, 1, forced=True)

    assert valid(person) == [(day(-264), day(-1)), (day(0), day(0)), (day(1), day(100))]
    assert Term.objects.get(starts_on=day(1)).plan == first
    dues.take_back_terms(line, 1, forced=True)  # told twice
    assert len(valid(person)) == 3

    dues.give_paid_terms([line])  # paid again: what is left of the new term, in place of what was given back
    dues.give_paid_terms([line])
    assert valid(person)[-1][1] == term_end(day(0), 12)
    assert all(later[0] > earlier[1] for earlier, later in zip(valid(person), valid(person)[1:], strict=False))
    assert Term.objects.valid().get(starts_on__lte=day(5), ends_on__gte=day(5)).plan == physician


def test_where_it_costs_nothing_a_press_is_enough():
    student, resident = plans(0, 0)
    person = make_member((-100, 264), plan=student)

    category_changes.change_free(person, resident, by=person)

    assert valid(person) == [(day(-100), day(-1)), (day(0), term_end(day(0), 12))]
    with pytest.raises(NotAllowed, match="nothing to change"):
        category_changes.change_free(person, resident, by=person)


def test_what_has_a_price_is_not_had_by_that_press():
    first, physician = plans()
    person = paid_member(-264, 100, first)
    with pytest.raises(NotAllowed):
        category_changes.change_free(person, physician, by=person)
    assert len(valid(person)) == 1


# Staff ----------------------------------------------------------------------------------------------------------------
def test_staff_put_the_rest_of_a_term_into_another_category():
    first, physician = plans()
    person = paid_member(-264, 100, first)

    term = category_changes.change_rest(person, physician, by=None, reason="Entered wrongly.")

    assert valid(person) == [(day(-264), day(-1)), (day(0), day(100))]
    assert (term.plan, term.source, term.note) == (physician, "paid", "Entered wrongly.")
    with pytest.raises(NotAllowed, match="already"):
        category_changes.change_rest(person, physician, by=None, reason="Again.")


# Who meet -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_change_and_a_renewal_at_once_leave_one_open_order():
    first, _ = plans()
    person = paid_member(-264, 100, first)
    orders.personal_customer(person)

    at_once(
        lambda: order_step(person, key="step-at-once"), lambda: order_dues(person, pay_by="card", key="dues-at-once")
    )

    assert Order.everything.filter(status="offered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_change_once():
    student, resident = plans(0, 0)
    person = make_member((-100, 264), plan=student)
    orders.personal_customer(person)

    at_once(*[lambda: category_changes.change_free(person, resident, by=person)] * 2)

    assert len(valid(person)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_choice_and_an_order_at_once_never_leave_an_offer_of_the_old_category():
    """Whichever is first: the order is of the category that was chosen, or it has ended."""
    first, physician = plans()
    person = paid_member(-300, 64, first)
    orders.personal_customer(person)

    at_once(
        lambda: category_changes.choose_next(person, physician, by=person),
        lambda: order_dues(person, pay_by="card", key="dues-at-once", kind="membership:renew-clinician"),
    )

    assert Membership.objects.get().next_plan == physician
    assert not Order.everything.filter(status="offered", lines__sku="membership:renew-clinician").exists()


# Pages ----------------------------------------------------------------------------------------------------------------
def page(client, person):
    client.force_login(person)
    return client.get(MINE).content.decode()


def test_my_membership_says_both_ways_and_the_sum(client):
    first, _ = plans()
    person = paid_member(-264, 100, first)

    shown = page(client, person)

    assert "Change with my next term" in shown
    assert "101 days that you do not use" in shown
    assert "sku=membership%3Astep-physician" in shown
    response = client.post("/membership/mine/category/", {"plan": "physician"}, follow=True)
    assert "Your next term will be in the category Physician." in response.content.decode()
    assert "Keep Clinician" in response.content.decode()
    response = client.post("/membership/mine/category/keep/", follow=True)
    assert "Your category stays as it is." in response.content.decode()


def test_the_checkout_shows_how_the_price_is_made(client):
    first, _ = plans()
    person = paid_member(-264, 100, first)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.force_login(person)

    shown = client.get("/checkout/?sku=membership:step-physician").content.decode()

    assert "Change of category, Physician" in shown
    assert "for 101 days of Clinician" in shown


@pytest.mark.parametrize("plan", ["", "nowhere", "x" * 10_000, "phys\x00ician", "clinician"])
def test_bad_presses_are_told_and_change_nothing(client, plan):
    first, _ = plans()
    client.force_login(paid_member(-264, 100, first))

    for where in ("", "now/"):
        assert client.post(f"{MINE}category/{where}", {"plan": plan}, follow=True).status_code == 200

    assert Membership.objects.get().next_plan is None
    assert Term.objects.count() == 1


@pytest.mark.parametrize(("typed", "status"), [("2026-02-30", 422), ("1850-01-01", 422), ("soon", 422), ("", 302)])
def test_the_day_of_the_end_of_training(client, typed, status):
    resident, _ = plans(0)
    client.force_login(make_member((-100, 264), plan=resident))

    response = client.post(f"{MINE}training/", {"training_ends_on": typed})

    assert response.status_code == status
    assert Membership.objects.get().training_ends_on is None
    client.post(f"{MINE}training/", {"training_ends_on": day(300).isoformat()})
    assert Membership.objects.get().training_ends_on == day(300)


def test_who_is_no_member_is_told(client):
    plans()
    client.force_login(make_user())
    response = client.post(f"{MINE}category/", {"plan": "physician"}, follow=True)
    assert "There is no membership here" in response.content.decode()
