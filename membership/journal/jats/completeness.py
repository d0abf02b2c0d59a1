"""What of the source is found again on the page: letters, references, links, formulas, figures and tables, counted.

The counts are made from the two texts alone. They know nothing of the rules, so that a rule which loses something
cannot hide it.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use

from .reading import Element, is_element, is_math

if TYPE_CHECKING:
    from lxml import etree, html
else:
    etree, html = on_first_use("lxml.etree"), on_first_use("lxml.html")

ENOUGH = 99.9  # per cent of the letters; below it a person looks
RUN = 6  # letters and digits in a row that are looked for: blind to spaces, and to what stands between elements
# Said in the head of the page, in its data, or by a picture: the rest of an article is for readers.
NOT_IN_THE_TEXT = frozenset(
    {
        "object-id",
        "alt-text",
        "processing-meta",
        "contrib-group",
        "aff",
        "front-stub",
        "front",
        "permissions",
        "kwd-group",
    }
    | {"custom-meta-group", "index-term", "glyph-data", "sec-meta", "treatment-meta", "tex-math"}
)
# What is read, in the order of the page: what floats stands behind the back in some files, and before it in others.
READ = {"body": 0, "floats-group": 1, "floats-wrap": 1, "back": 2, "sub-article": 3, "response": 3}
SAID_APART = frozenset({"front", "front-stub", "permissions"})  # the page has words of its own there
APART = "\0"  # no run goes over it: something else stands here on the page
_other_than_letters = re.compile(r"[\W_]+")
_words = re.compile(r"\w+")
# What the page says of its own within the text.
IN_A_LINE = frozenset({"a", "b", "cite", "code", "em", "i", "s", "span", "strong", "sub", "sup", "u"})
OURS = frozenset({"not-delivered", "ways-back", "own", "download"})


@dataclass(frozen=True)
class Counted:
    """How many of something the source holds, and how many of them the page has."""

    of: int
    kept: int

    @property
    def percent(self) -> float:
        return 100.0 if not self.of else 100 * self.kept / self.of

    @property
    def said(self) -> str:
        """In words: “100 %” of what is whole alone; nothing else is rounded up to it, or at all."""
        if self.kept >= self.of:
            return "100 %"
        hundredths = 10_000 * self.kept // self.of
        return f"{hundredths // 100}.{hundredths % 100:02} %"


@dataclass(frozen=True)
class Completeness:
    """One article's counts."""

    letters: Counted
    reference_words: Counted
    links: Counted
    formulas: Counted
    figures: Counted
    tables: Counted
    lost: tuple[str, ...]  # the first runs of letters that are missing, as a hint where to look

    @property
    def is_enough(self) -> bool:
        """Whether nobody need look: all but one letter in a thousand, and everything else."""
        others = (self.links, self.formulas, self.figures, self.tables)
        return self.letters.percent >= ENOUGH and all(found.kept >= found.of for found in others)


def compare(article: Element, page: str) -> Completeness:
    """Count what the source of an article and its page have in common."""
    tree = html.document_fromstring(f"<main>{page}</main>") if page.strip() else html.document_fromstring("<main/>")
    shown = _text_of_page(tree)
    source, shown_runs = _runs(_text(article, references=False)), _runs(shown)
    lost = source - shown_runs
    words, shown_words = _counted(_text(article, references=True)), _counted(shown)
    return Completeness(
        letters=Counted(source.total(), source.total() - lost.total()),
        reference_words=Counted(words.total(), words.total() - (words - shown_words).total()),
        links=_links(article, tree),
        formulas=Counted(_formulas(article), len(tree.xpath("//*[local-name()='math']"))),
        figures=Counted(
            _count(article, "fig") + _figures_of_abstracts(article), len(tree.xpath("//figure[not(@class)]"))
        ),
        tables=Counted(_tables(article), len(tree.xpath("//table"))),
        lost=tuple(lost)[:5],
    )


