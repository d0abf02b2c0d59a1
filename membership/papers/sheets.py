"""What the papers of members share: a sheet that may lie on its side, centered words, and the code to scan."""

from datetime import UTC, date, datetime
from typing import Any

from aapm_site.billing.pdf import sheet as look
from aapm_site.billing.pdf.sheet import Sheet, Style

from .squares import QUIET, runs, squares

TITLE = Style(("display", ""), 30, 36, look.INK)
LABEL = Style(("text", ""), 7, 9, look.MUTED)
VALUE = Style(("text", "B"), 8.5, 11, look.INK)


class PaperSheet(Sheet):
    """A sheet of ours, dated by the day that the paper is about."""

    def __init__(self, *, title: str, author: str, on: date) -> None:
        super().__init__(title=title, author=author, dated=datetime(on.year, on.month, on.day, 12, tzinfo=UTC))

    def new_page(self, *, on_its_side: bool = False) -> None:
        self.pdf.add_page(orientation="landscape" if on_its_side else "portrait")

    def center(self, text: str, middle: float, y: float, style: Style) -> None:
        """One line in the middle of a place."""
        self.write(text, middle - self.width(text, style) / 2, y, style)

    def center_lines(self, lines: list[str], middle: float, y: float, style: Style) -> float:
        """Several; where the next thing stands."""
        for number, line in enumerate(lines):
            self.center(line, middle, y + number * style.leading, style)
        return y + len(lines) * style.leading

    def fitting(self, text: str, width: float, *styles: Style, lines: int = 1) -> tuple[list[str], Style]:
        """The text in the first of the styles, the largest first, in which it takes so few lines; else in the last."""
        for style in styles:
            found = self.balance(text, style, width)
            if len(found) <= lines:
                break
        return found, style

    def code(self, text: str, x: float, y: float, size: float) -> None:
        """The code to scan, with the empty paper that it needs, in a square of that size."""
        side = size / (len(squares(text)) + 2 * QUIET)
        self.pdf.set_fill_color(*look.WHITE)
        self.pdf.rect(x, y, size, size, style="F")
        self.pdf.set_fill_color(0, 0, 0)
        for column, row, length in runs(text):
            self.pdf.rect(x + (QUIET + column) * side, y + (QUIET + row) * side, length * side, side, style="F")

    def frame(
        self, x: float, y: float, width: float, height: float, *, color: Any = look.HAIR, line: float = 0.6
    ) -> None:
        self.pdf.set_draw_color(*color)
        self.pdf.set_line_width(line)
        self.pdf.rect(x, y, width, height)

    def output(self) -> bytes:
        return bytes(self.pdf.output())


def written_day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"
