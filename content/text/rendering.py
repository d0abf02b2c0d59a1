"""A stored body made into what a reader sees: headings that can be linked to, a list of them, live positions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import slugify

from aapm_site.core import positions
from aapm_site.core.richtext import plain
from content.text.glossary import Explained, explain
from content.text.markup import dress

FEWEST_HEADINGS = 3
LONG = 600  # words from which a text lists its headings by itself
MANY_HEADINGS = 5  # or as many parts
A_MINUTE = 220  # words that people read in a minute
A_SENTENCE = 20  # characters; fewer may stand in a text by chance
SHORT = 700  # characters; an entry as short as this stands in full in an archive

_heading = re.compile(r"<h(?P<level>[23])(?P<attrs>[^>]*)>(?P<words>.*?)</h(?P=level)>", re.DOTALL)
_id = re.compile(r'\bid="(?P<id>[^"]+)"')


@dataclass(frozen=True)
class PageHeading:
    """One line of the contents."""

    title: str
    url: str
    level: int = 2
    current: bool = False


@dataclass(frozen=True)
class Text:
    """What stands on the page."""

    html: SafeString
    headings: list[PageHeading]
    plain: str

    @cached_property
    def words(self) -> int:
        return len(self.plain.split())

    def says(self, summary: str) -> bool:
        """Whether a summary only repeats words of the text, as one does that was made from it."""
        words = plain(summary).removesuffix("…").strip()
        return self.plain.startswith(words) or (len(words) >= A_SENTENCE and words in self.plain)

    @property
    def minutes(self) -> int:
        """How long it takes to read, at least one minute."""
        return max(1, round(self.words / A_MINUTE))

    def contents(self, *, wanted: bool) -> list[PageHeading]:
        """The headings to list: of a text that is long or has many parts, or where the editors want them."""
        parts = sum(heading.level == 2 for heading in self.headings)
        is_long = self.words >= LONG or parts >= MANY_HEADINGS
        return self.headings if parts >= FEWEST_HEADINGS and (wanted or is_long) else []


def render_body(body: str, request: HttpRequest, *, terms: Iterable[Explained] = ()) -> Text:
    """The body with an id on every h2 and h3, pictures and tables dressed, these words explained, positions expanded.

    The body was sanitized when it was stored.
    """
    headings: list[PageHeading] = []
    taken = set(_id.findall(body))

    def number(found: re.Match[str]) -> str:
        title = plain(found["words"])
        given = _id.search(found["attrs"])
        anchor = given["id"] if given else _free(slugify(title)[:60] or "part", taken)
        taken.add(anchor)
        headings.append(PageHeading(title, f"#{anchor}", int(found["level"])))
        attrs = found["attrs"] if given else f'{found["attrs"]} id="{anchor}"'
        return f"<h{found['level']}{attrs}>{found['words']}</h{found['level']}>"

    numbered = explain(dress(_heading.sub(number, body)), terms)
    return Text(positions.expand(numbered, request), headings, plain(positions.without(body)))


def _free(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def is_short(body: str) -> bool:
    """Whether an entry may stand in full in a list: a few lines, no headings, no positions to be filled."""
    return "<h2" not in body and "{loadposition" not in body and 0 < len(plain(body)) <= SHORT
