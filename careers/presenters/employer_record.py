"""An organization at a glance, for staff: a row for each thing, with a link where this person may read the list."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from aapm_site.accounts.people import Visitor

from ..domain.days_ledger import in_days
from ..models import Employer
from ..queries.boards import STAFF_GROUPS
from ..queries.employer_record import EmployerRecord
from .verification import decision_words


@dataclass(frozen=True)
class RecordLine:
    """Words, and where they lead; no address where this person may not read what is there."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class RecordFact:
    """One thing that the organization has, in lines."""

    label: str
    lines: list[RecordLine] = field(default_factory=list)
    note: str = ""


def facts_of(employer: Employer, record: EmployerRecord, reader: Visitor) -> list[RecordFact]:
    """What the page of the organization begins with. Reads nothing but the reader's rights."""
    return [
        _positions(employer, record, reader),
        RecordFact("Orders", [_orders(employer, record, reader)]),
        _team(record),
        RecordFact("Postings left", [_credits_left(employer, record, reader)]),
        RecordFact("Days left", [_days(employer, record, reader)]),
        _standing(employer, record, reader),
    ]


def _line(words: str, reader: Visitor, permission: str, page: str, **narrowed: str | int) -> RecordLine:
    """A link to a list of the admin, for whoever may open it."""
    url = f"{reverse(f'admin:{page}_changelist')}?{urlencode(narrowed)}" if reader.has_perm(permission) else ""
    return RecordLine(words, url)


def _of(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _positions(employer: Employer, record: EmployerRecord, reader: Visitor) -> RecordFact:
    lists = {"all": f"{record.positions:,} in all"}
    lists |= {key: f"{STAFF_GROUPS[key]}: {count:,}" for key, count in record.stages.items() if count}
    return RecordFact(
        "Positions",
        [
            _line(words, reader, "careers.view_job", "careers_job", stage=stage, employer=employer.pk)
            for stage, words in lists.items()
        ],
    )


def _orders(employer: Employer, record: EmployerRecord, reader: Visitor) -> RecordLine:
    if employer.customer_id is None:
        return RecordLine("None: it has no account with the billing office yet")
    words = _of(record.orders, "order", "orders")
    return _line(words, reader, "billing.view_order", "billing_order", customer__id__exact=employer.customer_id)


def _team(record: EmployerRecord) -> RecordFact:
    """They stand below, on the same page."""
    lines = [RecordLine(_of(record.team, "person", "people"), "#members-group")]
    if record.invited:
        lines.append(RecordLine(f"{record.invited:,} invited", "#invitations-group"))
    return RecordFact("Team", lines)


def _credits_left(employer: Employer, record: EmployerRecord, reader: Visitor) -> RecordLine:
    words = "; ".join(row.words for row in record.postings) or "None"
    permission, page = "careers.view_creditentry", "careers_creditentry"
    return _line(words, reader, permission, page, employer__id__exact=employer.pk)


def _days(employer: Employer, record: EmployerRecord, reader: Visitor) -> RecordLine:
    words = "; ".join(in_days(left, featured) for featured, left in sorted(record.days.items())) or "None"
    permission, page = "careers.view_daysentry", "careers_daysentry"
    return _line(words, reader, permission, page, employer__id__exact=employer.pk)


def _standing(employer: Employer, record: EmployerRecord, reader: Visitor) -> RecordFact:
    """How it came to that is for who may read decisions: their reasons are between colleagues."""
    permission, page = "careers.view_employerdecision", "careers_employerdecision"
    decided = _of(record.decisions, "decision", "decisions")
    lines = [
        RecordLine("Verified" if employer.verified else "Not verified"),
        _line(decided, reader, permission, page, employer__id__exact=employer.pk),
        RecordLine("History", reverse("admin:careers_employer_history", args=[employer.pk])),
    ]
    if record.last is None or not reader.has_perm(permission):
        return RecordFact("Verification and history", lines)
    words = f"Last: {record.last.get_kind_display()}. {decision_words(record.last)}".strip()
    return RecordFact("Verification and history", lines, note=words)
