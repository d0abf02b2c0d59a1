"""Sample members: drawn once from weighted lists with a fixed seed, so that every demonstration has the same people.

Their addresses end in members.example, they have no usable password, and they exist on the embedded database only.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone
from django.utils.text import slugify

from aapm_site.accounts.models import Profession, Specialty, User
from aapm_site.core.bulk import in_bulk
from aapm_site.core.transitions import move

from ..domain.memberships import next_member_number
from ..leaving import PauseReason
from ..models import Application, CareerStage, Membership, Pause, Plan, PracticeSetting, Term
from ..regions import ABROAD
from ..rules import term_end
from ..states import ApplicationStatus
from .dues import PaidDues, pay_dues

SEED = 1983
DOMAIN = "members.example"
MEMBER, LAPSED = "member@demo.example", "lapsed@demo.example"
TRANSLITERATED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i"})


@dataclass(frozen=True)
class Person:
    """One drawn member, before anything is stored."""

    first_name: str
    last_name: str
    degrees: str
    profession: str
    specialty: str
    stage: str
    setting: str
    state: str
    plan: str
    standing: str
    years: int
    offset: int

    @property
    def email(self) -> str:
        name = f"{self.first_name} {self.last_name}".translate(TRANSLITERATED).replace("'", "")
        return f"{slugify(name).replace('-', '.')}@{DOMAIN}"


def load_members(names: dict[str, Any]) -> int:
    """Store the drawn members that are missing; how many were added. A handful of statements in all."""
    with in_bulk(by=None, why="The demonstration"):
        added = _load_members(names)
    with connection.cursor() as cursor:  # what follows asks of thousands of rows that the planner takes for none
        cursor.execute("ANALYZE accounts_user, membership_membership, membership_term")
    return added


def _load_members(names: dict[str, Any]) -> int:
    drawn = {person.email: person for person in draw(names)}
    known = set(User.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
    people = [person for email, person in drawn.items() if email not in known]
    if not people:
        return 0
    professions, specialties, plans = _by_slug(Profession), _by_slug(Specialty), _by_slug(Plan)
    users = User.objects.bulk_create(
        User(
            email=person.email,
            password=make_password(None),
            first_name=person.first_name,
            last_name=person.last_name,
            degrees=person.degrees,
            profession=professions[person.profession],
            specialty=specialties[person.specialty],
        )
        for person in people
    )
    stages, settings = _by_slug(CareerStage), _by_slug(PracticeSetting)
    today = timezone.localdate()
    terms = [terms_of(person, plans[person.plan], today) for person in people]
    memberships = Membership.objects.bulk_create(
        Membership(
            user=user,
            number=number,
            joined_on=dates[0][0],
            career_stage=stages[person.stage],
            practice_setting=settings[person.setting],
            state_code=person.state,
        )
        for person, user, dates, number in zip(people, users, terms, _numbers(len(people)), strict=True)
    )
    paid = [
        PaidDues(membership, plans[person.plan], _paid_term(membership, plans[person.plan], days), days == dates[0])
        for person, membership, dates in zip(people, memberships, terms, strict=True)
        for days in dates
    ]
    pay_dues(paid)
    Term.objects.bulk_create(one.term for one in paid)
    return len(people)


def _by_slug(model: Any) -> dict[str, Any]:
    return {row.slug: row for row in model.objects.all()}


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('membership_number') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def draw(names: dict[str, Any]) -> list[Person]:
    """The people, always the same ones for the same lists."""
    dice = random.Random(SEED)  # noqa: S311 - sample people, not secrets
    people: dict[str, Person] = {}
    while len(people) < names["members"]:
        person = _draw_one(dice, names)
        people.setdefault(person.email, person)
    return list(people.values())


def _pick(dice: random.Random, weights: dict[str, int]) -> str:
    return dice.choices(list(weights), weights=list(weights.values()))[0]


def _draw_one(dice: random.Random, names: dict[str, Any]) -> Person:
    weights = names["weights"]
    profession = _pick(dice, weights["professions"])
    stage = _pick(dice, weights["career_stages"])
    region = _pick(dice, weights["regions"])
    specialties = weights["specialties_by_profession"].get(profession, weights["specialties"])
    states = names["regions"].get(region)
    return Person(
        first_name=dice.choice(names["first_names"]),
        last_name=dice.choice(names["last_names"]),
        degrees=_pick(dice, names["degrees"][profession]) if stage != "student" else "",
        profession=profession,
        specialty=_pick(dice, specialties),
        stage=stage,
        setting=_pick(dice, weights["practice_settings"]),
        state=dice.choice(states) if states else ABROAD,
        plan="international" if states is None else _plan_of(profession, stage, names["plan_rules"]),
        standing=_pick(dice, weights["standing"]),
        years=dice.randint(1, 9),
        offset=dice.randint(0, 299),
    )


def _plan_of(profession: str, stage: str, rules: list[dict[str, str]]) -> str:
    """The plan of the first row that fits."""
    return next(
        rule["plan"]
        for rule in rules
        if rule["profession"] in {"*", profession} and rule["career_stage"] in {"*", stage}
    )


def terms_of(person: Person, plan: Plan, today: date) -> list[tuple[date, date]]:
    """Yearly terms without a gap, ending so that the person stands as drawn: active, in grace, lapsed, or long gone.

    Most of those who are long gone left after a year or two.
    """
    if person.standing == "former":
        last_day = today - timedelta(days=plan.grace_days + 30 + person.offset + 365 * (person.offset % 7))
        return yearly(last_day, max(person.years - 5, 1), plan)
    if person.standing == "active":
        last_day = today + timedelta(days=1 + person.offset * 363 // 299)  # spread over the year that is to come
    elif person.standing == "grace":
        last_day = today - timedelta(days=1 + person.offset % max(plan.grace_days - 5, 1))
    else:
        last_day = today - timedelta(days=plan.grace_days + 30 + person.offset)
    return yearly(last_day, person.years, plan)


def yearly(last_day: date, count: int, plan: Plan) -> list[tuple[date, date]]:
    """That many terms, the last of which ends on the day given or up to three days earlier."""
    after = last_day + timedelta(days=1)
    if after.day > 28:  # a day that every month has, so that the terms meet
        after = after.replace(day=28)
    starts = [_months_before(after, plan.term_months * back) for back in range(count, 0, -1)]
    return [(starts_on, term_end(starts_on, plan.term_months)) for starts_on in starts]


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 - months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def load_sign_ins() -> None:
    """The demo's member, active; the lapsed member, beyond grace."""
    plan = Plan.objects.get(slug="physician")
    today = timezone.localdate()
    for email, last_day, state in (
        (MEMBER, today + timedelta(days=200), "IL"),
        (LAPSED, today - timedelta(days=plan.grace_days + 170), "AZ"),
    ):
        user = User.objects.filter(email=email).first()
        if user is None or Membership.objects.filter(user=user).exists():
            continue
        dates = yearly(last_day, 3, plan)
        membership = Membership.objects.create(
            user=user,
            number=next_member_number(),
            joined_on=dates[0][0],
            state_code=state,
            career_stage=CareerStage.objects.get(slug="mid-career"),
            practice_setting=PracticeSetting.objects.get(slug="group-practice"),
        )
        paid = [PaidDues(membership, plan, _paid_term(membership, plan, days), days == dates[0]) for days in dates]
        with in_bulk(by=None, why="The demonstration"):
            pay_dues(paid)
            Term.objects.bulk_create(one.term for one in paid)


