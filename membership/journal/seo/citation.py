"""How people cite an article: as text in three styles, and as files for the programs that keep references.

Everything comes from one value, `CitedWork`, so that what a page shows and what a file says cannot differ.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import dateformat
from django.utils.text import slugify

from aapm_site.core.richtext import plain
from aapm_site.core.seo import absolute

from ..identifiers import doi_address
from ..models import Article, ArticleAuthor, Issue
from ..periodical import ABBREVIATION, E_ISSN, ISSN, PUBLISHER, TITLE

SUFFIXES = {"jr": "Jr", "sr": "Sr", "ii": "II", "iii": "III", "iv": "IV"}
RETRACTED = "RETRACTED: "  # before the title wherever a retracted article is named
SUPPLEMENT = frozenset({"suppl", "suppl.", "supplement"})
BETWEEN_NAMES = str.maketrans(dict.fromkeys(".-‐‑", " "))


@dataclass(frozen=True)
class CitedAuthor:
    """One name. A group, or a person of one name, has a family name only, and is never taken apart."""

    family: str
    given: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, author: ArticleAuthor) -> "CitedAuthor":
        family, given = _line(author.family_name), _line(author.given_name)
        rest, _, last = family.rpartition(" ")
        suffix = SUFFIXES.get(last.rstrip(".").lower(), "")
        return cls(rest.rstrip(","), given, suffix) if given and rest and suffix else cls(family, given)

    @property
    def is_group(self) -> bool:
        """By its words: a person of one name has one."""
        return not self.given and " " in self.family

    @property
    def initials(self) -> list[str]:
        """Jean-Luc Marie → J, L, M; what is written as initials already (JL, J.-L.) stays so."""
        found: list[str] = []
        for word in self.given.translate(BETWEEN_NAMES).split():
            signs = [sign for sign in word if sign.isalnum()]
            if signs:
                found += signs if len(signs) <= 3 and "".join(signs).isupper() else [signs[0].upper()]
        return found

    @property
    def short(self) -> str:
        """Rivera JL Jr"""
        return " ".join(part for part in (self.family, "".join(self.initials), self.suffix) if part)

    @property
    def dotted(self) -> str:
        """Rivera, J. L., Jr."""
        given = " ".join(f"{one}." for one in self.initials)
        return ", ".join(part for part in (self.family, given, _ended(self.suffix)) if part)


@dataclass(frozen=True)
class CitedWork:
    """What is known of an article when it is cited; text without markup, on one line each."""

    slug: str
    title: str
    authors: tuple[CitedAuthor, ...]
    on: date
    volume: str  # and the number: as printed; empty while the article is ahead of its issue
    number: str
    first_page: str
    last_page: str
    doi: str
    url: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return self.title if self.title[-1:] in {"?", "!", ".", "…"} else f"{self.title}."

    @property
    def pages(self) -> str:
        return f"{self.first_page}-{self.last_page}" if self.last_page else self.first_page

    @property
    def is_online(self) -> bool:
        """Whether it has a number of its own in place of pages: e123, 104532."""
        number = self.first_page.lstrip("eE")
        return not self.last_page and number.isdecimal() and (number != self.first_page or len(number) > 4)

    @property
    def place(self) -> str:
        """27(11):801-809, as far as it is known; AMA writes a supplement small: 27(suppl 1)."""
        number = f"({self.number.replace('Suppl', 'suppl')})" if self.number else ""
        return f"{self.volume}{number}" + (f":{self.pages}" if self.pages else "")


def cited_work(article: Article, issue: Issue | None, *, is_retracted: bool = False) -> CitedWork:
    """The article as it is cited. `issue` is the one in which readers find it."""
    first, last = _pages(article) if issue else ("", "")
    return CitedWork(
        slug=article.slug,
        title=(RETRACTED if is_retracted else "") + _line(article.title),
        authors=tuple(CitedAuthor.of(author) for author in article.authors.all()),
        on=article.published_on,
        volume=issue.volume_words if issue else "",
        number=issue.number_words if issue else "",
        first_page=first,
        last_page=last,
        doi=article.doi or "",
        url=absolute(article.get_absolute_url()),
        abstract=_line(plain(article.abstract)),
        keywords=tuple(article.keyword_list),
    )


def _pages(article: Article) -> tuple[str, str]:
    """First and last, of numbers and of labels alike: S12–S19; the last is empty where there is one page."""
    first, _, last = article.pages.partition("–")
    return first, last


def _line(words: str) -> str:
    return " ".join(words.split())


def _ended(words: str) -> str:
    return f"{words}." if words in {"Jr", "Sr"} else words


# As text --------------------------------------------------------------------------------------------------------------
def ama(work: CitedWork) -> str:
    """Okafor L, Rivera T. A title. Pain Med. 2026 Nov 2;27(11):801-809. doi:10.5555/pm.2026.0801"""
    when = f"{_short_day(work)};{work.place}" if work.volume else f"Published online {_long_day(work)}"
    return _joined(_short_names(work.authors, 6, 3), work.sentence, f"{ABBREVIATION}. {when}.", _doi(work, "doi:"))


def vancouver(work: CitedWork) -> str:
    """As AMA, but for six names before “et al.”, and pages without the digits that repeat: 801-9."""
    where = f"{_short_day(work)}"
    if work.volume:
        number = f"({work.number})" if work.number else ""
        pages = f":{_fewer_digits(work.first_page, work.last_page)}" if work.pages else ""
        where += f";{work.volume}{number}{pages}"
    else:
        where += " [Epub ahead of print]"
    return _joined(_short_names(work.authors, 6, 6), work.sentence, f"{ABBREVIATION}. {where}.", _doi(work, "doi: "))


def apa(work: CitedWork) -> str:
    """Okafor, L., & Rivera, T. (2026). A title. Pain Medicine, 27(11), 801–809. https://doi.org/10.5555/…"""
    number = f"({_with_supplement(work.number)})" if work.number else ""
    pages = f", {'Article ' * work.is_online}{work.pages.replace('-', '–')}" if work.pages else ""
    where = f"{TITLE}, {work.volume}{number}{pages}." if work.volume else f"{TITLE}. Advance online publication."
    link = doi_address(work.doi) if work.doi else work.url
    names, year = _apa_names(work.authors), f"({work.on.year})."
    return _joined(*([names, year, work.sentence] if names else [work.sentence, year]), where, link)


