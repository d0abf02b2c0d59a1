"""What would become of a membership if somebody did something on a day: pure rules over its terms, nothing is written.

The terms of a membership are taken as they are, one act is supposed, and the terms that would be there are handed back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .rules import ONE_DAY, Period, TermRule, last_day_of_grace, next_periods, standing_on
from .states import MembershipStatus
from .stepping import Held, Step, step_now


@dataclass(frozen=True)
class SupposedTerm:
    """A term as it is, or as it would be. `note` says what the act did to it; `pk` is that of a term that is there."""

    category: str
    starts_on: date
    ends_on: date
    grace_days: int
    reads_journal: bool
    is_void: bool = False
    note: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class SupposedPlan:
    """What the rules ask of a category."""

    name: str
    rule: TermRule
    reads_journal: bool


Terms = tuple[SupposedTerm, ...]


def pays(terms: Terms, plan: SupposedPlan, on: date, years: int) -> Terms:
    """Dues for so many terms are paid on a day."""
    return (*terms, *(_given(period, plan) for period in next_periods(terms, on, plan.rule, years)))


def _given(period: Period, plan: SupposedPlan) -> SupposedTerm:
    return SupposedTerm(
        plan.name, period.starts_on, period.ends_on, period.grace_days, plan.reads_journal, note="New, paid"
    )


def bounces(terms: Terms, on: date) -> Terms:
    """The bank takes back on a day what paid the new terms: those to come are void, one that runs ends that day."""
    return tuple(_bounced(term, on) if term.pk is None else term for term in terms)


def _bounced(term: SupposedTerm, on: date) -> SupposedTerm:
    if term.starts_on > on:
        return replace(term, is_void=True, note="Taken back: the payment came back")
    if term.ends_on <= on:
        return term
    return replace(term, ends_on=on, grace_days=0, note=f"Ends early, was to {term.ends_on:%Y-%m-%d}")


def refunded(terms: Terms, on: date) -> Terms:
    """The last term's dues go back on a day. One that has begun ends then: staff may let it run, or take it back."""
    counted = [term for term in terms if not term.is_void]
    if not counted:
        return terms
    last = max(counted, key=lambda term: term.starts_on)
    if last.starts_on > on:
        after = replace(last, is_void=True, note="Taken back: its dues went back")
    elif last.ends_on > on:
        after = replace(last, ends_on=on, grace_days=0, note="Ends early, if staff choose this day")
    else:
        return terms
    return tuple(after if term == last else term for term in terms)


def changes_next(terms: Terms, plan: SupposedPlan, on: date) -> Terms:
    """Another category is chosen on a day for the next term, which is paid on the last day of the present one."""
    standing = standing_on(terms, on)
    pays_on = max(on, standing.ends_on) if standing.is_current and standing.ends_on else on
    return pays(terms, plan, pays_on, 1)


@dataclass(frozen=True)
class ChangedNow:
    """A change at once: the terms after it, and what it costs."""

    terms: Terms
    step: Step


def changes_now(terms: Terms, plan: SupposedPlan, on: date, held: Held | None) -> ChangedNow | None:
    """Another category from a day on, with the rest of the term credited; nothing where that cannot be done."""
    counted = sorted((term for term in terms if not term.is_void), key=lambda term: term.starts_on)
    is_active = standing_on(terms, on).status == MembershipStatus.ACTIVE
    if held is None or not counted or not is_active or counted[-1].starts_on > on:
        return None
    step = step_now(held, on, plan.rule)
    if step is None:
        return None
    old = counted[-1]
    cut = replace(old, ends_on=step.old_ends_on, grace_days=0, note=f"Ends early, was to {old.ends_on:%Y-%m-%d}")
    kept = tuple(cut if term == old else term for term in terms)
    return ChangedNow((*kept, _given(step.period, plan)), step)


@dataclass(frozen=True)
class Turn:
    """From a day on the membership stands so; the Journal is open or not."""

    on: date
    status: MembershipStatus
    reads_journal: bool


def turns(terms: Sequence[SupposedTerm], since: date, *, closed_on: date | None = None) -> list[Turn]:
    """How the membership stands on a day, and each day on which that changes, up to its end."""
    days = {since}
    for term in terms:
        if not term.is_void:
            days |= {term.starts_on, term.ends_on + ONE_DAY, last_day_of_grace(term) + ONE_DAY}
    if closed_on is not None:
        days = {day for day in days if day < closed_on} | {max(since, closed_on)}
    found: list[Turn] = []
    for day in sorted(day for day in days if day >= since):
        standing = standing_on(terms, day, is_closed=closed_on is not None and day >= closed_on)
        decided = standing.term
        is_reader = standing.is_current and isinstance(decided, SupposedTerm) and decided.reads_journal
        if not found or (found[-1].status, found[-1].reads_journal) != (standing.status, is_reader):
            found.append(Turn(day, standing.status, is_reader))
    return found


def journal_until(turned: Sequence[Turn]) -> date | None:
    """The last day of the whole Journal, if it is open now or later and ends."""
    last = next((place for place in range(len(turned) - 1, -1, -1) if turned[place].reads_journal), None)
    if last is None or last + 1 >= len(turned):
        return None
    return turned[last + 1].on - timedelta(days=1)


def price_of(plan: SupposedPlan, terms: Terms, on: date, years: int) -> Decimal:
    """What so many terms would cost on a day."""
    return sum((period.price for period in next_periods(terms, on, plan.rule, years)), Decimal("0.00"))
