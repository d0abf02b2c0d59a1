"""Open positions by the hundred thousand, the same ones each time, copied in: for the benchmarks of their search.

Professions, kinds of work and towns are as uneven as they are in life, and so are the words: from one that is in two of
three positions to one in thousands of them, and one that is nowhere.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection, models
from django.utils import timezone

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.accounts.models import Place, Profession, Specialty
from careers.choices import EmployerKind, EmploymentType, OpioidShare, PayModel, PayPeriod, Procedure, Remote, Setting
from careers.choices import YesNo as Answer
from careers.models import Employer, Job, JobLocation, JobTerms
from careers.states import JobStatus

SEED = 11
TITLES = (
    "Pain Physician", "Interventional Pain Physician", "Pain Psychologist", "Nurse Practitioner, Pain Clinic",
    "Physician Assistant, Spine", "Anesthesiologist, Pain", "Physiatrist",
)  # fmt: skip
USUAL = (
    "intervention", "injection", "opioid", "spine", "nerve", "block", "clinic", "team", "patient", "fluoroscopy",
    "ultrasound", "ketamine", "headache", "cancer", "pediatric", "rehabilitation", "psychology", "outpatient", "call",
    "weekend", "partnership", "bonus", "loan", "visa", "academic", "research", "fellowship", "board", "certified",
    "license", "schedule", "procedure", "stimulator", "pump",
)  # fmt: skip
BODIES, WORDS, RARE = 4_000, 20_000, 30_000
SHARES = {
    Setting: (8, 6, 3, 3, 1, 1, 1),
    EmploymentType: (8, 2, 2, 1, 1, 1),
    Remote: (12, 2, 1),
}
STARTS, DAYS = 85, 90
AT_ONCE = 20_000  # entries made by one statement: of a million at once the server would look through each list anew


def make(count: int) -> None:
    """The positions, of one employer for each twenty-five, in place of any that were made before."""
    load_gazetteer()
    chance = random.Random(SEED)  # noqa: S311 - a bench, not a secret
    now = timezone.now()
    with connection.cursor() as cursor:
        # Triggers look at each row that is copied; the entries are made once, at the end.
        cursor.execute("SET session_replication_role = replica; SET statement_timeout = 0")
        cursor.execute(
            "TRUNCATE careers_jobentry, careers_job_specialties, careers_joblocation, careers_jobterms, careers_job, "
            "careers_employer CASCADE"
        )
        numbers = range(1, count + 1)
        # Read before anything is copied: while rows go in, the connection answers nothing.
        professions, specialties = _keys(Profession), _keys(Specialty)
        known = Place.objects.exclude(number=None).order_by("number")
        towns = list(known.values_list("pk", "name", "state_code", "population"))
        copy_rows(cursor, Employer, _employers(chance, max(count // 25, 1)))
        copy_rows(cursor, Job, _jobs(chance, numbers, now, professions))
        copy_rows(cursor, JobLocation, _locations(chance, numbers, towns))
        copy_rows(cursor, Job.specialties.through, _specialties(chance, numbers, specialties))
        copy_rows(cursor, JobTerms, _terms(chance, numbers))
        cursor.execute("SET session_replication_role = origin")
        for first in range(1, count + 1, AT_ONCE):
            cursor.execute(
                "SELECT careers_refresh_entries(ARRAY(SELECT id FROM careers_job WHERE id BETWEEN %s AND %s))",
                [first, first + AT_ONCE - 1],
            )
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("RESET statement_timeout")


def _keys(model: type[Profession] | type[Specialty]) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def copy_rows(cursor: Any, model: type[models.Model], rows: Iterator[dict[str, Any]]) -> None:
    """Rows by the names of columns; what a row does not say is as in a new one."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
        for number, row in enumerate(rows, 1):
            said = {"id": number} | row
            copy.write_row([said[one.column] if one.column in said else _usual(one) for one in fields])


def _usual(field: models.Field) -> Any:
    value = field.get_default()
    return field.get_prep_value(value) if value is not None else None


