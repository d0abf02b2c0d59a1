"""The truth table of membership, as data: what somebody has lived through, and what they are on the last day of it.

Each case is a story of steps, one after the other, through the same functions as pages and staff use; what is refused
on the way is named. Pure questions of days stand in test_rules.py, test_dues_rules.py and test_bundle_rules.py.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from aapm_site.billing.domain import offers, orders, payments, refunds
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import Order
from aapm_site.core.transitions import NotAllowed
from membership.domain import bundle_dues, category_changes, deaths, dues, memberships, renewals, seats
from membership.models import Bundle, Membership, Plan, Term
from membership.queries import members
from tests.billing.factories import payment
from tests.billing.shop import ADDRESS, make_letterhead, numbers

from .factories import make_application, make_plan
from .institutions import invite, make_bundle, order_seats, person, wish
from .test_dues import card_pays, order_dues

pytestmark = pytest.mark.django_db
D = date.fromisoformat


class Refused(Exception):
    """There was nothing to press."""


class Story:
    """One person, two categories, one institution with colleagues, and a clock."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.physician = make_plan(name="Physician", slug="physician", dues=480)
        self.resident = make_plan(name="Resident", slug="resident", dues=120, steps_up_to=self.physician)
        self.plan = self.physician
        self.person = person()
        self.orders: list[Order] = []
        self.link = ""
        self.bundle: Bundle | None = None
        self.came: list[Any] = []
        self.colleagues: list[Any] = []
        make_letterhead()

    def on(self, day: str, hour: str = "12:00") -> None:
        """The clock of the association's zone."""
        self.clock.move_to(datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZoneInfo(settings.TIME_ZONE)))

    def had(self, first: str, last: str, source: str = "paid") -> None:
        """A term of long ago, or ahead."""
        membership = memberships.lock_membership(self.person, joined_on=D(first))
        Term.objects.create(membership=membership, plan=self.plan, starts_on=D(first), ends_on=D(last), source=source)

    def category(self, slug: str) -> None:
        self.plan = Plan.objects.get(slug=slug)

    @property
    def membership(self) -> Membership:
        return Membership.objects.get(user=self.person)

    @property
    def last_term(self) -> Term:
        return Term.objects.valid().filter(membership__user=self.person).latest("starts_on")

    # The person's own dues
    def approved(self) -> None:
        make_application(user=self.person, plan=self.plan, status="approved", decided_at=timezone.now())

    def order(self, years: str = "1", way: str = "invoice") -> None:
        if not dues.dues_of(self.person):
            raise Refused
        self.orders.append(order_dues(self.person, int(years), pay_by=way))

    def pays(self, which: str = "-1") -> None:
        self._pay(Order.everything.get(pk=self.orders[int(which)].pk))

    def _pay(self, order: Order) -> None:
        if order.pay_by == "card":
            card_pays(order, f"pi_{next(numbers)}")
        else:
            self.came.append(payment(order, reference=f"check {next(numbers)}"))

    def renew(self, years: str = "1") -> None:
        self.order(years)
        self.pays()

    def bounces(self) -> None:
        payments.return_payment_unpaid(self.came[-1], by=None, reason="Not covered.")

    def pays_again(self) -> None:
        self._pay(Order.objects.get(pk=self.orders[-1].pk))

    def refund(self, pieces: str = "1") -> None:
        order = Order.objects.get(pk=self.orders[-1].pk)
        line = order.lines.get()
        refunds.take_back_and_refund(
            order, by=None, reason="A mistake.", method="check", reference="99", pieces={line.pk: int(pieces)}
        )

    def cancels(self) -> None:
        orders.cancel_order(Order.objects.get(pk=self.orders[-1].pk), by=self.person, reason="Otherwise.")

    def offer_ends(self) -> None:
        offers.end_offer(Order.everything.get(pk=self.orders[-1].pk), by=None)

    def mailed(self) -> None:
        """The link of a reminder, as it is in the letter of today."""
        self.link = renewals.renewal_address(self.last_term).rstrip("/").rpartition("/")[2]

    def follows_link(self) -> None:
        """Whoever has it presses the button, and pays."""
        self.orders.append(renewals.order_by_link(self.link, years=1, pay_by="card", seen_total=Decimal(480)))
        self.pays()

    def steps_up(self) -> None:
        changes = category_changes.offered_changes(self.person)
        if not changes:
            raise Refused
        customer = orders.personal_customer(self.person)
        wanted, key = [Wanted(changes[0].sku)], f"step-{next(numbers)}-of-this"
        self.orders.append(
            orders.place_order(customer, wanted, by=self.person, pay_by="invoice", bill_to=ADDRESS, checkout_key=key)
        )
        self.pays()

    # What staff do
    def training_to(self, day: str) -> None:
        Membership.objects.filter(user=self.person).update(training_ends_on=D(day))

    def chooses(self, slug: str) -> None:
        category_changes.choose_next(self.person, Plan.objects.get(slug=slug), by=None, any_category=True)

    def taken_back(self) -> None:
        memberships.void_term(self.last_term, reason="By mistake.")

    def ended(self, day: str) -> None:
        memberships.end_term(self.last_term, on=D(day))

    def closed(self) -> None:
        memberships.close_membership(self.membership)

    def reopened(self) -> None:
        memberships.reopen_membership(self.membership)

    def dies(self) -> None:
        deaths.record_death(self.membership, on=None)

    def lives(self) -> None:
        deaths.take_back_death(self.membership)

    def withdrawn(self) -> None:
        """The category is a sample that nobody has confirmed, again."""
        Plan.objects.filter(pk=self.plan.pk).update(joinable=False, sample=True)

    def not_joinable(self) -> None:
        Plan.objects.filter(pk=self.plan.pk).update(joinable=False)

    def no_grace(self) -> None:
        Plan.objects.filter(pk=self.plan.pk).update(grace_days=0)
        self.plan.refresh_from_db()

    # An institution
    def buys(self, count: str = "2") -> None:
        self.bundle = self.bundle or make_bundle(self.physician)
        if not bundle_dues.seat_offers(self.bundle):
            raise Refused
        self.orders.append(order_seats(self.bundle, int(count)))
        self.pays()

    def invited(self) -> None:
        assert self.bundle
        (said,) = seats.invite_people(self.bundle, wish(self.person.email), by=None)
        if not said.is_invited:
            raise Refused

    def says_yes(self) -> None:
        assert self.bundle
        offered = self.bundle.people.open().get(email=self.person.email)
        seats.accept_seat(offered, by=self.person)

    def seated(self) -> None:
        self.invited()
        self.says_yes()

    def colleague(self) -> None:
        assert self.bundle
        other = person()
        (offered,) = invite(self.bundle, other)
        seats.accept_seat(offered, by=other)
        self.colleagues.append(offered)

    def colleague_off(self) -> None:
        seats.end_seat(self.colleagues.pop(0), by=None)

    def off(self) -> None:
        assert self.bundle
        seats.end_seat(self.bundle.people.open().get(email=self.person.email), by=None)

    def seats_end(self, day: str) -> None:
        assert self.bundle
        bundle_dues.end_period(self.bundle.periods.valid().latest("starts_on"), on=D(day))

    def held(self) -> None:
        assert self.bundle
        Bundle.objects.filter(pk=self.bundle.pk).update(held_at=timezone.now())
        self.bundle.refresh_from_db()

    # What came of it
    def take(self, step: str) -> str:
        """Take a step; its name if it was refused."""
        verb, *words = step.split()
        try:
            getattr(self, verb)(*words)
        except (NotAllowed, Refused):
            return verb
        return ""

    def standing(self) -> str:
        fresh = type(self.person).objects.get(pk=self.person.pk)
        return str(members.standing_of(fresh).status)

    def terms(self) -> list[str]:
        found = Term.objects.valid().filter(membership__user=self.person).order_by("starts_on")
        return [_said(term) for term in found]


