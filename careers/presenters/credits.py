"""What is left to use, and how it came and went, in words."""

from dataclasses import dataclass

from aapm_site.core.ui.timeline import HistoryRow

from ..choices import CreditReason, DaysReason
from ..credit_types import CreditType
from ..models import CreditEntry, DaysEntry, Job
from ..queries.credits import DaysPage, LedgerPage


def left_in_words(left: int) -> str:
    if not left:
        return "No postings left"
    return f"{left} posting{'' if left == 1 else 's'} left"


@dataclass(frozen=True, kw_only=True)
class CreditLine(HistoryRow):
    """One entry of the ledger, as the team reads it."""

    kind: CreditType
    change: int
    job: Job | None = None

    @property
    def signed(self) -> str:
        return f"+{self.change}" if self.change > 0 else f"−{-self.change}"


@dataclass(frozen=True)
class LedgerInWords:
    """A page of the ledger, the newest entry first; `older` is the key of the next page."""

    lines: tuple[CreditLine, ...] = ()
    older: int | None = None


def ledger_in_words(page: LedgerPage, team: set[int]) -> LedgerInWords:
    return LedgerInWords(tuple(_line(entry, team) for entry in page.entries), page.older)


def _line(entry: CreditEntry, team: set[int]) -> CreditLine:
    return CreditLine(
        _words(entry),
        entry.at,
        by=_actor(entry, team),
        note=entry.reason,
        kind=entry.credit_type,
        change=entry.change,
        job=entry.job,
    )


def _words(entry: CreditEntry) -> str:
    invoice = f", invoice {entry.order_line.order.invoice}" if entry.order_line else ""
    return {
        CreditReason.BOUGHT: f"Bought{invoice}",
        CreditReason.GIVEN: "Given by the Academy",
        CreditReason.SPENT: "Used for",
        CreditReason.RETURNED: "Back from",
        CreditReason.TAKEN_BACK: f"Taken back{invoice}",
    }[CreditReason(entry.kind)]


@dataclass(frozen=True, kw_only=True)
class DaysLine(HistoryRow):
    """One entry of the account of days, as the team reads it."""

    change: int
    featured: bool
    job: Job | None = None

    @property
    def signed(self) -> str:
        return f"+{self.change}" if self.change > 0 else f"−{-self.change}"

    @property
    def unit(self) -> str:
        """What is counted, one day that went being one as well."""
        return f"{'featured ' if self.featured else ''}day{'' if abs(self.change) == 1 else 's'}"


@dataclass(frozen=True)
class DaysInWords:
    """A page of the account of days, the newest entry first; `older` is the key of the next page."""

    lines: tuple[DaysLine, ...] = ()
    older: int | None = None


def days_in_words(page: DaysPage, team: set[int]) -> DaysInWords:
    return DaysInWords(tuple(_days_line(entry, team) for entry in page.entries), page.older)


def _days_line(entry: DaysEntry, team: set[int]) -> DaysLine:
    return DaysLine(
        _days_words(entry),
        entry.at,
        by=_actor(entry, team),
        note=entry.reason,
        change=entry.change,
        featured=entry.featured,
        job=entry.run.job if entry.run else None,
    )


def _days_words(entry: DaysEntry) -> str:
    invoice = f", invoice {entry.order_line.order.invoice}" if entry.order_line else ""
    return {
        DaysReason.FILLED: "Back from what was filled:",
        DaysReason.WITHDRAWN: "Back from what was withdrawn:",
        DaysReason.CLOSED: "Back, behind the last day to apply of",
        DaysReason.GIVEN: "Given by the Academy",
        DaysReason.RESTORED: f"Yours again{invoice}",
        DaysReason.LENGTHENED: "Used to lengthen",
        DaysReason.REOPENED: "Used to reopen",
        DaysReason.TAKEN_BACK: f"Held because a payment came back{invoice}" if entry.order_line else "Taken back",
    }[DaysReason(entry.kind)]


def _actor(entry: CreditEntry | DaysEntry, team: set[int]) -> str:
    """A colleague by name, staff as staff; what money and waiting jobs did, nobody did."""
    if entry.by_id in team:
        return entry.by.display_name
    return "AAPM staff" if entry.by_id else ""
