"""What the pictures of the members are called, and how a page says how many they are."""

from collections.abc import Iterable

from ..queries.statistics import Chart

LEAST_SAID = 50
CAPTIONS = {
    "specialty": "Members by primary specialty",
    "profession": "Members by profession",
    "career-stage": "Members by career stage",
    "setting": "Members by practice setting",
    "region": "Members by region",
}


def captioned(charts: Iterable[Chart]) -> list[tuple[str, tuple[tuple[str, int], ...]]]:
    """Each chart's caption and rows."""
    return [(CAPTIONS[chart.slug], chart.rows) for chart in charts]


def reach_words(members: int) -> str:
    """Whom a position reaches, in a sentence: “More than 2,000 …” for 2,001 members and for 2,999. Of very few it
    gives no number.
    """
    more_than = _leading(members - 1)
    who = "pain physicians and members of their treatment teams."
    return f"More than {more_than:,} {who}" if more_than >= LEAST_SAID else f"{who[0].upper()}{who[1:]}"


def _leading(number: int) -> int:
    """The number with noughts after its first digit."""
    place = 10 ** (len(str(max(number, 0))) - 1)
    return number // place * place
