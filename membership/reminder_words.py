"""What a letter about the end of a term may hold: fields in braces, and what each becomes for one member."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from django.utils.formats import date_format

FIELD = re.compile(r"\{([^{}]*)\}")
FIELDS = {
    "name": "the member’s first name",
    "category": "the category of the term",
    "number": "the member number",
    "ends_on": "the last day of the term",
    "ends": "“ends today”, “ends on …” or “ended on …”, of the term",
    "grace_ends_on": "the last day of grace",
    "grace_ends": "the same three, of the grace",
    "grace": "a sentence that says how long everything stays open; nothing without grace",
    "stay": "how to stay a member: the dues and the link, or the press, as it is for this member",
    "site": "the address of this site",
}
SEAT_FIELDS = {
    "name": "the first name of who looks after the seats",
    "institution": "the institution",
    "category": "the category of the seats",
    "seats": "“1 seat” or “6 seats”: how many end",
    "people": "“1 person” or “4 people”: how many have one until then",
    "ends_on": "the last day of the seats",
    "ends": "“ends today”, “ends on …” or “ended on …”",
    "grace": "a sentence that says how long everything stays open to the people; nothing without grace",
    "renew": "the page on which the next term is ordered, or the invoice that waits",
    "site": "the address of this site",
}


def unknown_fields(text: str, known: Collection[str]) -> list[str]:
    """Words in braces that are no field, and braces that do not close."""
    unknown = [found for found in FIELD.findall(text) if found not in known]
    return unknown + re.findall(r"[{}]", FIELD.sub("", text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in. A paragraph that is left empty is left out."""
    filled = FIELD.sub(lambda found: values.get(found.group(1), found.group(0)), text.replace("\r\n", "\n"))
    paragraphs = (part.strip() for part in filled.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


def ends(day: date, on: date) -> str:
    """How an end is said on a day."""
    if day == on:
        return "ends today"
    return f"ends on {written(day)}" if day > on else f"ended on {written(day)}"


def written(day: date) -> str:
    """A day with its month in full, as letters say it."""
    return date_format(day, "F j, Y")
