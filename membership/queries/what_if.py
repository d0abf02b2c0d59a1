"""What would happen to one member if somebody did something on a day, and the letters that would follow. Only reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from aapm_site.core.money import Money

from ..automatic import FIRST_NOTICE, LAST_NOTICE
from ..domain.automatic_renewals import automatic_terms, running
from ..domain.category_changes import held
from ..domain.dues import renewal_plan
from ..models import Membership, Plan, Reminder, Term
from ..what_if import (
    SupposedPlan,
    SupposedTerm,
    Terms,
    Turn,
    bounces,
    changes_next,
    changes_now,
    journal_until,
    pays,
    price_of,
    refunded,
    turns,
)

NOTHING, PAYS, BOUNCES, REFUND, CHANGES_NEXT, CHANGES_NOW, DIES = (
    "nothing", "pays", "bounces", "refund", "changes-next", "changes-now", "dies",
)  # fmt: skip
AFTER_DAYS = 10  # a check bounces so long after it was recorded
NO_RENEWAL = "The category has no dues, or does not go on by a payment: nothing can be paid for it."
NO_CHANGE = (
    "A change at once is not possible on this day: no term runs, a later one is there, or its rest is worth more."
)


@dataclass(frozen=True)
class ComingLetter:
    """A letter that would go, and when."""

    on: date
    name: str


@dataclass(frozen=True)
class WhatIf:
    """The answer: what is paid, the terms, how the membership stands from when, and the letters."""

    said: str
    terms: tuple[SupposedTerm, ...]
    turns: list[Turn]
    journal_until: date | None
    letters: list[ComingLetter]


def what_if(membership: Membership, act: str, on: date, *, years: int = 1, plan: Plan | None = None) -> WhatIf:
    """The answer for a day that is today or later. A handful of queries, and nothing is written."""
    rows = list(membership.terms.select_related("plan__steps_up_to", "order_line", "membership__next_plan"))
    terms = tuple(_as_is(term) for term in rows)
    said, after, closed_on = _acts(membership, rows, terms, on, years, plan)[act]()
    if membership.closed_at is not None:
        closed_on, said = on, f"{said} The membership is closed, so nothing is open whatever its terms say."
    turned = turns(after, on, closed_on=closed_on)
    letters = [] if closed_on else _letters(membership, rows, after, on, is_unchanged=act == NOTHING)
    return WhatIf(said, tuple(sorted(after, key=lambda term: term.starts_on)), turned, journal_until(turned), letters)


Answer = tuple[str, Terms, date | None]


def _acts(
    membership: Membership, rows: list[Term], terms: Terms, on: date, years: int, plan: Plan | None
) -> dict[str, Callable[[], Answer]]:
    def paid() -> Answer:
        found = renewal_plan(rows)
        if found is None or not found.dues:
            return NO_RENEWAL, terms, None
        supposed = _supposed(found)
        sum_ = Money(price_of(supposed, terms, on, years), found.currency)
        return f"{sum_} in the category {found}.", pays(terms, supposed, on, years), None

    def bounced() -> Answer:
        said, after, _ = paid()
        back = on + timedelta(days=AFTER_DAYS)
        return f"{said} The check comes back {AFTER_DAYS} days later.", bounces(after, back), None

    def next_changed() -> Answer:
        chosen = _supposed(plan) if plan else None
        if chosen is None:
            return NO_CHANGE, terms, None
        return (
            f"The next term is in {chosen.name}, paid when the present one ends.",
            changes_next(terms, chosen, on),
            None,
        )

    def now_changed() -> Answer:
        last = max((term for term in rows if not term.is_void), key=lambda term: term.starts_on, default=None)
        found = changes_now(terms, _supposed(plan), on, held(last) if last else None) if plan else None
        if found is None or plan is None:
            return NO_CHANGE, terms, None
        price, credit = (Money(sum_, plan.currency) for sum_ in (found.step.price, found.step.credit))
        return f"{price} to pay, after {credit} for the rest of the present term.", found.terms, None

    return {
        NOTHING: lambda: ("Nobody does anything.", terms, None),
        PAYS: paid,
        BOUNCES: bounced,
        REFUND: lambda: ("The dues of the last term go back.", refunded(terms, on), None),
        CHANGES_NEXT: next_changed,
        CHANGES_NOW: now_changed,
        DIES: lambda: ("The membership is closed, and no mail goes out from this day.", terms, on),
    }


def _as_is(term: Term) -> SupposedTerm:
    note = f"Taken back. {term.void_reason}" if term.is_void else ""
    return SupposedTerm(
        term.plan.name, term.starts_on, term.ends_on, term.grace_days, term.reads_journal, term.is_void, note, term.pk
    )


def _supposed(plan: Plan) -> SupposedPlan:
    return SupposedPlan(plan.name, plan.term_rule, plan.reads_journal)


def _letters(
    membership: Membership, rows: list[Term], after: Terms, on: date, *, is_unchanged: bool
) -> list[ComingLetter]:
    """The letters about the end of the last term that would be there, from the day on; or those of automatic renewal,
    where it runs and nothing else was done.
    """
    counted = [term for term in after if not term.is_void]
    if not counted:
        return []
    last = max(counted, key=lambda term: term.starts_on)
    if is_unchanged and running(membership) is not None and (coming := automatic_terms(rows, on)) is not None:
        return _automatic(last.ends_on, coming.sum, on)
    plans = {plan.name: plan.pk for plan in Plan.objects.all()}
    sent = set(rows[-1].notices.values_list("step", flat=True)) if rows and last.pk == rows[-1].pk else set()
    found = []
    for reminder in Reminder.objects.filter(is_on=True).prefetch_related("plans"):
        only = {plan.pk for plan in reminder.plans.all()}
        fits = reminder.fits(last) and (not only or plans.get(last.category) in only)
        if fits and reminder.day_of(last) >= on and reminder.slug not in sent:
            found.append(ComingLetter(reminder.day_of(last), reminder.name))
    return sorted(found, key=lambda letter: letter.on)


def _automatic(ends_on: date, sum_: Money, on: date) -> list[ComingLetter]:
    steps = (
        (ends_on - FIRST_NOTICE, "Automatic renewal: announced"),
        (ends_on - LAST_NOTICE, "Automatic renewal: announced once more"),
        (ends_on, f"Automatic renewal: {sum_} are charged, and the receipt goes"),
    )
    return [ComingLetter(day, name) for day, name in steps if day >= on]
