"""Who is in office today, and the line of years, as readers see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import Body, HistoryYear, Officer, Picture


@dataclass(frozen=True)
class ShownPicture:
    """A picture of the library in two widths, with its description."""

    narrow: str
    wide: str
    alt: str
    width: int
    height: int
    credit: str

    @classmethod
    def of(cls, row: Picture | None) -> "ShownPicture | None":
        if row is None or row.is_trashed:
            return None
        narrow = row.widths[0]
        alt = "" if row.is_decorative else row.alt
        return cls(row.address(narrow), row.get_absolute_url(), alt, row.width, row.height, row.credit)


@dataclass(frozen=True)
class PersonInOffice:
    """A card: who, in which office, since when and until when."""

    key: int
    name: str
    credentials: str
    office: str
    about: str
    portrait: ShownPicture | None
    writes_at: str
    starts_on: date | None
    ends_on: date | None
    is_sample: bool

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


@dataclass(frozen=True)
class BodyOfPeople:
    """A board, a committee or an office with those who are in it today."""

    name: str
    purpose: str
    people: tuple[PersonInOffice, ...]

    @property
    def has_samples(self) -> bool:
        return any(person.is_sample for person in self.people)


@dataclass(frozen=True)
class ShownYear:
    """One mark on the line of years."""

    year: int
    title: str
    words: str
    picture: ShownPicture | None
    is_sample: bool


@remembered
def bodies(kind: str, at: datetime) -> tuple[BodyOfPeople, ...]:
    """Those of a kind that have somebody in office, in the editors' order; three queries, and ends with a term."""
    today = timezone.localdate(at)
    rows = Officer.objects.filter(body__kind=kind)
    lifetime.ends_at(rows.next_change(today))
    found: dict[int, list[Officer]] = {}
    for row in rows.in_office(today).select_related("portrait", "contributor"):
        found.setdefault(row.body_id, []).append(row)
    return tuple(
        BodyOfPeople(body.name, body.purpose, tuple(map(_shown, found[body.pk])))
        for body in Body.objects.filter(pk__in=found)
    )


def _shown(row: Officer) -> PersonInOffice:
    return PersonInOffice(
        row.pk,
        row.name,
        row.credentials,
        row.office,
        row.biography,
        ShownPicture.of(row.portrait),
        row.contributor.get_absolute_url() if row.contributor else "",
        row.starts_on,
        row.ends_on,
        row.is_sample,
    )


@remembered
def years() -> tuple[ShownYear, ...]:
    """The whole line, oldest first; one query."""
    rows: Iterable[HistoryYear] = HistoryYear.objects.select_related("picture")
    return tuple(ShownYear(row.year, row.title, row.words, ShownPicture.of(row.picture), row.is_sample) for row in rows)
