"""The tables of a full text as rows, for spreadsheets."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use

from .models import DeliveredText

if TYPE_CHECKING:
    from lxml import html
else:
    html = on_first_use("lxml.html")

_number = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
Cell = str | Decimal


def table_rows(article: int, number: int) -> list[list[Cell]] | None:
    """The rows of the table of a number, of the article of a key; None where there is none. The caller has decided."""
    text = DeliveredText.objects.filter(pk=article).values_list("html", flat=True).first()
    if not text:
        return None
    figures = html.fragment_fromstring(text, create_parent="div").xpath('.//figure[@class="table-figure"]')
    if not 1 <= number <= len(figures):
        return None
    return [row for table in figures[number - 1].iter("table") for row in _grid(table)] or None


def _grid(table: "html.HtmlElement") -> list[list[Cell]]:
    """Each cell in its column: where another spans several, the others are empty."""
    taken: dict[tuple[int, int], Cell] = {}
    rows = list(table.iter("tr"))
    for down, row in enumerate(rows):
        across = 0
        for cell in row.iterchildren("td", "th"):
            while (down, across) in taken:
                across += 1
            high, wide = _span(cell, "rowspan", len(rows) - down), _span(cell, "colspan", WIDEST)
            if len(taken) + high * wide > MOST_CELLS:
                high = wide = 1
            for below in range(high):
                for beside in range(wide):
                    taken[down + below, across + beside] = "" if below or beside else _value(cell)
    width = max((column for _, column in taken), default=-1) + 1
    return [[taken.get((down, across), "") for across in range(width)] for down in range(len(rows))]


WIDEST = 100  # columns that one cell may span
MOST_CELLS = 50_000  # beyond so many no cell spans others: made up spans would fill the memory


def _span(cell: "html.HtmlElement", name: str, most: int) -> int:
    said = cell.get(name) or "1"
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 6 else 1


def _value(cell: "html.HtmlElement") -> Cell:
    words = " ".join(cell.text_content().split())
    return Decimal(words) if _number.fullmatch(words) else words
