"""The ledger of employers' postings: the only place that writes a balance, always with the entry that explains it.

Whatever changes what an employer owns, or waits for it, takes `lock` first: before any posting's row, so that nobody
waits for each other. The balance itself changes by one conditional UPDATE and can never go below zero.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Sum

from aapm_site.billing.models import OrderLine
from aapm_site.core.transitions import NotAllowed

from ..choices import CreditKind
from ..kinds import PostingKind
from ..models import CreditBalance, CreditEntry, Employer, Job


class TooFew(NotAllowed):
    """The employer does not own as many postings of the kind."""


def lock(employer_id: int) -> Employer:
    """The employer's row, locked until the transaction ends. Rows that point at it can still be added."""
    return locking().get(pk=employer_id)


def locking() -> QuerySet[Employer]:
    return Employer.objects.select_for_update(of=("self",), no_key=True)


def owned(employer: Employer) -> dict[PostingKind, int]:
    """What is left, by kind; the shortest first, featured ones last."""
    rows = CreditBalance.objects.filter(employer=employer, left__gte=1)
    return {row.posting_kind: row.left for row in rows}


def left(employer: Employer, kind: PostingKind) -> int:
    row = CreditBalance.objects.of_kind(kind).filter(employer=employer).first()
    return row.left if row else 0


def add(employer: Employer, kind: PostingKind, count: int, why: CreditKind, **papers: Any) -> CreditEntry:
    """Postings come in. Call it under the employer's lock."""
    entry = entry_of(employer, kind, count, why, **papers)
    add_all(employer, [entry])
    return entry


def add_all(employer: Employer, entries: Sequence[CreditEntry]) -> dict[PostingKind, int]:
    """The same for several entries that are not saved yet; returns what is left now of the kinds that came.

    Call it under the employer's lock.
    """
    came: Counter[PostingKind] = Counter()
    for entry in entries:
        came[entry.posting_kind] += entry.change
    left = _raise(employer, came)
    CreditEntry.objects.bulk_create(entries)
    return left


def _raise(employer: Employer, came: Counter[PostingKind]) -> dict[PostingKind, int]:
    """Balances are made or raised by one statement."""
    days, featured = [kind.runs_days for kind in came], [kind.featured for kind in came]
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO careers_creditbalance (employer_id, runs_days, featured, "left") '
            "SELECT %s, * FROM unnest(%s::smallint[], %s::boolean[], %s::integer[]) "
            'ON CONFLICT (employer_id, runs_days, featured) DO UPDATE SET "left" = careers_creditbalance."left" + '
            'excluded."left" RETURNING runs_days, featured, "left"',
            [employer.pk, days, featured, list(came.values())],
        )
        return {PostingKind(*kind): left for *kind, left in cursor.fetchall()}


def remove(employer: Employer, kind: PostingKind, count: int, why: CreditKind, **papers: Any) -> CreditEntry:
    """Postings go out. Raises TooFew, and writes nothing, when fewer are left."""
    balance = CreditBalance.objects.of_kind(kind).filter(employer=employer)
    if not balance.filter(left__gte=count).update(left=F("left") - count):
        raise TooFew(f"Of {kind} there is no posting left. Choose another kind, or buy one.")
    entry = entry_of(employer, kind, -count, why, **papers)
    entry.save()
    return entry


def entry_of(employer: Employer, kind: PostingKind, change: int, why: CreditKind, **papers: Any) -> CreditEntry:
    """An entry as it is to be saved with its balance."""
    return CreditEntry(
        employer=employer, runs_days=kind.runs_days, featured=kind.featured, kind=why, change=change, **papers
    )


def held(job: Job) -> PostingKind | None:
    """The kind of the posting that the job has used and not given back. Exact under the employer's lock."""
    last = CreditEntry.objects.filter(job=job).order_by("-pk").first()
    return last.posting_kind if last and last.kind == CreditKind.SPENT else None


def spend(job: Job, kind: PostingKind, *, by: Any) -> CreditEntry:
    """The job, which holds none, uses one posting. Call it under the employer's lock."""
    return remove(job.employer, kind, 1, CreditKind.SPENT, job=job, by=by)


def give_back(job: Job, *, by: Any) -> PostingKind | None:
    """The posting that the job holds is the employer's again; nothing happens when it holds none."""
    kind = held(job)
    if kind is not None:
        add(job.employer, kind, 1, CreditKind.RETURNED, job=job, by=by)
    return kind


def of_lines(lines: Iterable[OrderLine]) -> dict[int, int]:
    """How many postings of order lines, by their keys, the employer got and did not lose again."""
    entries = CreditEntry.objects.filter(order_line__in=[line.pk for line in lines]).order_by()
    return dict(entries.values("order_line").annotate(sum=Sum("change")).values_list("order_line", "sum"))
