"""The list of references: as the source printed them, else put together from their parts, with links and ways back."""

import re
from collections.abc import Iterator
from html import escape

from .reading import Element, is_element, words_of
from .rules import INLINE
from .writer import ArticleWriter, WrittenReference, anchor, rule

CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation", "product")
TITLES = ("chapter-title", "article-title", "data-title", "trans-title", "part-title")
PEOPLE = ("name", "string-name", "collab", "etal", "anonymous", "name-alternatives", "on-behalf-of")
PUT_TOGETHER = frozenset(
    {*TITLES, *PEOPLE, "person-group", "source", "year", "volume", "issue", "fpage", "lpage", "page-range"}
    | {"elocation-id", "pub-id", "label", "object-id"}
)
_doi = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_ends = re.compile(r"[.?!…][”’\")\]]?$")


@rule("ref-list")
def reference_list(writer: ArticleWriter, element: Element) -> None:
    """Numbered by the source's labels. What else stands in the list, such as parts of it, keeps its place."""
    inner = [child for child in element if is_element(child) and child.tag == "ref-list"]
    writer.raw("<section>")
    writer.level += 1
    title = element.find("title")
    if title is not None and words_of(title):
        writer.heading(title)
    elif element.getparent() is None or element.getparent().tag != "ref-list":
        writer.named_heading("References")
    for child in element:
        if is_element(child) and child.tag not in {"title", "label", "ref", "ref-list"}:
            writer.node(child)
    if element.find("ref") is not None:
        writer.raw('<ol class="refs">')
        for reference in element.iterfind("ref"):
            _reference(writer, reference)
        writer.raw("</ol>")
    for child in inner:
        writer.node(child)
    writer.level -= 1
    writer.raw("</section>")


def _reference(writer: ArticleWriter, element: Element) -> None:
    label, here = words_of(element.find("label")), element.get("id") or f"ref{len(writer.references) + 1}"
    cited = [citation for citation in element.iter(*CITATIONS) if _is_outermost(citation)]
    text = writer.captured(lambda: _entry(writer, element, cited))
    ids = [_ids(citation) for citation in cited]
    doi, pmid = next((one[0] for one in ids if one[0]), ""), next((one[1] for one in ids if one[1]), "")
    writer.anchors.setdefault(here, anchor(here))
    writer.references.append(WrittenReference(anchor(here), label, text, doi, pmid))
    number = f'<span class="number">{escape(label, quote=False)}</span> ' if label else ""
    writer.raw(f'<li id="{anchor(here)}">{number}{text}{_ways_back(writer.cited.get(anchor(here), []))}</li>')


def _is_outermost(citation: Element) -> bool:
    return not any(around.tag in CITATIONS for around in citation.iterancestors())


def _entry(writer: ArticleWriter, element: Element, cited: list[Element]) -> None:
    for citation in cited:
        writer.raw(writer.start("span", citation))
        if _is_printed(citation):
            _printed(writer, citation)
        else:
            _put_together(writer, citation)
        writer.raw("</span> ")
        _links(writer, citation)
    for child in element:
        if is_element(child) and child.tag in {"note", "p", "x"}:
            writer.children(child)
            writer.raw(" ")


def _ways_back(places: list[str]) -> str:
    """From a reference to where it is cited."""
    if len(places) == 1:
        links = [f'<a class="back" href="#{places[0]}" aria-label="Back to the text">↑</a>']
    else:
        links = [
            f'<a class="back" href="#{place}" aria-label="Back to the text, place {number}">{number}</a>'
            for number, place in enumerate(places, start=1)
        ]
    return f' <span class="ways-back">{" ".join(links)}</span>' if links else ""


# As the source printed it ---------------------------------------------------------------------------------------------
def _is_printed(citation: Element) -> bool:
    """Whether there are signs between the parts; some publishers leave them to whoever prints."""
    between = [citation.text, *(child.tail for child in citation)]
    return any(words and words.strip() for words in between)


def _printed(writer: ArticleWriter, element: Element) -> None:
    writer.text(element.text)
    for child in element:
        if is_element(child):
            _printed_part(writer, child)
        writer.text(child.tail or (" " if _stand_apart(child, child.getnext()) else ""))


def _stand_apart(element: Element, other: Element | None) -> bool:
    """Whether two parts between which the source has nothing are words of their own: a family name and initials."""
    return other is not None and not {element.tag, other.tag} & {*INLINE, "inline-formula", "break"}


