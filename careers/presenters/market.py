"""The market for pain clinicians in figures that were published."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Market:
    """Lines over the same years, for the tag `lines`; where they come from."""

    caption: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


# Pain Med. 2024;25(6):374-379.
FELLOWSHIPS = Market(
    "Fellowship positions and applicants",
    ("2014", "2023"),
    (("Fellowship positions", (261, 377)), ("Applicants", (398, 415))),
)
