"""Finding members in one of the two directories.

A condition asks only entries that show this audience what it is about, so that no search tells what somebody keeps to
themselves. Pages follow a signed key, which holds where the page before ended and how many there were: a reader gets
ten pages of a search and then narrows it, so that nobody turns the whole directory over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians
from typing import Any

from django.core import signing
from django.db.models import Count, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import (
    ASin,
    Cast,
    Concat,
    Cos,
    Greatest,
    Least,
    Lower,
    Power,
    Radians,
    Replace,
    Sin,
    Sqrt,
)

from aapm_site.accounts.distance import EARTH_MILES
from aapm_site.core.cache.remembered import remembered

from ..directory_parts import DirectoryAudience, DirectoryCriteria, DirectoryPart, NearPoint
from ..models import DirectoryEntry

A_PAGE = 20
MOST_PAGES = 10
MOST = A_PAGE * MOST_PAGES
SALT = "membership.directory-page"
MILES_A_DEGREE = 69.0
# Each word of a name after a space, so that a word which is looked for begins one.
NAMED = Concat(
    Value(" "),
    "membership__user__first_name",
    Value(" "),
    Replace("membership__user__last_name", Value("-"), Value(" ")),
)
Found = QuerySet[DirectoryEntry]


@dataclass(frozen=True)
class DirectoryKey:
    """Where a page begins: after the entry with this value and this identifier; the number of the page."""

    number: int
    value: str | float
    public_id: str

    def signed(self) -> str:
        return signing.dumps([self.number, self.value, self.public_id], salt=SALT, compress=True)


def read_key(signed: str) -> DirectoryKey | None:
    """None for the first page, and for what is no key of ours."""
    try:
        number, value, public_id = signing.loads(signed, salt=SALT) if signed else (0, "", "")
    except signing.BadSignature:
        return None
    return DirectoryKey(number, value, public_id) if number else None


@dataclass(frozen=True)
class FoundEntries:
    """A page of a search. `count` goes to MOST; one more says that there are more. `next_key` is empty at the end."""

    entries: tuple[DirectoryEntry, ...]
    count: int
    number: int = 1
    next_key: str = ""

    @property
    def is_more(self) -> bool:
        return self.count > MOST

    @property
    def is_cut_off(self) -> bool:
        """Whether this is the last page that a reader gets, although more fits."""
        return self.is_more and self.number >= MOST_PAGES


def find_entries(audience: str, criteria: DirectoryCriteria, key: DirectoryKey | None = None) -> FoundEntries:
    """One page: the nearest first, else by name. Two statements, whatever it finds."""
    fitting = matching(audience, criteria)
    count = fitting.order_by()[: MOST + 1].count()
    number = key.number if key else 1
    ordered, is_near = _ordered(fitting, criteria.near), criteria.near is not None
    if not _fits(key, is_near=is_near):
        return FoundEntries((), count, number)
    if key:
        ordered = ordered.filter(Q(sort__gt=key.value) | Q(sort=key.value, public_id__gt=key.public_id))
    rows = list(ordered.with_person()[: A_PAGE + 1])
    entries = tuple(rows[:A_PAGE])
    is_last = len(rows) <= A_PAGE or number >= MOST_PAGES
    end: Any = entries[-1] if entries else None
    next_key = "" if is_last else DirectoryKey(number + 1, end.sort, end.public_id).signed()
    return FoundEntries(entries, count, number, next_key)


def _fits(key: DirectoryKey | None, *, is_near: bool) -> bool:
    """Whether a key is of this order: one by name leads nowhere among miles."""
    return key is None or isinstance(key.value, float | int) == is_near


def matching(audience: str, criteria: DirectoryCriteria) -> Found:
    """All that this audience may find by these criteria, without an order."""
    shown = DirectoryEntry.objects.shown_to(audience)
    if criteria.name:
        shown = shown.annotate(named=NAMED)
    parts = f"{DirectoryAudience(audience)}_parts__contains"
    for part, condition in _conditions(criteria):
        shown = shown.filter(condition, **({parts: [part]} if part else {}))
    return _within(shown.filter(**{parts: [DirectoryPart.PLACE]}), criteria.near) if criteria.near else shown


def _conditions(criteria: DirectoryCriteria) -> Iterable[tuple[str, Q]]:
    """Each with the part of an entry that has to be shown for it."""
    for word in criteria.name.split():
        yield "", Q(named__unaccent__icontains=f" {word}")
    if criteria.state:
        yield DirectoryPart.PLACE, Q(place__state_code=criteria.state)
    if criteria.profession:
        yield DirectoryPart.WORK, Q(membership__user__profession__slug=criteria.profession)
    if criteria.specialty:
        yield DirectoryPart.WORK, Q(membership__user__specialty__slug=criteria.specialty)
    if criteria.language:
        yield DirectoryPart.LANGUAGES, Q(languages__contains=[criteria.language])
    if criteria.new_patients:
        yield DirectoryPart.NEW_PATIENTS, Q(takes_new_patients=True)
    if criteria.referrals:
        yield DirectoryPart.REFERRALS, Q(takes_referrals=True)


def _within(found: Found, near: NearPoint) -> Found:
    """Those in the circle: first by a band of degrees, which an index knows, then by the distance itself."""
    north = near.miles / MILES_A_DEGREE
    east = min(180.0, north / max(cos(radians(abs(near.latitude) + north)), 0.01))
    band = found.filter(latitude__range=_about(near.latitude, north), longitude__range=_about(near.longitude, east))
    return band.annotate(away=_miles_from(near)).filter(away__lte=float(near.miles))


def _about(middle: float, reach: float) -> tuple[Decimal, Decimal]:
    return Decimal(f"{middle - reach:.5f}"), Decimal(f"{middle + reach:.5f}")


def _miles_from(near: NearPoint) -> Any:
    """Along the surface, as accounts.distance counts."""
    one, other = Radians(Value(near.latitude, FloatField())), Radians(Cast("latitude", FloatField()))
    across = Radians(Cast("longitude", FloatField())) - Radians(Value(near.longitude, FloatField()))
    half = Power(Sin((other - one) / 2.0), 2) + Cos(one) * Cos(other) * Power(Sin(across / 2.0), 2)
    return Value(2 * EARTH_MILES, FloatField()) * ASin(Sqrt(Least(Value(1.0), Greatest(Value(0.0), half))))


def _ordered(found: Found, near: NearPoint | None) -> Any:
    sort = (
        F("away") if near else Lower(Concat("membership__user__last_name", Value(" "), "membership__user__first_name"))
    )
    return found.annotate(sort=sort).order_by("sort", "public_id")


def one_entry(audience: str, public_id: str) -> DirectoryEntry | None:
    """One that this audience may read now. One statement."""
    return DirectoryEntry.objects.shown_to(audience).with_person().filter(public_id=public_id).first()


@remembered
def count_by_state(audience: str) -> tuple[tuple[str, int], ...]:
    """How many there are in each state, of those who show where they work; as long as half a minute old."""
    shows = {f"{DirectoryAudience(audience)}_parts__contains": [DirectoryPart.PLACE], "place__isnull": False}
    placed = matching(audience, DirectoryCriteria()).filter(**shows).order_by()
    return tuple(placed.values_list("place__state_code").annotate(number=Count("pk")))
