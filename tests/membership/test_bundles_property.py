"""Steps at random: on no day are more members on an institution's seats than it bought, and nobody is one unasked."""

import contextlib
from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aapm_site.billing.domain import payments
from aapm_site.billing.models import Order
from aapm_site.core.transitions import NotAllowed
from membership.domain import bundle_dues, dues, memberships, seats
from membership.models import BundlePeriod, BundleSeat, SeatTerm, Term
from tests.billing.factories import payment

from .factories import make_plan
from .institutions import make_bundle, order_seats, person, wish
from .test_dues import order_dues

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Chicago")
PEOPLE, EXAMPLES, STEPS = 4, 20, 30  # six hundred
OF_ONE = ("invite", "invite", "accept", "accept", "accept", "take off", "pay dues", "void")
OF_ALL = ("buy", "buy", "buy more", "bounce", "pay again", "end")
steps = st.one_of(
    st.tuples(st.sampled_from(OF_ONE), st.integers(0, 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.sampled_from(OF_ONE), st.integers(0, 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.sampled_from(OF_ALL), st.integers(0, 1), st.integers(1, 3)),
    st.tuples(st.just("clock"), st.just(0), st.sampled_from((1, 3, 40, 200))),
)


class Town:
    """Two institutions that pay for one category, some people, and a clock."""

    def __init__(self) -> None:
        self.at = datetime(2032, 2, 20, 12, tzinfo=ZONE)  # a leap day and the change to summer time are near
        plan = make_plan(name="Physician", slug="physician", dues=480)
        self.bundles = [make_bundle(plan, name=name) for name in ("Harbor", "Lakeside")]
        self.people = [person() for _ in range(PEOPLE)]
        self.checks = 0

    def take(self, verb: str, which: int, number: int) -> None:
        bundle, user = self.bundles[which], self.people[number % PEOPLE]
        mine = BundleSeat.objects.open().filter(bundle=bundle)
        {
            "buy": lambda: self.buy(bundle, number),
            "buy more": lambda: self.buy_more(bundle, number),
            "bounce": lambda: self.bounce(bundle),
            "pay again": lambda: self.pay(Order.objects.unpaid().filter(customer=bundle.customer).first()),
            "end": lambda: self.end(bundle, number * 17),
            "invite": lambda: seats.invite_people(bundle, wish(user.email), by=None),
            "accept": lambda: [seats.accept_seat(one, by=user) for one in mine.filter(email=user.email, user=None)],
            "take off": lambda: [seats.end_seat(one, by=None) for one in mine.filter(email=user.email)],
            "pay dues": lambda: dues.dues_of(user) and self.pay(order_dues(user)),
            "void": lambda: self.void(user),
            "clock": lambda: setattr(self, "at", self.at + timedelta(days=number)),
        }[verb]()

    def buy(self, bundle, count: int) -> None:
        if bundle_dues.seat_offers(bundle):
            self.pay(order_seats(bundle, count))

    def buy_more(self, bundle, count: int) -> None:
        if offers := bundle_dues.further_offers(bundle):
            self.pay(order_seats(bundle, count, sku=offers[0].sku))

    def pay(self, order) -> None:
        if order is not None:
            self.checks += 1
            payment(order, reference=f"check {self.checks}")

    def bounce(self, bundle) -> None:
        order = Order.objects.filter(customer=bundle.customer, status="paid").last()
        if order is not None:
            payments.return_payment_unpaid(order.payments.latest("pk"), by=None, reason="Not covered.")

    def end(self, bundle, days: int) -> None:
        for period in bundle.periods.valid()[:1]:
            bundle_dues.end_period(period, on=timezone.localdate() + timedelta(days=days))

    def void(self, user) -> None:
        for term in Term.objects.valid().filter(membership__user=user, source="bundle")[:1]:
            memberships.void_term(term, reason="By mistake.")

    def holds(self) -> None:
        today = timezone.localdate()
        for period in BundlePeriod.objects.all():
            links = SeatTerm.objects.filter(period=period, term__void_at=None).select_related("term")
            held = [(link.term.starts_on, link.term.ends_on) for link in links]
            bought = 0 if period.is_void else period.seats
            assert all(sum(begins <= on <= ends for begins, ends in held) <= bought for on, _ in held)
            assert all(period.starts_on <= begins and ends <= period.ends_on for begins, ends in held)
        counted = Term.objects.valid().filter(source="bundle")
        assert not counted.filter(seat__seat__consent="").exists()
        assert not counted.filter(seat__seat__ended_at__isnull=False, ends_on__gt=today).exists()
        assert not counted.filter(seat=None).exists()


@hypothesis_settings(max_examples=EXAMPLES)
@given(taken=st.lists(steps, min_size=STEPS, max_size=STEPS))
def test_no_day_has_more_members_on_seats_than_were_bought(taken):
    with transaction.atomic():
        town = Town()
        with patch.object(timezone, "now", lambda: town.at):
            for verb, which, number in taken:
                with contextlib.suppress(NotAllowed), transaction.atomic():
                    town.take(verb, which, number)
                town.holds()
        transaction.set_rollback(True)
