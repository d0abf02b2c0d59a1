"""The list of references: as the source printed them, else put together from their parts, with links and ways back."""

import re
from collections.abc import Callable, Iterator
from html import escape

from ..identifiers import doi_address
from .reading import Element, is_element, link_of, words_of
from .rules import INLINE
from .writer import ArticleWriter, WrittenReference, rule

CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation", "product")
TITLES = ("chapter-title", "article-title", "data-title", "trans-title", "part-title")
PEOPLE = ("name", "string-name", "collab", "etal", "anonymous", "name-alternatives", "on-behalf-of")
PUT_TOGETHER = frozenset(
    {*TITLES, *PEOPLE, "person-group", "source", "year", "volume", "issue", "fpage", "lpage", "page-range"}
    | {"elocation-id", "pub-id", "label", "object-id", "supplement", "edition", "publisher-loc", "publisher-name"}
    | {"conf-name", "conf-date", "conf-loc", "conf-sponsor", "month", "day", "season"}
)
_doi = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_whole_doi = re.compile(r"10\.\d{4,9}/\S+")
_address = re.compile(r"(?:https?://|www\.(?=[\w-]+\.))[^\s\"<>]{1,2000}|\b10\.\d{4,9}/[^\s\"<>]{1,2000}", re.I)
_announced = re.compile(r"(?:\bdoi|\bpmid|\bpmcid)\s*:?\s*$|doi\.org/$", re.I)
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
    label, here = words_of(element.find("label")), writer.place(element.get("id"), f"ref{len(writer.references) + 1}")
    cited = [citation for citation in element.iter(*CITATIONS) if _is_outermost(citation) and _is_chosen(citation)]
    text = writer.captured(lambda: _entry(writer, element, cited))
    ids = [_ids(citation) for citation in cited]
    doi, pmid = next((one[0] for one in ids if one[0]), ""), next((one[1] for one in ids if one[1]), "")
    writer.references.append(WrittenReference(here, label, text, doi, pmid))
    number = f'<span class="number">{escape(label, quote=False)}</span> ' if label else ""
    writer.raw(f'<li id="{here}">{number}{text}{_ways_back(writer.cited.get(here, []))}</li>')


def _is_outermost(citation: Element) -> bool:
    return not any(around.tag in CITATIONS for around in citation.iterancestors())


def _is_chosen(citation: Element) -> bool:
    """Of one work in several forms the one that was printed, else the first."""
    work = _work(citation)
    if work is citation:
        return True
    forms = [one for one in work if is_element(one) and one.tag in CITATIONS]
    return citation is next((one for one in forms if _is_printed(one)), forms[0])


def _work(citation: Element) -> Element:
    """The citation, or what holds it in several forms: one of them may have the numbers that another lacks."""
    around = citation.getparent()
    return around if around is not None and around.tag == "citation-alternatives" else citation


def _entry(writer: ArticleWriter, element: Element, cited: list[Element]) -> None:
    for citation in cited:
        _citation(writer, citation)
        writer.raw(" ")
        _links(writer, citation)
    for child in element:
        if is_element(child) and child.tag in {"note", "p", "x"}:
            writer.children(child)
            writer.raw(" ")


def _citation(writer: ArticleWriter, element: Element) -> None:
    """As it is printed, or put together from its parts."""
    writer.raw(writer.start("span", element))
    if _is_printed(element):
        _printed(writer, element)
    else:
        _put_together(writer, element)
    writer.raw("</span>")


@rule("mixed-citation", "element-citation", "citation", "nlm-citation", "product")
def cited_in_the_text(writer: ArticleWriter, element: Element) -> None:
    """A work that is named in the text itself."""
    _citation(writer, element)
    if links := writer.captured(lambda: _links(writer, element)).strip():
        writer.raw(f" {links}")


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
    _with_links(writer, element.text or "")
    before = element.text or ""
    for child in element:
        if is_element(child) and _is_announced(child, before):
            writer.raw(_identifier(child))
        elif is_element(child):
            _printed_part(writer, child)
        before = child.tail or ""
        _with_links(writer, before or (" " if _stand_apart(child, child.getnext()) else ""))


def _with_links(writer: ArticleWriter, words: str) -> None:
    """Addresses and DOIs that the source has as mere words lead somewhere."""
    at = 0
    for found in _address.finditer(words):
        shown = _trimmed(found[0])
        address = f"https://{shown}" if shown.lower().startswith("www.") else shown
        doi = _doi.search(shown)
        if doi and (doi.start() == 0 or "doi.org/" in shown):
            address = doi_address(doi[0])
        writer.text(words[at : found.start()])
        writer.raw(f'<a href="{escape(address)}">{escape(shown, quote=False)}</a>')
        at = found.start() + len(shown)
    writer.text(words[at:])


def _trimmed(words: str) -> str:
    """An address without the signs of the sentence around it."""
    words, closed = words.rstrip(SIGNS_AFTER), words.count(")") - words.count("(")
    while closed > 0 and words.endswith(")"):
        words, closed = words[:-1].rstrip(SIGNS_AFTER), closed - 1
    return words


