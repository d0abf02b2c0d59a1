"""Rules of automatic renewal: who may be renewed, and what is done on which day. Pure functions, no database.

Each payment is announced twice, fourteen and three days before the term ends, with its sum. Nobody pays another sum, or
for another category, than the last announcement said; a card is asked three days after it at the soonest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

CONSENT_VERSION = "2026-11"
CONSENT = (
    "I let the Academy renew my membership by itself, with the card that I give on the next page. Each time my term "
    "ends, the dues of one further term are charged to it; today these are {dues}. I get an e-mail with the sum and "
    "the day 14 and 3 days before, and can stop it by one press, there or on “My membership”, at any time and without "
    "giving a reason. If the dues or my category change, the e-mail says so first. The card provider keeps the card; "
    "the Academy sees its last four digits."
)
FIRST_NOTICE, LAST_NOTICE = timedelta(days=14), timedelta(days=3)
LATEST = timedelta(days=30)  # so long after the end of a term a standstill is made up for; then the person decides
NO_TERM_OF_ONE_S_OWN = ("honorary", "bundle")


class RenewalAct(StrEnum):
    """What is next."""

    ANNOUNCE = "announce"
    REMIND = "remind"
    CHARGE = "charge"
    GIVE_UP = "give-up"


@dataclass(frozen=True)
class Announced:
    """What a person was told: the category, the sum, and on which days."""

    plan: int
    price: Decimal
    on: date
    again_on: date | None = None


@dataclass(frozen=True)
class RenewalTerm:
    """What the rules ask of a term."""

    starts_on: date
    ends_on: date
    source: str
    is_void: bool = False
    is_cut: bool = False  # it was ended before its day, because a payment came back or somebody decided so


def is_renewable(terms: Sequence[RenewalTerm]) -> bool:
    """Whether a membership with these terms goes on by itself. Not after an honorary term or one that an institution
    paid, nor where the last one was ended early, or a later one taken back: that was a refund, or somebody's decision.
    """
    counted = [term for term in terms if not term.is_void]
    if not counted:
        return False
    last = max(counted, key=lambda term: term.starts_on)
    is_undone = any(term.is_void and term.starts_on > last.starts_on for term in terms)
    return last.source not in NO_TERM_OF_ONE_S_OWN and not last.is_cut and not is_undone


def next_act(ends_on: date, plan: int, price: Decimal, told: Announced | None) -> tuple[RenewalAct, date]:
    """What is next for a term that ends on a day, at today's category and price, and when.

    A category that changed, or a price that rose, is announced anew; one that fell needs no announcement. What comes
    late for its day moves the payment, so that three days are always left to stop it.
    """
    if told is None or told.plan != plan or price > told.price:
        due_on = ends_on - FIRST_NOTICE
        return RenewalAct.ANNOUNCE, due_on if told is None else max(due_on, told.on)
    if told.again_on is None and told.on < ends_on - LAST_NOTICE:
        return RenewalAct.REMIND, ends_on - LAST_NOTICE
    return RenewalAct.CHARGE, charge_day(ends_on, told.again_on or told.on)


def act_on(today: date, ends_on: date, plan: int, price: Decimal, told: Announced | None) -> tuple[RenewalAct, date]:
    """The same, as it stands on a day: what would come too long after the end of the term is given up."""
    act, due_on = next_act(ends_on, plan, price, told)
    return (RenewalAct.GIVE_UP, due_on) if today > ends_on + LATEST else (act, due_on)


def charge_day(ends_on: date, told_on: date) -> date:
    """When the card is charged, of somebody who was told last on a day."""
    return max(ends_on, told_on + LAST_NOTICE)
