"""Tables, in the model of HTML and in that of OASIS (CALS); each scrolls in its place, with its notes below it."""

from collections.abc import Iterator
from html import escape

from .reading import Element, is_element, words_of
from .rules import IN_THE_CAPTION, caption
from .writer import ArticleWriter, rule

MOST_SPANNED = 1_000
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
    for child in element:
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
            _cell(writer, child, child.tag, _span(child.get("colspan")), _span(child.get("rowspan")))
        elif child.tag == "caption":
            writer.wrap("caption", child)
        else:
            writer.node(child)


def _span(number: str | None, more: int = 0) -> int:
    """What an attribute says; more than any table has is cut, and what is no number is one."""
    if not number or not number.isdecimal():
        return 1
    return min(int(number[:12]) + more, MOST_SPANNED)


def _cell(writer: ArticleWriter, element: Element, tag: str, columns: int, rows: int) -> None:
    spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{rows}"' if rows > 1 else "")
    writer.wrap(tag, element, attributes=spans)


def _oasis(writer: ArticleWriter, group: Element, title: Element | None) -> None:
    """One group of columns and rows, whose entries name the columns that they span."""
    columns = dict(_columns(group))
    spans = {one.get("spanname"): one for one in group.iterfind("spanspec")}
    writer.raw(writer.start("table", group, css="table"))
    if title is not None:
        writer.wrap("caption", title)
    for part in group:
        if not is_element(part) or part.tag not in PARTS:
            continue
        writer.raw(f"<{part.tag}>")
        for row in part.iterfind("row"):
            writer.raw("<tr>")
            for entry in row.iterfind("entry"):
                spanned = _spanned(spans.get(entry.get("spanname"), entry), columns)
                _cell(writer, entry, "th" if part.tag == "thead" else "td", spanned, _span(entry.get("morerows"), 1))
            writer.raw("</tr>")
        writer.raw(f"</{part.tag}>")
    writer.raw("</table>")


def _columns(group: Element) -> Iterator[tuple[str, int]]:
    for place, column in enumerate(group.iterfind("colspec"), start=1):
        yield column.get("colname") or f"c{place}", _span(column.get("colnum")) if column.get("colnum") else place


def _spanned(entry: Element, columns: dict[str, int]) -> int:
    first, last = columns.get(entry.get("namest") or ""), columns.get(entry.get("nameend") or "")
    return last - first + 1 if first and last and last > first else 1