def _said(term: Term) -> str:
    """Its days and how it came; the category where it is not the physicians'."""
    words = f"{term.starts_on} {term.ends_on} {term.source}"
    return words if term.plan.slug == "physician" else f"{words} {term.plan.slug}"


class Case(NamedTuple):
    """Steps, parted by semicolons; then the standing, what was refused, and the terms that count."""

    why: str
    steps: str
    standing: str
    terms: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


FIRST = "2027-01-01 2027-12-31 paid"
NEXT = "2028-01-01 2028-12-31 paid"
HAD = "had 2027-01-01 2027-12-31"

TABLE = [
    # Paying: early, late, in grace, lapsed
    Case("approved and not paid: nothing has begun", "on 2027-05-10; approved; on 2027-05-20", "none"),
    Case("approved: the day of the payment begins the term",
         "on 2027-05-10; approved; order; on 2027-05-20; pays", "active", ("2027-05-20 2028-05-19 paid",)),
    Case("early", f"{HAD}; on 2027-03-01; renew", "active", (FIRST, NEXT)),
    Case("on the last day", f"{HAD}; on 2027-12-31; renew; on 2028-01-01", "active", (FIRST, NEXT)),
    Case("late in the evening of the last day",
         f"{HAD}; on 2027-12-31 23:59; renew; on 2028-01-01 00:01", "active", (FIRST, NEXT)),
    Case("in grace: no day is lost", f"{HAD}; on 2028-02-15; renew", "active", (FIRST, NEXT)),
    Case("on the last day of grace", f"{HAD}; on 2028-02-29; renew", "active", (FIRST, NEXT)),
    Case("a day after grace, from that day",
         f"{HAD}; on 2028-03-01; renew", "active", (FIRST, "2028-03-01 2029-02-28 paid")),
    Case("ordered in grace, paid after it",
         f"{HAD}; on 2028-02-15; order; on 2028-03-20; pays", "active", (FIRST, "2028-03-20 2029-03-19 paid")),
    Case("not paid: grace", f"{HAD}; on 2028-02-29", "grace", (FIRST,)),
    Case("not paid: lapsed", f"{HAD}; on 2028-03-01", "lapsed", (FIRST,)),
    Case("a category without grace lapses on the day after",
         f"no_grace; {HAD}; on 2028-01-01", "lapsed", (FIRST,)),
    Case("lapsed for less than two years goes on by paying",
         f"{HAD}; on 2029-12-30; renew", "active", (FIRST, "2029-12-30 2030-12-29 paid")),
    Case("lapsed for longer applies again", f"{HAD}; on 2030-01-02; renew", "lapsed", (FIRST,), ("renew",)),
    # Far ahead, several years
    Case("a term far ahead: the gap before it is filled",
         "had 2029-06-01 2030-05-31; on 2027-05-10; renew", "active",
         ("2027-05-10 2028-05-09 paid", "2029-06-01 2030-05-31 paid")),
    Case("a term far ahead and nothing paid: not begun",
         "had 2029-06-01 2030-05-31; on 2027-05-10", "future", ("2029-06-01 2030-05-31 paid",)),
    Case("three years at once", f"{HAD}; on 2027-06-01; renew 3", "active",
         (FIRST, NEXT, "2029-01-01 2029-12-31 paid", "2030-01-01 2030-12-31 paid")),
    Case("nobody pays farther ahead than four years",
         f"{HAD}; on 2027-06-01; renew 3; renew", "active",
         (FIRST, NEXT, "2029-01-01 2029-12-31 paid", "2030-01-01 2030-12-31 paid"), ("renew",)),
    # The calendar
    Case("from a leap day", "on 2028-02-29; approved; renew; on 2029-02-28", "active",
         ("2028-02-29 2029-02-28 paid",)),
    Case("to a leap day", "had 2027-03-01 2028-02-29; on 2028-02-29; renew", "active",
         ("2027-03-01 2028-02-29 paid", "2028-03-01 2029-02-28 paid")),
    Case("in the night in which clocks go forward", "on 2027-03-14 01:59; approved; renew; on 2027-03-14 03:01",
         "active", ("2027-03-14 2028-03-13 paid",)),
    Case("in the night in which clocks go back", "on 2027-11-07 00:30; approved; renew; on 2027-11-07 23:30",
         "active", ("2027-11-07 2028-11-06 paid",)),
    Case("when it is tomorrow in London, it is today here", "on 2027-05-09 23:30; approved; renew",
         "active", ("2027-05-09 2028-05-08 paid",)),
    # Paid twice, after cancelling, by a link
    Case("paid twice in two tabs: two years that follow",
         f"{HAD}; on 2027-06-01; order 1 card; order 1 card; pays 0; pays 1", "active",
         (FIRST, NEXT, "2029-01-01 2029-12-31 paid")),
    Case("a second invoice beside an open one is refused", f"{HAD}; on 2027-06-01; order; order; pays 0", "active",
         (FIRST, NEXT), ("order",)),
    Case("the card was charged after the offer ended: the money counts",
         f"{HAD}; on 2027-06-01; order 1 card; offer_ends; on 2027-09-01; pays", "active", (FIRST, NEXT)),
    Case("a check that comes after cancelling gives nothing: it is kept for the member",
         f"{HAD}; on 2027-06-01; order; cancels; pays", "active", (FIRST,)),
    Case("the letter's link renews", f"{HAD}; on 2027-12-10; mailed; follows_link", "active", (FIRST, NEXT)),
    Case("the link is forwarded and pressed twice: one year, the member's",
         f"{HAD}; on 2027-12-10; mailed; follows_link; follows_link", "active", (FIRST, NEXT), ("follows_link",)),
    Case("the link after a renewal by another way orders nothing",
         f"{HAD}; on 2027-12-10; mailed; renew; follows_link", "active", (FIRST, NEXT), ("follows_link",)),
    Case("the link of a membership that is closed meanwhile",
         f"{HAD}; on 2027-12-10; mailed; closed; follows_link", "closed", (FIRST,), ("follows_link",)),
    # Undone
    Case("a refund of a term that has not begun", f"{HAD}; on 2027-06-01; renew; refund", "active", (FIRST,)),
    Case("a refund of one year of two takes the last",
         f"{HAD}; on 2027-06-01; renew 2; refund", "active", (FIRST, NEXT)),
    Case("a refund of a term that has begun: staff decide first",
         "on 2027-05-10; approved; renew; refund", "active", ("2027-05-10 2028-05-09 paid",), ("refund",)),
    Case("a refund after staff took the term back",
         "on 2027-05-10; approved; renew; taken_back; refund", "none"),
    Case("a refund after staff ended the term today",
         "on 2027-05-10; approved; renew; on 2027-06-01; ended 2027-06-01; refund; on 2027-06-02", "lapsed",
         ("2027-05-10 2027-06-01 paid",)),
    Case("a check that bounces ends a term that has begun",
         "on 2027-05-10; approved; renew; on 2027-06-01; bounces; on 2027-06-02", "lapsed",
         ("2027-05-10 2027-06-01 paid",)),
    Case("a check that bounces before the term begins", f"{HAD}; on 2027-06-01; renew; bounces", "active", (FIRST,)),
    Case("a check that bounces and is paid again",
         "on 2027-05-10; approved; renew; on 2027-06-01; bounces; on 2027-06-20; pays_again", "active",
         ("2027-05-10 2028-05-09 paid",)),
    # Categories
    Case("stepping up now: the rest is credited, a whole year begins",
         "category resident; had 2027-01-01 2027-12-31; on 2027-05-10; steps_up", "active",
         ("2027-01-01 2027-05-09 paid resident", "2027-05-10 2028-05-09 paid")),
    Case("stepping up with the next term", "category resident; had 2027-01-01 2027-12-31; on 2027-05-10; "
         "chooses physician; renew", "active", ("2027-01-01 2027-12-31 paid resident", NEXT)),
    Case("training ends before the next term: it is the next category's", "category resident; "
         "had 2027-01-01 2027-12-31; training_to 2027-06-30; on 2027-12-10; renew", "active",
         ("2027-01-01 2027-12-31 paid resident", NEXT)),
    Case("training that lasts longer changes nothing", "category resident; had 2027-01-01 2027-12-31; "
         "training_to 2029-06-30; on 2027-12-10; renew", "active",
         ("2027-01-01 2027-12-31 paid resident", "2028-01-01 2028-12-31 paid resident")),
    Case("a check for the step bounces: the old term has its days again", "category resident; "
         "had 2027-01-01 2027-12-31; on 2027-05-10; steps_up; bounces", "active",
         ("2027-01-01 2027-05-09 paid resident", "2027-05-10 2027-05-10 paid", "2027-05-11 2027-12-31 paid resident")),
    Case("nobody steps up where the category leads nowhere", f"{HAD}; on 2027-05-10; steps_up", "active",
         (FIRST,), ("steps_up",)),
    Case("a category that nobody can join any more still renews", f"{HAD}; not_joinable; on 2027-06-01; renew",
         "active", (FIRST, NEXT)),
    Case("a category that is withdrawn renews nobody, and the term stays",
         f"{HAD}; withdrawn; on 2027-06-01; renew", "active", (FIRST,), ("renew",)),
    # Honorary, closed, deceased
    Case("an honorary term pays nothing", "had 2027-01-01 2027-12-31 honorary; on 2027-06-01; renew", "active",
         ("2027-01-01 2027-12-31 honorary",), ("renew",)),
    Case("an honorary term ends as any", "had 2027-01-01 2027-12-31 honorary; on 2028-03-01", "lapsed",
         ("2027-01-01 2027-12-31 honorary",)),
    Case("closed, and nothing can be paid", f"{HAD}; on 2027-06-01; closed; renew", "closed", (FIRST,), ("renew",)),
    Case("open again, as the dates say", f"{HAD}; on 2027-06-01; closed; reopened", "active", (FIRST,)),
    Case("who has died is no member, and pays nothing", f"{HAD}; on 2027-06-01; dies; renew", "closed", (FIRST,),
         ("renew",)),
    Case("it was somebody else", f"{HAD}; on 2027-06-01; dies; lives; renew", "active", (FIRST, NEXT)),
    Case("staff open no membership of somebody who has died", f"{HAD}; on 2027-06-01; dies; reopened", "closed",
         (FIRST,), ("reopened",)),
    # An institution pays
    Case("invited is not enrolled", "on 2027-05-10; buys; invited", "none"),
    Case("a yes begins the membership that day",
         "on 2027-05-10; buys; invited; on 2027-06-01; says_yes", "active", ("2027-06-01 2028-05-09 bundle",)),
    Case("their own paid term comes first, the seat follows it",
         f"{HAD}; on 2027-05-10; buys; seated; on 2028-01-01", "active", (FIRST, "2028-01-01 2028-05-09 bundle")),
    Case("their own runs as long: the seat stays free for two colleagues",
         "had 2027-05-10 2028-05-09; on 2027-05-10; buys; seated; colleague; colleague", "active",
         ("2027-05-10 2028-05-09 paid",)),
    Case("their own is in grace: the seat begins today",
         f"{HAD}; on 2028-02-01; buys; seated", "active", (FIRST, "2028-02-01 2029-01-31 bundle")),
    Case("a term of their own ahead: the seat fills the days before it",
         "had 2027-09-01 2028-08-31; on 2027-05-10; buys; seated", "active",
         ("2027-05-10 2027-08-31 bundle", "2027-09-01 2028-08-31 paid")),
    Case("dues paid while on a seat follow it", "on 2027-05-10; buys; seated; renew", "active",
         ("2027-05-10 2028-05-09 bundle", "2028-05-10 2029-05-09 paid")),
    Case("taken off: today is the last day, without grace",
         "on 2027-05-10; buys; seated; on 2027-08-01; off; on 2027-08-02", "lapsed", ("2027-05-10 2027-08-01 bundle",)),
    Case("taken off before the seat's days begin", f"{HAD}; on 2027-05-10; buys; seated; off", "active", (FIRST,)),
    Case("no seat is free for a third", "on 2027-05-10; buys; colleague; colleague; invited", "none", (), ("invited",)),
    Case("a freed seat is another's from the day after",
         "on 2027-05-10; buys 1; colleague; on 2027-06-01; colleague_off; seated", "future",
         ("2027-06-02 2028-05-09 bundle",)),
    Case("the institution renews early: the next year follows",
         "on 2027-05-10; buys; seated; on 2028-04-01; buys", "active",
         ("2027-05-10 2028-05-09 bundle", "2028-05-10 2029-05-09 bundle")),
    Case("it renews in grace: no day is lost",
         "on 2027-05-10; buys; seated; on 2028-06-20; buys", "active",
         ("2027-05-10 2028-05-09 bundle", "2028-05-10 2029-05-09 bundle")),
    Case("it renews after grace, from that day",
         "on 2027-05-10; buys; seated; on 2028-08-01; buys", "active",
         ("2027-05-10 2028-05-09 bundle", "2028-08-01 2029-07-31 bundle")),
    Case("it does not renew: grace, and dues of one's own lose no day",
         "on 2027-05-10; buys; seated; on 2028-06-20; renew", "active",
         ("2027-05-10 2028-05-09 bundle", "2028-05-10 2029-05-09 paid")),
    Case("it renews twice: the second is refused until the first begins",
         "on 2027-05-10; buys; seated; on 2028-04-01; buys; buys", "active",
         ("2027-05-10 2028-05-09 bundle", "2028-05-10 2029-05-09 bundle"), ("buys",)),
    Case("it renews fewer seats: the first yes has one",
         "on 2027-05-10; buys; colleague; seated; on 2028-04-01; buys 1; on 2028-08-01", "lapsed",
         ("2027-05-10 2028-05-09 bundle",)),
    Case("and the freed one is theirs from the day after",
         "on 2027-05-10; buys; colleague; seated; on 2028-04-01; buys 1; on 2028-08-01; colleague_off; on 2028-08-02",
         "active", ("2027-05-10 2028-05-09 bundle", "2028-08-02 2029-05-09 bundle")),
    Case("its check bounces: today is the last day",
         "on 2027-05-10; buys; seated; on 2027-06-01; bounces; on 2027-06-02", "lapsed",
         ("2027-05-10 2027-06-01 bundle",)),
    Case("its check bounces and is paid again",
         "on 2027-05-10; buys; seated; on 2027-06-01; bounces; on 2027-06-20; pays_again", "active",
         ("2027-05-10 2028-05-09 bundle",)),
    Case("its check bounces, and the person pays themselves",
         "on 2027-05-10; buys; seated; on 2027-06-01; bounces; on 2027-06-10; renew", "active",
         ("2027-05-10 2027-06-01 bundle", "2027-06-10 2028-06-09 paid")),
    Case("staff end its seats on a day",
         "on 2027-05-10; buys; seated; seats_end 2027-06-30; on 2027-07-01", "lapsed",
         ("2027-05-10 2027-06-30 bundle",)),
    Case("on hold nobody is admitted, and who has a seat keeps it",
         "on 2027-05-10; buys; invited; held; says_yes", "none", (), ("says_yes",)),
    Case("a closed membership takes no seat", f"{HAD}; on 2027-05-10; closed; buys; invited; says_yes", "closed",
         (FIRST,), ("says_yes",)),
    Case("a seat on a leap day", "on 2028-02-29; buys; seated", "active", ("2028-02-29 2029-02-28 bundle",)),
    Case("a yes late in the evening counts from that day here",
         "on 2027-05-09 23:30; buys; seated", "active", ("2027-05-09 2028-05-08 bundle",)),
]  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=[case.why for case in TABLE])
def test_the_story_ends_so(case, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 12, tzinfo=ZoneInfo(settings.TIME_ZONE)))
    story = Story(time_machine)

    refused = [verb for step in case.steps.split(";") if (verb := story.take(step.strip()))]

    assert (story.standing(), story.terms(), refused) == (case.standing, list(case.terms), list(case.refused))


def test_the_table_is_long_and_names_each_case_once():
    assert len(TABLE) >= 40
    assert len({case.why for case in TABLE}) == len(TABLE)