def _with_supplement(number: str) -> str:
    """“11 Suppl 1” as APA writes it: “11 Suppl. 1”."""
    *words, last = number.split(" ")
    return " ".join([*("Suppl." if word.lower() in SUPPLEMENT else word for word in words), last])


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _short_day(work: CitedWork) -> str:
    return dateformat.format(work.on, "Y M j")


def _long_day(work: CitedWork) -> str:
    return dateformat.format(work.on, "F j, Y")


def _doi(work: CitedWork, before: str) -> str:
    return f"{before}{work.doi}" if work.doi else ""


def _short_names(authors: Sequence[CitedAuthor], most: int, shown: int) -> str:
    """Up to `most` people; of more, the first `shown` et al. A group stands apart from them by a semicolon."""
    people = [author for author in authors if not author.is_group]
    names = ", ".join(author.short for author in (people if len(people) <= most else people[:shown]))
    names += ", et al" * (len(people) > most)
    said = "; ".join(filter(None, [names, *(author.short for author in authors if author.is_group)]))
    return said if not said or said.endswith(".") else f"{said}."


def _apa_names(authors: Sequence[CitedAuthor]) -> str:
    """All of twenty; of more, nineteen and the last one."""
    names = [author.dotted for author in authors]
    if len(names) > 20:
        listed = f"{', '.join(names[:19])}, . . . {names[-1]}"
    elif len(names) > 1:
        listed = f"{', '.join(names[:-1])}, & {names[-1]}"
    else:
        listed = "".join(names)
    return listed if not listed or listed.endswith(".") else f"{listed}."


