"""What in a text says who wrote it: names, parts of names and addresses. Pure functions; they find and refuse nothing.

Parts of a name count as they are written: “I hope” says nothing of somebody called Hope.
"""

import re
from collections.abc import Iterator

from .web_domains import is_shared

SHORTEST_TELLING = 3  # letters
# Words of an organization's name that many have in theirs.
COMMON = frozenset((
    "academic", "academy", "advanced", "alliance", "america", "american", "anesthesia", "anesthesiology",
    "associates", "association", "back", "bay", "care", "center", "centers", "central", "centre", "children",
    "city", "clinic", "clinical", "clinics", "college", "community", "comprehensive", "corporation", "county",
    "department", "doctors", "east", "eastern", "family", "first", "foundation", "general", "group", "health",
    "healthcare", "hospital", "hospitals", "inc", "institute", "international", "interventional", "llc",
    "management", "medical", "medicine", "memorial", "national", "network", "neurology", "north", "northern",
    "orthopedic", "orthopedics", "pain", "partners", "physician", "physicians", "practice", "professional",
    "psychiatry", "regional", "rehabilitation", "research", "saint", "school", "science", "sciences", "service",
    "services", "solutions", "south", "southern", "spine", "sports", "state", "states", "surgery", "surgical",
    "system", "systems", "the", "therapy", "treatment", "united", "university", "valley", "veterans", "west",
    "western", "wellness",
))  # fmt: skip


def telling_of_person(text: str, *, name: str, address: str) -> str:
    """The first part of a text that is somebody's name or address; empty without any."""
    whole = [name, address, address.partition("@")[0]]
    return _first(text, [*_any_case(whole), *_as_written(name.split())])


def telling_of_employer(text: str, *, name: str, domain: str, writer: str, address: str) -> str:
    """The same for an employer: its name, a part of it that few others have, its initials, its web address.

    Also the names and the address of whoever writes. `domain` is that of its website, or nothing.
    """
    words = re.findall(r"[\w’'-]+", name)
    rare = [word for word in words if word.casefold() not in COMMON and len(word) > SHORTEST_TELLING]
    initials = "".join(word[0] for word in words if word[0].isupper())
    hosts = [host for host in (domain, address.partition("@")[2]) if host and not is_shared(host)]
    hosts += [host.rpartition(".")[0] for host in hosts]
    whole = [name, address, *hosts]
    return _first(text, [*_any_case(whole), *_as_written([*rare, initials, *writer.split()])])


def _any_case(parts: list[str]) -> Iterator[tuple[str, re.RegexFlag]]:
    return ((part, re.IGNORECASE) for part in parts)


def _as_written(parts: list[str]) -> Iterator[tuple[str, re.RegexFlag]]:
    """As a name is written, and in capitals."""
    return ((form, re.NOFLAG) for part in parts for form in dict.fromkeys((part, part.upper())))


def _first(text: str, parts: list[tuple[str, re.RegexFlag]]) -> str:
    found = (
        re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, flag)
        for part, flag in parts
        if len(part) >= SHORTEST_TELLING
    )
    return next((one[0] for one in found if one), "")
