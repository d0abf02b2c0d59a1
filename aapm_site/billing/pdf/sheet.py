"""A Letter page to draw on: styles, words that wrap, hairlines and the mark of the site. Everything is in points, y
runs down, and a text stands on its baseline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from aapm_site.core.first_use import on_first_use

from .letters import FACES, drawable

if TYPE_CHECKING:
    import fpdf
else:
    fpdf = on_first_use("fpdf")

WIDE, HIGH = 612, 792
LEFT, RIGHT = 54, WIDE - 54
TOP, BOTTOM = 48, HIGH - 66
MIDDLE = 342  # where the right one of two columns begins
INK, TEXT, MUTED, HAIR = (20, 35, 63), (38, 52, 75), (82, 97, 119), (203, 214, 220)
WHITE = (255, 255, 255)
LOGO = settings.BASE_DIR / "static" / "img" / "mark.svg"
# A piece of a line: what may not be torn apart unless it is longer than the line.
PIECE = re.compile(r" *[^ /-]+[/-]*| *[/-]+")


@dataclass(frozen=True)
class Style:
    """How words look: size and the distance from line to line in points."""

    face: tuple[str, str]
    size: float
    leading: float
    color: tuple[int, int, int]

    @property
    def baseline(self) -> float:
        """How far below the top of its line the text stands."""
        return (self.leading + self.size * 0.7) / 2


HEADING = Style(("display", ""), 34, 38, INK)
NAME = Style(("display", ""), 16, 20, INK)
SUBHEADING = Style(("display", ""), 13, 18, INK)
PLAIN = Style(("text", ""), 9.5, 14, TEXT)
STRONG = Style(("text", "B"), 9.5, 14, INK)
LABEL = Style(("text", ""), 8.5, 14, MUTED)
HEAD = Style(("text", "B"), 8.5, 14, INK)
SMALL = Style(("text", ""), 8.5, 12.5, MUTED)
FOOT = Style(("text", ""), 7.5, 10, MUTED)


class Sheet:
    """One PDF that is being drawn. The same calls make the same bytes, for it is dated as it is told."""

    def __init__(self, *, title: str, author: str, dated: datetime) -> None:
        self.pdf = fpdf.FPDF(unit="pt", format="Letter")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_title(drawable(title))
        self.pdf.set_author(drawable(author))
        self.pdf.set_lang("en-US")
        self.pdf.set_creation_date(dated)
        for (family, weight), file in FACES.items():
            self.pdf.add_font(family, weight, file)

    def new_page(self) -> None:
        self.pdf.add_page()

    def width(self, text: str, style: Style) -> float:
        self._use(style)
        return self.pdf.get_string_width(text)

    def widest(self, texts: Iterable[str], style: Style) -> float:
        return max((self.width(text, style) for text in texts), default=0)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """The text in lines that fit the width: broken at spaces, hyphens and slashes, and within a word only when the
        word alone is too long."""
        lines = []
        for paragraph in drawable(text).split("\n"):
            line = ""
            for piece in PIECE.findall(paragraph):
                if self.width(line + piece, style) <= width:
                    line += piece
                    continue
                *whole, line = [*([line] if line else []), *self._torn(piece.lstrip(), style, width)]
                lines += whole
            lines.append(line)
        return lines

    def balance(self, text: str, style: Style, width: float) -> list[str]:
        """The text in as few lines as wrap() makes, but of about the same length."""
        lines = self.wrap(text, style, width)
        narrower = lines
        while len(narrower) == len(lines) > 1:
            lines, width = narrower, width - 6
            narrower = self.wrap(text, style, width)
        return lines

    def write(self, text: str, x: float, y: float, style: Style, *, to_right: bool = False) -> None:
        """One line whose top is y, beginning at x, or ending there."""
        self._use(style)
        self.pdf.set_text_color(*style.color)
        start = x - self.pdf.get_string_width(text) if to_right else x
        self.pdf.text(start, y + style.baseline, text)

    def write_lines(self, lines: Iterable[str], x: float, y: float, style: Style) -> None:
        for number, line in enumerate(lines):
            self.write(line, x, y + number * style.leading, style)

    def rule(self, y: float, *, start: float = LEFT, end: float = RIGHT, strong: bool = False) -> None:
        """A hairline, or the line in ink that opens a section."""
        self.pdf.set_draw_color(*(INK if strong else HAIR))
        self.pdf.set_line_width(0.75 if strong else 0.6)
        self.pdf.line(start, y, end, y)

    def ringed_rule(self, y: float) -> None:
        """The line in ink with a ring on it, as on the site."""
        self.rule(y, strong=True)
        self.pdf.set_fill_color(*WHITE)
        self.pdf.set_line_width(1.1)
        self.pdf.circle(LEFT + 3.2, y, 3.2, style="DF")
        self.pdf.set_fill_color(*WHITE)
        self.pdf.rect(LEFT + 6.9, y - 1, 2, 2, style="F")

    def upright(self, x: float, y: float, height: float) -> None:
        """The hairline between a name and what belongs to it, as in the logo."""
        self.pdf.set_draw_color(*HAIR)
        self.pdf.set_line_width(0.9)
        self.pdf.line(x, y, x, y + height)

    def logo(self, x: float, y: float, size: float) -> None:
        self.pdf.image(LOGO, x=x, y=y, w=size, h=size)

    def _use(self, style: Style) -> None:
        family, weight = style.face
        self.pdf.set_font(family, weight, style.size)

    def _torn(self, word: str, style: Style, width: float) -> list[str]:
        """A word in as few parts as fit the width each; in one, mostly."""
        parts = []
        while len(word) > 1 and self.width(word, style) > width:
            fits = next(end for end in range(1, len(word)) if self.width(word[: end + 1], style) > width)
            parts.append(word[:fits])
            word = word[fits:]
        return [*parts, word]


def noon(value: str) -> datetime | None:
    """Noon of a date like November 26, 2026: the same day in every zone of the country."""
    try:
        return datetime.strptime(value, "%B %d, %Y").replace(hour=12, tzinfo=UTC)
    except ValueError:
        return None
