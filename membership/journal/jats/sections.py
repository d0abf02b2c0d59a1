"""A written full text in its sections, as words without markup: for the search."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use

if TYPE_CHECKING:
    from lxml import html
else:
    html = on_first_use("lxml.html")


# Between what they hold and what stands around them are spaces; within a line there is none that the text has not.
BLOCKS = frozenset(
    {"p", "li", "td", "th", "tr", "div", "section", "figure", "figcaption", "caption", "h3", "h4", "h5", "h6", "br"}
    | {"blockquote", "aside", "dt", "dd", "pre", "table", "ul", "ol", "dl"}
)
LONGEST = 60_000  # characters of a section; a longer one is cut in several
KINDS = (
    ("methods", ("method", "participants", "procedure", "statistical", "materials", "design")),
    ("results", ("result", "finding", "outcome")),
    ("discussion", ("discussion", "conclusion", "limitation", "comment")),
    ("introduction", ("introduction", "background", "objective", "aims")),
)


@dataclass(frozen=True)
class WrittenSection:
    """One section: its title, where it stands on the page, what kind it seems to be, and its words."""

    title: str
    anchor: str
    kind: str
    text: str


def sections_of(written: str) -> list[WrittenSection]:
    """By the headings of the first level; the list of references is none of them."""
    root = html.fragment_fromstring(written, create_parent="div")
    for listed in root.xpath('.//ol[contains(@class, "refs")]'):
        listed.clear()
    title, anchor, words = "", "", list[str]()
    found: list[WrittenSection] = []
    for heading, text in _pieces(root):
        if heading is None:
            words.append(text)
            continue
        found += _cut(title, anchor, words)
        title, anchor, words = text, heading, []
    return [*found, *_cut(title, anchor, words)]


def _pieces(root: "html.HtmlElement") -> Iterator[tuple[str | None, str]]:
    """The words in order; a heading of the first level with its anchor."""
    skipped: set[html.HtmlElement] = set()
    if root.text:
        yield None, root.text
    for element in root.iterdescendants():
        if element.getparent() in skipped:
            skipped.add(element)
        elif element.tag == "h2":
            skipped.add(element)
            yield element.get("id") or "", " ".join(element.itertext())
        else:
            yield None, f"{_space(element)}{element.text or ''}"
        # what follows an element belongs to what is around it, and comes once all that is within has come
        yield from ((None, tail) for tail in _tails(element, skipped))


def _tails(element: "html.HtmlElement", skipped: "set[html.HtmlElement]") -> Iterator[str]:
    """What follows this element, and what follows each around it that ends with it."""
    if len(element):
        return
    here: html.HtmlElement | None = element
    while here is not None:
        if here.getparent() not in skipped:
            yield f"{_space(here)}{here.tail or ''}"
        if here.getnext() is not None:
            return
        here = here.getparent()


def _space(element: "html.HtmlElement") -> str:
    return " " if element.tag in BLOCKS else ""


def _cut(title: str, anchor: str, words: list[str]) -> Iterator[WrittenSection]:
    text = " ".join("".join(words).split())
    for start in range(0, len(text), LONGEST):
        yield WrittenSection(" ".join(title.split()), anchor, kind_of(title), text[start : start + LONGEST])


def kind_of(title: str) -> str:
    """Which part of an article a heading seems to begin."""
    lower = title.lower()
    return next((kind for kind, words in KINDS if any(word in lower for word in words)), "other")
