"""Tables for spreadsheets: streamed line by line, marked as UTF-8, and without cells that would run as a formula."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"  # lets spreadsheets see that it is UTF-8


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(cells: Iterable[Any]) -> list[str]:
    """Cells that no spreadsheet takes for a formula. Numbers stay numbers: −5 is no formula, "-5" as a text may be."""
    return [str(cell) if isinstance(cell, int | Decimal) else _harmless(str(cell)) for cell in cells]


def _harmless(text: str) -> str:
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text


def lines(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The table as text, a line at a time; `rows` may be an iterator over any number of them."""
    writer = csv.writer(Echo())
    yield MARK + writer.writerow(harmless(head))
    for row in rows:
        yield writer.writerow(harmless(row))


def download(filename: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The table as a file to be saved, sent while it is read. `filename` is plain ASCII, chosen by the site."""
    response = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
