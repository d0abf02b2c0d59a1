"""What people write into a free text by habit and nobody should read there: numbers of licenses, homes, and the like.

It finds what looks so. A warning is all that comes of it, so a doubtful case is left alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class PrivateKind(Enum):
    DEA = "a DEA number"
    LICENSE = "the number of a license"
    SOCIAL = "a Social Security number"
    HOME = "a street address"


@dataclass(frozen=True)
class PrivateNumber:
    """What was found, as it was written."""

    kind: PrivateKind
    written: str


_dea = re.compile(r"(?<![A-Za-z0-9])([ABCDEFGHJKLMPRSTUX][A-Z9])[- ]?(\d{7})(?![A-Za-z0-9])", re.IGNORECASE)
_dea_named = re.compile(r"\bDEA\b\W{0,3}(?:registration|number|no|nr)?\W{0,4}([A-Z]{2}[- ]?\d{7})\b", re.IGNORECASE)
_license = re.compile(
    r"\b(?:licen[sc]es?|lic)\b[^\d\n]{0,30}?(?<![A-Za-z0-9])"
    r"((?:(?!nr?o?\b|num\b)[A-Z]{1,4}[-. ]{0,2})?\d[\d.-]{2,}\d[A-Z]?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# After “licensed in Maine 04101” stands a place, and after “since 2014” a year.
_place_or_year = re.compile(r"(?:19|20)\d\d(?:[-–.](?:(?:19|20)\d\d|\d\d))?")
_numbered = re.compile(r"#|\b(?:no|nr|number|num)\b", re.IGNORECASE)
_social = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
# “42 North Elm Street”: each word of the name has a capital or is a number of a street.
_name = r"(?:(?:[A-Z][\w'’.-]*|\d{1,3}(?:st|nd|rd|th))[ ]+){1,3}"
_whole = "Street|Avenue|Road|Lane|Court|Boulevard|Terrace|Circle|Parkway|Drive|Trail|Highway|Way|Place|Square"
_short = "St|Ave|Rd|Ln|Ct|Blvd|Ter|Cir|Pkwy|Dr|Trl|Hwy|Pl|Sq"
_street = re.compile(
    rf"(?<![\w.,$-])\d{{1,5}}[A-Za-z]?[ ]+{_name}(?:(?:{_whole})\b|(?:{_short})\b\.?(?=\s*(?:$|[,;\n)]|\#|Apt|Unit)))",
    re.MULTILINE,
)
_box = re.compile(r"\bP\.?[ ]?O\.?[ ]?Box[ ]+\d+", re.IGNORECASE)


def found_in(text: str) -> list[PrivateNumber]:
    """What looks like a number or an address that should not stand here, each once, as it is written."""
    found = [
        *(PrivateNumber(PrivateKind.DEA, one) for one in _dea_numbers(text)),
        *(PrivateNumber(PrivateKind.LICENSE, one) for one in _license_numbers(text)),
        *(PrivateNumber(PrivateKind.SOCIAL, one[0]) for one in _social.finditer(text)),
        *(PrivateNumber(PrivateKind.HOME, one[0]) for one in (*_street.finditer(text), *_box.finditer(text))),
    ]
    return _each_once(found)


def _each_once(found: Iterable[PrivateNumber]) -> list[PrivateNumber]:
    """What is written in one place is one thing, the first that it looks like."""
    return list({one.written: one for one in reversed(list(found))}.values())[::-1]


def _dea_numbers(text: str) -> list[str]:
    """Those that add up, and those that are called so."""
    whole = [found[0] for found in _dea.finditer(text) if _adds_up(found[2])]
    return [*whole, *(found[1] for found in _dea_named.finditer(text) if found[1] not in whole)]


def _adds_up(digits: str) -> bool:
    """The last digit of a DEA number is that of the sum of the first, third and fifth and twice the others."""
    one, two, three, four, five, six, last = map(int, digits)
    return (one + three + five + 2 * (two + four + six)) % 10 == last


def _license_numbers(text: str) -> list[str]:
    return [found[1] for found in _license.finditer(text) if _is_number(found)]


def _is_number(found: re.Match[str]) -> bool:
    written = found[1]
    if _place_or_year.fullmatch(written):
        return False
    digits = re.sub(r"\D", "", written)
    is_zip_code = written.isdigit() and len(written) == 5
    return len(digits) >= 4 and (not is_zip_code or bool(_numbered.search(found[0])))
