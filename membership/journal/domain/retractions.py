"""Lists of retracted works, such as Retraction Watch's, loaded from a file: nothing is asked of anybody's server.

A list is whole: what it no longer names is forgotten. The columns are those of Retraction Watch's data as Crossref
publishes it, found by their headings.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from aapm_site.core.days import is_believed
from aapm_site.core.files.tables import read_table
from aapm_site.core.files.upload_checks import FileRefused

from ..models import DoubtedWork
from ..models.retracted import DoubtKind

DOI, PMID, NATURE = "originalpaperdoi", "originalpaperpubmedid", "retractionnature"
DAY, NOTICE = "retractiondate", "retractiondoi"
KINDS = {"retraction": DoubtKind.RETRACTION, "expression of concern": DoubtKind.CONCERN}
TAKEN_AWAY = "reinstatement"
FORMS = ("%m/%d/%Y", "%Y-%m-%d")
RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:")
LONGEST_DOI, LONGEST_PMID = 300, 20
AT_ONCE = 5_000  # rows a statement
NO_COLUMNS = (
    "This list has no column {columns}. It is read as Retraction Watch publishes it: with OriginalPaperDOI or "
    "OriginalPaperPubMedID, RetractionNature and RetractionDate among its headings."
)
EMPTY = "This list names no retracted work by its DOI or its number in PubMed."
SHORTER = (
    "This list names {new:,} works, and the one that stands names {known:,}. A list is loaded whole, so the others "
    "would be forgotten. If that is right, say so and choose the file again."
)


@dataclass(frozen=True)
class LoadedList:
    """How many works a list names now, and how many of its rows name none that can be found by a number."""

    works: int
    passed_over: int


@dataclass(frozen=True)
class _Said:
    """One row of a list."""

    doi: str
    pmid: str
    nature: str
    on: date | None
    notice_doi: str


def load_retractions(content: bytes, name: str, *, may_be_shorter: bool = False) -> LoadedList:
    """Put this list in place of the one that stands. Takes the table's lock: two lists do not mix.

    FileRefused, with a sentence, for what is no such list, and for one of less than half of what stands unless
    `may_be_shorter`; then nothing is changed.
    """
    said = list(_rows(content, name))
    works = list(_doubted(said))
    if not works:
        raise FileRefused(EMPTY)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE membership_doubtedwork IN SHARE ROW EXCLUSIVE MODE")
        known = DoubtedWork.objects.count()
        if not may_be_shorter and len(works) * 2 < known:
            raise FileRefused(SHORTER.format(new=len(works), known=known))
        DoubtedWork.objects.all().delete()
        DoubtedWork.objects.bulk_create(works, batch_size=AT_ONCE)
    return LoadedList(len(works), sum(not (row.doi or row.pmid) for row in said))


def _rows(content: bytes, name: str) -> Iterator[_Said]:
    table = read_table(content, name)
    headings = ["".join(cell.split()).casefold() for cell in next(table)[1]]
    at = {heading: place for place, heading in enumerate(headings)}
    missing = [] if DOI in at or PMID in at else ["OriginalPaperDOI"]
    if missing := [*missing, *(["RetractionNature"] if NATURE not in at else [])]:
        raise FileRefused(NO_COLUMNS.format(columns=" and no ".join(missing)))

    def of(cells: list[str], heading: str) -> str:
        return cells[at[heading]] if heading in at else ""

    for _, cells in table:
        yield _Said(
            normal_doi(of(cells, DOI)), normal_pmid(of(cells, PMID)), of(cells, NATURE).casefold(),
            day_of(of(cells, DAY)), normal_doi(of(cells, NOTICE)),
        )  # fmt: skip


def _doubted(said: Iterable[_Said]) -> Iterator[DoubtedWork]:
    """Each work once: retracted goes before concern, and what was reinstated later is doubted no more."""
    of_work: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for row in said:
        if row.doi or row.pmid:
            of_work[(row.doi, "") if row.doi else ("", row.pmid)].append(row)
    for rows in of_work.values():
        cleared = max((row.on or date.max for row in rows if row.nature == TAKEN_AWAY), default=None)
        for nature, kind in KINDS.items():
            held = [row for row in rows if row.nature == nature and not (cleared and (row.on or date.min) <= cleared)]
            if held:
                last = max(held, key=lambda row: row.on or date.min)
                pmid = next((row.pmid for row in rows if row.pmid), "")
                yield DoubtedWork(doi=last.doi, pmid=pmid, kind=kind, on=last.on, notice_doi=last.notice_doi)
                break


def normal_doi(typed: str) -> str:
    """A DOI in small letters, without the address before it; nothing for what is none."""
    doi = typed.strip().lower()
    for resolver in RESOLVERS:
        doi = doi.removeprefix(resolver).strip()
    return doi if doi.startswith("10.") and "/" in doi and len(doi) <= LONGEST_DOI else ""


def normal_pmid(typed: str) -> str:
    """A number of PubMed; nothing for nought and for what is no number."""
    number = typed.strip()
    return number.lstrip("0") if number.isascii() and number.isdigit() and len(number) <= LONGEST_PMID else ""


def day_of(typed: str) -> date | None:
    """A day as it stands in a list, with an hour or without; None for what is none."""
    first = typed.split()[0] if typed.strip() else ""
    for form in FORMS:
        try:
            day = datetime.strptime(first, form).date()  # noqa: DTZ007 - a day without an hour
        except ValueError:
            continue
        return day if is_believed(day) else None
    return None
