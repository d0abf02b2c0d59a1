"""Readers for the tests of usage: openings as they wait in memory, and a plain count by the Code of Practice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from membership.journal.counting import AccessType, UsageKind
from membership.journal.domain.usage import Noted, Opening

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1"


class Pressed(NamedTuple):
    """What a reader opened, when, as the table and the property say it."""

    reader: str
    article: int | None
    use: UsageKind
    at: datetime
    part: str = ""
    access: AccessType = AccessType.CONTROLLED


class Counted(NamedTuple):
    investigations: int = 0
    requests: int = 0
    unique_investigations: int = 0
    unique_requests: int = 0
    denials: int = 0


def noted(pressed: Iterable[Pressed]) -> list[Noted]:
    return [
        Noted(one.at, Opening(UsageKind.SEARCH, one.part), one.reader, BROWSER)
        if one.article is None
        else Noted(one.at, Opening(one.use, one.part, one.article, one.access, 2026), one.reader, BROWSER)
        for one in pressed
    ]


def counted_plainly(pressed: Iterable[Pressed]) -> dict[tuple[int | None, AccessType], Counted]:
    """One after another, as the text of the Code of Practice says it; days are apart."""
    stay = []
    ordered = sorted(pressed, key=lambda one: one.at)
    for place, one in enumerate(ordered):
        day = timezone.localdate(one.at)
        again = any(
            (later.reader, later.article, later.part) == (one.reader, one.article, one.part)
            and later.at - one.at <= timedelta(seconds=30)
            and timezone.localdate(later.at) == day
            for later in ordered[place + 1 :]
        )
        if not again:
            stay.append((day, one))
    found: dict[tuple[int | None, AccessType], dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for number, (day, one) in enumerate(stay):
        sets = found[one.article, one.access]
        session = (one.reader, day, one.at.replace(minute=0, second=0, microsecond=0))
        sets["investigations"].add(number)
        sets["unique_investigations"].add(session)
        if one.use == UsageKind.REQUEST:
            sets["requests"].add(number)
            sets["unique_requests"].add(session)
        if one.use == UsageKind.DENIED:
            sets["denials"].add(number)
    return {key: Counted(*(len(sets[name]) for name in Counted._fields)) for key, sets in found.items()}