SIGNS_AFTER = ".,;:]}"


def _is_announced(element: Element, before: str) -> bool:
    """Whether a number stands behind its name (“doi: ”, “PMID: ”), so that its place is there and not at the end."""
    return element.tag in {"pub-id", "object-id"} and bool(_announced.search(before)) and bool(_identifier(element))


def _identifier(element: Element) -> str:
    """A number of the registers as a link; nothing for what is no such number."""
    kind, words = element.get("pub-id-type"), words_of(element)
    if kind == "doi" and (doi := _doi_in(words)):
        return f'<a href="{escape(doi_address(doi))}">{escape(words, quote=False)}</a>'
    if kind == "pmid" and words.isdecimal():
        return f'<a href="https://pubmed.ncbi.nlm.nih.gov/{words}/">{words}</a>'
    if kind == "pmcid" and words.isalnum():
        number = words if words.upper().startswith("PMC") else f"PMC{words}"
        return f'<a href="https://www.ncbi.nlm.nih.gov/pmc/articles/{number}/">{words}</a>'
    return ""


def _doi_in(words: str) -> str:
    """A DOI of which the source says that it is one: it may hold any sign but a space."""
    found = _whole_doi.search(words)
    return found[0].rstrip(".,;") if found else ""


def _stand_apart(element: Element, other: Element | None) -> bool:
    """Whether two parts between which the source has nothing are words of their own: a family name and initials."""
    return other is not None and not {element.tag, other.tag} & IN_A_WORD


IN_A_WORD = frozenset(
    {*INLINE, "inline-formula", "break", "styled-content", "named-content", "sc", "roman", "overline", "abbrev", "xref"}
)


def _printed_part(writer: ArticleWriter, element: Element) -> None:
    if element.tag in {"pub-id", "object-id"} and element.get("pub-id-type") in {"doi", "pmid", "pmcid"}:
        return  # a link below
    if element.tag in INLINE:
        writer.raw(f"<{INLINE[element.tag]}>")
        _printed(writer, element)
        writer.raw(f"</{INLINE[element.tag]}>")
    elif element.tag in {"ext-link", "uri", "inline-formula", "alternatives", "inline-graphic", "break"}:
        writer.node(element)
    elif element.tag == "person-group" and not _is_printed(element):
        writer.text(", ".join(_names(element)))
    else:
        writer.text(" " if element.tag == "annotation" else "")
        _printed(writer, element)


# Put together ---------------------------------------------------------------------------------------------------------
def _put_together(writer: ArticleWriter, citation: Element) -> None:
    """Okafor L, Rivera T. A title. A source. 2026;27(11):801–809."""
    people, others = _people(citation)
    titles = [title for name in TITLES for title in citation.iterfind(name)]
    is_within = bool(people) and any(title.tag == "chapter-title" for title in titles)
    writer.text(people or others)
    for title in titles:
        _sentence(writer, title)
    if people and others:
        writer.text(f"In: {others}" if is_within else others)
    for source in citation.iterfind("source"):
        writer.raw("<cite>")
        _sentence(writer, source)
        writer.raw("</cite>")
    writer.text(_meeting(citation) + _edition(citation) + _published(citation))
    for child in citation:
        if is_element(child) and child.tag not in PUT_TOGETHER:
            writer.text(" ")
            _printed_part(writer, child)


def _sentence(writer: ArticleWriter, element: Element) -> None:
    _printed(writer, element)
    writer.text(" " if _ends.search(words_of(element)) else ". ")


def _people(citation: Element) -> tuple[str, str]:
    """Who wrote it, and who edited or translated it: “Okafor L, Rivera T. ” and “Sato N, ed. ”"""
    wrote, others = [", ".join(_names(citation))], []
    for group in citation.iterfind("person-group"):
        names, kind = list(_names(group)), group.get("person-group-type") or ""
        role = next((words for words in ROLES if kind.startswith(words)), "")
        if role and names and group.find("role") is None:
            others.append(f"{', '.join(names)}, {ROLES[role][len(names) > 1]}")
        else:
            wrote.append(", ".join(names))
    return _closed("; ".join(filter(None, [*wrote[1:], wrote[0]]))), _closed("; ".join(others))


ROLES = {"editor": ("ed", "eds"), "translator": ("trans", "trans"), "ed": ("ed", "eds")}


def _names(group: Element) -> Iterator[str]:
    for person in group:
        if not is_element(person):
            continue
        if person.tag == "name-alternatives":
            yield from list(_names(person))[:1]
        elif person.tag == "etal":
            yield "et al"
        elif person.tag == "anonymous" and not words_of(person):
            yield "Anonymous"
        elif person.tag in {"name", "string-name"} and person.find("surname") is not None:
            parts = (words_of(person.find(part)) for part in ("surname", "given-names", "suffix"))
            yield " ".join(part for part in parts if part)
        elif person.tag in PEOPLE or (group.tag == "person-group" and person.tag in {"role", "aff"}):
            yield " ".join("".join(_apart(person)).split())


