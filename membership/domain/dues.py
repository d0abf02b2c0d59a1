"""Dues: what a person may pay now, the terms that a payment gives, and what becomes of them when it is taken back.

The days of a term are fixed when it is paid. Locks: the customer (billing's, while an order is placed), then the
person and the membership; terms are written under the membership's lock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.billing.domain import offers
from aapm_site.billing.models import Customer, Order, OrderLine
from aapm_site.billing.states import OrderStatus
from aapm_site.core.transitions import NotAllowed

from ..models import Application, Membership, Pause, Plan, Term
from ..rules import Period, Standing, counts_from, dates_hold_until, next_periods, standing_on
from ..skus import FIRST, RENEW, SHOP
from ..stepping import steps_up
from . import memberships, steps

OFFERED_FOR = timedelta(days=60)

MOST_YEARS = 3
REINSTATED_FOR = timedelta(days=730)  # so long after the end of a membership it goes on by paying dues
FREE_AHEAD = timedelta(days=90)  # a term without dues is continued so long before its end
FARTHEST = timedelta(days=4 * 366)  # nobody pays farther ahead
PAYMENT_CAME_BACK = "The payment for it came back."
CREDITED = "Its dues were credited."


@dataclass(frozen=True)
class Dues:
    """What somebody may pay now: the terms it would give, one after the other, if it is paid by `paid_by`."""

    kind: str
    plan: Plan
    periods: tuple[Period, ...]
    paid_by: date
    begins_when_paid: bool

    @property
    def rest(self) -> str:
        return f"{self.kind}-{self.plan.slug}"

    @property
    def sku(self) -> str:
        return f"{SHOP}:{self.rest}"

    @property
    def price(self) -> Decimal:
        return self.periods[0].price

    @property
    def most(self) -> int:
        return len(self.periods)

    @property
    def note(self) -> str:
        """Which days it buys, of one year and of more, and until when a payment keeps them."""
        further = [date_format(period.ends_on) for period in self.periods[1:]]
        days = self.notes[1]
        return f"{days}; with {_and(further)}" if further else days

    @property
    def notes(self) -> dict[int, str]:
        """The same for each number of years alone. It stands on papers that are read on other days, beside the last day
        of the offer, so it promises nothing beyond that one.
        """
        last_day = min(self.paid_by, timezone.localdate() + OFFERED_FOR)
        held = f"if paid {'on' if self.begins_when_paid else 'by'} {date_format(last_day)}"
        begins = date_format(self.periods[0].starts_on)
        return {
            years: f"{begins} to {date_format(period.ends_on)}, {held}"
            for years, period in enumerate(self.periods, start=1)
        }


def _and(ends: Sequence[str]) -> str:
    words = [f"{count} years to {ends_on}" for count, ends_on in enumerate(ends, start=2)]
    return " or ".join(words)


def dues_of(person: User, on: date | None = None) -> list[Dues]:
    """The dues that a person may pay today: first ones after an approval, or those of further terms. Three queries.

    Nothing for a membership that is closed or pauses, and nothing for a category without dues: it costs nothing.
    """
    on = on or timezone.localdate()
    rests = Exists(Pause.objects.ahead_or_running(on).filter(membership=OuterRef("pk")))
    membership = Membership.objects.filter(user=person).annotate(rests=rests).first()
    if membership is not None and (membership.closed_at or membership.rests):
        return []
    terms = _valid_terms(membership)
    waiting = Application.objects.for_user(person).waiting_for_dues().select_related("plan").first()
    if waiting is not None:
        return _offer(FIRST, waiting.plan, terms, on, years=1)
    if is_long_over(standing_on(terms, on), on):
        return []  # so long after, somebody applies again
    plan = renewal_plan(terms)
    return _offer(RENEW, plan, terms, on, years=MOST_YEARS) if plan and plan.dues else []


def _valid_terms(membership: Membership | None) -> list[Term]:
    return list(membership.terms.valid()) if membership else []


def is_long_over(standing: Standing, on: date) -> bool:
    """Whether a membership ended so long ago that it does not go on by paying dues."""
    return standing.ends_on is not None and standing.ends_on < on - REINSTATED_FOR


def renewal_plan(terms: Sequence[Term]) -> Plan | None:
    """The category in which a membership goes on: the one that was chosen, else that of its last term, or where that
    one leads once training is over. Honorary terms, and categories that staff have not confirmed, do not go on by a
    payment.
    """
    last = max((term for term in terms if not term.is_void), key=lambda term: term.starts_on, default=None)
    if last is None or last.source == Term.Source.HONORARY:
        return None
    plan = _plan_after(last)
    return None if plan.sample and not plan.joinable else plan


def _plan_after(last: Term) -> Plan:
    """No query but for a category that is another one."""
    membership = last.membership
    if membership.next_plan is not None:
        return membership.next_plan
    is_over = steps_up(membership.training_ends_on, last.ends_on, timezone.localdate())
    return last.plan.steps_up_to if is_over and last.plan.steps_up_to else last.plan


def _offer(kind: str, plan: Plan, terms: Sequence[Term], on: date, *, years: int) -> list[Dues]:
    periods = next_periods(terms, on, plan.term_rule, years)
    in_reach = [period for period in periods if period.ends_on <= on + FARTHEST]
    # A part of a year has a price of its own, so it is bought alone.
    alike = in_reach if all(period.price == in_reach[0].price for period in in_reach) else in_reach[:1]
    begins_when_paid = not standing_on(terms, on).is_current
    return [Dues(kind, plan, tuple(alike), dates_hold_until(terms, on, periods[0]), begins_when_paid)] if alike else []


def may_stay_free(person: User, on: date | None = None) -> bool:
    """Whether a person's category has no dues and its term ends soon or has ended, so that a press continues it."""
    on = on or timezone.localdate()
    membership = Membership.objects.filter(user=person, closed_at=None).first()
    terms = _valid_terms(membership)
    return _stays_free(terms, on) is not None


