"""What employers own, read for pages: what is left by kind, what waits, and the ledger page by page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from ..credit_types import CreditType
from ..models import CreditBalance, CreditEntry, DaysBalance, DaysEntry, Employer, Job
from ..models.job import JobQuerySet
from ..states import JobStatus

PAGE_SIZE = 50
# The most waiting jobs that the page names; there may be more on the board.
MOST_WAITING = 20


@dataclass(frozen=True)
class Owned:
    """Credits of one kind that are left."""

    kind: CreditType
    left: int

    @property
    def words(self) -> str:
        return self.kind.of(self.left)


@dataclass(frozen=True)
class LedgerPage:
    """A page of the ledger, the newest entry first; `older` is the key of the next page."""

    entries: list[CreditEntry]
    older: int | None = None


@dataclass(frozen=True)
class DaysPage:
    """A page of the account of days, the newest entry first; `older` is the key of the next page."""

    entries: list[DaysEntry]
    older: int | None = None


def owned(employer: Employer) -> list[Owned]:
    """What the employer has left, featured kinds last."""
    return [Owned(row.credit_type, row.left) for row in CreditBalance.objects.filter(employer=employer, left__gte=1)]


def owned_by(employers: Iterable[Employer]) -> dict[int, list[Owned]]:
    """The same for several employers in one query, by their keys."""
    found: dict[int, list[Owned]] = {employer.pk: [] for employer in employers}
    if found:
        for row in CreditBalance.objects.filter(employer__in=found, left__gte=1):
            found[row.employer_id].append(Owned(row.credit_type, row.left))
    return found


def left_in_all(employer: Employer) -> int:
    return CreditBalance.objects.filter(employer=employer).aggregate(sum=Sum("left", default=0))["sum"]


def days_owned(employer: Employer) -> dict[bool, int]:
    """The days in the employer's account, by whether they are featured."""
    return dict(DaysBalance.objects.filter(employer=employer, left__gte=1).values_list("featured", "left"))


def days_ledger(employer: Employer, *, before: int | None = None, size: int = PAGE_SIZE) -> "DaysPage":
    """The entries of days before the one of that key, the newest first."""
    entries = DaysEntry.objects.filter(employer=employer)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = entries.select_related("by", "run__job", "order_line__order__invoice").order_by("-pk")
    rows = list(found.defer("run__job__search", "run__job__body")[: size + 1])
    return DaysPage(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def waiting(employer: Employer) -> JobQuerySet:
    """The jobs that wait for a credit, the first in line first."""
    jobs = Job.objects.filter(employer=employer, status=JobStatus.AWAITING_PAYMENT).defer("search", "body")
    return jobs.order_by("submitted_at", "pk")[:MOST_WAITING]


def ledger(employer: Employer, *, before: int | None = None, size: int = PAGE_SIZE) -> LedgerPage:
    """The entries before the one of that key, found by an index: the last page costs what the first does."""
    entries = CreditEntry.objects.filter(employer=employer).select_related("by", "job", "order_line__order__invoice")
    if before is not None:
        entries = entries.filter(pk__lt=before)
    rows = list(entries.defer("job__search", "job__body").order_by("-pk")[: size + 1])
    return LedgerPage(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def last_entry(employer: Employer) -> str:
    """The latest line of an employer's ledger: it tells whether something was booked since a page was opened."""
    last = CreditEntry.objects.filter(employer=employer).order_by("-pk").values_list("pk", flat=True).first()
    return str(last or 0)


def last_days_entry(employer: Employer) -> str:
    """The same of the account of days."""
    last = DaysEntry.objects.filter(employer=employer).order_by("-pk").values_list("pk", flat=True).first()
    return str(last or 0)
