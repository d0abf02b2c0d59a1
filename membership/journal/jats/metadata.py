"""What the head of an article says: names, dates, where it stands, what everybody may read of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aapm_site.core.days import is_believed

from .reading import Element, first_words, is_element, link_of, title_words, words_of
from .rendering import block_html, headed_html, inline_html
from .writer import LANGUAGE

_doi = re.compile(r"10\.\d{4,9}/\S+")
_orcid = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_number = re.compile(r"\d+")
_mail = re.compile(r"[\s;,.(]*\be-?mails?\b.*$", re.I | re.S)  # what is left of addresses that were taken out
_own_heading = re.compile(
    r"(?:funding|financial (?:disclosure|support)"
    r"|(?:conflicts?|competing|declarations?)(?: of)?(?: competing)? interests?)(?: statement)?\s*[:.]\s*", re.I,
)  # fmt: skip
LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish", "zh": "Chinese",
}  # fmt: skip
PLAIN_WORDS = frozenset({"plain-language-summary", "lay-summary", "executive-summary", "plain-language", "key-points"})
KEY_POINTS = "key-points"
SHORT = frozenset({"toc", "teaser", "short", "graphical", "precis", "synopsis", "web-summary", "editor", "summary"})
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# The order in which dates of publication are believed: the day on which everybody could read it first.
PUBLISHED = ("epub", "pub", "epub-ppub", "ppub", "collection", "pmc-release", "epreprint", "")
CONFLICTS = frozenset({"conflict", "COI-statement", "coi-statement", "competing-interests"})
# What the heading of a part without a kind begins with.
ABOUT_CONFLICTS = ("conflict of interest", "conflicts of interest", "competing interest", "declaration of interest")


@dataclass(frozen=True)
class WrittenAuthor:
    """One author as printed; of a group its whole name stands as the family name."""

    family_name: str
    given_name: str = ""
    degrees: str = ""
    affiliation: str = ""
    orcid: str = ""
    is_corresponding: bool = False


@dataclass(frozen=True)
class Relation:
    """What the article says of another: corrects it, retracts it, comments on it."""

    kind: str
    doi: str


@dataclass(frozen=True)
class ArticleHead:
    """The head in words; numbers of volume, issue and pages are labels, such as “Suppl 1” and “e123”."""

    doi: str
    title: str
    title_html: str
    kind: str  # of article, by JATS: research-article, review-article, correction
    heading: str  # as the journal names the kind: “Original Research”
    authors: tuple[WrittenAuthor, ...]
    volume: str
    issue: str
    first_page: str
    last_page: str
    received_on: date | None
    accepted_on: date | None
    published_on: date | None
    abstract: str
    plain_summary: str
    keywords: tuple[str, ...]
    license_url: str
    license: str
    copyright: str
    funding: str
    conflicts: str
    relations: tuple[Relation, ...]

    @property
    def is_open(self) -> bool:
        """Whether its licence gives it to everybody."""
        said = f"{self.license_url} {self.license} {self.copyright}".lower()
        return any(words in said for words in ("creativecommons.org", "creative commons", "public domain"))


def read_head(article: Element) -> ArticleHead:
    """What the head says; what is missing is empty."""
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front")
    if meta is None:
        meta = article
    title = meta.find("title-group/article-title")
    return ArticleHead(
        doi=_doi_of(meta),
        title=_title(meta),
        title_html=inline_html(article, title) if title is not None else "",
        kind=article.get("article-type") or "",
        heading=first_words(meta, "article-categories/subj-group[@subj-group-type='heading']/subject", ".//subject"),
        authors=tuple(_authors(meta)),
        volume=first_words(meta, "volume"),
        issue=first_words(meta, "issue"),
        first_page=first_words(meta, "fpage", "elocation-id"),
        last_page=first_words(meta, "lpage"),
        received_on=_history(meta, "received"),
        accepted_on=_history(meta, "accepted"),
        published_on=_published(meta),
        abstract=_abstract(article, meta),
        plain_summary=_plain_summary(meta),
        keywords=tuple(dict.fromkeys(_keywords(meta))),
        license_url=next((link for one in meta.iter("license", "license_ref") for link in _links(one)), ""),
        license=_license(meta),
        copyright=first_words(meta, "permissions/copyright-statement", "copyright-statement"),
        funding=_without_heading(_funding(article, meta)),
        conflicts=_without_heading(_conflicts(article)),
        relations=tuple(_relations(meta)),
    )


def _links(element: Element) -> Iterator[str]:
    for one in element.iter():
        if is_element(one) and (link := link_of(one) or (words_of(one) if one.tag == "license_ref" else "")):
            yield link


def _license(meta: Element) -> str:
    """The words of the licence without its address; without any, whose it is."""
    said = " ".join(words_of(one) for one in meta.iterfind("permissions/license/license-p"))
    return said or first_words(meta, "permissions/license", "permissions/copyright-statement")


def _doi_of(meta: Element) -> str:
    for one in meta.iterfind("article-id"):
        if one.get("pub-id-type") == "doi" and (found := _doi.search(words_of(one))):
            return found[0]
    return ""


def _title(meta: Element) -> str:
    """Title and subtitle, without the notes that hang on them."""
    parts = [title_words(part) for part in meta.iterfind("title-group/*") if part.tag in {"article-title", "subtitle"}]
    title, *rest = [part for part in parts if part] or [""]
    return ": ".join([title.rstrip(":"), *rest]) if rest else title


# People ---------------------------------------------------------------------------------------------------------------
def _authors(meta: Element) -> Iterator[WrittenAuthor]:
    places = {one.get("id"): _place(one) for one in meta.iter("aff") if one.get("id")}
    for one in meta.iter("aff-alternatives"):
        if one.get("id") and (form := one.find("aff")) is not None:
            places.setdefault(one.get("id"), _place(form))
    for group in meta.iterfind("contrib-group"):
        kind = group.get("content-type") or ""
        if kind.startswith(("section", "editor", "reviewer")):
            continue
        shared = [_place(one) for one in group.iterfind("aff") if not one.get("id")]
        for person in group.iterfind("contrib"):
            if (person.get("contrib-type") or "author") == "author" and (found := _author(person, places, shared)):
                yield found


def _author(person: Element, places: dict[str | None, str], shared: list[str]) -> WrittenAuthor | None:
    # The members of a group have names of their own, which are not the group's.
    names = [
        one for one in person.iter("name", "string-name") if not any(up.tag == "collab" for up in one.iterancestors())
    ]
    name = next((one for one in names if one.tag == "name"), next(iter(names), None))
    group = next(iter([*person.iterfind("collab"), *person.iterfind("collab-alternatives/collab")]), None)
    family = words_of(name.find("surname")) or words_of(name) if name is not None else _without_people(group)
    if not family:
        return None
    given = words_of(name.find("given-names")) if name is not None else ""
    suffix = words_of(name.find("suffix")) if name is not None else ""
    links = list(person.iterfind("xref"))
    own = [_place(one) for one in person.iterfind("aff")]
    named = [places[rid] for link in links for rid in (link.get("rid") or "").split() if rid in places]
    found = next((_orcid.search(words_of(one)) for one in person.iterfind("contrib-id")), None)
    orcid = found or next((_orcid.search(link_of(one)) for one in person.iter("uri", "ext-link")), None)
    return WrittenAuthor(
        family_name=f"{family} {suffix}".strip(),
        given_name=given,
        degrees=", ".join(words_of(one) for one in person.iterfind("degrees")),
        affiliation="; ".join(dict.fromkeys(one for one in (own or named or shared) if one)),
        orcid=orcid[0] if orcid else "",
        is_corresponding=person.get("corresp") == "yes" or any(link.get("ref-type") == "corresp" for link in links),
    )


def _without_people(group: Element | None) -> str:
    """The name of a group, without its members."""
    if group is None:
        return ""
    written = [group.text or ""]
    for child in group:
        if is_element(child) and child.tag not in {"contrib-group", "xref", "fn", "aff"}:
            written.append(words_of(child))
        written.append(child.tail or "")
    return " ".join("".join(written).split())


def _place(aff: Element) -> str:
    """An affiliation on one line: commas where the source has only elements."""
    written: list[str] = [aff.text or ""]
    for child in aff:
        if is_element(child) and child.tag not in {"label", "sup", "email", "institution-id", "x"}:
            inside = ", ".join(words_of(one) for one in child if is_element(one) and one.tag != "institution-id")
            words = inside if child.tag == "institution-wrap" else words_of(child)
            written.append(words if (child.tail or "").strip() or child is aff[-1] else f"{words}, ")
        written.append(child.tail or "")
    words = _mail.sub("", " ".join("".join(written).split()))
    # A semicolon stands between two places of one person, and within none.
    return re.sub(r"\s+([,;.])", r"\1", words).replace(";", ",").strip(" ,")


# Dates ----------------------------------------------------------------------------------------------------------------
def day_of(element: Element | None) -> date | None:
    """A date; the first of its month, or of its year, when no more is said. None for what is no date, or unbelieved."""
    if element is None:
        return None
    year = _number.search(first_words(element, "year"))
    if year is None:
        return None
    month, day = first_words(element, "month"), _number.search(first_words(element, "day"))
    try:
        found = date(int(year[0]), _month(month), int(day[0]) if day else 1)
    except (ValueError, OverflowError):
        return None
    return found if is_believed(found) else None


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    name = words[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else 1


def _history(meta: Element, kind: str) -> date | None:
    return day_of(meta.find(f"history/date[@date-type='{kind}']"))


def _published(meta: Element) -> date | None:
    """The first day on which everybody could read it, as exactly as it is known."""
    found: dict[str, date] = {}
    for one in meta.iterfind("pub-date"):
        kind = one.get("pub-type") or one.get("date-type") or ""
        if kind == "pub" and one.get("publication-format") == "print":
            kind = "ppub"
        day = day_of(one)
        if day:
            found.setdefault(kind, day)
    return next((found[kind] for kind in PUBLISHED if kind in found), next(iter(found.values()), None))


# What everybody reads -------------------------------------------------------------------------------------------------
def _abstract(article: Element, meta: Element) -> str:
    """The abstract, key points beside a summary in plain words, and the abstract in other languages."""
    found = [one for one in meta.iterfind("abstract") if _kind(one) not in PLAIN_WORDS | SHORT][:1]
    points = [one for one in meta.iterfind("abstract") if _kind(one) == KEY_POINTS]
    if any(_kind(one) in PLAIN_WORDS and _kind(one) != KEY_POINTS for one in meta.iterfind("abstract")):
        found += points
    written = [block_html(article, one) for one in found[:1]]
    written += [headed_html(article, one, "Key points") for one in found[1:]]
    written += [headed_html(article, one, _in_language(one)) for one in meta.iterfind("trans-abstract")]
    return "".join(written)


def _in_language(abstract: Element) -> str:
    language = LANGUAGES.get((abstract.get(LANGUAGE) or "").lower().split("-")[0], "another language")
    return f"Abstract in {language}"


def _kind(abstract: Element) -> str:
    return (abstract.get("abstract-type") or "").lower()


def _plain_summary(meta: Element) -> str:
    """Paragraphs without markup, an empty line between them; key points where nothing is said in plain words."""
    found = [one for one in meta.iterfind("abstract") if _kind(one) in PLAIN_WORDS]
    if not found:
        return ""
    chosen = min(found, key=lambda one: _kind(one) == KEY_POINTS)
    return "\n\n".join(line for line in _lines(chosen) if not _is_number(line))


def _lines(element: Element) -> Iterator[str]:
    """Each paragraph, and each of those that stand within one."""
    for one in element.iter("p"):
        words = words_of(one) if one.find(".//p") is None else " ".join((one.text or "").split())
        if words:
            yield words


def _is_number(words: str) -> bool:
    """Some summaries end in a DOI of their own."""
    return words.startswith(("DOI:", "https://doi.org/")) or bool(_doi.fullmatch(words))


def _keywords(meta: Element) -> Iterator[str]:
    for group in meta.iterfind("kwd-group"):
        if (group.get("kwd-group-type") or "author") not in {"research-organism", "abbreviations"}:
            for one in group.iter("kwd", "compound-kwd"):
                if words := words_of(one):
                    yield words


def _funding(article: Element, meta: Element) -> str:
    said = first_words(meta, "funding-group/funding-statement", "funding-statement")
    if said:
        return said
    for one in article.iter("fn"):
        if one.get("fn-type") in {"financial-disclosure", "funding", "supported-by"}:
            return words_of(one)
    awards = [
        " ".join(filter(None, [_fund(one), first_words(one, "award-id")]))
        for one in meta.iterfind("funding-group/award-group")
    ]
    return "; ".join(dict.fromkeys(filter(None, awards)))


def _conflicts(article: Element) -> str:
    """Everything that is said of them, each once; of what stands within another, the other."""
    found: list[Element] = []
    for one in article.iter("fn", "notes", "sec"):
        if _is_of_conflicts(one) and not any(around in found for around in one.iterancestors()):
            found.append(one)
    return " ".join(dict.fromkeys(filter(None, map(_without_title, found))))


def _fund(award: Element) -> str:
    """The name of who paid, without the number by which registers know them."""
    source = award.find("funding-source")
    named = first_words(award, ".//institution")
    return named or " ".join(words_of(source).split(" http")[0].split()) if source is not None else named


def _without_heading(words: str) -> str:
    """The page has a heading of its own: “Funding: the Harbor Fund.” is what the fund says."""
    found = _own_heading.match(words)
    return words[found.end() :] if found else words


def _is_of_conflicts(element: Element) -> bool:
    if {element.get("fn-type"), element.get("notes-type"), element.get("sec-type")} & CONFLICTS:
        return not any(around.tag == "sub-article" for around in element.iterancestors())
    return element.tag in {"notes", "sec"} and words_of(element.find("title")).lower().startswith(ABOUT_CONFLICTS)


def _without_title(element: Element) -> str:
    """The words of what stands in it, a space between two paragraphs."""
    inside = [words_of(one) for one in element.iter("p") if not any(up.tag == "p" for up in _between(one, element))]
    if inside:
        return " ".join(inside)
    return words_of(element).removeprefix(words_of(element.find("title"))).strip()


def _between(element: Element, around: Element) -> Iterator[Element]:
    for one in element.iterancestors():
        if one is around:
            return
        yield one


def _relations(meta: Element) -> Iterator[Relation]:
    for one in meta.iterfind("related-article"):
        if found := _doi.search(link_of(one) or words_of(one)):
            yield Relation(one.get("related-article-type") or "", found[0])