def _runs(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for piece in text.lower().split(APART):
        letters = _other_than_letters.sub("", piece)
        found.update(letters[place : place + RUN] for place in range(max(0, len(letters) - RUN + 1)))
    return found


def _counted(text: str) -> Counter[str]:
    return Counter(_words.findall(text.lower()))


# The source -----------------------------------------------------------------------------------------------------------
def _text(article: Element, *, references: bool) -> str:
    """The words of the lists of references, or all others of body, floats, back and what was said about it."""
    parts: list[str] = []
    read = [one for one in article if is_element(one) and one.tag in READ]
    for element in sorted(read, key=lambda one: READ[one.tag]):
        _gather(element, parts, references=references, inside=False)
    return " ".join(parts)


def _gather(element: Element, parts: list[str], *, references: bool, inside: bool) -> None:
    if not is_element(element) or is_math(element):
        return
    if element.tag in NOT_IN_THE_TEXT:
        parts.append(APART if element.tag in SAID_APART else "")
        return
    inside = inside or element.tag == "ref-list"
    stands_elsewhere = _stands_elsewhere(element)
    if stands_elsewhere:
        parts.append(APART)
    if inside != references:
        parts.append(APART)
    else:
        parts.append(element.text or "")
    for child in _one_form(element):
        _gather(child, parts, references=references, inside=inside)
        if inside == references:
            parts.append(child.tail or "")
    if stands_elsewhere:
        parts.append(APART)


def _stands_elsewhere(element: Element) -> bool:
    """Notes in the text, of which the page has a sign there and the words at its end; sums, which may come first."""
    return element.tag in {"fn", "tfoot"} or (element.tag == "tbody" and element.getparent().find("tfoot") is not None)


def _one_form(element: Element) -> list[Element]:
    """What is in an element; of one thing in several forms one of them."""
    children = list(element)
    if element.tag == "citation-alternatives":
        return [one for one in children if one.tag == "mixed-citation"][:1] or children[:1]
    one_of = element.tag == "block-alternatives" or (element.tag == "alternatives" and not element.findall("table"))
    return children[:1] if one_of else children


def _count(article: Element, name: str) -> int:
    return sum(1 for _ in _shown(article, name))


def _figures_of_abstracts(article: Element) -> int:
    """They open the text, with the pictures that came for it."""
    drawn = [one for one in article.iterfind("front/article-meta/abstract") if one.find(".//graphic") is not None]
    return sum(1 for one in drawn for _ in one.iter("fig"))


def _shown(article: Element, name: str) -> list[Element]:
    """Elements of a name that are for readers."""
    return [
        one for one in article.iter(name) if not any(around.tag in NOT_IN_THE_TEXT for around in one.iterancestors())
    ]


def _formulas(article: Element) -> int:
    maths = sum(
        1 for one in article.iter() if is_math(one) and etree.QName(one).localname == "math" and not _is_apart(one)
    )
    holding = _holding_math(article)
    alone = [tex for tex in _shown(article, "tex-math") if tex.getparent() not in holding]
    return maths + len(alone)


def _is_apart(element: Element) -> bool:
    return any(around.tag in NOT_IN_THE_TEXT or around.tag in {"ref-list"} for around in element.iterancestors())


def _holding_math(article: Element) -> set[Element]:
    """The elements that are MathML or hold any; each is come by once, however many formulas stand in it."""
    found: set[Element] = set()
    for one in article.iter():
        around = one if is_math(one) else None
        while around is not None and around not in found:
            found.add(around)
            around = around.getparent()
    return found


def _tables(article: Element) -> int:
    return _count(article, "array") + sum(max(1, len(one.findall("tgroup"))) for one in _shown(article, "table"))


def _links(article: Element, tree: Element) -> Counted:
    """Cross references with words whose target the source holds, and links of the page that lead somewhere."""
    ids = {one.get("id") for one in article.iter() if is_element(one) and one.get("id")}
    of = sum(
        1
        for link in _shown(article, "xref")
        if "".join(link.itertext()).strip()
        and any(name in ids for name in (link.get("rid") or "").split())
        and not _is_in_front(link)
    )
    targets = set(tree.xpath("//@id"))
    kept = [
        href for href in tree.xpath("//a[not(@class='back')]/@href") if href.startswith("#") and href[1:] in targets
    ]
    return Counted(of, min(of, len(kept)))


def _is_in_front(element: Element) -> bool:
    return any(around.tag in {"front", "front-stub"} for around in element.iterancestors())


def _text_of_page(tree: Element) -> str:
    """What is read on the page; of formulas nothing, as of those of the source."""
    parts: list[str] = []

    def gather(element: Element) -> None:
        if not is_element(element) or element.tag == "math" or element.get("class") in OURS:
            return
        apart = "" if element.tag in IN_A_LINE else " "
        parts.append(apart + (element.text or ""))
        for child in element:
            gather(child)
            parts.append(child.tail or "")
        parts.append(apart)

    gather(tree)
    return "".join(parts)
