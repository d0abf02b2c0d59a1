"""Who the members are, in numbers that name nobody. Every page that says how many members there are asks here.

A group of fewer than five is never shown: it goes into "Other groups" together with others, so that it cannot be told
by subtraction either. If that cannot be done the chart is left out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aapm_site.core.cache.remembered import remembered

from ..models import Membership
from ..regions import REGION_OF

FEWEST = 5
OTHER = "Other groups"


@dataclass(frozen=True)
class Chart:
    """One picture: what it counts by, and its rows, the largest first unless the list has an order of its own."""

    slug: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MemberStatistics:
    """How many are members, and the pictures of them; in a chart whoever is known by what it counts."""

    members: int
    charts: tuple[Chart, ...]


@remembered
def statistics_of(on: date) -> MemberStatistics:
    """The members current on a day, with all charts: one query."""
    people = list(
        Membership.objects.current(on).values_list(
            "user__specialty__name",
            "user__profession__name",
            "career_stage__name",
            "practice_setting__name",
            "state_code",
            "career_stage__order",
        )
    )
    stage_order = {stage: order for *_, stage, _, _, order in people if stage}
    drawn = (
        ("specialty", (person[0] for person in people), None),
        ("profession", (person[1] for person in people), None),
        ("career-stage", (person[2] for person in people), stage_order),
        ("setting", (person[3] for person in people), None),
        ("region", (REGION_OF.get(person[4]) for person in people), None),
    )
    found = [Chart(slug, tuple(rows(values, order))) for slug, values, order in drawn]
    return MemberStatistics(len(people), tuple(chart for chart in found if chart.rows))


def rows(values: Iterable[str | None], order: dict[str, int] | None = None) -> list[tuple[str, int]]:
    """Counted values without small cells. Unknown values are not counted."""
    counted = Counter(value for value in values if value)
    small = {name: number for name, number in counted.items() if number < FEWEST}
    shown = {name: number for name, number in counted.items() if number >= FEWEST}
    while small and shown and sum(small.values()) < FEWEST:
        least = min(shown, key=lambda name: (shown[name], name))
        small[least] = shown.pop(least)
    if 0 < sum(small.values()) < FEWEST:
        return []
    if order:
        listed = sorted(shown.items(), key=lambda pair: (order.get(pair[0], 0), pair[0]))
    else:
        listed = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    return [*listed, (OTHER, sum(small.values()))] if small else listed
