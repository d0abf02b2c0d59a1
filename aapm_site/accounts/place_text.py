"""How the names of places are read and compared: what people type, and the key by which a name is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aapm_site.core.accents import unaccented

from .us_states import STATES

SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
KINDS_OF_COUNTY = {"county", "parish", "borough", "municipality", "municipio", "census", "area", "city", "and"}
ZIP_AT_THE_END = re.compile(r"(?:^|[\s,])(\d{5}(?:-\d{4})?)$")
MOST_READINGS = 4  # how many last words may be a state: “District of Columbia” has three


def place_key(name: str) -> str:
    """One key for all spellings of a name: St. Cloud and Saint Cloud, Cañon City and Canon City."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’‘ʻ`.]", "", unaccented(name).casefold())).split()
    return " ".join(SHORT.get(word, word) for word in words)


STATE_CODES = {place_key(word): code for code, name in STATES for word in (code, name)}


def county_key(name: str) -> str:
    """Coffee and Coffee County are one; a name that is all such words stays."""
    words = place_key(name).split()
    return " ".join([word for word in words if word not in KINDS_OF_COUNTY] or words)


def state_codes(beginning: str) -> tuple[str, ...]:
    """The states whose code or name begins so."""
    key = place_key(beginning)
    return tuple(sorted({code for word, code in STATE_CODES.items() if word.startswith(key)}))


@dataclass(frozen=True)
class PlaceReading:
    """One way to read what was typed; each part may be empty."""

    town: str = ""
    county: str = ""
    state_code: str = ""
    postal_code: str = ""

    @property
    def key(self) -> str:
        return place_key(self.town)


def readings(typed: str) -> list[PlaceReading]:
    """The ways to read it, the likeliest first: “Portland, ME”, “Oakland, Cambria County, PA”, “Portland ME 04101”."""
    text = " ".join(typed.split()).strip(" ,")
    found = ZIP_AT_THE_END.search(text)
    postal_code = found[1] if found else ""
    parts = [part.strip() for part in text[: found.start() if found else None].split(",") if part.strip()]
    if not parts:
        return [PlaceReading(postal_code=postal_code)]
    ways = _without_commas(parts[0]) if len(parts) == 1 else _by_commas(parts)
    return [PlaceReading(*way, postal_code) for way in ways]


def _by_commas(parts: list[str]) -> Iterator[tuple[str, str, str]]:
    town, *others = parts
    code = STATE_CODES.get(place_key(others[-1]), "")
    yield town, " ".join(others[:-1] if code else others), code


def _without_commas(text: str) -> Iterator[tuple[str, str, str]]:
    """The whole may be a town (“New York”), or its last words a state (“Portland ME”, “Fargo North Dakota”)."""
    yield text, "", ""
    words = text.split()
    for count in range(1, min(len(words), MOST_READINGS)):
        if code := STATE_CODES.get(place_key(" ".join(words[-count:]))):
            yield " ".join(words[:-count]), "", code
