"""The letter of good standing: for a hospital, a licensing board, a conference."""

from dataclasses import dataclass
from datetime import date

from aapm_site.billing.pdf import sheet as look
from aapm_site.billing.pdf.sheet import LEFT, MIDDLE, RIGHT, TOP, Style

from ..rules import FOR_LIFE
from .sheets import PaperSheet, written_day

BODY = Style(("text", ""), 11, 17, look.TEXT)
STRONG = Style(("text", "B"), 11, 17, look.INK)
WIDTH = RIGHT - LEFT - 30
LOGO = 42
CODE_SIZE = 104.0


@dataclass(frozen=True)
class LetterPaper:
    """What the letter says; `sender` are the lines of the letterhead, its name first."""

    sender: tuple[str, ...]
    name: str
    category: str
    number: int
    joined_on: date
    member_until: date
    made_on: date
    code: str
    answers_until: date
    address: str
    typed_at: str


def render_letter(letter: LetterPaper) -> bytes:
    """The letter as a PDF; the same one gives the same bytes."""
    sheet = PaperSheet(title=f"Letter of good standing, {letter.name}", author=letter.sender[0], on=letter.made_on)
    sheet.new_page()
    at = _head(sheet, letter.sender) + 44
    sheet.write(written_day(letter.made_on), LEFT, at, BODY)
    at += 2.5 * BODY.leading
    for text, style in _said(letter):
        lines = sheet.wrap(text, style, WIDTH)
        sheet.write_lines(lines, LEFT, at, style)
        at += (len(lines) + 0.75) * style.leading
    _check(sheet, letter, at + 22)
    return sheet.output()


def _head(sheet: PaperSheet, sender: tuple[str, ...]) -> float:
    """The mark and the name, where to write to, the ringed line; where that ends."""
    beside = LEFT + LOGO + 14
    name = sheet.balance(sender[0], look.NAME, MIDDLE - 24 - beside)
    rest = [line for text in sender[1:] for line in sheet.wrap(text, look.SMALL, RIGHT - MIDDLE)]
    height = max(LOGO, len(name) * look.NAME.leading, len(rest) * look.SMALL.leading)
    sheet.logo(LEFT, TOP, LOGO)
    sheet.write_lines(name, beside, TOP + max(0, (LOGO - len(name) * look.NAME.leading) / 2), look.NAME)
    sheet.write_lines(rest, MIDDLE, TOP + max(0, (LOGO - len(rest) * look.SMALL.leading) / 2), look.SMALL)
    sheet.ringed_rule(TOP + height + 18)
    return TOP + height + 18


def _runs(letter: LetterPaper) -> str:
    """Until when; of an honorary member, that there is no end."""
    if letter.member_until == FOR_LIFE:
        return "It is an honorary membership, or will be one after the present term, and has no end."
    return f"The present membership runs until {written_day(letter.member_until)}."


def _said(letter: LetterPaper) -> tuple[tuple[str, Style], ...]:
    return (
        ("To whom it may concern", BODY),
        ("Letter of good standing", STRONG),
        (
            f"This is to confirm that {letter.name} is a member in good standing of the {letter.sender[0]}, in the "
            f"category {letter.category}, member number {letter.number}.",
            BODY,
        ),
        (
            f"The membership began on {written_day(letter.joined_on)}. {_runs(letter)}",
            BODY,
        ),
        (
            "This letter speaks of membership in the Academy only. It is no license to practice, no board "
            "certification, and no statement about clinical privileges.",
            BODY,
        ),
        (letter.sender[0], STRONG),
    )


def _check(sheet: PaperSheet, letter: LetterPaper, y: float) -> None:
    """How a reader knows that it is genuine. It was made without a signature."""
    sheet.rule(y, end=LEFT + WIDTH)
    sheet.code(letter.address, LEFT - 6, y + 14, CODE_SIZE)
    left = LEFT + CODE_SIZE + 14
    told = sheet.wrap(
        "This letter was made by the Academy’s site and is valid without a signature. To see whether it is genuine, "
        f"and what is true today, scan the code or type it at {letter.typed_at}. It answers until "
        f"{written_day(letter.answers_until)}.",
        look.PLAIN,
        LEFT + WIDTH - left,
    )
    sheet.write(letter.code, left, y + 22, STRONG)
    sheet.write_lines(told, left, y + 46, look.PLAIN)
