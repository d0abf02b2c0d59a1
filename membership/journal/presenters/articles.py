"""An article's authors and dates in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import dateformat

from ..models import Article
from ..queries.reading import Holdings


@dataclass(frozen=True)
class AuthorName:
    """One author of the line under the title, with what joins it to its neighbors and the numbers of affiliations."""

    before: str
    name: str
    url: str
    degrees: str  # with the comma before them
    after: str
    places: str


@dataclass(frozen=True)
class AuthorLine:
    """The authors, and each affiliation once, with a number when there are several.

    Of more than MOST_NAMED authors the first stand in the line, and the rest open at a press; so do many places.
    """

    names: tuple[AuthorName, ...]
    rest: tuple[AuthorName, ...]
    places: tuple[tuple[int | None, str], ...]

    @property
    def has_many_places(self) -> bool:
        return len(self.places) > MOST_PLACES


MOST_NAMED, NAMED_OF_MANY, MOST_PLACES = 14, 10, 8


def author_line(article: Article) -> AuthorLine:
    authors = list(article.authors.all())
    places = list(dict.fromkeys(place for author in authors for place in author.places))
    numbers = {place: number for number, place in enumerate(places, start=1)} if len(places) > 1 else {}
    shown = len(authors) if len(authors) <= MOST_NAMED else NAMED_OF_MANY
    names = [
        AuthorName(
            "and " if 0 < place == len(authors) - 1 else "",
            author.name,
            author.get_absolute_url(),
            f", {author.degrees}" if author.degrees else "",
            _after(place, len(authors)),
            ", ".join(str(numbers[where]) for where in author.places if where in numbers),
        )
        for place, author in enumerate(authors)
    ]
    numbered = tuple((numbers.get(place), place) for place in places)
    return AuthorLine(tuple(names[:shown]), tuple(names[shown:]), numbered)


def _after(place: int, number: int) -> str:
    """What joins a name to the one after it: A, B, and C; A and B."""
    return "," if place < number - 1 and number > 2 else ""


@dataclass(frozen=True)
class License:
    """Who holds the rights, and what others may do with the article, in words and at an address; each may be empty."""

    holder: str
    words: str
    address: str


def dates_of(article: Article) -> list[tuple[str, date]]:
    """Received, accepted, published, as far as they are known; empty when the last one stands alone."""
    known = [("Received", article.received_on), ("Accepted", article.accepted_on)]
    found = [(word, on) for word, on in known if on]
    return [*found, ("Published", article.published_on)] if found else []


@dataclass(frozen=True)
class Interests:
    """What stands below the text: who paid, and what else the authors have to do with it."""

    funding: str
    conflicts: str


def interests_of(article: Article, headings: Iterable[str]) -> Interests:
    """Neither twice: what a text says under a heading of its own is not said again below it."""
    said = " ".join(headings).lower()
    return Interests(
        "" if any(words in said for words in ABOUT_FUNDING) else article.funding,
        "" if any(words in said for words in ABOUT_CONFLICTS) else article.conflicts,
    )


ABOUT_FUNDING = ("funding", "financial support")
ABOUT_CONFLICTS = ("conflict of interest", "conflicts of interest", "competing interest", "declaration of interest")


def holdings(found: Holdings) -> str:
    """“It holds 42 references, 5 figures and 1 table.”; nothing where nothing is known."""
    counted = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((found.references, "reference"), (found.figures, "figure"), (found.tables, "table"))
        if number
    ]
    *most, last = counted or [""]
    said = f"{', '.join(most)} and {last}" if most else last
    return f"The full text holds {said}." if said else ""


def free_later(article: Article) -> str:
    """When its embargo ends, of one that is closed now."""
    day = article.free_from
    return f"It is free for everybody from {dateformat.format(day, 'F j, Y')} on." if day else ""


def readings(number: int) -> str:
    """How often an article was read in a year."""
    times = "once" if number == 1 else f"{number:,} times"
    return f"Read {times if number else 'by nobody yet'} in the last twelve months"
