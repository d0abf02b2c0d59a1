"""An invoice, a receipt or a credit note on Letter pages: who sends it, what it is, to whom, the table, the sums, and
what is to be said below."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from . import sheet as look
from .document import Note, PdfDocument, Sum
from .pages import PdfBlock, paginate
from .sheet import BOTTOM, LEFT, MIDDLE, RIGHT, TOP, Sheet, Style
from .table import BETWEEN, printed_amount, table

if TYPE_CHECKING:
    from fpdf import FPDF

LOGO_SIZE = 42
COLUMN = MIDDLE - LEFT - 36  # the width of the left one of two columns
NOTE_WIDTH = 372
NOTE_COLUMNS = (COLUMN, RIGHT - MIDDLE)
SHORT = 16  # so many lines of a note stay in one piece
WIDER = LEFT + 150  # where sums with long labels begin
MARK = Style(("text", "B"), 11, 14, look.MUTED)
UNDATED = datetime(2000, 1, 1, 12, tzinfo=UTC)


def render(document: PdfDocument) -> bytes:
    """The document as a PDF; the same document always gives the same bytes."""
    return bytes(_compose(document).output())


def _compose(document: PdfDocument) -> "FPDF":
    dates = (look.noon(value) for _, value in document.facts)
    sheet = Sheet(
        title=f"{document.heading} {document.number}",
        author=document.seller[0],
        dated=next(filter(None, dates), UNDATED),
    )
    pages = paginate(_blocks(sheet, document), top=TOP, bottom=BOTTOM, running=_running(sheet, document))
    for number, page in enumerate(pages, start=1):
        sheet.new_page()
        for block, y in page:
            block.draw(y)
        _foot(sheet, document, f"Page {number} of {len(pages)}")
    return sheet.pdf


def _blocks(sheet: Sheet, document: PdfDocument) -> list[PdfBlock]:
    rows = table(sheet, document)
    return [
        _letterhead(sheet, document),
        _title(sheet, document),
        *_parties(sheet, document),
        *rows[:-1],
        *[replace(row, keep=bool(document.sums)) for row in rows[-1:]],
        *_sums(sheet, document),
        *_notes(sheet, document),
    ]


def _letterhead(sheet: Sheet, document: PdfDocument) -> PdfBlock:
    """The mark and the seller's name at the left, where to write to at the right, the ringed line below."""
    beside = LEFT + LOGO_SIZE + 14
    name = sheet.balance(document.seller[0], look.NAME, MIDDLE - 24 - beside)
    rest = _wrapped(sheet, document.seller[1:], look.SMALL, RIGHT - MIDDLE)
    name_height, rest_height = len(name) * look.NAME.leading, len(rest) * look.SMALL.leading
    height = max(LOGO_SIZE, name_height, rest_height)

    def draw(y: float) -> None:
        sheet.logo(LEFT, y, LOGO_SIZE)
        sheet.write_lines(name, beside, y + max(0, (LOGO_SIZE - name_height) / 2), look.NAME)
        sheet.write_lines(rest, MIDDLE, y + max(0, (LOGO_SIZE - rest_height) / 2), look.SMALL)
        sheet.ringed_rule(y + height + 18)

    return PdfBlock(height + 19, draw)


def _title(sheet: Sheet, document: PdfDocument) -> PdfBlock:
    """What it is, with its quiet word, and its number."""
    heading = sheet.wrap(document.heading, look.HEADING, RIGHT - LEFT - 120)
    number = sheet.wrap(document.number, look.SUBHEADING, RIGHT - LEFT)
    mark = sheet.wrap(document.mark, MARK, 90) if document.mark else []
    number_at = len(heading) * look.HEADING.leading + 4

    def draw(y: float) -> None:
        sheet.write_lines(heading, LEFT, y, look.HEADING)
        if mark:
            last = y + (len(heading) - 1) * look.HEADING.leading
            x = LEFT + sheet.width(heading[-1], look.HEADING) + 14
            sheet.upright(x, last + 8, 24)
            sheet.write_lines(mark, x + 14, last + look.HEADING.baseline - MARK.baseline, MARK)
        sheet.write_lines(number, LEFT, y + number_at, look.SUBHEADING)

    return PdfBlock(number_at + len(number) * look.SUBHEADING.leading, draw, gap=20)


def _parties(sheet: Sheet, document: PdfDocument) -> Iterator[PdfBlock]:
    """Whom it is for beside the facts, line by line, so that even a page full of them flows."""
    billed = [("Billed to", look.LABEL)]
    for number, text in enumerate(document.bill_to):
        style = look.PLAIN if number else look.STRONG
        billed += [(line, style) for line in sheet.wrap(text, style, COLUMN)]
    rows = list(zip_longest(billed, _facts(sheet, document)))
    for number, (left, right) in enumerate(rows):
        yield _party_row(sheet, left, right, gap=0 if number else 20)


def _facts(sheet: Sheet, document: PdfDocument) -> list[tuple[str, str, float]]:
    """Lines of label, value, and where the value begins."""
    label_width = min(96, sheet.widest((label for label, _ in document.facts), look.LABEL))
    x = MIDDLE + label_width + 16
    lines = []
    for label, value in document.facts:
        labels = sheet.wrap(label, look.LABEL, label_width + 0.1)
        values = sheet.wrap(value, look.PLAIN, RIGHT - x)
        lines += [(one or "", other or "", x) for one, other in zip_longest(labels, values)]
    return lines


