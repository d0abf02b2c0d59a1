"""What an import did, line by line, each with its place; the summary, and the file that keeps it."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MADE, UPDATED, UNCHANGED, KEPT = "made", "updated", "unchanged", "kept yours"
LEFT_OUT, LOOK, PROBLEM = "left out", "please look", "problem"
# In the order of the summary. Only a problem makes the command end with an error.
OUTCOMES = (MADE, UPDATED, UNCHANGED, KEPT, LEFT_OUT, LOOK, PROBLEM)
MOST_CELL = 400
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ReportLine:
    """One thing that happened: to what, where it stood in the export, and the rest in a sentence."""

    outcome: str
    what: str
    place: str
    detail: str = ""

    def __str__(self) -> str:
        text = f"{self.outcome}: {self.what} {self.place}".rstrip()
        return f"{text} – {self.detail}" if self.detail else text


@dataclass
class ImportReport:
    """Collects the lines; `hear` is told of each at once."""

    hear: Callable[[ReportLine], Any] = lambda line: None
    lines: list[ReportLine] = field(default_factory=list)

    def add(self, outcome: str, what: str, place: str, detail: str = "") -> None:
        """One line. Marks that would steer a terminal are taken out: the words come from a stranger's file."""
        line = ReportLine(outcome, what, harmless(place), harmless(detail))
        self.lines.append(line)
        self.hear(line)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def summary(self) -> list[str]:
        """A table: what by outcome, only the columns and rows that hold something."""
        numbers = Counter((line.what, line.outcome) for line in self.lines)
        columns = [outcome for outcome in OUTCOMES if self.count(outcome)]
        rows = list(dict.fromkeys(line.what for line in self.lines))
        if not rows:
            return ["Nothing to bring over."]
        first = max(len(row) for row in rows)
        head = " ".join([" " * first, *(f"{name:>12}" for name in columns)])
        body = [
            " ".join([f"{row:<{first}}", *(f"{numbers[row, name] or '–':>12}" for name in columns)]) for row in rows
        ]
        return [head, *body]

    def write(self, path: Path) -> None:
        """As JSON, or as CSV for a spreadsheet when the name ends so."""
        if path.suffix.lower() == ".csv":
            with path.open("w", newline="", encoding="utf-8-sig") as file:
                writer = csv.writer(file)
                writer.writerow(["outcome", "what", "place", "detail"])
                writer.writerows([[_cell(value) for value in asdict(line).values()] for line in self.lines])
            return
        counts = {outcome: self.count(outcome) for outcome in OUTCOMES}
        data = {"counts": counts, "lines": [asdict(line) for line in self.lines]}
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def harmless(text: str) -> str:
    """On one line, of bearable length, without control characters and marks of direction."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
    return shown if len(shown) <= MOST_CELL else shown[: MOST_CELL - 1] + "…"


def _cell(value: str) -> str:
    """A spreadsheet must not take a stranger's words for a formula."""
    return f"'{value}" if value.startswith(RISKY) else value
