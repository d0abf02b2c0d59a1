"""The ledger of employers' postings: the only place that writes a balance, always with the entry that explains it.

Whatever changes what an employer owns, or waits for it, takes `lock` first: before any posting's row, so that nobody
waits for each other. The balance itself changes by one conditional UPDATE and can never go below zero.
"""

from typing import Any

from django.db.models import F, Sum

from aapm_site.billing.models import OrderLine
from aapm_site.core.transitions import NotAllowed

from ..choices import CreditKind
from ..kinds import PostingKind
from ..models import CreditBalance, CreditEntry, Employer, Job


class TooFew(NotAllowed):
    """The employer does not own as many postings of the kind."""


def lock(employer_id: int) -> Employer:
    """The employer's row, locked until the transaction ends. Rows that point at it can still be added."""
    return Employer.objects.select_for_update(of=("self",), no_key=True).get(pk=employer_id)


def owned(employer: Employer) -> dict[PostingKind, int]:
    """What is left, by kind; the shortest first, featured ones last."""
    rows = CreditBalance.objects.filter(employer=employer, left__gte=1)
    return {row.posting_kind: row.left for row in rows}


def left(employer: Employer, kind: PostingKind) -> int:
    row = CreditBalance.objects.of_kind(kind).filter(employer=employer).first()
    return row.left if row else 0


def add(employer: Employer, kind: PostingKind, count: int, why: CreditKind, **papers: Any) -> CreditEntry:
    """Postings come in. Call it under the employer's lock."""
    balance = CreditBalance.objects.of_kind(kind).filter(employer=employer)
    if not balance.update(left=F("left") + count):
        CreditBalance.objects.create(employer=employer, runs_days=kind.runs_days, featured=kind.featured, left=count)
    return _enter(employer, kind, count, why, **papers)


def remove(employer: Employer, kind: PostingKind, count: int, why: CreditKind, **papers: Any) -> CreditEntry:
    """Postings go out. Raises TooFew, and writes nothing, when fewer are left."""
    balance = CreditBalance.objects.of_kind(kind).filter(employer=employer)
    if not balance.filter(left__gte=count).update(left=F("left") - count):
        raise TooFew(f"Of {kind} there is no posting left. Choose another kind, or buy one.")
    return _enter(employer, kind, -count, why, **papers)


def _enter(employer: Employer, kind: PostingKind, change: int, why: CreditKind, **papers: Any) -> CreditEntry:
    return CreditEntry.objects.create(
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


def of_line(line: OrderLine) -> int:
    """How many postings of an order's line the employer got and did not lose again."""
    return CreditEntry.objects.filter(order_line=line).aggregate(sum=Sum("change", default=0))["sum"]
