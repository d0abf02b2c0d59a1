"""Members with terms drawn by chance, the same for a seed: gaps, graces, terms taken back, closed and forgotten."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from aapm_site.core.background.reminder_schedule import moment
from membership.domain.memberships import next_member_number
from membership.models import CareerStage, Membership, PastTerm, Plan, Term

from .factories import day, make_plan, make_user

STATES = ("ME", "NY", "TX", "XX", "")


@dataclass
class DrawnTerm:
    """A term as it is stored, and as the plain rules read it."""

    plan: Plan
    starts_on: date
    ends_on: date
    grace_days: int
    is_void: bool


@dataclass
class DrawnMember:
    """Somebody with terms; without a membership it is one who was forgotten."""

    terms: list[DrawnTerm]
    state: str
    stage: CareerStage | None
    closed_on: date | None
    membership: Membership | None = None


def draw_members(seed: int, count: int) -> list[DrawnMember]:
    """Stored by a handful of statements; every fifth is nameless."""
    dice = Random(seed)
    plans = [make_plan(name=f"By chance {seed}-{number}", dues=dues) for number, dues in enumerate((485, 0, 90))]
    stages = [None, *CareerStage.objects.all()[:2]]
    people = [
        DrawnMember(_terms(dice, plans), dice.choice(STATES), dice.choice(stages), _closed(dice)) for _ in range(count)
    ]
    for number, person in enumerate(people):
        if number % 5 == 4:
            person.closed_on = None
            _store_nameless(person, dice)
        else:
            _store(person)
    return people


def _closed(dice: Random) -> date | None:
    return day(-dice.randint(0, 900)) if dice.random() < 0.15 else None


def _terms(dice: Random, plans: list[Plan]) -> list[DrawnTerm]:
    terms, begins = [], day(-dice.randint(0, 1_600))
    for _ in range(dice.randint(0, 5)):
        # A year as often as not, so that anniversaries and ends fall on each other.
        length = dice.choice((364, 365, dice.randint(0, 500)))
        term = DrawnTerm(
            dice.choice(plans), begins, begins + timedelta(days=length), dice.choice((0, 0, 60, dice.randint(1, 700))),
            dice.random() < 0.1,
        )  # fmt: skip
        terms.append(term)
        begins = term.ends_on + timedelta(days=dice.choice((1, 1, 1, 31, 61, 62, dice.randint(1, 500))))
    return terms


def _store(person: DrawnMember) -> None:
    closed_at: datetime | None = moment(person.closed_on, time(9)) if person.closed_on else None
    person.membership = Membership.objects.create(
        user=make_user(), number=next_member_number(), joined_on=day(0), state_code=person.state,
        career_stage=person.stage, closed_at=closed_at,
    )  # fmt: skip
    Term.objects.bulk_create(
        Term(
            membership=person.membership, plan=one.plan, starts_on=one.starts_on, ends_on=one.ends_on,
            grace_days=one.grace_days, reads_journal=True, source="paid", void_at=closed_at or moment(day(0), time(1)),
            void_reason="x",
        )
        if one.is_void
        else Term(
            membership=person.membership, plan=one.plan, starts_on=one.starts_on, ends_on=one.ends_on,
            grace_days=one.grace_days, reads_journal=True, source="paid",
        )
        for one in person.terms
    )  # fmt: skip


def _store_nameless(person: DrawnMember, dice: Random) -> None:
    """As erasure leaves it: void terms are gone."""
    person.terms = [one for one in person.terms if not one.is_void]
    member = UUID(int=dice.getrandbits(128))
    PastTerm.objects.bulk_create(
        PastTerm(
            member=member, plan=one.plan, starts_on=one.starts_on, ends_on=one.ends_on, grace_days=one.grace_days,
            source="paid", state_code=person.state, career_stage=person.stage,
        )
        for one in person.terms
    )  # fmt: skip