def _stays_free(terms: Sequence[Term], on: date) -> Plan | None:
    standing, plan = standing_on(terms, on), renewal_plan(terms)
    ends_on = max((term.ends_on for term in terms), default=on)
    is_near = ends_on <= on + FREE_AHEAD and not is_long_over(standing, on)
    return plan if plan and not plan.dues and is_near else None


@transaction.atomic
def stay_free(person: User) -> Term:
    """One more term in a category without dues. Locks the membership: a second press finds nothing to do.

    NotAllowed when there are dues, when the term does not end soon, and for a membership that is closed.
    """
    today = timezone.localdate()
    locked = Membership.objects.select_for_update().filter(user=person).first()
    terms = _valid_terms(locked)
    plan = _stays_free(terms, today)
    if locked is None or plan is None:
        raise NotAllowed("There is nothing to do at present: your term has not come near its end.")
    return memberships.add_term(locked, plan, on=today)


def make_way(customer: Customer, by: Actor) -> None:
    """Before dues are ordered: one open order for them is enough. Under the customer's lock.

    An offer gives way to the new one. NotAllowed where an invoice for dues is open, and while a payment is under way.
    Whoever books a payment holds the order and waits for the customer, so what is locked is not waited for.
    """
    mine = Order.everything.filter(
        customer=customer, lines__sku__startswith=f"{SHOP}:", payments=None,
        status__in=(OrderStatus.OFFERED, OrderStatus.AWAITING_PAYMENT),
    )  # fmt: skip
    found = list(mine.distinct().values_list("pk", flat=True))
    free = Order.everything.filter(pk__in=found).select_for_update(of=("self",), skip_locked=True)
    open_now = list(free.select_related("invoice"))
    if len(open_now) < len(found):
        raise NotAllowed("A payment for your dues is being booked at this moment. Please look again in a minute.")
    for order in open_now:
        if order.status == OrderStatus.OFFERED:
            offers.end_offer(order, by=by, reason="Another one was asked for.")
        elif order.is_unpaid:
            raise NotAllowed(
                f"Invoice {order} for these dues is open. You can pay it from “Orders and invoices” on your account, "
                "by card too; or cancel it there first, and order anew."
            )


