"""Finding places: which a typed text may mean, and what to suggest while somebody types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from django.db.models import ExpressionWrapper, FloatField, QuerySet, Value
from django.db.models.functions import Cast, Power, Sqrt

from ..distance import miles
from ..models import Place, PlaceName, ZipCode
from ..place_text import PlaceReading, county_key, place_key, readings, state_codes

MOST_CHOICES = 12
MOST_SUGGESTED = 8
MOST_NEAR = 5
SHORTEST = 2
MILES_A_DEGREE = 69.1
NEAR_DEGREES = 0.75
PEOPLE_A_CIRCLE = 7_850  # who live within a mile of the middle of a town, about
SAME_AREA_MILES = 40.0


@dataclass(frozen=True)
class PlacesFound:
    """What a text may mean: the places, the likeliest first, and how it was read. None: the gazetteer lacks it."""

    reading: PlaceReading
    places: tuple[Place, ...] = ()

    def label(self, place: Place) -> str:
        """The place in words, with the ZIP code that was typed: read again, it means this place alone."""
        return f"{place.label} {self.reading.postal_code}".strip()


PlacesByKey = Mapping[str, Sequence[Place]]


def places_named(*typed: str) -> PlacesByKey:
    """The places of each name that these texts may hold, also of those that no place has; one query."""
    named: dict[str, list[Place]] = {way.key: [] for text in typed for way in readings(text) if way.town}
    if named:
        for row in PlaceName.objects.filter(key__in=named).select_related("place"):
            named[row.key].append(row.place)
    return named


def find_places(typed: str, named: PlacesByKey | None = None) -> PlacesFound:
    """Which places a text means: one query for a town, and one more or two for a ZIP code.

    The one for the town is not asked where `named` has the answer; see places_named().
    """
    ways = readings(typed)
    first = ways[0]
    if not first.town:
        return PlacesFound(first, tuple(near_zip_code(first.postal_code)))
    if named is None or not {way.key for way in ways} <= named.keys():
        named = places_named(typed)
    for way in ways:
        if found := _fitting(way, named.get(way.key, ())):
            return PlacesFound(way, found)
    return PlacesFound(next((way for way in ways if way.state_code), first))


def _fitting(reading: PlaceReading, places: Iterable[Place]) -> tuple[Place, ...]:
    found = [place for place in places if _fits(reading, place)]
    found.sort(key=lambda place: (-place.population, place.pk))
    if len(found) > 1 and reading.postal_code:
        found = _at_zip_code(reading.postal_code, found)
    return tuple(found[:MOST_CHOICES])


def _fits(reading: PlaceReading, place: Place) -> bool:
    if reading.state_code and reading.state_code != place.state_code:
        return False
    return not reading.county or county_key(reading.county) == county_key(place.county)


def _at_zip_code(code: str, places: list[Place]) -> list[Place]:
    """Of several the nearest to the ZIP code, if it lies there at all."""
    point = ZipCode.objects.filter(code=code[:5]).first()
    if point is None:
        return places
    away = {place: miles(point.latitude, point.longitude, place.latitude, place.longitude) for place in places}
    nearest = min(places, key=away.__getitem__)
    return [nearest] if away[nearest] < SAME_AREA_MILES else places


def near_zip_code(code: str) -> list[Place]:
    """The towns in whose area a ZIP code may lie: a large town reaches further than a small one."""
    point = ZipCode.objects.filter(code=code[:5]).first() if code else None
    if point is None:
        return []
    latitude, longitude = float(point.latitude), float(point.longitude)
    shrink = max(cos(radians(latitude)), 0.1)
    north, east = NEAR_DEGREES, NEAR_DEGREES / shrink
    around = Place.objects.filter(
        latitude__range=(latitude - north, latitude + north), longitude__range=(longitude - east, longitude + east)
    )
    up = Power(Cast("latitude", FloatField()) - Value(latitude), 2)
    across = Power((Cast("longitude", FloatField()) - Value(longitude)) * Value(shrink), 2)
    reach = Sqrt(Cast("population", FloatField()) / Value(float(PEOPLE_A_CIRCLE)))
    outside = ExpressionWrapper(Sqrt(up + across) * Value(MILES_A_DEGREE) - reach, output_field=FloatField())
    return list(around.order_by(outside, "pk")[:MOST_NEAR])


def suggest_places(typed: str) -> list[tuple[str, str]]:
    """Places whose names begin so, the largest first, each with its county; one query, two for a ZIP code."""
    first = readings(typed)[0]
    if not first.town:
        return [(f"{place.label} {first.postal_code}", place.county) for place in near_zip_code(first.postal_code)]
    if len(first.key) < SHORTEST:
        return []
    return [(place.label, place.county) for place in _beginning(typed)]


def _beginning(typed: str) -> Sequence[Place]:
    town, _, after = typed.partition(",")
    if after.strip():
        return _largest(_named(place_key(town)).filter(place__state_code__in=state_codes(after.rpartition(",")[2])))
    found = _largest(_named(place_key(town)))
    # “Portland OR” begins no name, but it may be a town and its state.
    return found or find_places(typed).places[:MOST_SUGGESTED]


def _named(beginning: str) -> QuerySet[PlaceName]:
    return PlaceName.objects.filter(key__startswith=beginning)


def _largest(names: QuerySet[PlaceName]) -> list[Place]:
    """A place is found by several of its names, and shown once."""
    rows = names.select_related("place").order_by("-place__population", "place_id")[: MOST_SUGGESTED * 2]
    return list({row.place_id: row.place for row in rows}.values())[:MOST_SUGGESTED]


def places_called(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Place]:
    """The places of (town, state) pairs, by the pairs; one query. Where two towns share a name, neither is guessed."""
    wanted = set(pairs)
    found: dict[tuple[str, str], set[Place]] = {}
    keys = {place_key(town) for town, _ in wanted}
    for row in PlaceName.objects.filter(key__in=keys, place__country="US").select_related("place"):
        found.setdefault((row.key, row.place.state_code), set()).add(row.place)
    known = {pair: found.get((place_key(pair[0]), pair[1]), set()) for pair in wanted}
    return {pair: next(iter(places)) for pair, places in known.items() if len(places) == 1}