def _printed_part(writer: ArticleWriter, element: Element) -> None:
    if element.tag in {"pub-id", "object-id"} and element.get("pub-id-type") in {"doi", "pmid", "pmcid"}:
        return  # a link below
    if element.tag in INLINE:
        writer.raw(f"<{INLINE[element.tag]}>")
        _printed(writer, element)
        writer.raw(f"</{INLINE[element.tag]}>")
    elif element.tag in {"ext-link", "uri", "inline-formula", "alternatives", "inline-graphic", "break"}:
        writer.node(element)
    else:
        _printed(writer, element)


# Put together ---------------------------------------------------------------------------------------------------------
def _put_together(writer: ArticleWriter, citation: Element) -> None:
    """Okafor L, Rivera T. A title. A source. 2026;27(11):801–809."""
    writer.text(_people(citation))
    for name in TITLES:
        for title in citation.iterfind(name):
            _sentence(writer, title)
    for source in citation.iterfind("source"):
        writer.raw("<cite>")
        _sentence(writer, source)
        writer.raw("</cite>")
    writer.text(_where(citation))
    for child in citation:
        if is_element(child) and child.tag not in PUT_TOGETHER:
            writer.text(" ")
            _printed_part(writer, child)


def _sentence(writer: ArticleWriter, element: Element) -> None:
    _printed(writer, element)
    writer.text(" " if _ends.search(words_of(element)) else ". ")


def _people(citation: Element) -> str:
    groups = [", ".join(_names(group)) for group in citation.iterfind("person-group")]
    groups.append(", ".join(_names(citation)))
    written = "; ".join(group for group in groups if group)
    if not written:
        return ""
    return f"{written} " if _ends.search(written) else f"{written}. "


def _names(group: Element) -> Iterator[str]:
    for person in group:
        if not is_element(person):
            continue
        if person.tag == "name-alternatives":
            yield from list(_names(person))[:1]
        elif person.tag == "etal":
            yield "et al"
        elif person.tag in {"name", "string-name"} and person.find("surname") is not None:
            parts = (words_of(person.find(part)) for part in ("surname", "given-names", "suffix"))
            yield " ".join(part for part in parts if part)
        elif person.tag in PEOPLE or (group.tag == "person-group" and person.tag in {"role", "aff"}):
            yield words_of(person)


def _where(citation: Element) -> str:
    def said(name: str) -> str:
        return " ".join(filter(None, (words_of(part) for part in citation.iterfind(name))))

    first, last, online = said("fpage"), said("lpage"), said("elocation-id")
    pages = f"{first}–{last}" if first and last else first or said("page-range") or online
    volume = said("volume") + (f"({said('issue')})" if said("issue") else "")
    where = said("year") + (f";{volume}" if volume else "") + (f":{pages}" if pages else "")
    rest = [
        one for one in (online if first else "", said("page-range") if first else "", last if not first else "") if one
    ]
    return " ".join([f"{where}." if where else "", *rest]).strip()


# Where it can be found ------------------------------------------------------------------------------------------------
def _ids(citation: Element) -> tuple[str, str]:
    """The DOI and the number in PubMed."""
    known = {one.get("pub-id-type"): words_of(one) for one in citation.iter("pub-id", "object-id")}
    doi = _doi.search(known.get("doi") or "")
    if doi is None:
        found = (
            _doi.search(f"{words_of(link)} {' '.join(link.attrib.values())}")
            for link in citation.iter("ext-link", "uri")
        )
        doi = next(filter(None, found), None)
    pmid = known.get("pmid") or ""
    return (doi[0].rstrip(".,;)") if doi else "", pmid if pmid.isdigit() else "")


def _links(writer: ArticleWriter, citation: Element) -> None:
    doi, pmid = _ids(citation)
    for one in citation.iter("pub-id", "object-id"):
        kind, words = one.get("pub-id-type"), words_of(one)
        if kind == "doi":
            writer.raw(f'<a href="https://doi.org/{escape(doi or words)}">doi:{escape(words)}</a> ')
        elif kind == "pmid" and pmid == words:
            writer.raw(f'<a href="https://pubmed.ncbi.nlm.nih.gov/{words}/">PubMed {words}</a> ')
        elif kind == "pmcid":
            writer.raw(f'<a href="https://www.ncbi.nlm.nih.gov/pmc/articles/{escape(words)}/">{escape(words)}</a> ')
        elif not _is_printed(citation):
            writer.text(f"{words} ")
