"""The table of lines: columns as wide as their figures, the title takes what is left."""

from dataclasses import dataclass, replace
from decimal import Decimal

from aapm_site.core.money import SIGNS, round_money

from . import sheet as look
from .document import PdfDocument, PrintedLine
from .pages import PdfBlock
from .sheet import LEFT, RIGHT, Sheet, Style

BETWEEN = 18  # points between two columns
TITLE_LEAST = 130
SIZES = (look.PLAIN.size, 8.5, 7.5, 6.5)
ABOVE = BELOW = 8


@dataclass(frozen=True)
class Column:
    """Figures that end at the same place, under their heading."""

    heading: str
    figures: tuple[str, ...]
    right: float = 0


def printed_amount(amount: Decimal, currency: str) -> str:
    """$1,250.50, always with two places; a currency without a known sign is named: SEK 90.00."""
    amount = round_money(amount)
    minus = "–" if amount < 0 else ""
    return f"{minus}{SIGNS.get(currency, f'{currency} ')}{abs(amount):,.2f}"


def printed_rate(rate: Decimal) -> str:
    """8.25% for 8.250."""
    return f"{rate.normalize():f}%"


def table(sheet: Sheet, document: PdfDocument) -> list[PdfBlock]:
    """A block for the head and one for each line; a line that opens a page draws the head again."""
    columns, title_width, style = _fitted(sheet, _columns(document.lines, document.currency))
    head = _head(sheet, columns)
    rows = [
        _row(sheet, line, title_width, [(column.right, column.figures[number]) for column in columns], style)
        for number, line in enumerate(document.lines)
    ]
    return [replace(head, gap=20, keep=True), *[replace(row, head=head) for row in rows]]


def _columns(lines: tuple[PrintedLine, ...], currency: str) -> list[Column]:
    """Discount and tax only when some line has them; a line without one has a dash there."""
    columns = [
        Column("Quantity", tuple(f"{line.quantity:,}" for line in lines)),
        Column("Unit price", tuple(printed_amount(line.unit_price, currency) for line in lines)),
    ]
    if any(line.discount for line in lines):
        less = (printed_amount(-line.discount, currency) if line.discount else "–" for line in lines)
        columns.append(Column("Discount", tuple(less)))
    if any(line.tax_rate for line in lines):
        columns.append(Column("Tax", tuple(printed_rate(line.tax_rate) if line.tax_rate else "–" for line in lines)))
    return [*columns, Column("Amount", tuple(printed_amount(line.total, currency) for line in lines))]


def _fitted(sheet: Sheet, columns: list[Column]) -> tuple[list[Column], float, Style]:
    """The columns in their places, the width left for the title, and the style of the figures: smaller only where
    enormous amounts would leave the title no room."""
    for size in SIZES:
        style = replace(look.PLAIN, size=size)
        placed: list[Column] = []
        edge = float(RIGHT)
        for column in reversed(columns):
            placed.insert(0, replace(column, right=edge))
            edge -= BETWEEN + max(sheet.widest(column.figures, style), sheet.width(column.heading, look.HEAD))
        if edge - LEFT >= TITLE_LEAST:
            break
    return placed, edge - LEFT, style


def _head(sheet: Sheet, columns: list[Column]) -> PdfBlock:
    def draw(y: float) -> None:
        sheet.rule(y, strong=True)
        sheet.write("Description", LEFT, y + 6, look.HEAD)
        for column in columns:
            sheet.write(column.heading, column.right, y + 6, look.HEAD, to_right=True)
        sheet.rule(y + 26, strong=True)

    return PdfBlock(26, draw)


def _row(sheet: Sheet, line: PrintedLine, width: float, figures: list[tuple[float, str]], style: Style) -> PdfBlock:
    title = sheet.wrap(line.title, look.STRONG, width)
    note = sheet.wrap(line.note, look.SMALL, width) if line.note else []
    note_at = ABOVE + len(title) * look.STRONG.leading
    height = note_at + len(note) * look.SMALL.leading + BELOW

    def draw(y: float) -> None:
        sheet.write_lines(title, LEFT, y + ABOVE, look.STRONG)
        sheet.write_lines(note, LEFT, y + note_at, look.SMALL)
        for right, figure in figures:
            sheet.write(figure, right, y + ABOVE, style, to_right=True)
        sheet.rule(y + height)

    return PdfBlock(height, draw)