def _paid_term(membership: Membership, plan: Plan, days: tuple[date, date]) -> Term:
    starts_on, ends_on = days
    term = Term(membership=membership, plan=plan, starts_on=starts_on, ends_on=ends_on, source=Term.Source.PAID)
    term.grant()
    return term


def load_leaving() -> None:
    """A pause that staff decide on, of a sample member whose term runs, unless there is one."""
    if Pause.objects.exists():
        return
    today = timezone.localdate()
    running = Term.objects.valid().filter(starts_on__lt=today, ends_on__gt=today + timedelta(days=120))
    term = running.filter(membership__user__email__endswith=f"@{DOMAIN}").order_by("membership__number").first()
    if term:
        Pause.objects.create(
            membership=term.membership,
            reason=PauseReason.OTHER,
            note="I teach abroad for half a year and would like to come back to the days that I have paid.",
            starts_on=today + timedelta(days=30),
            back_on=today + timedelta(days=210),
            asked_by=term.membership.user,
        )


def load_application(row: dict[str, Any]) -> bool:
    """A sample application as staff find it; nothing is mailed. Whether it was added."""
    user, _ = User.objects.get_or_create(
        email=row["email"],
        defaults={name: row[name] for name in ("first_name", "last_name", "degrees")}
        | {"password": make_password(None)},
    )
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    if Application.objects.filter(user=user).exists():
        return False
    copied = ("first_name", "last_name", "degrees", "state_code", "workplace", "training", "license", "remarks")
    application = Application.objects.create(
        user=user,
        plan=Plan.objects.get(slug=row["plan"]),
        profession=Profession.objects.get(slug=row["profession"]),
        specialty=Specialty.objects.get(slug=row["specialty"]),
        career_stage=CareerStage.objects.get(slug=row["career_stage"]),
        practice_setting=PracticeSetting.objects.get(slug=row["practice_setting"]),
        submitted_at=timezone.now() - timedelta(days=row["days_ago"]),
        **{name: row[name] for name in copied},
    )
    if "asked" in row:
        staff = User.objects.filter(is_superuser=True).first()
        move(application, ApplicationStatus.INFO_ASKED, by=staff, reason=row["asked"])
    return True
