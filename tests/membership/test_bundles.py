"""Seats that an institution pays for: bought, offered, taken with consent, given back, undone with their payment."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.billing.domain import payments, refunds
from aapm_site.billing.models import Invoice, Order
from aapm_site.billing.registry import find_products
from aapm_site.billing.signals import invoice_paid
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import bundle_dues, bundles, dues, memberships, seats
from membership.models import Bundle, BundlePeriod, BundleSeat, Membership, SeatPrice, Term
from membership.rules import term_end
from tests.billing.factories import payment
from tests.billing.shop import make_letterhead
from tests.racing import at_once

from .factories import day, make_member, make_plan
from .institutions import bought, invite, make_bundle, order_seats, person, seat, terms_of, wish
from .test_dues import card_pays, order_dues

pytestmark = pytest.mark.django_db
END = term_end(day(0), 12)


def count(bundle) -> tuple[int, int, int, int]:
    found = seats.count_seats(bundle)
    return found.bought, found.used, found.kept, found.free


def physicians(**fields):
    return make_plan(dues=480, **fields)


# Buying ---------------------------------------------------------------------------------------------------------------
def test_seats_come_with_the_payment_and_its_day_fixes_their_dates(time_machine):
    bundle = make_bundle()
    order = order_seats(bundle, 3)
    assert (count(bundle), BundlePeriod.objects.count()) == ((0, 0, 0, 0), 0)

    time_machine.move_to(timezone.now() + timedelta(days=20))
    payment(order)

    period = BundlePeriod.objects.get()
    assert (period.seats, period.starts_on, period.ends_on) == (3, day(0), term_end(day(0), 12))
    assert count(bundle) == (3, 0, 0, 3)
    assert (order.lines.get().quantity, order.lines.get().unit_price) == (3, Decimal(480))


def test_an_offer_by_card_is_no_debt_and_a_second_one_ends_the_first():
    bundle = make_bundle()
    first = order_seats(bundle, 3, pay_by="card")
    second = order_seats(bundle, 4, pay_by="card")
    first.refresh_from_db()
    assert (first.status, Invoice.objects.count()) == ("ended", 0)

    card_pays(second)

    assert count(bundle) == (4, 0, 0, 4)


def test_an_open_invoice_refuses_a_further_order():
    bundle = make_bundle()
    order_seats(bundle, 3)

    with pytest.raises(NotAllowed, match="for these dues is open"):
        order_seats(bundle, 5)


def test_rows_say_what_a_seat_costs_and_how_many_are_the_fewest():
    bundle = make_bundle()
    for least, price in ((5, 430), (10, 390)):
        SeatPrice.objects.create(plan=bundle.plan, least_seats=least, price=price)
    offers = bundle_dues.seat_offers(bundle)
    assert [(one.sku, one.rate.least, one.rate.most, one.price) for one in offers] == [
        ("membership:bundle-physician-5", 5, 9, Decimal(430)),
        ("membership:bundle-physician-10", 10, 500, Decimal(390)),
    ]

    assert order_seats(bundle, 12).invoice.total == Decimal(4680)
    (product,) = find_products([offers[0].sku], bundle.customer, None).values()
    assert (product.least, product.most) == (5, 9)


def test_too_few_or_too_many_at_a_price_are_refused_by_the_order():
    bundle = make_bundle()
    SeatPrice.objects.create(plan=bundle.plan, least_seats=5, price=430)
    SeatPrice.objects.create(plan=bundle.plan, least_seats=10, price=390)

    for sku, count, words in (("-5", 10, "between 5 and 9"), ("-10", 9, "between 10 and 500")):
        with pytest.raises(NotAllowed, match=words):
            order_seats(bundle, count, sku=f"membership:bundle-physician{sku}")


def test_seats_are_sold_to_the_institution_and_dues_to_the_person():
    bundle, _ = bought(2)
    member = make_member((-300, 10), plan=bundle.plan)
    skus = ["membership:bundle-physician", "membership:renew-physician"]

    own = dues.dues_of(member)[0]
    assert list(find_products(skus, bundle.customer, member)) == skus[:1]
    assert own.sku == skus[1]


def test_renewed_early_the_next_period_follows_and_people_stay():
    bundle, _ = bought(2)
    one, other = seat(bundle), seat(bundle)

    payment(order_seats(bundle, 2))

    assert [(p.starts_on, p.ends_on) for p in bundle.periods.all()] == [
        (day(0), END), (END + timedelta(days=1), term_end(END + timedelta(days=1), 12)),
    ]  # fmt: skip
    for had in (one, other):
        assert [source for *_, source in terms_of(had.user)] == ["bundle", "bundle"]
    assert bundle_dues.seat_offers(bundle) == []  # what comes next is paid


def test_renewed_in_grace_nobody_loses_a_day(time_machine):
    bundle, _ = bought(2)
    had = seat(bundle)
    time_machine.move_to(timezone.now() + timedelta(days=400))

    payment(order_seats(bundle, 2))

    assert [begins for begins, *_ in terms_of(had.user)] == [day(-400), END + timedelta(days=1)]
    assert END < day(0) <= term_end(END + timedelta(days=1), 12)


def test_renewed_with_fewer_seats_the_first_who_said_yes_have_them():
    bundle, _ = bought(3)
    people = [seat(bundle) for _ in range(3)]

    payment(order_seats(bundle, 2))

    assert [len(terms_of(one.user)) for one in people] == [2, 2, 1]
    seats.end_seat(people[0], by=None)
    assert [len(terms_of(one.user)) for one in people] == [1, 2, 2]  # the freed seat of the next period is the third's


def test_nothing_can_be_ordered_on_hold_or_for_a_category_that_nobody_confirmed():
    held, unconfirmed = make_bundle(), make_bundle(physicians(sample=True, joinable=False))
    bundles.hold_bundle(held)
    held.refresh_from_db()

    assert (bundle_dues.seat_offers(held), bundle_dues.seat_offers(unconfirmed)) == ([], [])


# The list -------------------------------------------------------------------------------------------------------------
def test_each_line_of_a_list_is_told_what_became_of_it():
    bundle, _ = bought(2)
    rows = [
        *wish("lena@people.example", "tomas@people.example", "LENA@people.example", "ada@people.example"),
        seats.Wished(5, "nobody", wrong="There is no e-mail address on this line."),
    ]

    said = seats.invite_people(bundle, rows, by=None)

    assert [one.said for one in said] == [
        "Invited: we wrote to lena@people.example.",
        "Invited: we wrote to tomas@people.example.",
        "The same address as on line 1.",
        "No seat is free for it.",
        "There is no e-mail address on this line.",
    ]
    assert count(bundle) == (2, 0, 2, 0)
    again = seats.invite_people(bundle, wish("lena@people.example"), by=None)
    assert [one.said for one in again] == ["On the list already."]


def test_an_invitation_is_an_open_letter_and_enrolls_nobody():
    bundle, _ = bought(2, name="Harbor Pain Fellowship")
    seats.invite_people(bundle, [seats.Wished(1, "x", "lena@people.example", "Dr. CANARY")], by=person())

    letter = OutgoingEmail.objects.get(to="lena@people.example")
    assert letter.state == "queued"
    assert letter.subject == "Harbor Pain Fellowship offers to pay for your AAPM membership"
    assert "/membership/seats/" in letter.text
    assert "CANARY" not in letter.text
    assert (Term.objects.count(), Membership.objects.count()) == (0, 0)


def test_nobody_is_invited_before_seats_are_bought_or_on_hold():
    bundle = make_bundle()
    with pytest.raises(NotAllowed, match="no seats at present"):
        seats.invite_people(bundle, wish("a@people.example"), by=None)
    bundle, _ = bought(1, physicians())
    bundles.hold_bundle(bundle)
    with pytest.raises(NotAllowed, match="on hold"):
        seats.invite_people(bundle, wish("a@people.example"), by=None)


def test_invited_and_taken_off_over_and_over_an_address_gets_few_letters_a_day(time_machine):
    bundle, _ = bought(1)
    stranger = person()
    for _ in range(seats.WRITTEN_A_DAY):
        (offered,) = invite(bundle, stranger)
        seats.end_seat(offered, by=None)

    (report,) = seats.invite_people(bundle, wish(stranger.email.upper()), by=None)

    assert (report.is_invited, "again tomorrow" in report.said) == (False, True)
    assert OutgoingEmail.objects.filter(to=stranger.email).count() == seats.WRITTEN_A_DAY
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    assert seats.invite_people(bundle, wish(stranger.email), by=None)[0].is_invited


def test_who_said_no_is_not_asked_again_for_a_month(time_machine):
    bundle, _ = bought(1)
    user = person()
    (offered,) = invite(bundle, user)
    seats.decline_seat(offered)
    assert count(bundle) == (1, 0, 0, 1)

    assert "said no" in seats.invite_people(bundle, wish(user.email), by=None)[0].said
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert seats.invite_people(bundle, wish(user.email), by=None)[0].is_invited


# Yes ------------------------------------------------------------------------------------------------------------------
def test_a_yes_makes_a_member_from_that_day_to_the_end_of_the_seats(time_machine):
    bundle, _ = bought(2)
    end = BundlePeriod.objects.get().ends_on
    time_machine.move_to(timezone.now() + timedelta(days=40))
    had = seat(bundle)

    assert terms_of(had.user) == [(day(0), end, "bundle")]
    assert (had.consent, count(bundle)) == (seats.CONSENT, (2, 1, 0, 1))
    assert Term.objects.get().order_line is None  # the institution's papers are not the person's
    letter = OutgoingEmail.objects.get(template="membership/seat_taken")
    assert letter.to == had.user.email
    assert f"{end:%B} {end.day}, {end.year}" in letter.text


def test_another_person_cannot_take_it_and_nobody_takes_it_twice():
    bundle, _ = bought(2)
    user = person()
    (offered,) = invite(bundle, user)
    with pytest.raises(NotAllowed, match="not open any more"):
        seats.accept_seat(offered, by=person())

    seats.accept_seat(offered, by=user)
    with pytest.raises(NotAllowed, match="not open any more"):
        seats.accept_seat(offered, by=user)
    assert len(terms_of(user)) == 1


def test_a_closed_membership_and_seats_that_are_over_say_so(time_machine):
    bundle, _ = bought(2)
    closed = make_member((-400, -100), user=person())
    memberships.close_membership(closed.membership)
    late = person()
    (to_closed, to_late) = invite(bundle, closed, late)
    with pytest.raises(NotAllowed, match="membership is closed"):
        seats.accept_seat(to_closed, by=closed)
    time_machine.move_to(timezone.now() + timedelta(days=400))

    with pytest.raises(NotAllowed, match="have ended"):
        seats.accept_seat(to_late, by=late)
    assert BundleSeat.objects.exclude(user=None).count() == 0


def test_dues_that_a_person_pays_while_on_a_seat_follow_it():
    bundle, _ = bought(1)
    had = seat(bundle)

    payment(order_dues(had.user))

    assert [begins for begins, *_ in terms_of(had.user)] == [day(0), END + timedelta(days=1)]


# Giving back ----------------------------------------------------------------------------------------------------------
def test_taken_off_today_is_the_last_day_and_the_seat_is_anothers_from_tomorrow(time_machine):
    bundle, _ = bought(1)
    had = seat(bundle)
    time_machine.move_to(timezone.now() + timedelta(days=40))
    seats.end_seat(had, by=None)
    assert count(bundle) == (1, 0, 0, 1)

    other = seat(bundle)

    assert terms_of(had.user) == [(day(-40), day(0), "bundle")]
    assert Term.objects.get(membership__user=had.user).grace_days == 0
    assert terms_of(other.user)[0][0] == day(1)
    assert OutgoingEmail.objects.filter(template="membership/seat_ended", to=had.user.email).count() == 1
    with pytest.raises(NotAllowed, match="not on the list"):
        seats.end_seat(had, by=None)


def test_an_invitation_that_is_taken_back_frees_its_seat_at_once_and_writes_no_letter():
    bundle, _ = bought(1)
    (offered,) = invite(bundle, person())

    seats.end_seat(offered, by=None)

    assert count(bundle) == (1, 0, 0, 1)
    assert not OutgoingEmail.objects.filter(template="membership/seat_ended").exists()


def test_a_term_that_staff_ended_on_the_members_page_is_not_given_again():
    bundle, _ = bought(2)
    had = seat(bundle)
    memberships.void_term(Term.objects.get(), reason="By mistake.")

    seat(bundle)

    assert terms_of(had.user) == []


# Undone ---------------------------------------------------------------------------------------------------------------
def test_a_check_that_bounces_ends_seats_today_and_paid_again_they_run_on(time_machine):
    bundle, came = bought(2)
    had = seat(bundle)
    time_machine.move_to(timezone.now() + timedelta(days=30))
    payments.return_payment_unpaid(came, by=None, reason="The check bounced.")
    assert terms_of(had.user) == [(day(-30), day(0), "bundle")]
    time_machine.move_to(timezone.now() + timedelta(days=10))

    payment(Order.objects.get(), reference="4712")

    assert terms_of(had.user) == [(day(-40), END, "bundle")]
    assert (BundlePeriod.objects.get().ends_on, count(bundle)) == (END, (2, 1, 0, 1))


def test_a_check_that_bounces_before_the_seats_begin_takes_them_and_their_terms():
    bundle, _ = bought(2)
    had = seat(bundle)
    came = payment(order_seats(bundle, 2), reference="4711-2")

    payments.return_payment_unpaid(came, by=None, reason="The check bounced.")

    assert [(end, source) for _, end, source in terms_of(had.user)] == [(END, "bundle")]
    assert BundlePeriod.objects.valid().count() == 1


def back(**more):
    return {"by": None, "reason": "A mistake.", "method": "check", "reference": "99", **more}


def test_a_refund_of_seats_that_have_begun_asks_staff_first_and_then_goes_through():
    make_letterhead()
    bundle, _ = bought(2)
    had, order = seat(bundle), Order.objects.get()
    pieces = {order.lines.get().pk: 2}
    with pytest.raises(NotAllowed, match="Say first on the page of Harbor"):
        refunds.take_back_and_refund(order, **back(pieces=pieces))

    bundle_dues.void_period(BundlePeriod.objects.get(), reason="Paid by mistake.")
    refunds.take_back_and_refund(Order.objects.get(), **back(pieces=pieces))

    assert (Order.objects.get().status, terms_of(had.user), count(bundle)) == ("reversed", [], (0, 0, 0, 0))


def test_seats_that_nobody_uses_can_be_refunded_and_used_ones_cannot():
    make_letterhead()
    bundle, _ = bought(3)
    seat(bundle), seat(bundle)
    line = Order.objects.get().lines.get()
    with pytest.raises(NotAllowed, match="2 of the 3 seats are used"):
        refunds.take_back_and_refund(Order.objects.get(), **back(pieces={line.pk: 2}))

    refunds.take_back_and_refund(Order.objects.get(), **back(pieces={line.pk: 1}))

    assert count(bundle) == (2, 2, 0, 0)


def test_staff_end_seats_on_a_day_and_their_people_with_them():
    bundle, _ = bought(2)
    had = seat(bundle)
    for wrong in (day(-1), END):
        with pytest.raises(NotAllowed, match="Choose a day"):
            bundle_dues.end_period(BundlePeriod.objects.get(), on=wrong)

    bundle_dues.end_period(BundlePeriod.objects.get(), on=day(30))

    assert terms_of(had.user) == [(day(0), day(30), "bundle")]
    assert BundlePeriod.objects.get().was_to == END


def test_the_signal_that_comes_again_gives_nothing_more():
    bundle, _ = bought(2)
    seat(bundle)

    invoice_paid.send(sender=None, invoice=Order.objects.get().invoice)

    assert (BundlePeriod.objects.count(), Term.objects.count()) == (1, 1)


# Who looks after them -------------------------------------------------------------------------------------------------
def test_who_is_asked_looks_after_seats_only_by_a_yes():
    bundle, user = make_bundle(), person()
    asked = bundles.ask_administrator(bundle, by=None, email=user.email)
    assert (list(Bundle.objects.for_user(user)), OutgoingEmail.objects.get().template) == (
        [],
        "membership/bundle_administrator",
    )
    with pytest.raises(NotAllowed, match="asked already"):
        bundles.ask_administrator(bundle, by=None, email=user.email.upper())
    with pytest.raises(NotAllowed, match="not open any more"):
        bundles.agree_to_administer(asked, by=person())

    bundles.agree_to_administer(asked, by=user)

    assert list(Bundle.objects.for_user(user)) == [bundle]
    bundles.refuse_to_administer(asked)
    assert list(Bundle.objects.for_user(user)) == [bundle]  # a stale “no” takes nothing away


# Who meet -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_lists_that_are_sent_at_once_no_more_are_invited_than_seats_are_free():
    bundle, _ = bought(3)
    lists = [wish(*(f"{name}{number}@people.example" for number in range(2))) for name in "abcd"]

    said = at_once(*[lambda rows=rows: seats.invite_people(bundle, rows, by=None) for rows in lists])

    assert sum(report.is_invited for reports in said for report in reports) == 3
    assert count(bundle) == (3, 0, 3, 0)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_more_would_be_invited(monkeypatch):
    bundle, _ = bought(1)
    both_have_counted = threading.Barrier(2)
    monkeypatch.setattr(seats, "lock_bundle", lambda number: Bundle.objects.select_related("plan").get(pk=number))
    counted = seats.count_seats

    def slowly(*asked):
        found = counted(*asked)
        both_have_counted.wait(20)
        return found

    monkeypatch.setattr(seats, "count_seats", slowly)
    at_once(*[lambda at=at: seats.invite_people(bundle, wish(at), by=None) for at in ("a@p.example", "b@p.example")])

    assert BundleSeat.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_being_taken_off_at_once_end_in_one_of_two_ways():
    bundle, _ = bought(1)
    user = person()
    (offered,) = invite(bundle, user)

    said = at_once(lambda: seats.accept_seat(offered, by=user), lambda: seats.end_seat(offered, by=None))

    assert not any(isinstance(one, Exception) and not isinstance(one, NotAllowed) for one in said)
    assert BundleSeat.objects.get().ended_at is not None
    assert all(end == day(0) for _, end, _ in terms_of(user))


@pytest.mark.django_db(transaction=True)
def test_the_same_payment_told_twice_at_once_gives_one_period():
    bundle = make_bundle()
    line = order_seats(bundle, 2).lines.get()

    at_once(lambda: bundle_dues.give_bundle(line), lambda: bundle_dues.give_bundle(line))

    assert BundlePeriod.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_institutions_that_seat_the_same_people_at_once_do_not_wait_for_each_other_for_ever():
    plan = physicians()
    one, other = bought(2, plan, name="One")[0], bought(2, plan, name="Other")[0]
    people = [person(), person()]
    for bundle, order in ((one, people), (other, people[::-1])):
        for user in order:
            seat(bundle, user)
    line, line_of_other = (order_seats(bundle, 2).lines.get() for bundle in (one, other))

    said = at_once(lambda: bundle_dues.give_bundle(line), lambda: bundle_dues.give_bundle(line_of_other))

    assert [type(found) for found in said] == [BundlePeriod, BundlePeriod]
    assert Term.objects.valid().filter(source="bundle").count() == 4  # the next year is given once to each
