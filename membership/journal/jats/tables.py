"""Tables, in the model of HTML and in that of OASIS (CALS); each scrolls in its place, with its notes below it."""

import re
from collections.abc import Iterator
from html import escape

from .reading import Element, is_element, words_of
from .rules import IN_THE_CAPTION, caption, whose
from .writer import ArticleWriter, rule

MOST_SPANNED = 1_000
MOST_EMPTY = 5_000
PARTS = ("thead", "tbody", "tfoot")


@rule("table-wrap")
def table_figure(writer: ArticleWriter, element: Element) -> None:
    """The caption, the table (or a picture of it), and the notes below it."""
    writer.raw(writer.start("figure", element, css="table-figure"))
    writer.tables += 1
    number = writer.tables
    caption(writer, element)
    writer.blocks(element, without=IN_THE_CAPTION)
    if next(element.iter("table"), None) is not None:
        # Beside the article's own address; see membership/journal/urls.py.
        writer.raw(f'<p class="table-tools"><a class="download" href="tables/{number}/">Table as CSV</a></p>')
    writer.raw("</figure>")


@rule("table-wrap-foot")
def table_notes(writer: ArticleWriter, element: Element) -> None:
    writer.raw(writer.start("div", element, css="table-notes"))
    writer.blocks(element)
    for child in element.iterfind("permissions"):
        whose(writer, child)
    writer.raw("</div>")


@rule("array")
def array(writer: ArticleWriter, element: Element) -> None:
    """Columns that are no table of the article: without label, caption and file."""
    scrolls = ' tabindex="0" role="region" aria-label="Columns"'
    writer.raw(writer.start("div", element, css="scroll", attributes=scrolls))
    writer.raw('<table class="table">')
    _parts(writer, element)
    writer.raw("</table></div>")


@rule("table")
def table(writer: ArticleWriter, element: Element) -> None:
    """In a region that scrolls by itself, under the name of its label."""
    groups = [child for child in element if is_element(child) and child.tag == "tgroup"]
    name = escape(_name_of(element))
    writer.raw(f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">')
    if groups:
        title = element.find("title")
        for group in groups:
            _oasis(writer, group, title if group is groups[0] else None)
    else:
        writer.raw(writer.start("table", element, css="table"))
        _parts(writer, element)
        writer.raw("</table>")
    writer.raw("</div>")


def _name_of(element: Element) -> str:
    around = element.getparent()
    while around is not None and around.tag != "table-wrap":
        around = around.getparent()
    return (words_of(around.find("label")) if around is not None else "") or "Table"


def _parts(writer: ArticleWriter, element: Element) -> None:
    """Rows by their parts; rows without one, and captions within the table, as they stand."""
    for child in _in_order(element):
        if not is_element(child) or child.tag in {"col", "colgroup"}:
            continue
        if child.tag in PARTS:
            writer.raw(f"<{child.tag}>")
            _parts(writer, child)
            writer.raw(f"</{child.tag}>")
        elif child.tag == "tr":
            writer.raw(writer.start("tr", child))
            _parts(writer, child)
            writer.raw("</tr>")
        elif child.tag in {"td", "th"}:
            tag = "th" if element.getparent() is not None and element.getparent().tag == "thead" else child.tag
            _cell(writer, child, tag, _span(child.get("colspan")), _span(child.get("rowspan")), _align_of(child))
        elif child.tag == "caption":
            writer.wrap("caption", child)
        else:
            writer.node(child)


def _span(number: str | None, more: int = 0) -> int:
    """What an attribute says; more than any table has is cut, and what is no number is one."""
    if not number or not number.isdecimal():
        return 1
    return min(int(number[:12]) + more, MOST_SPANNED)


def _in_order(element: Element) -> list[Element]:
    """The parts as they are read: sums, which older tables have in front, come last."""
    return sorted(element, key=lambda child: child.tag == "tfoot")


ALIGNED = {"right": "end", "char": "end", "center": "middle"}


def _align_of(cell: Element) -> str:
    """The class of a cell whose words do not begin at its left: numbers below each other."""
    for one in (cell, cell.getparent()):
        if one is not None and one.get("align"):
            return ALIGNED.get(one.get("align").lower(), "")
    return ""


def _cell(writer: ArticleWriter, element: Element, tag: str, columns: int, rows: int, css: str) -> None:
    spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
    if element.text:
        element.text = _indent.sub(lambda found: 2 * len(found[0]) * "\xa0", element.text)
    writer.wrap(tag, element, css=css, attributes=spans)


# How far below another a row stands, by wide spaces after which a line would break.
_indent = re.compile(r"^[\u2001\u2003\u2002\u2000]+(?=\S)")


def _oasis(writer: ArticleWriter, group: Element, title: Element | None) -> None:
    """One group of columns and rows, whose entries name the columns in which they stand and that they span."""
    columns = _Columns(group)
    writer.raw(writer.start("table", group, css="table"))
    if title is not None:
        writer.wrap("caption", title)
    for part in _in_order(group):
        if is_element(part) and part.tag in PARTS:
            writer.raw(f"<{part.tag}>")
            taken: dict[int, int] = {}
            for row in part.iterfind("row"):
                taken = _oasis_row(writer, row, columns, taken)
            writer.raw(f"</{part.tag}>")
    writer.raw("</table>")


class _Columns:
    """What a group says of its columns: their names, how they are aligned, and names for several."""

    def __init__(self, group: Element) -> None:
        named = list(_columns(group))
        self.places = dict(named)
        said = zip(named, group.iterfind("colspec"), strict=True)
        self.aligned = {place: one.get("align") or group.get("align") or "" for (_, place), one in said}
        self.spans = {one.get("spanname"): one for one in group.iterfind("spanspec")}
        self.empty = MOST_EMPTY  # cells that may still be made for columns in which nothing stands


def _oasis_row(writer: ArticleWriter, row: Element, columns: _Columns, taken: dict[int, int]) -> dict[int, int]:
    """A row, of which some columns are taken by those above, each for so many rows; gives what is taken below it."""
    below, here = {column: rows - 1 for column, rows in taken.items() if rows > 1}, 1
    tag = "th" if row.getparent().tag == "thead" else "td"
    writer.raw("<tr>")
    for entry in row.iterfind("entry"):
        named = columns.spans.get(entry.get("spanname"), entry)
        wanted = columns.places.get(named.get("namest") or entry.get("colname") or "", 0)
        here = _free_column(here, taken)
        while here < wanted and columns.empty:
            columns.empty -= 1
            writer.raw(f"<{tag}></{tag}>")
            here = _free_column(here + 1, taken)
        wide, high = _spanned(named, columns.places), _span(entry.get("morerows") or "0", 1)
        css = ALIGNED.get((entry.get("align") or columns.aligned.get(here, "")).lower(), "")
        _cell(writer, entry, tag, wide, high, css)
        below |= {column: high - 1 for column in range(here, here + min(wide, MOST_SPANNED)) if high > 1}
        here += wide
    writer.raw("</tr>")
    return below


def _free_column(here: int, taken: dict[int, int]) -> int:
    while here in taken:
        here += 1
    return here


def _columns(group: Element) -> Iterator[tuple[str, int]]:
    for place, column in enumerate(group.iterfind("colspec"), start=1):
        yield column.get("colname") or f"c{place}", _span(column.get("colnum")) if column.get("colnum") else place


def _spanned(entry: Element, columns: dict[str, int]) -> int:
    first, last = columns.get(entry.get("namest") or ""), columns.get(entry.get("nameend") or "")
    return last - first + 1 if first and last and last > first else 1
