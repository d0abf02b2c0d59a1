"""How far a place of work is from the nearest large city: "near Denver" may be an hour away, and the map says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aapm_site.accounts.distance import miles
from aapm_site.accounts.models import Place
from aapm_site.core.cache.remembered import remembered

from ..models import JobLocation

LARGE = 250_000  # people
SAME_TOWN_MILES = 2.0


@dataclass(frozen=True)
class LargeCity:
    """A city that people know without a map."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class PlaceOfWork:
    """A place as the position names it, and the nearest large city with the miles to it, in a straight line."""

    name: str
    city: str = ""
    away: int = 0


@remembered
def large_cities() -> tuple[LargeCity, ...]:
    """About ninety of them; one query."""
    rows = Place.objects.filter(country="US", population__gte=LARGE).order_by("pk")
    return tuple(LargeCity(place.label, float(place.latitude), float(place.longitude)) for place in rows)


def places_of_work(locations: Iterable[JobLocation]) -> list[PlaceOfWork]:
    """The places, each with its distance; without one where the gazetteer lacks the place, or it is such a city."""
    rows = list(locations)
    cities = large_cities() if any(row.place for row in rows) else ()
    return [_measured(row.in_words, row.place, cities) for row in rows]


def _measured(name: str, place: Place | None, cities: Sequence[LargeCity]) -> PlaceOfWork:
    if place is None or not cities:
        return PlaceOfWork(name)
    away = {city: miles(place.latitude, place.longitude, city.latitude, city.longitude) for city in cities}
    nearest = min(cities, key=away.__getitem__)
    if away[nearest] < SAME_TOWN_MILES:
        return PlaceOfWork(name)
    return PlaceOfWork(name, nearest.name, round(away[nearest]))
