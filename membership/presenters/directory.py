"""An entry of the directories as one audience sees it: what is not shown to that audience is not in what comes back."""

from dataclasses import dataclass
from math import floor
from typing import Any

from django.urls import reverse

from aapm_site.accounts.languages import SpokenLanguage

from ..directory_parts import MILES, DirectoryAudience, DirectoryPart
from ..models import DirectoryEntry

PAGES = {
    DirectoryAudience.MEMBERS: ("membership:directory-entry", "membership:directory-write"),
    DirectoryAudience.PUBLIC: ("find:clinician", "find:write"),
}


@dataclass(frozen=True)
class ShownEntry:
    """Nothing else of a member reaches a page. Empty: not shown, or not filled in."""

    name: str
    url: str
    work: str = ""
    practice: str = ""
    place: str = ""
    away: str = ""
    languages: str = ""
    takes: tuple[str, ...] = ()
    telephone: str = ""
    website: str = ""
    write_url: str = ""

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What a page says in a list of terms; the telephone and the web page are links and stand apart."""
        return [("Practice", self.practice), ("Where", self.place), ("Languages", self.languages)]

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(mark for mark in self.telephone.partition("ext")[0] if mark.isdigit() or mark == "+")


def as_shown(entry: DirectoryEntry, audience: str) -> ShownEntry:
    """The entry as members or everybody find it. Reads what `with_person` brings."""
    parts, person = entry.parts(audience), entry.membership.user
    page, write = PAGES[DirectoryAudience(audience)]

    def told(part: DirectoryPart, words: str) -> str:
        return words if part in parts else ""

    return ShownEntry(
        name=person.signature_name,
        url=reverse(page, args=[entry.public_id]),
        work=told(DirectoryPart.WORK, ", ".join(str(one) for one in (person.profession, person.specialty) if one)),
        practice=told(DirectoryPart.PRACTICE, entry.practice),
        place=told(DirectoryPart.PLACE, entry.place_text),
        away=told(DirectoryPart.PLACE, miles_words(getattr(entry, "away", None))),
        languages=told(DirectoryPart.LANGUAGES, _languages(entry)),
        takes=_takes(entry, parts),
        telephone=told(DirectoryPart.TELEPHONE, entry.telephone),
        website=told(DirectoryPart.WEBSITE, entry.website),
        write_url=reverse(write, args=[entry.public_id]) if _takes_messages(entry, parts) else "",
    )


def _takes_messages(entry: DirectoryEntry, parts: frozenset[str]) -> bool:
    return DirectoryPart.CONTACT in parts and bool(entry.membership.user.email)


def _takes(entry: DirectoryEntry, parts: frozenset[str]) -> tuple[str, ...]:
    """Only what is so: who takes none now says nothing of it."""
    said = []
    if entry.takes_new_patients and DirectoryPart.NEW_PATIENTS in parts:
        said.append("Takes new patients")
    if entry.takes_referrals and DirectoryPart.REFERRALS in parts:
        said.append("Takes referrals")
    return tuple(said)


def _languages(entry: DirectoryEntry) -> str:
    return ", ".join(SpokenLanguage(one).label for one in entry.languages)


def miles_words(away: float | None) -> str:
    if away is None:
        return ""
    miles = floor(away + 0.5)
    return f"About {miles} mile{'s' if miles != 1 else ''} away" if miles else "Less than a mile away"


def wider_circle(miles: int, away: float | None) -> tuple[str, int | None]:
    """What to say where nobody is found within some miles: how far the nearest is, and the circle that holds them."""
    if away is None:
        return f"Nobody who fits is listed within {max(miles, MILES[-1])} miles.", None
    circle = next(one for one in MILES if one > miles and one >= away)
    said = miles_words(away)
    return f"Nobody who fits is listed within {miles} miles. The nearest is {said[0].lower()}{said[1:]}.", circle


def count_words(count: int, most: int, one: str, many: str) -> str:
    """“1 clinician”, “12 clinicians”, “More than 200 clinicians”."""
    if count > most:
        return f"More than {most} {many}"
    return f"{count} {one if count == 1 else many}"


@dataclass(frozen=True)
class PartRow:
    """One row of the form: what it is, what stands there now, and its box for each directory."""

    label: str
    members: Any
    public: Any


def part_rows(form: Any) -> list[PartRow]:
    """The boxes of both directories beside each other, by what they show."""
    pairs = zip(form["members_parts"].subwidgets, form["public_parts"].subwidgets, strict=True)
    return [PartRow(str(members.data["label"]), members, public) for members, public in pairs]
