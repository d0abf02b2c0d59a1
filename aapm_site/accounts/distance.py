"""How far two points are from each other."""

from math import asin, cos, radians, sin, sqrt
from typing import SupportsFloat

EARTH_MILES = 3_958.8
Degrees = SupportsFloat


def miles(latitude: Degrees, longitude: Degrees, other_latitude: Degrees, other_longitude: Degrees) -> float:
    """Along the surface."""
    one, other = radians(float(latitude)), radians(float(other_latitude))
    apart = radians(float(other_longitude) - float(longitude))
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(apart / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(half))
