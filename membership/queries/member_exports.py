"""The lines of an export: what the office knows of each member of a list, read in portions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from .. import regions
from ..models import Membership, Term
from ..rules import standing_on
from ..states import MembershipStatus

PORTION = 1_000
HEAD = (
    "Member number", "Standing", "Category", "Paid until", "Member since", "First name", "Last name", "Degrees",
    "E-mail", "Profession", "Specialty", "Career stage", "Practice setting", "State",
)  # fmt: skip
READ = (
    "pk", "number", "closed_at", "joined_on", "user__first_name", "user__last_name", "user__degrees", "user__email",
    "user__profession__name", "user__specialty__name", "career_stage__name", "practice_setting__name", "state_code",
)  # fmt: skip
STATES = dict(regions.CHOICES)


@dataclass(frozen=True)
class ExportedTerm:
    """A term as the rules read it, without a row of a model."""

    starts_on: date
    ends_on: date
    grace_days: int
    category: str

    is_void = False


def exported_rows(members: QuerySet[Membership], on: date) -> Iterator[list[Any]]:
    """A line for each member, by their numbers, as they stand on a day: two statements for a thousand of them."""
    read = members.order_by("number", "pk").values_list(*READ).iterator(chunk_size=PORTION)
    for portion in _portions(read):
        terms = _terms_of([row[0] for row in portion])
        for row in portion:
            yield _line(row, terms.get(row[0], []), on)


def _portions(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    portion: list[Sequence[Any]] = []
    for row in rows:
        portion.append(row)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _terms_of(members: Sequence[int]) -> dict[int, list[ExportedTerm]]:
    found: dict[int, list[ExportedTerm]] = {}
    columns = ("membership_id", "starts_on", "ends_on", "grace_days", "plan__name")
    for member, *term in Term.objects.valid().filter(membership__in=members).values_list(*columns):
        found.setdefault(member, []).append(ExportedTerm(*term))
    return found


def _line(row: Sequence[Any], terms: Sequence[ExportedTerm], on: date) -> list[Any]:
    _, number, closed_at, joined_on, *person, state = row
    standing = standing_on(terms, on, is_closed=closed_at is not None)
    term = standing.term if isinstance(standing.term, ExportedTerm) else None
    return [
        number, MembershipStatus(standing.status).label, term.category if term else "",
        standing.ends_on or "", joined_on, *(value or "" for value in person), STATES.get(state, ""),
    ]  # fmt: skip
