"""What the head of an article says: names, dates, where it stands, what everybody may read of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from aapm_site.core.days import is_believed

from .reading import Element, first_words, is_element, link_of, title_words, words_of
from .rendering import block_html, headed_html, inline_html
from .writer import LANGUAGE, OURS

_doi = re.compile(r"10\.\d{4,9}/\S+")
_orcid = re.compile(r"\b\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]\b", re.ASCII)
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
OF_ANOTHER_TIME = frozenset({"corrected", "ecorrected", "retracted", "eretracted", "update", "updated", "preprint"})
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
class Free:
    """Whether everybody may read it, from which day on if not from the beginning, and until which if not for ever."""

    is_free: bool = False
    begins: date | None = None
    ends: date | None = None


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
    free: Free
    pdf: str  # the name of the file that is the article itself as PDF

    @property
    def is_open(self) -> bool:
        """Whether it is given to everybody, from the beginning and for ever."""
        return self.free == Free(is_free=True)


def read_head(article: Element) -> ArticleHead:
    """What the head says; what is missing is empty."""
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front")
    if meta is None:
        meta = article
    first_page, last_page = _pages(meta)
    return ArticleHead(
        doi=_doi_of(meta),
        title=_title(meta),
        title_html=_title_html(article, meta),
        kind=article.get("article-type") or "",
        heading=_heading(meta),
        authors=tuple(_authors(meta)),
        volume=_label(first_words(meta, "volume", "volume-issue-group/volume")),
        issue=_issue(meta),
        first_page=first_page,
        last_page=last_page,
        received_on=_history(meta, "received"),
        accepted_on=_history(meta, "accepted"),
        published_on=_published(meta),
        abstract=_abstract(article, meta),
        plain_summary=_plain_summary(meta),
        keywords=tuple(dict.fromkeys(_keywords(article, meta))),
        license_url=_license_url(meta),
        license=_license(meta),
        copyright=first_words(meta, "permissions/copyright-statement", "copyright-statement"),
        funding=_without_heading(_funding(article, meta)),
        conflicts=_conflicts(article),
        relations=tuple(_relations(article, meta)),
        free=_free(meta),
        pdf=next((name for one in meta.iterfind("self-uri") if (name := _file_name(one)).endswith(".pdf")), ""),
    )


def _file_name(element: Element) -> str:
    return link_of(element).replace("\\", "/").rpartition("/")[2].lower()


# What it may be read and used for ---------------------------------------------------------------------------------
def _licenses(meta: Element) -> list[Element]:
    """Those of the article, not of a picture in its abstract; those of older files stand by themselves."""
    return [*meta.iterfind("permissions/license"), *meta.iterfind("license")]


def _links(element: Element) -> Iterator[str]:
    for one in element.iter():
        if is_element(one) and (link := link_of(one) or (words_of(one) if one.tag == "license_ref" else "")):
            yield link


def _license_url(meta: Element) -> str:
    """One that gives it to everybody before any other: there may be one for machines beside it."""
    links = [link for one in [*_licenses(meta), *meta.iterfind("permissions/license_ref")] for link in _links(one)]
    return next((link for link in links if OPEN_ADDRESS in link), next(iter(links), ""))


def _license(meta: Element) -> str:
    """The words of the licence without its address; without any, whose it is."""
    said = " ".join(words_of(one) for license in _licenses(meta) for one in license.iterfind("license-p"))
    said = said or " ".join(filter(None, map(words_of, _licenses(meta))))
    return said or first_words(meta, "permissions/copyright-statement", "copyright-statement")


OPEN_ADDRESS = "creativecommons.org"
_open_words = re.compile(r"creative\s+commons|public domain", re.I)
# What says the contrary, or speaks of a part alone.
_not_open = re.compile(r"\b(?:not|no|never|neither|nor|except|unless|figures?|tables?|images?|photos?)\b", re.I)
_sentence_ends = re.compile(r"(?<=[.;])\s+")


def _free(meta: Element) -> Free:
    """By what says when everybody may read it, else by a licence, which may begin later."""
    said = meta.find("permissions/free_to_read")
    if said is None:
        said = meta.find("free_to_read")
    if said is not None:
        return Free(True, _day(said.get("start_date")), _day(said.get("end_date")))
    later: list[date] = []
    for one in [*_licenses(meta), *meta.iterfind("permissions")]:
        if one.tag == "permissions" or not _gives(one):
            continue
        begins = [_day(part.get("start_date")) for part in one.iter() if is_element(part) and part.get("start_date")]
        days = [day for day in begins if day]
        if not days:
            return Free(True)
        later.append(min(days))
    alone = meta.find("permissions/license_ref")
    if alone is not None and OPEN_ADDRESS in " ".join(_links(alone)):
        day = _day(alone.get("start_date"))
        if day is None:
            return Free(True)
        later.append(day)
    if _is_open_in_words(first_words(meta, "permissions/copyright-statement", "copyright-statement")):
        return Free(True)
    return Free(True, min(later)) if later else Free()


def _gives(license: Element) -> bool:
    return OPEN_ADDRESS in " ".join(_links(license)).lower() or _is_open_in_words(words_of(license))


def _is_open_in_words(words: str) -> bool:
    return (
        any(
            _open_words.search(sentence) and not _not_open.search(_up_to_open_words(sentence))
            for sentence in _sentence_ends.split(words)
        )
        or OPEN_ADDRESS in words.lower()
    )


def _up_to_open_words(sentence: str) -> str:
    """What comes before them, where “not” takes them back; “which permits … no changes” comes after."""
    found = _open_words.search(sentence)
    return sentence[: found.start()] if found else ""


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat((words or "").strip()[:10])
    except ValueError:
        return None


# What it is and where it stands ---------------------------------------------------------------------------------------
def _heading(meta: Element) -> str:
    """As the journal names the kind of article, not what it is about."""
    kinds = ("display-channel", "heading", "article-type", "article-types", "toc-heading")
    paths = [f"article-categories/subj-group[@subj-group-type='{kind}']/subject" for kind in kinds]
    if said := first_words(meta, *paths):
        return said
    about = (one for one in meta.iterfind("article-categories/subj-group") if not _is_about(one))
    return next((words for one in about if (words := first_words(one, "subject"))), "")


def _is_about(group: Element) -> bool:
    kind = (group.get("subj-group-type") or "").lower()
    return any(word in kind for word in ("discipline", "topic", "subject", "category", "collection", "classification"))


_label_begins = re.compile(r"^(?:vol(?:ume)?|issue|no|number|pp?|pages?)\b\.?\s*(?=\w)", re.I)


def _label(words: str) -> str:
    """“Volume 27” is 27, and 0 is what stands where none is given yet."""
    said = _label_begins.sub("", words)
    return "" if said.strip("0") == "" else said


def _issue(meta: Element) -> str:
    """The number, and what says of which part or supplement: “11 Suppl 1”."""
    number = _label(first_words(meta, "issue", "volume-issue-group/issue"))
    more, part = first_words(meta, "supplement"), first_words(meta, "issue-part")
    more = f"Suppl {more}" if more.isdecimal() else more
    if more and more.lower() in number.lower():
        more = ""
    return " ".join(filter(None, (number, more, part)))


_range = re.compile(r"(\w+)\s*[-–—]\s*(\w+)")


def _pages(meta: Element) -> tuple[str, str]:
    first, last = _label(first_words(meta, "fpage")), _label(first_words(meta, "lpage"))
    if first:
        return first, last
    said = _label(first_words(meta, "page-range"))
    if found := _range.fullmatch(said):
        return found[1], found[2]
    return first_words(meta, "elocation-id") or said, ""


def _doi_of(meta: Element) -> str:
    for one in meta.iterfind("article-id"):
        if (one.get("pub-id-type") or "").lower() == "doi" and (found := _doi.search(unquote(words_of(one)))):
            return found[0].rstrip(".,;")
    return ""


def _title(meta: Element) -> str:
    """Title and subtitle, without the notes that hang on them."""
    parts = [title_words(part) for part in meta.iterfind("title-group/*") if part.tag in {"article-title", "subtitle"}]
    title, *rest = [part for part in parts if part] or [""]
    for part in rest:
        title = f"{_to_go_on(title)}{part}"
    return title


def _to_go_on(title: str) -> str:
    """What comes between a title and what stands below it: a colon, unless it ends with a sign of its own."""
    return f"{title} " if title[-1:] in {"?", "!", ":", "—", "–"} else f"{title}: "


def _title_html(article: Element, meta: Element) -> str:
    """The title with its italics, and what stands below it."""
    written = ""
    for part in meta.iterfind("title-group/*"):
        if part.tag in {"article-title", "subtitle"} and (words := inline_html(article, part)):
            ended = _to_go_on(title_words(part.getprevious())) if written else ""
            written += (ended[-2:] if ended.endswith(": ") and not written.endswith(":") else " " * bool(ended)) + words
    return written


# People ---------------------------------------------------------------------------------------------------------------
def _authors(meta: Element) -> Iterator[WrittenAuthor]:
    places = {one.get("id"): _place(one) for one in meta.iter("aff") if one.get("id")}
    for one in meta.iter("aff-alternatives"):
        if one.get("id") and (form := one.find("aff")) is not None:
            places.setdefault(one.get("id"), _place(form))
    groups = [
        group
        for group in meta.iterfind("contrib-group")
        if not (group.get("content-type") or "").startswith(("section", "editor", "reviewer", "collab"))
    ]
    # Where nobody is led to a place, all are of that which there is.
    is_led = any(link.get("ref-type") == "aff" for group in groups for link in group.iter("xref"))
    around = list(meta.iterfind("aff"))
    for group in groups:
        inside = list(group.iterfind("aff"))
        shared = [_place(one) for one in inside if not (is_led and one.get("id"))]
        if not (shared or is_led) and len(around) == 1:
            shared = [_place(around[0])]
        for person in group.iterfind("contrib"):
            if (person.get("contrib-type") or "author").lower() == "author":
                if found := _author(person, places, shared):
                    yield found
                yield from map(_group, person.iterfind("on-behalf-of"))
        yield from map(_group, group.iterfind("on-behalf-of"))
    yield from map(_group, meta.iterfind("on-behalf-of"))


_on_behalf = re.compile(r"^(?:on behalf of|for)\s+(?:the\s+(?=[A-Z]))?", re.I)


def _group(element: Element) -> WrittenAuthor:
    """On whose behalf they write is an author too, by its name."""
    return WrittenAuthor(_on_behalf.sub("", words_of(element)))


def _author(person: Element, places: dict[str | None, str], shared: list[str]) -> WrittenAuthor | None:
    # The members of a group have names of their own, which are not the group's.
    names = [
        one for one in person.iter("name", "string-name") if not any(up.tag == "collab" for up in one.iterancestors())
    ]
    name = next((one for one in names if one.tag == "name"), next(iter(names), None))
    group = next(iter([*person.iterfind("collab"), *person.iterfind("collab-alternatives/collab")]), None)
    family = words_of(name.find("surname")) if name is not None else _without_people(group)
    given = words_of(name.find("given-names")) if name is not None else ""
    if name is not None and not family:  # of one name alone
        family, given = given or words_of(name), ""
    if not family and person.find("anonymous") is not None:
        family = words_of(person.find("anonymous")) or "Anonymous"
    if not family:
        return None
    suffix = words_of(name.find("suffix")) if name is not None else ""
    links = list(person.iterfind("xref"))
    own = [_place(one) for one in person.iterfind("aff")]
    named = [places[rid] for link in links for rid in (link.get("rid") or "").split() if rid in places]
    said = [words_of(one) for one in person.iterfind("contrib-id") if _may_be_orcid(one)]
    said += [link_of(one) for one in person.iter("uri", "ext-link")]
    return WrittenAuthor(
        family_name=f"{family} {suffix}".strip(),
        given_name=given,
        degrees=", ".join(words_of(one) for one in person.iterfind("degrees")),
        affiliation="; ".join(dict.fromkeys(one for one in (own or named or shared) if one)),
        orcid=next(filter(None, map(_orcid_in, said)), ""),
        is_corresponding=person.get("corresp") == "yes" or any(link.get("ref-type") == "corresp" for link in links),
    )


def _may_be_orcid(element: Element) -> bool:
    return (element.get("contrib-id-type") or "orcid").lower() == "orcid" or "orcid.org" in words_of(element)


def _orcid_in(words: str) -> str:
    """The ORCID in some words, as it is written; nothing where its last sign says that it is mistyped."""
    found = _orcid.search(words)
    signs = found[0].replace("-", "").upper() if found else ""
    total = 0
    for sign in signs[:-1]:
        total = (total + int(sign)) * 2
    check = (12 - total % 11) % 11
    if not signs or signs[-1] != ("X" if check == 10 else str(check)):
        return ""
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))


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


NOT_OF_A_PLACE = frozenset({"label", "sup", "email", "institution-id", "x", "ext-link", "uri", "fn", "xref"})


def _place(aff: Element) -> str:
    """An affiliation on one line: commas where the source has only elements."""
    written: list[str] = [aff.text or ""]
    for child in aff:
        if is_element(child) and child.tag not in NOT_OF_A_PLACE:
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
    return found[0] if (found := _read_day(element)) else None


def _read_day(element: Element | None) -> tuple[date, int] | None:
    """A date, and how much of it is known: 1 for the year, 2 with the month, 3 with the day."""
    if element is None:
        return None
    iso = _day(element.get("iso-8601-date"))
    if iso is not None and is_believed(iso):
        return iso, 3
    text = words_of(element.find("string-date"))
    year = _number.search(first_words(element, "year", "string-date/year")) or _year.search(text)
    if year is None:
        return None
    month = _month(first_words(element, "month", "string-date/month")) or _month_in(text)
    month = month or SEASONS.get(first_words(element, "season").lower()[:3], 0)
    day = _number.search(first_words(element, "day", "string-date/day")) or _day_number.search(text)
    for known in ((year[0], month or 1, day[0] if day and month else 1), (year[0], month or 1, 1)):
        try:
            found = date(int(known[0]), known[1], int(known[2]))
        except (ValueError, OverflowError):
            continue  # the 31st of February is of February
        return (found, 3 if month and day else 2 if month else 1) if is_believed(found) else None
    return None


_year = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_day_number = re.compile(r"(?<!\d)(?:[1-9]|[12]\d|3[01])(?!\d)")
SEASONS = {"win": 1, "spr": 4, "sum": 7, "aut": 10, "fal": 10}


def _month(words: str) -> int:
    """0 for what is none."""
    if words.isdecimal() and len(words) < 3:
        return int(words) if int(words) <= 12 else 0
    name = words[:3].lower()
    return MONTHS.index(name) + 1 if name in MONTHS else 0


def _month_in(words: str) -> int:
    return next((month for word in words.replace(",", " ").split() if (month := _month(word)) and word.isalpha()), 0)


def _history(meta: Element, kind: str) -> date | None:
    return day_of(meta.find(f"history/date[@date-type='{kind}']"))


def _published(meta: Element) -> date | None:
    """The first day on which everybody could read it, as exactly as it is known."""
    found: dict[str, tuple[date, int]] = {}
    for one in meta.iterfind("pub-date"):
        kind = one.get("pub-type") or one.get("date-type") or ""
        if kind == "pub" and one.get("publication-format") == "print":
            kind = "ppub"
        day = _read_day(one)
        if day and kind not in OF_ANOTHER_TIME:
            found.setdefault(kind, day)
    known = [found[kind] for kind in PUBLISHED if kind in found] or sorted(found.values())
    return next((day for day, parts in known if parts > 1), known[0][0] if known else None)


# What everybody reads -------------------------------------------------------------------------------------------------
def _abstract(article: Element, meta: Element) -> str:
    """The abstract, then highlights, key points beside a summary in plain words, and it in other languages."""
    whole = [one for one in meta.iterfind("abstract") if _kind(one) not in PLAIN_WORDS | SHORT]
    found = [one for one in whole if "highlight" not in _kind(one)]
    found.sort(key=lambda one: bool(_kind(one)))  # the one without a kind is the abstract
    main, languages = found[:1], [one for one in found[1:] if _is_in_another_language(one, found[0])]
    others = [one for one in whole if "highlight" in _kind(one)]
    points = [one for one in meta.iterfind("abstract") if _kind(one) == KEY_POINTS]
    if any(_kind(one) in PLAIN_WORDS and _kind(one) != KEY_POINTS for one in meta.iterfind("abstract")):
        others += points
    if not main:
        main = [one for one in meta.iterfind("abstract") if _kind(one) in SHORT - {"graphical"}][:1]
    written = [block_html(article, one) for one in main]
    written += [headed_html(article, one, HEADINGS.get(_kind(one), "Highlights")) for one in others]
    translated = [*languages, *meta.iterfind("trans-abstract")]
    written += [headed_html(article, one, _in_language(one)) for one in translated]
    return "".join(written)


HEADINGS = {KEY_POINTS: "Key points"}


def _is_in_another_language(one: Element, other: Element) -> bool:
    return bool(one.get(LANGUAGE)) and one.get(LANGUAGE) != other.get(LANGUAGE)


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


def _keywords(article: Element, meta: Element) -> Iterator[str]:
    """In the language of the article; of words in several parts those that are words."""
    groups = [
        one for one in meta.iterfind("kwd-group")
        if (one.get("kwd-group-type") or "author") not in {"research-organism", "abbreviations"}
    ]  # fmt: skip
    own = [one for one in groups if _language(one) in {"", _language(article) or OURS}]
    for group in own or groups:
        for one in group.iter("kwd", "compound-kwd", "unstructured-kwd-group"):
            if one.tag == "unstructured-kwd-group":
                yield from filter(None, (part.strip() for part in re.split(r"[;,]", words_of(one))))
            elif one.tag == "compound-kwd":
                parts = (words_of(part) for part in one if is_element(part) and part.get("content-type") != "code")
                yield " ".join(filter(None, parts))
            elif words := words_of(one):
                yield words


def _language(element: Element) -> str:
    return (element.get(LANGUAGE) or "").lower().split("-")[0]


def _funding(article: Element, meta: Element) -> str:
    said = first_words(meta, "funding-group/funding-statement", "funding-statement")
    if said:
        return said
    for one in article.iter("fn"):
        if one.get("fn-type") in {"financial-disclosure", "funding", "supported-by"} or _is_headed(one, ABOUT_FUNDING):
            return words_of(one)
    awards = [
        " ".join(filter(None, [_fund(one), ", ".join(filter(None, map(words_of, one.iterfind("award-id"))))]))
        for one in meta.iterfind("funding-group/award-group")
    ]
    awards += [
        " ".join(filter(None, map(words_of, (sponsor, *meta.iterfind("contract-num")))))
        for sponsor in meta.iterfind("contract-sponsor")
    ]
    return "; ".join(dict.fromkeys(filter(None, awards)))


def _conflicts(article: Element) -> str:
    """Everything that is said of them, each once; of what stands within another, the other."""
    found: list[Element] = []
    for one in article.iter("fn", "notes", "sec"):
        if _is_of_conflicts(one) and not any(around in found for around in one.iterancestors()):
            found.append(one)
    return " ".join(dict.fromkeys(filter(None, (_without_heading(_without_title(one)) for one in found))))


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
    if element.tag == "fn":
        return _is_headed(element, ABOUT_CONFLICTS)
    return element.tag in {"notes", "sec"} and words_of(element.find("title")).lower().startswith(ABOUT_CONFLICTS)


def _is_headed(note: Element, words: tuple[str, ...]) -> bool:
    """Whether a note without a kind begins with a heading: “Funding: …”."""
    begins, colon, _ = words_of(note).lower()[:60].partition(":")
    return not note.get("fn-type") and bool(colon) and begins.startswith(words)


ABOUT_FUNDING = ("funding", "financial support")


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


def _relations(article: Element, meta: Element) -> Iterator[Relation]:
    is_notice = (article.get("article-type") or "") in NOTICES | ANSWERS
    for one in [*meta.iterfind("related-article"), *meta.iterfind("related-object")]:
        kind = one.get("related-article-type") or one.get("link-type") or ""
        if found := _doi.search(unquote(link_of(one) or words_of(one))):
            doi = found[0].partition("?")[0].partition("#")[0].rstrip(".,;)")
            if kind or one.tag == "related-article":
                yield Relation(SAID_OTHERWISE.get(kind, (kind, kind))[is_notice], doi)


NOTICES = frozenset(
    {"correction", "retraction", "partial-retraction", "addendum", "expression-of-concern", "withdrawal", "removal"}
)
ANSWERS = frozenset({"article-commentary", "editorial", "letter", "reply", "discussion", "news"})
# What publishers say of a notice on either side, as an article says it of its notice and as the notice says it.
SAID_OTHERWISE = {
    "correction": ("correction-forward", "corrected-article"), "corrected": ("correction-forward", "corrected-article"),
    "erratum": ("correction-forward", "corrected-article"), "corrigendum": ("correction-forward", "corrected-article"),
    "retraction": ("retraction-forward", "retracted-article"), "retracted": ("retraction-forward", "retracted-article"),
    "expression-of-concern": ("concern-forward", "object-of-concern"),
    "addendum": ("addendum-forward", "addended-article"), "commentary": ("commentary-forward", "commentary-article"),
}  # fmt: skip