def _apart(element: Element) -> Iterator[str]:
    """The words of a group; between those of its parts stands a space where the source has nothing."""
    yield element.text or ""
    for child in element:
        if is_element(child):
            yield ("" if child.tag in INLINE else " ") + words_of(child)
        yield child.tail or ""


def _meeting(citation: Element) -> str:
    """“Pain Days; May 2001; Rome. ”"""
    parts = (words_of(part) for part in citation if is_element(part) and part.tag.startswith("conf-"))
    return _closed("; ".join(filter(None, parts)))


def _edition(citation: Element) -> str:
    said = " ".join(words_of(one) for one in citation.iterfind("edition"))
    if said.isdecimal() and len(said) < 4:
        said += {"1": "st", "2": "nd", "3": "rd"}.get(said[-1], "th") if said[-2:-1] != "1" else "th"
    return _closed(f"{said} ed" if said and "ed" not in said.lower() else said)


def _closed(words: str) -> str:
    """With the sign that ends it, and a space; nothing of nothing."""
    return words and (f"{words} " if _ends.search(words) else f"{words}. ")


def _published(citation: Element) -> str:
    """“Oslo: Nord; 2006:3–5.”"""
    places = "; ".join(words_of(one) for one in citation.iterfind("publisher-loc"))
    names = "; ".join(words_of(one) for one in citation.iterfind("publisher-name"))
    house, where = ": ".join(filter(None, (places, names))), _where(citation)
    return f"{house}; {where}" if house and where else _closed(house).rstrip() or where


def _where(citation: Element) -> str:
    def said(name: str) -> str:
        return " ".join(filter(None, (words_of(part) for part in citation.iterfind(name))))

    first, last, online = said("fpage"), said("lpage"), said("elocation-id")
    pages = f"{first}–{last}" if first and last else first or said("page-range") or online
    numbered = " ".join(filter(None, (said("issue"), said("supplement"))))
    volume = said("volume") + (f"({numbered})" if numbered else "")
    where = _when(said) + (f";{volume}" if volume else "") + (f":{pages}" if pages else "")
    rest = [
        one for one in (online if first else "", said("page-range") if first else "", last if not first else "") if one
    ]
    return " ".join([f"{where}." if where else "", *rest]).strip()


def _when(said: Callable[[str], str]) -> str:
    """“2026”, “2026 Mar 4”, “2026/3/4”."""
    parts = [part for part in map(said, ("year", "season", "month", "day")) if part]
    return ("/" if all(part.isdecimal() for part in parts) else " ").join(parts)


# Where it can be found ------------------------------------------------------------------------------------------------
def _ids(citation: Element) -> tuple[str, str]:
    """The DOI and the number in PubMed."""
    work = _work(citation)
    known = {one.get("pub-id-type"): words_of(one) for one in work.iter("pub-id", "object-id")}
    doi = _doi_in(known.get("doi") or "")
    if not doi:
        links = (f"{words_of(link)} {' '.join(link.attrib.values())}" for link in work.iter("ext-link", "uri"))
        found = next(filter(None, map(_doi.search, [*links, words_of(work)])), None)
        doi = found[0].rstrip(".,;)") if found else ""
    pmid = known.get("pmid") or ""
    return doi, pmid if pmid.isdecimal() else ""


def _links(writer: ArticleWriter, citation: Element) -> None:
    """The numbers of registers, each a link where one is known; those that stand in the text are not said again."""
    is_printed = _is_printed(citation)
    for one in _work(citation).iter("pub-id", "object-id"):
        kind, words = one.get("pub-id-type"), words_of(one)
        if is_printed and _is_announced(one, _before(one)):
            continue
        if kind == "doi" and (doi := _doi_in(words)):
            said = escape(words.removeprefix("doi:").strip() if words.startswith("doi:") else words, quote=False)
            said = escape(doi, quote=False) if words.startswith("http") else said
            writer.raw(f'<a href="{escape(doi_address(doi))}">doi:{said}</a> ')
        elif kind == "pmid" and words.isdecimal():
            writer.raw(f'<a href="https://pubmed.ncbi.nlm.nih.gov/{words}/">PubMed {words}</a> ')
        elif kind == "pmcid":
            number, named = escape(words), words.upper().startswith("PMC")
            address = f"https://www.ncbi.nlm.nih.gov/pmc/articles/{'' if named else 'PMC'}{number}/"
            writer.raw(f'<a href="{address}">{"" if named else "PMC "}{number}</a> ')
        elif not is_printed:
            _other_number(writer, one, words)


def _other_number(writer: ArticleWriter, element: Element, words: str) -> None:
    """Of another register: with its name where readers know it, and as a link where the source has one."""
    kind = element.get("pub-id-type") or ""
    said = {"isbn": f"ISBN {words}", "arxiv": f"arXiv:{words.removeprefix('arXiv:')}"}.get(kind, words)
    address = link_of(element)
    if address.startswith(("http://", "https://")):
        writer.raw(f'<a href="{escape(address)}">{escape(said, quote=False)}</a> ')
    else:
        writer.text(f"{said} ")


def _before(element: Element) -> str:
    """The words right before an element, in the same one."""
    other = element.getprevious()
    return (element.getparent().text if other is None else other.tail) or ""
