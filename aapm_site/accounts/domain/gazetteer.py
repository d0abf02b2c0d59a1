"""The gazetteer: loads the frozen towns and ZIP codes (accounts/gazetteer/), which is safe to repeat.

A town is known by its number, so a later edition brings it up to date in place. One that a later edition lacks stays,
and so does what staff added.
"""

import csv
import hashlib
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.text import slugify

from aapm_site.core.models import StarterRow

from ..distance import miles
from ..models import Place
from ..place_text import place_key
from ..registry import place_users
from ..us_states import STATE_NAMES
from .places import keep_names

KIND, KEY = "gazetteer", "towns and ZIP codes"
SAME_TOWN_MILES = 30.0
COLUMNS = (
    *("number", "name", "county", "state_code", "state", "latitude", "longitude", "population", "is_twice"),
    "slug",
)
KEPT_UP = COLUMNS[1:-1]  # an address made of the slug would go on working


@dataclass(frozen=True)
class GazetteerReport:
    """What a load did: rows of each file, places from before that became towns of it, and what was linked anew."""

    towns: int
    zip_codes: int
    adopted: int
    linked: int


def is_current() -> bool:
    """Whether what is shipped is what was loaded last; one query."""
    return StarterRow.objects.filter(kind=KIND, key=KEY, shipped=_fingerprint()).exists()


def load_gazetteer() -> GazetteerReport | None:
    """Load it unless it is there already; all or nothing. Of two at once the second waits, and finds it done."""
    if is_current():
        return None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_place IN SHARE ROW EXCLUSIVE MODE")
        return None if is_current() else _load(cursor)


def _load(cursor: CursorWrapper) -> GazetteerReport:
    towns = list(_rows("towns"))
    adopted = _adopt(towns)
    _write_towns(cursor, towns)
    _write_names(cursor, towns)
    zip_codes = _write_zip_codes(cursor)
    cursor.execute("ANALYZE accounts_place, accounts_placename, accounts_zipcode")
    linked = sum(user.link() for user in place_users)
    StarterRow.objects.update_or_create(
        kind=KIND, key=KEY, defaults={"shipped": _fingerprint(), "loaded_at": timezone.now()}
    )
    return GazetteerReport(len(towns), zip_codes, adopted, linked)


# The files ------------------------------------------------------------------------------------------------------------
def _file(name: str) -> Path:
    (found,) = Path(settings.GAZETTEER).glob(f"{name}.csv*")
    return found


def _fingerprint() -> str:
    content = b"".join(_file(name).read_bytes() for name in ("towns", "zips"))
    return hashlib.sha256(content).hexdigest()[:16]


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = _file(name)
    text = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    yield from csv.DictReader(text.decode().splitlines())


# Towns ----------------------------------------------------------------------------------------------------------------
def _adopt(towns: Sequence[Mapping[str, str]]) -> int:
    """A place without a number is the nearest town that has its name and state, if one is near: whatever points at it
    then points at the town."""
    named = defaultdict(list)
    for town in towns:
        for name in _names(town):
            named[place_key(name), town["state_code"]].append(town)
    taken = set(Place.objects.exclude(number=None).values_list("number", flat=True))
    adopted = []
    for place in Place.objects.filter(number=None, country="US").order_by("pk"):
        free = [town for town in named[place_key(place.name), place.state_code] if int(town["number"]) not in taken]
        away, number = min(((_away(place, town), int(town["number"])) for town in free), default=(SAME_TOWN_MILES, 0))
        if away < SAME_TOWN_MILES:
            place.number = number
            taken.add(number)
            adopted.append(place)
    Place.objects.bulk_update(adopted, ["number"], batch_size=500)
    for place in Place.objects.filter(number=None):
        keep_names(place)
    return len(adopted)


def _away(place: Place, town: Mapping[str, str]) -> float:
    return miles(place.latitude, place.longitude, float(town["latitude"]), float(town["longitude"]))


def _names(town: Mapping[str, str]) -> list[str]:
    return [town["name"], *filter(None, town["aliases"].split("|"))]


def _write_towns(cursor: CursorWrapper, towns: Sequence[Mapping[str, str]]) -> None:
    alike = Counter((place_key(town["name"]), town["state_code"]) for town in towns)
    slugs = set(Place.objects.values_list("slug", flat=True))
    rows = []
    for town in towns:
        is_twice = alike[place_key(town["name"]), town["state_code"]] > 1
        slug = _free_slug(town, slugs)
        slugs.add(slug)
        row = {**town, "state": STATE_NAMES[town["state_code"]], "is_twice": is_twice, "slug": slug}
        rows.append([row[name] for name in COLUMNS])
    cursor.execute("CREATE TEMPORARY TABLE incoming_town (LIKE accounts_place)")
    cursor.execute("ALTER TABLE incoming_town ALTER id DROP NOT NULL, ALTER country DROP NOT NULL")
    _copy(cursor, "incoming_town", COLUMNS, rows)
    names, kept = ", ".join(COLUMNS), ", ".join(KEPT_UP)
    fresh = ", ".join(f"excluded.{name}" for name in KEPT_UP)
    there = ", ".join(f"accounts_place.{name}" for name in KEPT_UP)
    cursor.execute(
        f"INSERT INTO accounts_place ({names}, country) SELECT {names}, 'US' FROM incoming_town ORDER BY number "  # noqa: S608 - our own columns
        f"ON CONFLICT (number) DO UPDATE SET ({kept}) = ({fresh}) WHERE ({there}) IS DISTINCT FROM ({fresh})"
    )
    cursor.execute("DROP TABLE incoming_town")


def _free_slug(town: Mapping[str, str], taken: set[str]) -> str:
    plain = slugify(f"{town['name']} {town['state_code']}")
    tries = chain((plain, f"{plain}-{town['number']}"), (f"{plain}-{town['number']}-{more}" for more in count(2)))
    return next(slug for slug in tries if slug not in taken)


def _write_names(cursor: CursorWrapper, towns: Sequence[Mapping[str, str]]) -> None:
    """The names of the towns anew; those that staff added stay."""
    cursor.execute("CREATE TEMPORARY TABLE incoming_name (number integer, name varchar, key varchar)")
    rows = [[town["number"], name, place_key(name)] for town in towns for name in _names(town)]
    _copy(cursor, "incoming_name", ("number", "name", "key"), rows)
    cursor.execute("DELETE FROM accounts_placename WHERE NOT is_own")
    cursor.execute(
        "INSERT INTO accounts_placename (place_id, name, key, is_own) "
        "SELECT place.id, incoming.name, incoming.key, false FROM incoming_name AS incoming "
        "JOIN accounts_place AS place USING (number) ON CONFLICT (place_id, key) DO NOTHING"
    )
    cursor.execute("DROP TABLE incoming_name")


def _write_zip_codes(cursor: CursorWrapper) -> int:
    columns = ("code", "latitude", "longitude")
    rows = [[row[name] for name in columns] for row in _rows("zips")]
    cursor.execute("DELETE FROM accounts_zipcode")
    _copy(cursor, "accounts_zipcode", columns, rows)
    return len(rows)


def _copy(cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
