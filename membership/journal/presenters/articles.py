"""An article's authors and dates in words."""

from dataclasses import dataclass
from datetime import date

from django.utils import dateformat

from ..models import Article
from ..queries.reading import Holdings


@dataclass(frozen=True)
class AuthorName:
    """One author of the line under the title: what stands before the name, and the number of the affiliation."""

    before: str
    signature: str
    place: int | None


@dataclass(frozen=True)
class AuthorLine:
    """The authors, and each affiliation once, with a number when there are several."""

    names: list[AuthorName]
    places: list[tuple[int | None, str]]


def author_line(article: Article) -> AuthorLine:
    authors = list(article.authors.all())
    places = list(dict.fromkeys(author.affiliation for author in authors if author.affiliation))
    numbers = {place: number for number, place in enumerate(places, start=1)} if len(places) > 1 else {}
    return AuthorLine(
        [
            AuthorName(_before(place, len(authors)), author.signature, numbers.get(author.affiliation))
            for place, author in enumerate(authors)
        ],
        [(numbers.get(place), place) for place in places],
    )


def _before(place: int, number: int) -> str:
    """What joins a name to the one before it: A, B, and C; A and B."""
    if place == 0:
        return ""
    if place < number - 1:
        return ", "
    return ", and " if number > 2 else " and "


def dates_of(article: Article) -> list[tuple[str, date]]:
    """Received, accepted, published, as far as they are known; empty when the last one stands alone."""
    known = [("Received", article.received_on), ("Accepted", article.accepted_on)]
    found = [(word, on) for word, on in known if on]
    return [*found, ("Published", article.published_on)] if found else []


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
