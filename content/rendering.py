"""A stored body made into what a reader sees: headings that can be linked to, a list of them, live positions."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import slugify

from aapm_site.core import positions
from aapm_site.core.richtext import plain

FEWEST_HEADINGS = 3
SHORT = 700  # characters; an entry as short as this stands in full in an archive

_heading = re.compile(r"<h2(?P<attrs>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
_id = re.compile(r'\bid="(?P<id>[^"]+)"')


@dataclass(frozen=True)
class Heading:
    """One line of the contents."""

    title: str
    url: str
    level: int = 2
    current: bool = False


@dataclass(frozen=True)
class Text:
    """What stands on the page."""

    html: SafeString
    headings: list[Heading]


def render_body(body: str, request: HttpRequest) -> Text:
    """The body with an id on every h2 and its positions expanded. The body was sanitized when it was stored."""
    headings: list[Heading] = []
    taken = set(_id.findall(body))

    def number(found: re.Match[str]) -> str:
        title = plain(found["words"])
        given = _id.search(found["attrs"])
        anchor = given["id"] if given else _free(slugify(title)[:60] or "part", taken)
        taken.add(anchor)
        headings.append(Heading(title, f"#{anchor}"))
        attrs = found["attrs"] if given else f'{found["attrs"]} id="{anchor}"'
        return f"<h2{attrs}>{found['words']}</h2>"

    numbered = _heading.sub(number, body)
    return Text(positions.expand(numbered, request), headings)


def _free(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def is_short(body: str) -> bool:
    """Whether an entry may stand in full in a list: a few lines, no headings, no positions to be filled."""
    return "<h2" not in body and "{loadposition" not in body and 0 < len(plain(body)) <= SHORT