def _fewer_digits(first: str, last: str) -> str:
    """801-9 for 801-809; labels and numbers of other lengths stay whole."""
    if not last:
        return first
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last)):
        return f"{first}-{last}"
    same = next((place for place, pair in enumerate(zip(first, last, strict=True)) if pair[0] != pair[1]), 0)
    return f"{first}-{last[same:]}"


# As files -------------------------------------------------------------------------------------------------------------
def ris(work: CitedWork) -> str:
    """RIS: one line a fact, ended as the format says."""
    lines = [("TY", "JOUR"), *(("AU", _inverted(author)) for author in work.authors), ("TI", work.title)]
    lines += [("T2", TITLE), ("J2", ABBREVIATION), ("PY", str(work.on.year)), ("DA", f"{work.on:%Y/%m/%d}/")]
    lines += [("VL", work.volume), ("IS", work.number), ("SP", work.first_page), ("EP", work.last_page)]
    lines += [("DO", work.doi), ("UR", work.url), ("SN", E_ISSN), ("PB", PUBLISHER), ("AB", work.abstract)]
    lines += [("KW", word) for word in work.keywords]
    return "".join(f"{name}  - {value}\r\n" for name, value in lines if value) + "ER  - \r\n"


def _inverted(author: CitedAuthor) -> str:
    return ", ".join(part for part in (author.family, author.given, author.suffix) if part)


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ESCAPED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(work: CitedWork) -> str:
    """BibTeX: the title in braces of its own, so that its capitals stay; letters of every script as they are."""
    fields = {
        "author": " and ".join(_braced(author) for author in work.authors),
        "title": f"{{{_escaped(work.title)}}}",
        "journal": TITLE, "year": str(work.on.year), "volume": _escaped(work.volume), "number": _escaped(work.number),
        "pages": _escaped(work.pages.replace("-", "--")), "doi": work.doi, "url": work.url, "issn": ISSN,
    }  # fmt: skip
    written = [f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    written.insert(min(4, len(written)), f"  month = {MONTHS[work.on.month - 1]}")
    return f"@article{{{_key(work)},\n" + ",\n".join(written) + "\n}\n"


def _escaped(words: str) -> str:
    return "".join(ESCAPED.get(sign, sign) for sign in words)


def _braced(author: CitedAuthor) -> str:
    """A name as BibTeX reads it; “and” and commas within a group's name divide nothing."""
    parts = [f"{{{_escaped(author.family)}}}", author.suffix, f"{{{_escaped(author.given)}}}" if author.given else ""]
    return ", ".join(part for part in parts if part)


def _key(work: CitedWork) -> str:
    """okafor2026sleep; of letters without Latin ones, the article's own address."""
    family = slugify(work.authors[0].family).replace("-", "") if work.authors else ""
    title = next((word for word in slugify(work.title).split("-") if len(word) > 3 and word != "retracted"), "")
    return f"{family}{work.on.year}{title}" if family else work.slug


@dataclass(frozen=True)
class CitationStyle:
    """A style in which a page shows a citation."""

    name: str
    text: str


@dataclass(frozen=True)
class CitationFormat:
    """A file for programs that keep references."""

    name: str
    content_type: str
    write: Callable[[CitedWork], str]


FORMATS = {
    "ris": CitationFormat("RIS", "application/x-research-info-systems", ris),
    "bib": CitationFormat("BibTeX", "application/x-bibtex", bibtex),
}


def styles(work: CitedWork) -> Iterator[CitationStyle]:
    """The citation in every style, the journal's own first."""
    for name, write in (("AMA", ama), ("Vancouver", vancouver), ("APA", apa)):
        yield CitationStyle(name, write(work))