@transaction.atomic
def give_paid_terms(lines: Sequence[OrderLine]) -> list[Term]:
    """Give the terms that paid lines of one order bought and the person does not have yet. Safe to repeat and to race.

    Their days follow from today's terms, or those of the day on which the money came, whatever the order said; what was
    ended early because the payment came back gets its days again where they are free. NotAllowed when the account
    belongs to nobody any more, or the membership is closed. Locks the person, then the membership.
    """
    person = lines[0].order.customer.user
    if person is None:
        raise NotAllowed(
            f"The account that ordered “{lines[0].title}” belongs to nobody any more, so nobody can have the term. "
            "Cancel the order, or refund what was paid."
        )
    today = timezone.localdate()
    membership = memberships.lock_membership(person, joined_on=today, **_applied(person))
    given = []
    for line in lines:
        plan = Plan.objects.get(pk=line.details["plan"])
        if steps.is_step(line):
            given += steps.change_paid(membership, plan, line, today)
            continue
        have = list(Term.objects.valid().filter(order_line=line))
        _lengthen_again(have)
        wanted = line.kept - len(have)
        paid_on = _paid_on(membership, plan, line.order, today) if wanted > 0 else today
        given += [
            memberships.add_term(membership, plan, on=paid_on, source=Term.Source.PAID, order_line=line)
            for _ in range(wanted)
        ]
    return given


def _paid_on(membership: Membership, plan: Plan, order: Order, today: date) -> date:
    """The day that counts; the order is asked only where today is not the one in any case."""
    terms = _valid_terms(membership)
    if not terms or standing_on(terms, today).is_current:
        return today
    return counts_from(terms, came_on(order), today, plan.term_rule)


def came_on(order: Order) -> date | None:
    """The day on which the last of the money came, whenever it was recorded."""
    return order.payments.aggregate(last=Max("received_on"))["last"]


def _applied(person: User) -> dict[str, object]:
    """What the approved application said of the person, for the membership that it becomes."""
    waiting = Application.objects.for_user(person).waiting_for_dues().first()
    return waiting.as_profile() if waiting else {}


def _lengthen_again(terms: Sequence[Term]) -> None:
    """The days that a bounced payment took from a term, as far as no other term has them now."""
    for term in terms:
        if term.was_to is None:
            continue
        others = Term.objects.valid().filter(
            membership=term.membership_id, starts_on__gt=term.ends_on, starts_on__lte=term.was_to
        )
        if not others.exists():
            term.ends_on, term.was_to, term.grace_days = term.was_to, None, term.plan.grace_days
            term.save(update_fields=["ends_on", "was_to", "grace_days"])


@transaction.atomic
def take_back_terms(line: OrderLine, quantity: int, *, forced: bool = False) -> list[Term]:
    """Take back so many terms of a line, the last first: what has not begun is void.

    One that has begun is refused with NotAllowed, because staff choose what becomes of it, on the member's page. Forced
    (the bank took the money) it ends today. Locks the membership.
    """
    of_line = Term.objects.valid().filter(order_line=line)
    list(Membership.objects.select_for_update().filter(pk__in=of_line.values("membership")).order_by("pk"))
    today = timezone.localdate()
    terms = list(of_line.order_by("-starts_on")[:quantity])
    for term in terms:
        if term.starts_on > today:
            memberships.void_term(term, reason=PAYMENT_CAME_BACK if forced else CREDITED)
        elif term.ends_on > today:
            if not forced:
                raise NotAllowed(
                    f"The term {date_format(term.starts_on)} to {date_format(term.ends_on)} has begun. Say first on "
                    "the member’s page what becomes of it: end it on a day, or take it back. Then issue the credit "
                    "note; or refund an amount, and the term stays."
                )
            memberships.end_term(term, on=today)
    if terms:
        steps.give_back_rest(line, today)
    return terms
