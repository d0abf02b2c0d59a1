"""The card: two faces side by side at the size of a bank card, to be cut out and folded."""

from dataclasses import dataclass, replace
from datetime import date

from aapm_site.billing.pdf import sheet as look
from aapm_site.billing.pdf.sheet import LEFT, RIGHT, TOP, WIDE, Style

from .sheets import LABEL, VALUE, PaperSheet, written_day

CARD_WIDE, CARD_HIGH = 242.6, 153.0  # 85.6 by 54 mm
INSIDE = 14
NAME = Style(("display", ""), 15, 18, look.INK)
NAMES = (NAME, *(replace(NAME, size=size, leading=size + 2.5) for size in (12.5, 10.5, 8.5, 7)))
ACADEMY = Style(("display", ""), 9.5, 11.5, look.INK)
CODE = Style(("text", "B"), 9, 12, look.INK)


@dataclass(frozen=True)
class CardPaper:
    """What the card says. `address` is what the code leads to, `typed_at` the page where one types it."""

    academy: str
    name: str
    category: str
    number: int
    valid_until: date
    made_on: date
    code: str
    address: str
    typed_at: str


def render_card(card: CardPaper) -> bytes:
    """A Letter page with the card and how to make it; the same card gives the same bytes."""
    sheet = PaperSheet(title=f"Membership card, {card.name}", author=card.academy, on=card.made_on)
    sheet.new_page()
    sheet.write("Your membership card", LEFT, TOP, look.SUBHEADING)
    told = sheet.wrap(
        "Print this page at its own size (100%), cut along the line, fold in the middle, and glue or laminate the two "
        "halves together. Whoever scans the code, or types it, sees whether it is valid today. The code answers until "
        f"{written_day(card.valid_until)}; a new card is a press away on “My membership”.",
        look.PLAIN,
        RIGHT - LEFT,
    )
    sheet.write_lines(told, LEFT, TOP + 28, look.PLAIN)
    x, y = (WIDE - 2 * CARD_WIDE) / 2, TOP + 28 + len(told) * look.PLAIN.leading + 30
    sheet.frame(x, y, 2 * CARD_WIDE, CARD_HIGH)
    _fold(sheet, x + CARD_WIDE, y)
    _front(sheet, card, x, y)
    _back(sheet, card, x + CARD_WIDE, y)
    return sheet.output()


def _fold(sheet: PaperSheet, x: float, y: float) -> None:
    sheet.pdf.set_dash_pattern(dash=3, gap=3)
    sheet.pdf.set_draw_color(*look.HAIR)
    sheet.pdf.line(x, y, x, y + CARD_HIGH)
    sheet.pdf.set_dash_pattern()
    for at in (y - 10, y + CARD_HIGH):
        sheet.pdf.line(x, at, x, at + 10)


def _front(sheet: PaperSheet, card: CardPaper, x: float, y: float) -> None:
    left, width = x + INSIDE, CARD_WIDE - 2 * INSIDE
    sheet.logo(left, y + 12, 26)
    academy = sheet.balance(card.academy, ACADEMY, width - 36)
    sheet.write_lines(academy, left + 35, y + 12 + (26 - len(academy) * ACADEMY.leading) / 2, ACADEMY)
    sheet.rule(y + 47, start=left, end=x + CARD_WIDE - INSIDE, strong=True)
    name, style = sheet.fitting(card.name, width, *NAMES, lines=2)
    sheet.write_lines(name, left, y + 54, style)
    category, small = sheet.fitting(card.category, width, VALUE, replace(VALUE, size=7, leading=9))
    sheet.write("Member, category", left, y + 95, LABEL)
    sheet.write_lines(category[:1], left, y + 103, small)
    _fact(sheet, "Member number", f"{card.number}", left, y + 120)
    _fact(sheet, "Valid through", written_day(card.valid_until), left + width / 2, y + 120)


def _fact(sheet: PaperSheet, label: str, value: str, x: float, y: float) -> None:
    sheet.write(label, x, y, LABEL)
    sheet.write(value, x, y + 8, VALUE)


def _back(sheet: PaperSheet, card: CardPaper, x: float, y: float) -> None:
    size = 110.0
    sheet.code(card.address, x + INSIDE - 4, y + (CARD_HIGH - size) / 2, size)
    left, width = x + INSIDE + size + 2, CARD_WIDE - size - 2 * INSIDE - 2
    lines = [(line, LABEL) for line in sheet.wrap("Scan, or type this code", LABEL, width)]
    lines += [(card.code[:9], CODE), (card.code[9:].lstrip("-"), CODE)] if len(card.code) > 9 else [(card.code, CODE)]
    lines += [(line, LABEL) for line in sheet.wrap(f"at {card.typed_at}", LABEL, width)]
    at = y + (CARD_HIGH - sum(style.leading for _, style in lines)) / 2
    for text, style in lines:
        sheet.write(text, left, at, style)
        at += style.leading
