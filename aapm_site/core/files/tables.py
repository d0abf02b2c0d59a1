"""Tables that people bring: CSV in UTF-8 and Excel's .xlsx, read row by row as plain texts.

Of a workbook the first sheet is read, and of a cell what it shows: dates come as 2026-03-31 whatever their form.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any

from ..first_use import on_first_use
from ..forms import without_control
from .upload_checks import BROKEN_PACKAGE, FileRefused, check, ending_of

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = on_first_use("lxml.etree")

KINDS = ("csv", "xlsx")
MOST_LINES = 100_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
SEPARATORS = ",;\t|"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
NO_XLS = "This is a file of an older Excel (.xls). Please save it as .xlsx or as CSV in UTF-8, and choose that one."
ENCODING = (
    "This file is not written in UTF-8, so names would be spoiled: the first such letter is in line {line}. "
    "In Excel, choose “CSV UTF-8” when you save it."
)
LONG_CELL = (
    "In line {line} begins a cell of more than {most:,} characters. Please shorten it. If no cell is that long, a "
    "quotation mark in it has no partner."
)
DAMAGED = "This workbook cannot be read. Please open it in Excel, save it again as .xlsx, and choose that one."
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DATE_FORMATS = frozenset({14, 15, 16, 17, 22})
LAST_ROW = 1_048_576  # of a sheet in Excel; its last column is XFD
_place = re.compile(r"([A-Z]{1,3})[1-9][0-9]{0,6}")
_quotes = re.compile(r'"[^"]*"')
_told_separator = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)  # a line by which Excel is told; it is no row
_quoted = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

Row = tuple[int, list[str]]


def read_table(content: bytes, name: str) -> Iterator[Row]:
    """The rows that hold something, each with the number of its line and as many cells as the first, which holds the
    headings. FileRefused, with a sentence, for whatever is no such table; the end of a long file may raise it late.
    """
    if content.startswith(OLD_EXCEL) or ending_of(name) == "xls":
        raise FileRefused(NO_XLS)
    if content.startswith(UTF16):
        raise FileRefused(ENCODING.format(line=1))
    rows = _read_csv(content) if check(content, name, KINDS) == "csv" else _read_xlsx(content)
    filled = ((line, [_cell(cell) for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells))
    first = next(filled, None)
    if first is None:
        raise FileRefused("This file holds no rows.")
    width = len(first[1])
    if width > MOST_COLUMNS:
        raise FileRefused(f"This table has {width:,} columns; {MOST_COLUMNS} are read at most.")
    return _even(chain([first], filled), width)


def _even(rows: Iterable[Row], width: int) -> Iterator[Row]:
    """All rows as wide as the first; one that says more than its headings is refused."""
    for number, (line, cells) in enumerate(rows):
        if number > MOST_LINES:
            raise FileRefused(f"This table has more than {MOST_LINES:,} rows. Please split it.")
        if any(cells[width:]):
            raise FileRefused(f"Line {line} has more cells than there are headings. Is a comma missing its quotes?")
        yield line, (cells + [""] * width)[:width]


def _cell(text: str) -> str:
    return without_control(" ".join(text.split()))[:LONGEST_CELL]


# CSV ------------------------------------------------------------------------------------------------------------------
def _read_csv(content: bytes) -> Iterator[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        line = content.count(b"\n", 0, refused.start) + 1
        raise FileRefused(ENCODING.format(line=line)) from refused
    told = _told_separator.match(text)
    begins = 2 if told else 1
    text = text[told.end() :] if told else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _separator(text), strict=True)
    return _lines(reader, begins)


def _separator(text: str) -> str:
    """What stands between the headings: the sign that their line holds most of, outside of quotes."""
    head = _quotes.sub("", text).lstrip("\r\n").split("\n", 1)[0]
    return max(SEPARATORS, key=head.count)


def _lines(reader: Any, begins: int) -> Iterator[Row]:
    before = begins - 1
    try:
        for cells in reader:
            yield begins, cells
            begins = before + reader.line_num + 1
    except csv.Error as odd:
        if "field limit" in str(odd):
            raise FileRefused(LONG_CELL.format(line=begins, most=csv.field_size_limit())) from odd
        raise FileRefused(f"Line {begins} cannot be read: a quotation mark is open or out of place.") from odd


# Excel ----------------------------------------------------------------------------------------------------------------
def _read_xlsx(content: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            book = _xml(package, "xl/workbook.xml")
            sheet = book.find(f"{MAIN}sheets/{MAIN}sheet")
            links = {one.get("Id"): one.get("Target") for one in _xml(package, "xl/_rels/workbook.xml.rels")}
            target = links[sheet.get(RELATION)]
            setting = book.find(f"{MAIN}workbookPr")
            first_day = date(1904, 1, 1) if _is_on(setting, "date1904") else date(1899, 12, 30)
            shared = list(_shared(package)) if "xl/sharedStrings.xml" in package.namelist() else []
            dates = _date_styles(package) if "xl/styles.xml" in package.namelist() else frozenset()
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            yield from _sheet(package, path, _Cells(shared, dates, first_day))
    except FileRefused:
        raise
    except (*BROKEN_PACKAGE, etree.XMLSyntaxError, AttributeError, OverflowError, TypeError) as odd:
        raise FileRefused(DAMAGED) from odd


def _is_on(element: Any, name: str) -> bool:
    return element is not None and element.get(name) in {"1", "true"}


def _xml(package: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _elements(package: zipfile.ZipFile, name: str, tag: str) -> Iterator[Any]:
    """Each element of this name, dropped once it was looked at."""
    with package.open(name) as part:
        for _, element in etree.iterparse(part, tag=f"{MAIN}{tag}", resolve_entities=False, no_network=True):
            yield element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]


def _text(element: Any) -> str:
    """What is written in it, without what tells how to say it aloud."""
    return "".join(part.text or "" for part in element.iter(f"{MAIN}t") if part.getparent().tag != f"{MAIN}rPh")


def _shared(package: zipfile.ZipFile) -> Iterator[str]:
    return (_text(element) for element in _elements(package, "xl/sharedStrings.xml", "si"))


def _date_styles(package: zipfile.ZipFile) -> frozenset[int]:
    """The styles whose numbers are days."""
    styles = _xml(package, "xl/styles.xml")
    own = {
        int(form.get("numFmtId"))
        for form in styles.iter(f"{MAIN}numFmt")
        if re.search("[yd]", _quoted.sub("", form.get("formatCode", "")).lower())
    }
    used = styles.findall(f"{MAIN}cellXfs/{MAIN}xf")
    return frozenset(at for at, style in enumerate(used) if int(style.get("numFmtId", 0)) in own | DATE_FORMATS)


class _Cells:
    """What cells show."""

    def __init__(self, shared: Sequence[str], dates: frozenset[int], first_day: date) -> None:
        self.shared, self.dates, self.first_day = shared, dates, first_day

    def show(self, cell: Any) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        value = cell.findtext(f"{MAIN}v") or ""
        if kind == "s":
            return self.shared[int(value)]
        if kind == "d":  # a day that is written as one
            return value[:10]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, int(cell.get("s", 0))) if kind == "n" and value else value

    def _number(self, value: str, style: int) -> str:
        number = float(value)
        if style in self.dates:
            return (datetime.combine(self.first_day, datetime.min.time()) + timedelta(days=number)).date().isoformat()
        return str(int(number)) if number.is_integer() else value


def _sheet(package: zipfile.ZipFile, path: str, cells: _Cells) -> Iterator[Row]:
    line = 0
    for row in _elements(package, path, "row"):
        line = _line(row.get("r"), line)
        found: list[str] = []
        for cell in row.iterchildren(f"{MAIN}c"):
            place = _column(cell.get("r")) if cell.get("r") else len(found)
            if place >= 1_000:
                raise FileRefused(f"This table has more than {MOST_COLUMNS} columns.")
            found += [""] * (place + 1 - len(found))
            found[place] = cells.show(cell)
        yield line, found


def _line(said: str | None, before: int) -> int:
    """The number of a row, which says it or follows the row before; ValueError for one that no sheet can have there."""
    line = before + 1 if said is None else int(said)
    if not before < line <= LAST_ROW:
        raise ValueError("rows go down to the last one")
    return line


def _column(reference: str) -> int:
    """The number of the column of a cell such as AB12, from nought; ValueError for what names no cell."""
    found = _place.fullmatch(reference)
    if found is None:
        raise ValueError("no cell is called so")
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1
