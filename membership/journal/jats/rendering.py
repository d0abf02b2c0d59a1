"""An article as the HTML of its page: the body, what floats, what stands at the end, and what was said about it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import formulas, references, tables  # noqa: F401 - their rules
from .cleaning import clean
from .reading import Element, is_element, title_words, words_of
from .rules import write_graphical_abstract, write_notes, write_notes_on_authors
from .writer import ArticleWriter, Delivered, Heading, WrittenReference

VERSION = 12  # of the rules: what an older one wrote is written anew by `manage.py render_articles`


@dataclass(frozen=True)
class Rendering:
    """The full text as it stands on the page, and what was met on the way."""

    html: str
    first_caption: str  # in words, for those who do not read the text: the gate tells it
    headings: tuple[Heading, ...]
    references: tuple[WrittenReference, ...]
    missing: tuple[str, ...]  # files that the article names and that were not delivered
    unknown: tuple[str, ...]  # elements without a rule, whose words were kept
    warnings: tuple[str, ...]


def nothing_delivered(name: str) -> Delivered | None:
    return None


def render(article: Element, files: Callable[[str], Delivered | None] = nothing_delivered) -> Rendering:
    """Write an article. `files` tells where readers get what came with it, by the name that the article uses."""
    writer = ArticleWriter(article, files)
    write_graphical_abstract(writer)
    for part in ("body", "floats-group", "floats-wrap"):
        for element in article.iterfind(part):
            writer.blocks(element)
    writer.level = 1
    for element in article.iterfind("back"):
        writer.blocks(element)
    write_notes(writer)
    write_notes_on_authors(writer)
    for element in article:
        if element.tag in {"sub-article", "response"}:
            writer.node(element)
    return Rendering(
        _led_somewhere(writer, clean("".join(writer.out))),
        first_caption(article),
        tuple(writer.headings),
        tuple(writer.references),
        tuple(name for name, came in writer.asked.items() if not came),
        tuple(sorted(writer.unknown)),
        tuple(dict.fromkeys(writer.warnings)),
    )


def first_caption(article: Element) -> str:
    """“Figure 1. Its title. What it shows.”, of the first figure that says anything; without notes and references."""
    for part in ("body", "floats-group", "floats-wrap"):
        for figure in (one for holder in article.iterfind(part) for one in holder.iter("fig")):
            caption = figure.find("caption")
            said = [title_words(one) for one in caption if is_element(one)] if caption is not None else []
            if any(said):
                label = words_of(figure.find("label")).rstrip(".:")
                return " ".join(filter(None, (f"{label}." if label else "", *said)))
    return ""


_id = re.compile(r'\sid="([^"]+)"')
_link = re.compile(r'<a href="#([^"]+)"([^>]*)>(.*?)</a>', re.S)


def _led_somewhere(writer: ArticleWriter, page: str) -> str:
    """The page without links that lead nowhere: to what holds what has no place of its own, else they are words."""
    there = set(_id.findall(page))
    lost = {name: one for one in _elements(writer) if (name := writer.leads_to(one.get("id"))) not in there}

    def link(found: re.Match[str]) -> str:
        if found[1] in there:
            return found[0]
        target = lost.get(found[1])
        around = target.iterancestors() if target is not None else ()
        for one in around:
            if one.get("id") and writer.leads_to(one.get("id")) in there:
                return f'<a href="#{writer.leads_to(one.get("id"))}"{found[2]}>{found[3]}</a>'
        writer.warnings.append(f"“{plain_words(found[3])}” leads to what the page does not show.")
        return found[3]

    return _link.sub(link, page)


def _elements(writer: ArticleWriter) -> list[Element]:
    return [one for one in writer.article.iter() if one.get("id")]


def plain_words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", markup).split())[:80]


def inline_html(article: Element, element: Element) -> str:
    """A title of an article, without a block around it and without the notes that hang on it."""
    writer = ArticleWriter(article, nothing_delivered)
    writer.children(element, without=("xref", "fn"))
    return clean("".join(writer.out)).strip()


def block_html(article: Element, element: Element) -> str:
    """An abstract: paragraphs and sections of their own, headed below the page's."""
    writer = ArticleWriter(article, nothing_delivered, level=2, numbered="a", is_for_everybody=True)
    writer.blocks(element, without=("title", "label"))
    return clean("".join(writer.out)).strip()


def headed_html(article: Element, element: Element, words: str) -> str:
    """An abstract beside the first: a section under its own title, in its own language."""
    anchors = f"a{words[0]}{_place(element)}"
    writer = ArticleWriter(article, nothing_delivered, level=2, numbered=anchors, is_for_everybody=True)
    writer.headed_section(element, words)
    return clean("".join(writer.out)).strip()


def _place(element: Element) -> int:
    """Its number among its like, so that the anchors of two abstracts differ."""
    return sum(1 for _ in element.itersiblings(element.tag, preceding=True)) + 1
