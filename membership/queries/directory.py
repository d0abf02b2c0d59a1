"""Finding members in one of the two directories.

A condition asks only entries that show this audience what it is about, so that no search tells what somebody keeps to
themselves. Pages follow a signed key, which holds where the page before ended, how many there were, and of which
search: a reader gets ten pages of a search and then narrows it, so that nobody turns the whole directory over.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
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

from ..directory_parts import MILES, DirectoryAudience, DirectoryCriteria, DirectoryPart, NearPoint
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
Tallies = Mapping[str, Mapping[str, int]]  # of each filter of the form: how many show each value


@dataclass(frozen=True)
class DirectoryKey:
    """Where a page begins: after the entry with this value and this identifier; the number of the page."""

    number: int
    value: str | float
    public_id: str

    def signed(self, search: str) -> str:
        return signing.dumps([self.number, self.value, self.public_id, search], salt=SALT, compress=True)


def search_of(audience: str, criteria: DirectoryCriteria) -> str:
    """What a key says of its search: by it nobody begins another one in the middle."""
    return sha256(f"{DirectoryAudience(audience)} {criteria}".encode()).hexdigest()[:12]


def read_key(signed: str, audience: str, criteria: DirectoryCriteria) -> DirectoryKey | None:
    """None for the first page, for what is no key of ours, and for a key of another search."""
    try:
        number, value, public_id, search = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError):  # one of a former form is no key
        return None
    return DirectoryKey(number, value, public_id) if search == search_of(audience, criteria) else None


@dataclass(frozen=True)
class FoundEntries:
    """A page of a search. `count` goes to MOST; one more says that there are more. `next_key` is empty at the end.

    `tallies` counts those found by each filter, as this audience sees them; it is empty where there are more than MOST,
    since the list itself does not tell then how many there are.
    """

    entries: tuple[DirectoryEntry, ...]
    count: int
    number: int = 1
    next_key: str = ""
    tallies: "Tallies" = field(default_factory=dict)

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
    told = list(fitting.order_by().values_list(f"{DirectoryAudience(audience)}_parts", *TOLD)[: MOST + 1])
    count = len(told)
    number = key.number if key else 1
    ordered = _ordered(fitting, criteria.near)
    if key:
        ordered = ordered.filter(Q(sort__gt=key.value) | Q(sort=key.value, public_id__gt=key.public_id))
    rows = list(ordered.with_person()[: A_PAGE + 1])
    entries = tuple(rows[:A_PAGE])
    is_last = len(rows) <= A_PAGE or number >= MOST_PAGES
    end: Any = entries[-1] if entries else None
    further = DirectoryKey(number + 1, end.sort, end.public_id) if not is_last else None
    next_key = further.signed(search_of(audience, criteria)) if further else ""
    return FoundEntries(entries, count, number, next_key, _tallies(told))


TOLD = (
    "place__state_code",
    "membership__user__profession__slug",
    "membership__user__specialty__slug",
    "languages",
    "takes_new_patients",
    "takes_referrals",
)


def _tallies(told: list[Any]) -> Tallies:
    """Of a few entries, in Python: what a filter would find among them, by the parts that each of them shows."""
    if len(told) > MOST:
        return {}
    tallies: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    for shown, state, profession, specialty, languages, patients, referrals in told:
        values = ([state], [profession], [specialty], languages, [patients], [referrals])
        for (name, part), each in zip(COUNTED.items(), values, strict=True):
            if part in shown:
                tallies[name].update(str(one) for one in each if one)
    return tallies


COUNTED = {
    "state": DirectoryPart.PLACE,
    "profession": DirectoryPart.WORK,
    "specialty": DirectoryPart.WORK,
    "language": DirectoryPart.LANGUAGES,
    "patients": DirectoryPart.NEW_PATIENTS,
    "referrals": DirectoryPart.REFERRALS,
}


def miles_to_nearest(audience: str, criteria: DirectoryCriteria, near: NearPoint) -> float | None:
    """How far away the nearest is who fits all but the distance; None if nobody does in the widest circle.

    It is what the same search tells with more miles. One statement.
    """
    wide = replace(criteria, near=replace(near, miles=MILES[-1]))
    fitting: Any = matching(audience, wide)  # which knows of "away", unlike its type
    away: float | None = fitting.order_by("away").values_list("away", flat=True).first()
    return away


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
