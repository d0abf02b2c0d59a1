"""What the pictures of the members are called."""

from collections.abc import Iterable

from ..queries.statistics import Chart

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
