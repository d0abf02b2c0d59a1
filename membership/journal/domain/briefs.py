"""The main figure and the limits of a full text, found in it when it is written."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aapm_site.core.first_use import on_first_use

from ..jats.sections import kind_of
from ..models import Article, ArticleBrief

if TYPE_CHECKING:
    from lxml import html
else:
    html = on_first_use("lxml.html")

LONGEST = 700  # letters of the limits; they end with a sentence
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_headed = re.compile(r"\b(limits|limitations?|shortcomings|weaknesses)\b", re.IGNORECASE)
_named = re.compile(
    r"\b(several|some|has|have|our|important|these) (limits|limitations)\b|\blimitations? of (this|our|the)\b",
    re.IGNORECASE,
)
_sentence = re.compile(r"(?<=[.?!])\s+(?=[A-Z“(])")


def write_brief(article: Article, written: str) -> None:
    """Keep what a full text shows first, in place of what was kept of it before; of one without either, nothing."""
    found = brief_of(written) if written.strip() else {}
    if found:
        ArticleBrief.objects.update_or_create(article=article, defaults={**EMPTY, **found})
    else:
        ArticleBrief.objects.filter(article=article).delete()


EMPTY: dict[str, Any] = {
    "figure_anchor": "", "figure_source": "", "figure_alt": "", "figure_caption": "", "figure_width": None,
    "figure_height": None, "limits": "", "limits_anchor": "",
}  # fmt: skip


def brief_of(written: str) -> dict[str, Any]:
    """The columns of the brief that a text fills."""
    root = html.fragment_fromstring(written, create_parent="div")
    for listed in root.xpath('.//ol[contains(@class, "refs")]'):
        listed.clear()
    pieces = list(_pieces(root))
    return {**_figure(pieces), **_limits_in(pieces)}


def _pieces(root: "html.HtmlElement") -> Iterator[tuple[str, str, str, str, "html.HtmlElement"]]:
    """Headings, paragraphs and figures in order, each with the part it is in, and the heading above it."""
    part = heading = anchor = ""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in HEADINGS:
            heading, anchor = _words(element), element.get("id") or ""
            part = kind_of(heading) if element.tag == "h2" else part
        if element.tag in {"p", "figure", *HEADINGS}:
            yield element.tag, part, heading, anchor, element


def _figure(pieces: list[Any]) -> dict[str, Any]:
    """The first figure of the results; without one, the first of all."""
    figures = [(part, one) for tag, part, *_, one in pieces if tag == "figure" and _is_picture(one)]
    found = next((one for part, one in figures if part == "results"), figures[0][1] if figures else None)
    if found is None:
        return {}
    picture, caption = found.find(".//img"), found.find(".//figcaption")
    return {
        "figure_anchor": (found.get("id") or "")[:200],
        "figure_source": (picture.get("src") or "")[:500],
        "figure_alt": picture.get("alt") or "",
        "figure_caption": _first_sentences(_caption(caption), 240) if caption is not None else "",
        "figure_width": _number(picture.get("width")),
        "figure_height": _number(picture.get("height")),
    }


def _caption(caption: "html.HtmlElement") -> str:
    """“Figure 1. Its title.”, with a full stop where the label has none."""
    label, words = caption.find("b"), _words(caption)
    named = _words(label) if label is not None else ""
    if named and words.startswith(named) and named[-1].isalnum():
        return f"{named}. {words[len(named) :].strip()}"
    return words


def _is_picture(figure: "html.HtmlElement") -> bool:
    picture = figure.find(".//img")
    return not figure.get("class") and picture is not None and bool(picture.get("src"))


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isdecimal() and len(said) < 7 else None


def _limits_in(pieces: list[Any]) -> dict[str, Any]:
    """What stands below a heading about limits; without one, the first paragraph of the discussion that names them."""
    paragraphs = [(part, heading, anchor, _words(one)) for tag, part, heading, anchor, one in pieces if tag == "p"]
    headed = [(anchor, words) for _, heading, anchor, words in paragraphs if words and _headed.search(heading)]
    named = [(anchor, words) for part, _, anchor, words in paragraphs if part == "discussion" and _named.search(words)]
    if not (headed or named):
        return {}
    anchor = (headed or named)[0][0]
    words = " ".join(said for at, said in headed if at == anchor) if headed else named[0][1]
    return {"limits": _first_sentences(words, LONGEST), "limits_anchor": anchor[:200]}


def _first_sentences(words: str, most: int) -> str:
    """As many whole sentences as fit; of a longer one its beginning."""
    said = ""
    for sentence in _sentence.split(words):
        if said and len(said) + len(sentence) >= most:
            break
        said = f"{said} {sentence}".strip()
    return said if len(said) <= most else f"{said[: most - 1].rsplit(' ', 1)[0]}…"


def _words(element: "html.HtmlElement") -> str:
    """Without the numbers of references."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: "html.HtmlElement") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_citation(child):
            yield from _texts(child)
        yield child.tail or ""


def _is_citation(element: "html.HtmlElement") -> bool:
    """A link to a reference, or the raised numbers in which such links stand."""
    links = [element] if element.tag == "a" else element.iter("a") if element.tag == "sup" else []
    return any("cited" in (link.get("class") or "") for link in links)
