"""The certificate: one page on its side, for a frame."""

from dataclasses import dataclass, replace
from datetime import date

from aapm_site.billing.pdf import sheet as look
from aapm_site.billing.pdf.sheet import HIGH, WIDE, Style

from ..rules import FOR_LIFE
from .sheets import PaperSheet, written_day

ACROSS, DOWN = HIGH, WIDE  # a Letter page that lies on its side
MIDDLE = ACROSS / 2
ACADEMY = Style(("display", ""), 22, 28, look.INK)
SMALL = Style(("text", ""), 11, 17, look.MUTED)
NAME = Style(("display", ""), 40, 48, look.INK)
NAMES = (NAME, *(replace(NAME, size=size, leading=size * 1.2) for size in (32, 26, 20, 15)))
CATEGORY = Style(("display", ""), 18, 24, look.INK)
DATES = Style(("text", ""), 10.5, 16, look.TEXT)
WIDTH = ACROSS - 200


@dataclass(frozen=True)
class CertificatePaper:
    """What stands on it."""

    academy: str
    name: str
    category: str
    number: int
    joined_on: date
    starts_on: date
    ends_on: date


def render_certificate(paper: CertificatePaper) -> bytes:
    """The certificate as a PDF; the same one gives the same bytes."""
    sheet = PaperSheet(title=f"Certificate of membership, {paper.name}", author=paper.academy, on=paper.starts_on)
    sheet.new_page(on_its_side=True)
    sheet.frame(30, 30, ACROSS - 60, DOWN - 60, color=look.INK, line=1.2)
    sheet.frame(36, 36, ACROSS - 72, DOWN - 72)
    sheet.logo(MIDDLE - 33, 66, 66)
    sheet.center(paper.academy, MIDDLE, 146, ACADEMY)
    sheet.rule(186, start=MIDDLE - 60, end=MIDDLE + 60, strong=True)
    sheet.center("certifies that", MIDDLE, 200, SMALL)
    name, style = sheet.fitting(paper.name, WIDTH, *NAMES, lines=2)
    height = len(name) * style.leading
    after = sheet.center_lines(name, MIDDLE, 228 + max(0, (82 - height) / 2), style)
    at = max(after, 310) + 6
    sheet.center("is a member in the category", MIDDLE, at, SMALL)
    at = sheet.center_lines(sheet.balance(paper.category, CATEGORY, WIDTH), MIDDLE, at + 24, CATEGORY)
    begins = written_day(paper.starts_on)
    is_for_life = paper.ends_on == FOR_LIFE
    term = f"from {begins}, for life" if is_for_life else f"for the term from {begins} to {written_day(paper.ends_on)}"
    sheet.center(term, MIDDLE, at + 8, DATES)
    sheet.rule(DOWN - 108, start=MIDDLE - 60, end=MIDDLE + 60)
    since = f"Member since {written_day(paper.joined_on)}   ·   Member number {paper.number}"
    sheet.center(since, MIDDLE, DOWN - 98, DATES)
    return sheet.output()
