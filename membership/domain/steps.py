"""What a change of category does to the terms when its dues are paid, and when the payment is taken back.

Under the lock of the membership, which callers hold.
"""

from datetime import date

from aapm_site.billing.models import OrderLine

from ..models import Membership, Plan, Term
from ..models.membership import TermQuerySet
from ..rules import ONE_DAY, period_from
from ..skus import STEP
from . import memberships

CAME_BACK = "Given back: the payment for the change of category came back."


def is_step(line: OrderLine) -> bool:
    return line.details.get("kind") == STEP


def change_paid(membership: Membership, plan: Plan, line: OrderLine, on: date) -> list[Term]:
    """The term that a paid change gives, in place of the rest of the one whose rest was credited. Safe to repeat.

    Where another term stands in the way, the old one keeps its days and the new one follows: nothing paid is lost. One
    that was ended because the payment came back, and is paid again, gets the days that are left.
    """
    have = list(Term.objects.valid().filter(order_line=line).order_by("-starts_on"))
    if not line.kept or (have and (have[0].was_to is None or have[0].was_to < on)):
        return []
    if have:
        return _go_on(membership, have[0], on)
    credited = _running(membership, on).filter(pk=line.details.get("credited")).first()
    if credited:
        cut_for(credited, plan, on)
    return [memberships.add_term(membership, plan, on=on, source=Term.Source.PAID, order_line=line)]


def cut_for(term: Term, plan: Plan, on: date) -> None:
    """End a term that runs, so that one of `plan` can begin; where another term is in its way, the days stay."""
    first = max(on, term.starts_on + ONE_DAY)
    new = period_from(first, plan.term_rule)
    ahead = Term.objects.valid().filter(membership=term.membership_id, starts_on__gt=term.ends_on)
    if first <= term.ends_on and not ahead.filter(starts_on__lte=new.ends_on).exists():
        memberships.end_term(term, on=first - ONE_DAY)


def _running(membership: Membership, on: date) -> TermQuerySet:
    return Term.objects.valid().filter(membership=membership, starts_on__lte=on, ends_on__gte=on)


def _go_on(membership: Membership, ended: Term, on: date) -> list[Term]:
    """The rest of a change's term, which is paid again, in place of what was given back meanwhile."""
    last_day = ended.was_to
    if last_day is None:
        return []
    first = max(on, ended.ends_on + ONE_DAY)
    for given_back in Term.objects.valid().filter(membership=membership, note=CAME_BACK, starts_on__gt=on):
        memberships.void_term(given_back, reason="The change of category was paid again.")
    for given_back in _running(membership, on):
        if given_back.pk == ended.pk:
            continue
        first = max(on, given_back.starts_on + ONE_DAY)
        if first > given_back.ends_on:
            first = given_back.ends_on + ONE_DAY
        else:
            memberships.end_term(given_back, on=first - ONE_DAY)
    ahead = Term.objects.valid().filter(membership=membership, starts_on__gt=first).order_by("starts_on").first()
    last_day = min(last_day, ahead.starts_on - ONE_DAY) if ahead else last_day
    if first > last_day:
        return []
    return [
        Term.objects.create(
            membership=membership,
            plan=ended.plan,
            starts_on=first,
            ends_on=last_day,
            source=ended.source,
            order_line=ended.order_line,
        )
    ]


def give_back_rest(line: OrderLine, on: date) -> Term | None:
    """The days that a change took from a term, as far as they are ahead and free; nothing for another line.

    The rest is a term of its own, as the old one was: what was paid for it is lost by nobody.
    """
    old = Term.objects.valid().filter(pk=line.details.get("credited")).first() if is_step(line) else None
    if old is None or old.was_to is None:
        return None
    others = Term.objects.valid().filter(membership=old.membership_id, starts_on__gt=old.ends_on)
    after = max((term.ends_on for term in others.filter(starts_on__lte=on)), default=on - ONE_DAY)
    first = max(on, after + ONE_DAY)
    ahead = others.filter(starts_on__gte=first).order_by("starts_on").first()
    last_day = min(old.was_to, ahead.starts_on - ONE_DAY) if ahead else old.was_to
    if first > last_day:
        return None
    return Term.objects.create(
        membership=old.membership,
        plan=old.plan,
        starts_on=first,
        ends_on=last_day,
        source=old.source,
        order_line=old.order_line,
        note=CAME_BACK,
    )