def _employers(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        kind = chance.choice(EmployerKind.values)
        yield {"name": f"Employer {number}", "slug": f"employer-{number}", "kind": kind}


def _bodies(chance: random.Random) -> list[str]:
    often = list(accumulate(1 / (rank + 3) ** 0.95 for rank in range(WORDS)))
    bodies = []
    for _ in range(BODIES):
        words = [f"w{rank}" for rank in chance.choices(range(WORDS), cum_weights=often, k=105)]
        words += [word for word in USUAL if chance.random() < 0.12]
        bodies.append(f"<p>{' '.join(words)}{' pain' if chance.random() < 0.6 else ''}</p>")
    return bodies


def _jobs(chance: random.Random, numbers: range, now: datetime, professions: list[int]) -> Iterator[dict[str, Any]]:
    bodies = _bodies(chance)
    weights = [1 / rank for rank in range(1, len(professions) + 1)]
    fixed = {kind: chance.choices(kind.values, share, k=len(numbers)) for kind, share in SHARES.items()}
    employers = max(len(numbers) // 25, 1)
    for place, number in enumerate(numbers):
        starts_at = now - timedelta(days=STARTS) * chance.random()
        employer = chance.randrange(employers) + 1
        yield {
            "employer_id": employer,
            "title": chance.choice(TITLES),
            "slug": "position",
            "profession_id": chance.choices(professions, weights)[0],
            "setting": fixed[Setting][place],
            "employment_type": fixed[EmploymentType][place],
            "remote": fixed[Remote][place],
            **_pay(chance),
            "summary": f"Join us, rare{number % RARE}.",
            "body": chance.choice(bodies),
            "apply_email": "jobs@example.org",
            "public_employer_name": f"Employer {employer}",
            "places_text": "Portland, Maine",
            "featured": chance.random() < 0.02,
            "status": JobStatus.APPROVED,
            "starts_at": starts_at,
            "approved_at": starts_at,
            "ends_at": starts_at + timedelta(days=DAYS),
        }


def _pay(chance: random.Random) -> dict[str, Any]:
    kind = chance.random()
    if kind < 0.18:
        return {"pay_min": None, "pay_max": None, "pay_exemption": "By rank."}
    most = 40 + int(chance.random() * 160) if kind < 0.4 else 90_000 + int(chance.random() ** 2 * 520_000)
    period = PayPeriod.HOUR if kind < 0.4 else PayPeriod.YEAR
    return {"pay_min": most * 3 // 4, "pay_max": most, "pay_period": period}


def _locations(chance: random.Random, numbers: range, towns: list[Any]) -> Iterator[dict[str, Any]]:
    often = list(accumulate(max(town[3], 300) for town in towns))
    for number in numbers:
        several = 1 if chance.random() < 0.82 else chance.randint(2, 4)
        chosen = {town[0]: town for town in chance.choices(towns, cum_weights=often, k=several)}
        for order, (place, name, state, _) in enumerate(chosen.values()):
            yield {"job_id": number, "place_id": place, "city": name, "state_code": state, "order": order}


def _specialties(chance: random.Random, numbers: range, known: list[int]) -> Iterator[dict[str, Any]]:
    for number in numbers:
        for specialty in chance.sample(known, chance.randint(1, 3)):
            yield {"job_id": number, "specialty_id": specialty}


def _terms(chance: random.Random, numbers: range) -> Iterator[dict[str, Any]]:
    """Of two positions one states its terms, and not all of them."""
    for number in numbers:
        if chance.random() < 0.5:
            continue
        yield {
            "job_id": number,
            "call_one_in": chance.choice((None, 0, 3, 5, 8)),
            "weekend_one_in": chance.choice((None, 0, 4)),
            "partnership_months": chance.choice((None, None, 0, 24)),
            "pay_model": chance.choice(PayModel.values),
            "tail": chance.choice(("", "employer", "clinician")),
            "hours_a_week": chance.choice((None, 16, 24, 32, 36, 40, 40, 45)),
            "opioid_share": chance.choice(OpioidShare.values),
            "procedures": chance.sample(Procedure.values, chance.randint(0, 5)),
            "new_graduates": chance.choice(Answer.values),
            "j1_waiver": chance.choice(Answer.values),
            "h1b": chance.choice(Answer.values),
        }
