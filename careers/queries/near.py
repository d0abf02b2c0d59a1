"""How a radius is asked: by squares, which the index knows, and by the distance itself of what is left.

A list of the towns within the radius would be thousands of keys, each of them looked up.
"""

from math import asin, cos, degrees, floor, radians, sin

from aapm_site.accounts.distance import EARTH_MILES

from ..criteria import NearPlace

MILES_A_DEGREE = 69.0
FEW_MILES = 60  # up to here by squares of a quarter of a degree
# One of the places of an entry is no farther than so many miles from a point: latitude twice, longitude, miles.
AWAY = (
    f"{2 * EARTH_MILES} * asin(sqrt(least(1, power(sin(radians(la - %s) / 2), 2) "
    "+ cos(radians(%s)) * cos(radians(la)) * power(sin(radians(lo - %s) / 2), 2))))"
)
PLACES = "unnest(latitudes, longitudes) AS point (la, lo)"
WITHIN = f"EXISTS (SELECT FROM {PLACES} WHERE {AWAY} <= %s)"
NEAREST = f"(SELECT min({AWAY}) FROM {PLACES})"  # noqa: S608 - of our own words


def cells(near: NearPlace) -> list[int]:
    """The squares that the radius touches, by their numbers in the entries."""
    north = near.miles / MILES_A_DEGREE
    # Farthest east and west lies a little poleward of the point itself.
    east = degrees(asin(min(1.0, sin(radians(north)) / max(cos(radians(near.latitude)), 0.1))))
    parts, base, row, up, across = (1, 1_000_000, 400, 90, 180)
    if near.miles <= FEW_MILES:
        parts, base, row, up, across = (4, 2_000_000, 1_600, 360, 720)
    latitudes = _steps(near.latitude, north, parts)
    longitudes = _steps(near.longitude, east, parts)
    return [base + (latitude + up) * row + longitude + across for latitude in latitudes for longitude in longitudes]


def _steps(middle: float, reach: float, parts: int) -> range:
    return range(floor((middle - reach) * parts), floor((middle + reach) * parts) + 1)


def point(near: NearPlace) -> list[float]:
    """What `AWAY` and `NEAREST` are asked with."""
    return [near.latitude, near.latitude, near.longitude]
