"""Changes of category: at the next term, which is the usual way, or now, where the rest of the term is credited by day.

Locks: the customer (billing's), the person, the membership, so that a change never meets an order for other dues.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.billing.domain.orders import personal_customer
from aapm_site.billing.models import Customer
from aapm_site.core.money import Money
from aapm_site.core.transitions import NotAllowed

from ..models import Membership, Plan, Term
from ..rules import ONE_DAY, next_period, standing_on
from ..skus import SHOP, STEP
from ..states import MembershipStatus
from ..stepping import NOTHING, Held, Step, begins_on, step_now
from . import memberships
from .dues import make_way
from .steps import cut_for

PRICE_HOLDS = timedelta(days=14)
BOUGHT = (Term.Source.PAID, Term.Source.IMPORTED)  # nobody paid for the others
NOT_OPEN = "This category is not one into which you can change by yourself. Write to us, and we look at it together."


@dataclass(frozen=True)
class ChangeNow:
    """A change that begins when it is paid, or at once where it costs nothing."""

    plan: Plan
    old: Term
    step: Step
    on: date

    @property
    def rest(self) -> str:
        return f"{STEP}-{self.plan.slug}"

    @property
    def sku(self) -> str:
        return f"{SHOP}:{self.rest}"

    @property
    def note(self) -> str:
        """Which days it buys, and how its price is made up."""
        days = (
            f"{date_format(self.step.period.starts_on)} to {date_format(self.step.period.ends_on)}, "
            f"if paid on {date_format(self.on)}"
        )
        if not self.step.credit:
            return days
        whole, credit = (Money(sum_, self.plan.currency) for sum_ in (self.step.period.price, self.step.credit))
        left = "1 day" if self.step.days == 1 else f"{self.step.days} days"
        return f"{days}; dues of {whole} less {credit} for {left} of {self.old.plan}"


def next_category(membership: Membership | None, terms: list[Term]) -> Plan | None:
    """Where a member may go by themselves: the category that theirs names as the next, while it is open to all."""
    last = max((term for term in terms if not term.is_void), key=lambda term: term.starts_on, default=None)
    if membership is None or membership.closed_at or last is None or last.source == Term.Source.HONORARY:
        return None
    plan = last.plan.steps_up_to
    return plan if plan and plan.joinable else None


def change_now(membership: Membership, terms: list[Term], plan: Plan, on: date | None = None) -> ChangeNow | None:
    """What a change into `plan` would cost today. Nothing where no term runs, or further ones are paid already: they
    would be lost; and nothing where the rest is worth more than the new dues.
    """
    on = on or timezone.localdate()
    valid = sorted((term for term in terms if not term.is_void), key=lambda term: term.starts_on)
    if not valid or standing_on(valid, on).status != MembershipStatus.ACTIVE or valid[-1].starts_on > on:
        return None
    old = valid[-1]
    if plan == old.plan or plan.currency != old.plan.currency:
        return None
    step = step_now(held(old), on, plan.term_rule)
    return ChangeNow(plan, old, step, on) if step else None


def held(term: Term) -> Held:
    return Held(term.starts_on, term.ends_on, term.plan.dues, term.plan.term_months, _paid(term))


def _paid(term: Term) -> Decimal:
    """What was paid for one term, less what was let off since; for one without an order, what its category costs,
    unless nobody paid.
    """
    line = term.order_line
    if term.source not in BOUGHT:
        return NOTHING
    if line is None:
        return term.plan.dues
    gone = line.credited.aggregate(pieces=Sum("quantity", default=0), net=Sum("net", default=NOTHING))
    kept = line.quantity - gone["pieces"]
    return (line.net - gone["net"]) / kept + Decimal(line.details.get("credit", 0)) if kept else NOTHING


def offered_changes(person: User) -> list[ChangeNow]:
    """What billing sells a person now. Four queries at most."""
    membership = Membership.objects.filter(user=person, closed_at=None).first()
    if membership is None:
        return []
    terms = list(membership.terms.valid().select_related("plan__steps_up_to", "order_line"))
    plan = next_category(membership, terms)
    found = change_now(membership, terms, plan) if plan else None
    return [found] if found else []


def lock_member(person: User, by: Actor) -> Membership:
    """The customer, the way made for another order (an unpaid offer ends), the person, the membership; each locked.

    NotAllowed without a membership that is open, and while an invoice for dues is open.
    """
    customer = Customer.objects.select_for_update().get(pk=personal_customer(person).pk)
    make_way(customer, by)
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    membership = Membership.objects.select_for_update().filter(user=person, closed_at=None).first()
    if membership is None:
        raise NotAllowed("There is no membership here that could be changed.")
    return membership


@transaction.atomic
def choose_next(person: User, plan: Plan, *, by: Actor, any_category: bool = False) -> Membership:
    """From the next term on the membership is in `plan`; the present term keeps what it has. An unpaid offer ends.

    A member goes only where their category leads; staff (`any_category`) anywhere. NotAllowed otherwise, and while an
    invoice for other dues is open. Of two who choose at once the second is the one that stands.
    """
    membership = lock_member(person, by)
    terms = list(membership.terms.valid().select_related("plan__steps_up_to"))
    if not terms:
        raise NotAllowed("There is no term yet. Record one in the right category instead.")
    if not any_category and plan != next_category(membership, terms):
        raise NotAllowed(NOT_OPEN)
    last = max(terms, key=lambda term: term.starts_on)
    membership.next_plan = None if plan == last.plan and not last.plan.steps_up_to_id else plan
    membership.save(update_fields=["next_plan"])
    return membership


@transaction.atomic
def keep_category(person: User, *, by: Actor) -> Membership:
    """Take back a change that has not begun. Safe to repeat. NotAllowed while an invoice for other dues is open."""
    membership = lock_member(person, by)
    membership.next_plan = None
    membership.save(update_fields=["next_plan"])
    return membership


@transaction.atomic
def change_free(person: User, plan: Plan, *, by: Actor) -> Term:
    """Change now where that costs nothing. A second press finds nothing to do: NotAllowed, as for what has a price."""
    membership = lock_member(person, by)
    terms = list(membership.terms.valid().select_related("plan__steps_up_to", "order_line"))
    found = change_now(membership, terms, plan) if plan == next_category(membership, terms) else None
    if found is None or found.step.price:
        raise NotAllowed("There is nothing to change at present.")
    today = timezone.localdate()
    cut_for(found.old, plan, today)
    return memberships.add_term(membership, plan, on=today, source=found.old.source)


@transaction.atomic
def change_rest(person: User, plan: Plan, *, by: Actor, reason: str) -> Term:
    """Staff put the rest of the term that runs into another category, from today; its last day stays, nothing is paid.

    On the term's first day, from tomorrow. NotAllowed when no term runs, or it is of that category already.
    """
    membership = lock_member(person, by)
    today = timezone.localdate()
    old = Term.objects.valid().filter(membership=membership, starts_on__lte=today, ends_on__gte=today).first()
    if old is None:
        raise NotAllowed("No term runs today. Choose the next term instead, or record one.")
    if old.plan == plan:
        raise NotAllowed(f"This term is in the category {plan} already.")
    first, last_day = begins_on(held(old), today), old.ends_on
    if first > last_day:
        raise NotAllowed("The term ends today. Choose the next term instead.")
    memberships.end_term(old, on=first - ONE_DAY)
    return Term.objects.create(
        membership=membership,
        plan=plan,
        starts_on=first,
        ends_on=last_day,
        source=old.source,
        order_line=old.order_line,
        note=reason.strip()[:300],
    )


@transaction.atomic
def say_when_training_ends(person: User, on: date | None) -> Membership:
    """When somebody's training ends: the first term after that day is in the category that theirs leads to.

    Locks as a change of category does, since the dues follow from it. NotAllowed without a membership.
    """
    membership = lock_member(person, person)
    membership.training_ends_on = on
    membership.save(update_fields=["training_ends_on"])
    return membership


def first_day_of_next(terms: list[Term], plan: Plan) -> date:
    """When the next term would begin if it were paid today."""
    return next_period(terms, timezone.localdate(), plan.term_rule).starts_on
