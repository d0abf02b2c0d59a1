"""The ledger of employers' credits: the only place that writes a balance, always with the entry that explains it.

Whatever changes what an employer owns, or waits for it, takes `lock_employer` first: before any job's row, so that
nobody waits for each other. The balance itself changes by one conditional UPDATE and can never go below zero.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from aapm_site.accounts.people import Actor
from aapm_site.billing.models import OrderLine
from aapm_site.core.transitions import NotAllowed

from ..choices import CreditReason
from ..credit_types import CreditType
from ..models import CreditBalance, CreditEntry, Employer, Job


class TooFew(NotAllowed):
    """The employer does not own as many credits of the kind."""


def lock_employer(employer_id: int) -> Employer:
    """The employer's row, locked until the transaction ends. Rows that point at it can still be added."""
    return employers_to_lock().get(pk=employer_id)


def employers_to_lock() -> QuerySet[Employer]:
    return Employer.objects.select_for_update(of=("self",), no_key=True)


def owned_credits(employer: Employer) -> dict[CreditType, int]:
    """What is left, by kind; the shortest first, featured ones last."""
    rows = CreditBalance.objects.filter(employer=employer, left__gte=1)
    return {row.credit_type: row.left for row in rows}


def credits_left(employer: Employer, kind: CreditType) -> int:
    row = CreditBalance.objects.of_kind(kind).filter(employer=employer).first()
    return row.left if row else 0


def add_credits(employer: Employer, kind: CreditType, count: int, why: CreditReason, **papers: Any) -> CreditEntry:
    """Credits come in. Call it under the employer's lock."""
    entry = new_entry(employer, kind, count, why, **papers)
    add_entries(employer, [entry])
    return entry


def add_entries(employer: Employer, entries: Sequence[CreditEntry]) -> dict[CreditType, int]:
    """The same for several entries that are not saved yet; returns what is left now of the kinds that came.

    Call it under the employer's lock.
    """
    came: Counter[CreditType] = Counter()
    for entry in entries:
        came[entry.credit_type] += entry.change
    left = _raise(employer, came)
    CreditEntry.objects.bulk_create(entries)
    return left


def _raise(employer: Employer, came: Counter[CreditType]) -> dict[CreditType, int]:
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
        return {CreditType(*kind): left for *kind, left in cursor.fetchall()}


def remove_credits(employer: Employer, kind: CreditType, count: int, why: CreditReason, **papers: Any) -> CreditEntry:
    """Credits go out. Raises TooFew, and writes nothing, when fewer are left."""
    balance = CreditBalance.objects.of_kind(kind).filter(employer=employer)
    if not balance.filter(left__gte=count).update(left=F("left") - count):
        raise TooFew(f"Of {kind} there is no posting left. Choose another kind, or buy one.")
    entry = new_entry(employer, kind, -count, why, **papers)
    entry.save()
    return entry


def new_entry(employer: Employer, kind: CreditType, change: int, why: CreditReason, **papers: Any) -> CreditEntry:
    """An entry as it is to be saved with its balance."""
    return CreditEntry(
        employer=employer, runs_days=kind.runs_days, featured=kind.featured, kind=why, change=change, **papers
    )


def held_entry(job: Job) -> CreditEntry | None:
    """The entry of the credit that the job has used, not given back, and not run on yet. Exact under the lock."""
    last = CreditEntry.objects.filter(job=job).select_related("run").order_by("-pk").first()
    return last if last and last.kind == CreditReason.SPENT and not hasattr(last, "run") else None


def held_credit(job: Job) -> CreditType | None:
    """Its kind. What a job that was approved has run on is used for good, and held no more."""
    entry = held_entry(job)
    return entry.credit_type if entry else None


def held_mark() -> dict[str, Any]:
    """The same as an annotation of jobs that are read under their employer's lock; held_in() reads it."""
    last = CreditEntry.objects.filter(job=OuterRef("pk")).order_by("-pk")
    said = JSONObject(kind="kind", days="runs_days", featured="featured", run="run__pk")
    return {"last_entry": Subquery(last.values(said=said)[:1])}


def held_in(job: Any) -> CreditType | None:
    """The kind of the credit that a job holds which was read with held_mark()."""
    last = job.last_entry
    is_held = last and last["kind"] == CreditReason.SPENT and last["run"] is None
    return CreditType(last["days"], last["featured"]) if is_held else None


def spend_credit(job: Job, kind: CreditType, *, by: Actor) -> CreditEntry:
    """The job, which holds none, uses one credit. Call it under the employer's lock."""
    return remove_credits(job.employer, kind, 1, CreditReason.SPENT, job=job, by=by)


def give_credit_back(job: Job, *, by: Actor) -> CreditType | None:
    """The credit that the job holds is the employer's again; nothing happens when it holds none."""
    kind = held_credit(job)
    if kind is not None:
        add_credits(job.employer, kind, 1, CreditReason.RETURNED, job=job, by=by)
    return kind


def credits_of_lines(lines: Iterable[OrderLine]) -> dict[int, int]:
    """How many credits of order lines, by their keys, the employer got and did not lose again."""
    entries = CreditEntry.objects.filter(order_line__in=[line.pk for line in lines]).order_by()
    return dict(entries.values("order_line").annotate(sum=Sum("change")).values_list("order_line", "sum"))
