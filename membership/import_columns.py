"""The columns of a list of members: what each holds, what it may be headed, and in which order dates are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models


class DateOrder(models.TextChoices):
    YMD = "ymd", "Year first: 2026-03-31"
    MDY = "mdy", "Month first: 03/31/2026"
    DMY = "dmy", "Day first: 31/03/2026"


class Outcome(models.TextChoices):
    """What a line would do, or why it does nothing."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
    WRONG = "wrong", "Wrong"


@dataclass(frozen=True)
class ImportColumn:
    """One thing that a list may say of a member; `example` stands in the template."""

    name: str
    label: str
    also: tuple[str, ...]
    example: str
    note: str = ""


COLUMNS = (
    ImportColumn("number", "Member number", ("number", "member no", "member id", "id", "no"), "104217"),
    ImportColumn("email", "E-mail", ("email", "e-mail address", "mail"), "amara.okafor@example.org"),
    ImportColumn("first_name", "First name", ("given name", "forename", "first"), "Amara"),
    ImportColumn("last_name", "Last name", ("surname", "family name", "last", "name"), "Okafor"),
    ImportColumn("degrees", "Degrees", ("degree", "credentials", "suffix"), "MD, MPH"),
    ImportColumn("state", "State", ("state code", "province", "region"), "NY", "Two letters or the name."),
    ImportColumn("joined_on", "Member since", ("joined", "join date", "joined on", "since"), "2011-05-01"),
    ImportColumn(
        "category", "Category", ("plan", "membership type", "type", "member type"), "", "As it is called on the site."
    ),
    ImportColumn("starts_on", "Term from", ("from", "starts on", "start", "start date", "begin"), "2026-01-01"),
    ImportColumn("ends_on", "Term to", ("to", "ends on", "end", "end date", "expires", "paid through"), "2026-12-31"),
)  # fmt: skip
NAMES = tuple(column.name for column in COLUMNS)
DATES = ("joined_on", "starts_on", "ends_on")
# Databases write the midnight with which a day begins beside it.
_MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?| 12:00(?::00)? AM)?"
_SHAPES = {
    DateOrder.YMD: rf"^(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_MIDNIGHT}$",
    DateOrder.MDY: rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_MIDNIGHT}$",
    DateOrder.DMY: rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_MIDNIGHT}$",
}
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?: .*)?", re.ASCII)
MONTHS = 12
_PARTS = {DateOrder.YMD: r"\1-\2-\3", DateOrder.MDY: r"\3-\1-\2", DateOrder.DMY: r"\3-\2-\1"}


def date_shape(order: str) -> tuple[str, str]:
    """How a date looks in this order, as a pattern, and what its parts are as year, month and day."""
    return _SHAPES[DateOrder(order)], _PARTS[DateOrder(order)]


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.casefold()).strip()


def guess(headings: Sequence[str]) -> dict[str, int]:
    """For each field that a heading names, the number of its column from 1. A column is used once."""
    plain = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for asked in (lambda column: {column.label, column.name}, lambda column: set(column.also)):
        for column in COLUMNS:
            words = {_plain(word) for word in asked(column)}
            place = next((at for at, word in enumerate(plain, 1) if word in words and at not in found.values()), None)
            if column.name not in found and place is not None:
                found[column.name] = place
    return found


def guess_order(values: Sequence[str]) -> DateOrder:
    """The order in which most of these can be dates: the year first, unless it stands at the end."""
    slashed = [match for value in values if (match := _YEAR_LAST.fullmatch(value.strip()))]
    if not slashed:
        return DateOrder.YMD
    by_day, by_month = (sum(int(match[part]) > MONTHS for match in slashed) for part in (1, 2))
    return DateOrder.DMY if by_day > by_month else DateOrder.MDY
