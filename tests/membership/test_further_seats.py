"""More seats while a period runs: what they cost, until when they run, and that nobody sits on one that is not paid."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.billing.domain import payments, refunds
from aapm_site.billing.models import Order
from membership.bundle_rules import (
    MOST_SEATS,
    SeatRate,
    Stretch,
    months_left,
    price_of_rest,
    rates_beside,
    stretches,
)
from membership.domain import bundle_dues, bundles, memberships, seats
from membership.models import Bundle, BundlePeriod, SeatPrice, Term
from membership.rules import term_end, whole_months
from tests.billing.factories import payment
from tests.billing.shop import make_letterhead
from tests.factories import client_of
from tests.racing import at_once

from .factories import day, make_plan
from .institutions import bought, invite, look_after, order_seats, person, seat, terms_of, wish

pytestmark = pytest.mark.django_db
D = date.fromisoformat
END = term_end(day(0), 12)
MORE = "membership:more-physician"


def later(time_machine, days: int) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=days))


def more(bundle, count: int, **order):
    return order_seats(bundle, count, sku=MORE, **order)


# What they cost -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "ends_on", "months"),
    [
        ("2027-01-01", "2027-12-31", 12),
        ("2027-01-02", "2027-12-31", 11),
        ("2027-03-15", "2027-12-31", 9),
        ("2027-12-01", "2027-12-31", 1),
        ("2027-12-15", "2027-12-31", 1),  # less than one month left is one
        ("2027-12-31", "2027-12-31", 1),
        ("2026-11-29", "2027-11-28", 12),
        ("2026-11-30", "2027-11-28", 11),
        ("2028-01-31", "2028-12-31", 11),
        ("2028-02-29", "2029-02-28", 12),
        ("2027-06-10", "2028-12-31", 18),
    ],
)
def test_whole_months_that_are_left(on, ends_on, months):
    assert months_left(D(on), D(ends_on)) == months
    if ends_on.endswith("12-31") and months > 1:
        assert months == whole_months(D(on), D(ends_on))  # as a first year is counted


@pytest.mark.parametrize(
    ("price", "months", "of", "least", "found"),
    [
        (430, 11, 12, 0, "394.17"), (430, 12, 12, 0, "430"), (430, 14, 12, 0, "430"), (430, 1, 12, 0, "35.83"),
        (430, 1, 12, 100, "100"), (430, 1, 12, 500, "430"), (900, 6, 36, 0, "150"),
    ],
)  # fmt: skip
def test_what_the_rest_costs(price, months, of, least, found):
    assert price_of_rest(Decimal(price), months, of, Decimal(least)) == Decimal(found)


RATES = [SeatRate(5, 9, Decimal(430)), SeatRate(10, MOST_SEATS, Decimal(390))]


@pytest.mark.parametrize(
    ("have", "found"),
    [
        (2, [(3, 7), (8, 498)]), (6, [(1, 3), (4, 494)]), (9, [(1, 491)]), (499, [(1, 1)]), (500, []),
    ],
)  # fmt: skip
def test_the_number_with_those_that_are_there_decides_the_price(have, found):
    assert [(rate.least, rate.most) for rate in rates_beside(RATES, have)] == found


def test_periods_beside_each_other_are_one_stretch():
    one, beside = Stretch(D("2027-01-01"), D("2027-12-31"), 60), Stretch(D("2027-05-03"), D("2027-12-31"), 60)
    longer, void = Stretch(D("2027-06-01"), D("2028-02-01"), 10), Stretch(D("2026-01-01"), D("2029-01-01"), 0, True)
    after = Stretch(D("2028-02-02"), D("2029-02-01"))

    assert stretches([beside, void, after, one]) == [Stretch(D("2027-01-01"), D("2027-12-31"), 60), after]
    assert stretches([longer, one]) == [Stretch(D("2027-01-01"), D("2028-02-01"), 10)]


# From the order to the members ----------------------------------------------------------------------------------------
def test_further_seats_run_from_the_payment_to_the_same_last_day_and_are_renewed_with_the_others(time_machine):
    bundle, _ = bought(1)
    seat(bundle)
    later(time_machine, 100)
    order = more(bundle, 2)
    line = order.lines.get()
    assert (line.unit_price, line.details["months"]) == (Decimal(320), 8)
    later(time_machine, 5)
    payment(order, reference="9")

    period = BundlePeriod.objects.latest("pk")
    assert (period.seats, period.starts_on, period.ends_on) == (2, day(0), END)
    had = seat(bundle)
    assert terms_of(had.user) == [(day(0), END, "bundle")]
    count = seats.count_seats(bundle)
    assert (count.bought, count.used, count.free, count.until) == (3, 2, 1, END)

    payment(order_seats(bundle, 3), reference="10")
    assert BundlePeriod.objects.latest("pk").starts_on == END + timedelta(days=1)
    assert bundle_dues.seat_offers(bundle) == []
    assert [one.ends_on for one in bundle_dues.further_offers(bundle)] == [END]  # beside what runs now


def test_who_waits_for_a_seat_gets_a_further_one_and_who_lost_theirs_by_staff_does_not():
    bundle, _ = bought(3)
    waits, stopped = [seat(bundle) for _ in range(2)]
    third = seat(bundle)
    memberships.void_term(Term.objects.get(membership__user=stopped.user), reason="By mistake.")
    refunded = BundlePeriod.objects.get()
    refunded.seats = 1  # as if two had been given up
    refunded.save()
    for one in (waits, third):
        Term.objects.filter(membership__user=one.user).delete()
    seats.seat_people(bundle)
    assert [len(terms_of(one.user)) for one in (waits, stopped, third)] == [1, 0, 0]

    payment(more(bundle, 2), reference="9")

    assert [len(terms_of(one.user)) for one in (waits, stopped, third)] == [1, 0, 1]


def test_paid_after_the_period_is_over_they_run_for_the_months_that_were_paid(time_machine):
    bundle, _ = bought(1)
    later(time_machine, 300)
    order = more(bundle, 1)
    assert order.lines.get().details["months"] == 2
    later(time_machine, 90)

    payment(order, reference="9")

    period = BundlePeriod.objects.latest("pk")
    assert (period.starts_on, period.ends_on) == (day(0), term_end(day(0), 2))


def test_nothing_is_offered_where_nothing_runs_or_on_hold_or_beyond_the_most(time_machine):
    bundle, _ = bought(MOST_SEATS)
    assert bundle_dues.further_offers(bundle) == []
    small, _ = bought(1, make_plan(dues=480))
    (offer,) = bundle_dues.further_offers(small)
    assert (offer.price, offer.months, offer.rate.most) == (Decimal(480), 12, MOST_SEATS - 1)
    bundles.hold_bundle(small)
    small.refresh_from_db()
    assert bundle_dues.further_offers(small) == []
    later(time_machine, 400)
    bundles.release_bundle(small)
    small.refresh_from_db()
    assert bundle_dues.further_offers(small) == []


def test_a_check_for_further_seats_that_bounces_ends_them_alone(time_machine):
    bundle, _ = bought(1)
    first = seat(bundle)
    came = payment(more(bundle, 1), reference="9")
    second = seat(bundle)
    later(time_machine, 30)

    payments.return_payment_unpaid(came, by=None, reason="The check bounced.")
    assert [terms_of(one.user)[0][1] for one in (first, second)] == [END, day(0)]

    later(time_machine, 3)
    payment(Order.objects.latest("pk"), reference="10")
    assert [terms_of(one.user)[0][1] for one in (first, second)] == [END, END]


def test_further_seats_that_nobody_uses_can_be_refunded():
    make_letterhead()
    bundle, _ = bought(1)
    payment(more(bundle, 2), reference="9")
    order = Order.objects.latest("pk")
    pieces = {order.lines.get().pk: 1}

    refunds.take_back_and_refund(order, by=None, reason="A mistake.", method="check", reference="99", pieces=pieces)

    assert seats.count_seats(bundle).bought == 2


# Pages ----------------------------------------------------------------------------------------------------------------
def test_the_page_says_the_price_of_the_rest_and_leads_to_the_checkout():
    bundle, _ = bought(6)
    for least, price in ((5, 430), (10, 390)):
        SeatPrice.objects.create(plan=bundle.plan, least_seats=least, price=price)
    period = BundlePeriod.objects.get()
    period.starts_on, period.ends_on = day(-45), term_end(day(-45), 12)
    period.save()
    client = client_of(look_after(bundle))
    at = f"{bundle.get_absolute_url()}more/"
    page = client.get(at).content.decode()
    assert "10 of 12 months" in page
    assert "$358.33" in page  # of 430
    assert at in client.get(bundle.get_absolute_url()).content.decode()
    for wrong in ("0", "495", "", "many", "9" * 30, "-1", "2.5"):
        assert client.post(at, {"seats": wrong}).status_code == 422

    sent = client.post(at, {"seats": "4"})

    customer = bundle.customer.public_id
    assert sent["Location"] == f"/checkout/?sku=membership%3Amore-physician-4&quantity=4&customer={customer}"
    page = client.get(sent["Location"]).content.decode()
    assert "Further seats of membership, Physician" in page
    assert "$1,300" in page


def test_fewer_seats_than_people_are_ordered_only_by_a_tick():
    bundle, _ = bought(3)
    for _ in range(3):
        seat(bundle)
    client = client_of(look_after(bundle))
    at = f"{bundle.get_absolute_url()}order/"

    refused = client.post(at, {"seats": "2"})
    assert (refused.status_code, "3 people are on your list" in refused.content.decode()) == (422, True)
    assert "quantity=2" in client.post(at, {"seats": "2", "fewer": "on"})["Location"]
    assert "quantity=3" in client.post(at, {"seats": "3"})["Location"]


# Who meet -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_payment_told_twice_while_lists_are_sent_gives_the_seats_once():
    bundle, _ = bought(1)
    seat(bundle)
    line = more(bundle, 2, pay_by="invoice").lines.get()
    lists = [wish(f"{name}1@people.example", f"{name}2@people.example") for name in "ab"]

    said = at_once(
        *[lambda: bundle_dues.give_bundle(line)] * 2,
        *[lambda rows=rows: seats.invite_people(bundle, rows, by=None) for rows in lists],
    )

    assert not any(isinstance(one, Exception) for one in said)
    count = seats.count_seats(bundle)
    assert (BundlePeriod.objects.count(), count.bought, count.used) == (2, 3, 1)
    assert count.used + count.kept <= count.bought


@pytest.mark.django_db(transaction=True)
def test_people_who_say_yes_at_once_find_no_more_seats_than_are_paid():
    bundle, _ = bought(1)
    payment(more(bundle, 1), reference="9")
    people = [person() for _ in range(2)]
    offered = invite(bundle, *people)
    SeatRow = type(offered[0])
    late = person()
    offered.append(SeatRow.objects.create(bundle=bundle, email=late.email))  # a third, beyond what is paid
    people.append(late)

    at_once(*[lambda o=o, p=p: seats.accept_seat(o, by=p) for o, p in zip(offered, people, strict=True)])

    assert sum(len(terms_of(one)) for one in people) == 2


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_more_would_have_days_than_seats_are_paid(monkeypatch):
    bundle, _ = bought(1)
    seat(bundle)
    payment(more(bundle, 1), reference="9")
    people = [person() for _ in range(2)]
    first = invite(bundle, people[0])
    offered = [*first, type(first[0]).objects.create(bundle=bundle, email=people[1].email)]
    both_have_counted = threading.Barrier(2)
    monkeypatch.setattr(seats, "lock_bundle", lambda number: Bundle.objects.select_related("plan").get(pk=number))
    monkeypatch.setattr(seats, "lock_people", lambda *_: None)
    give = seats.seat_people

    def slowly(*asked):
        given = give(*asked)
        both_have_counted.wait(20)
        return given

    monkeypatch.setattr(seats, "seat_people", slowly)
    at_once(*[lambda o=o, p=p: seats.accept_seat(o, by=p) for o, p in zip(offered, people, strict=True)])

    assert sum(len(terms_of(one)) for one in people) == 2  # one seat was free