def _party_row(
    sheet: Sheet, left: tuple[str, Style] | None, right: tuple[str, str, float] | None, *, gap: float
) -> PdfBlock:
    def draw(y: float) -> None:
        if left:
            sheet.write(left[0], LEFT, y, left[1])
        if right:
            label, value, x = right
            sheet.write(label, MIDDLE, y, look.LABEL)
            sheet.write(value, x, y, look.PLAIN)

    return PdfBlock(look.PLAIN.leading, draw, gap=gap)


def _sums(sheet: Sheet, document: PdfDocument) -> Iterator[PdfBlock]:
    """The sums, together with each other: under the right column, or wider where a label is long."""
    amounts = [printed_amount(row.amount, document.currency) for row in document.sums]
    room = RIGHT - MIDDLE - BETWEEN - sheet.widest(amounts, look.NAME)
    fitting = sheet.widest((row.label for row in document.sums), look.STRONG) <= room
    for number, (row, amount) in enumerate(zip(document.sums, amounts, strict=True)):
        block = _sum(sheet, row, amount, MIDDLE if fitting else WIDER)
        yield replace(block, gap=3 if number else 10, keep=number < len(amounts) - 1)


def _sum(sheet: Sheet, row: Sum, amount: str, start: float) -> PdfBlock:
    label_style, style = (look.STRONG, look.NAME) if row.strong else (look.PLAIN, look.PLAIN)
    label = sheet.wrap(row.label, label_style, RIGHT - start - sheet.width(amount, style) - BETWEEN)
    above = 7 if row.strong else 0
    lowered = style.baseline - label_style.baseline

    def draw(y: float) -> None:
        if row.strong:
            sheet.rule(y, start=start, strong=True)
        sheet.write_lines(label, start, y + above + lowered, label_style)
        sheet.write(amount, RIGHT, y + above, style, to_right=True)

    return PdfBlock(above + max(style.leading, lowered + len(label) * label_style.leading), draw)


def _notes(sheet: Sheet, document: PdfDocument) -> Iterator[PdfBlock]:
    """Two notes with headings stand side by side as far as both are short, every other one below the last. A note
    without a heading is the closing sentence, and small."""
    notes = list(document.notes)
    while notes:
        note = notes.pop(0)
        if not note.heading:
            yield from _closing(sheet, note)
            continue
        pair = (note, notes[0]) if notes and notes[0].heading else None
        columns = (
            [_note_lines(sheet, one, width) for one, width in zip(pair, NOTE_COLUMNS, strict=True)] if pair else []
        )
        if columns and max(map(len, columns)) <= SHORT:
            del notes[0]
            yield from _beside(sheet, *columns)
        else:
            yield from _beside(sheet, _note_lines(sheet, note, NOTE_WIDTH), [])


def _note_lines(sheet: Sheet, note: Note, width: float) -> list[tuple[str, Style]]:
    heading = sheet.wrap(note.heading, look.SUBHEADING, width)
    lines = _wrapped(sheet, note.lines, look.PLAIN, width)
    return [(line, look.SUBHEADING) for line in heading] + [(line, look.PLAIN) for line in lines]


def _beside(sheet: Sheet, left: list[tuple[str, Style]], right: list[tuple[str, Style]]) -> Iterator[PdfBlock]:
    """The lines of both, row by row. The heading stays with the text, and a short note in one piece."""
    rows = list(zip_longest(left, right))
    whole = len(rows) <= SHORT
    for number, row in enumerate(rows):
        keep = number < len(rows) - 1 and (whole or number < 2)
        yield _note_row(sheet, row, gap=0 if number else 20, keep=keep)


def _note_row(sheet: Sheet, row: tuple[tuple[str, Style] | None, ...], *, gap: float, keep: bool) -> PdfBlock:
    styles = [one[1] for one in row if one]
    height = max(style.leading + (3 if style is look.SUBHEADING else 0) for style in styles)

    def draw(y: float) -> None:
        for one, x in zip(row, (LEFT, MIDDLE), strict=True):
            if one:
                sheet.write(one[0], x, y, one[1])

    return PdfBlock(height, draw, gap=gap, keep=keep)


def _closing(sheet: Sheet, note: Note) -> Iterator[PdfBlock]:
    lines = _wrapped(sheet, note.lines, look.SMALL, RIGHT - LEFT)
    height = len(lines) * look.SMALL.leading
    yield PdfBlock(height, lambda y: sheet.write_lines(lines, LEFT, y, look.SMALL), gap=10)


def _running(sheet: Sheet, document: PdfDocument) -> PdfBlock:
    """What a further page begins with: which paper it belongs to."""
    lines = sheet.wrap(f"{document.heading} {document.number}, continued", look.SUBHEADING, RIGHT - LEFT)
    return PdfBlock(
        len(lines) * look.SUBHEADING.leading + 16, lambda y: sheet.write_lines(lines, LEFT, y, look.SUBHEADING)
    )


def _foot(sheet: Sheet, document: PdfDocument, page: str) -> None:
    sheet.rule(BOTTOM + 22)
    room = RIGHT - LEFT - sheet.width(page, look.FOOT) - 24
    first, *more = sheet.wrap(f"{document.seller[0]}  ·  {document.heading} {document.number}", look.FOOT, room - 8)
    sheet.write(f"{first} …" if more else first, LEFT, BOTTOM + 29, look.FOOT)
    sheet.write(page, RIGHT, BOTTOM + 29, look.FOOT, to_right=True)


def _wrapped(sheet: Sheet, texts: tuple[str, ...], style: Style, width: float) -> list[str]:
    return [line for text in texts for line in sheet.wrap(text, style, width)]
