"""The ledger of employers' days: the only place that writes a balance of days, with the entry that explains it.

Call all of it under the employer's lock (`credit_ledger.lock_employer`), which comes before any job's row. A balance
changes by one conditional UPDATE and can never go below zero.
"""

from typing import Any

from django.db.models import F, Sum

from aapm_site.billing.models import OrderLine
from aapm_site.core.transitions import NotAllowed

from ..choices import DaysReason
from ..models import DaysBalance, DaysEntry, Employer, JobRun


class TooFewDays(NotAllowed):
    """The employer's account holds fewer days of the kind."""


def days_left(employer: Employer, featured: bool) -> int:
    row = DaysBalance.objects.filter(employer=employer, featured=featured).first()
    return row.left if row else 0


def add_days(employer: Employer, featured: bool, count: int, why: DaysReason, **papers: Any) -> DaysEntry:
    """Days come in."""
    balance, _ = DaysBalance.objects.get_or_create(employer=employer, featured=featured)
    DaysBalance.objects.filter(pk=balance.pk).update(left=F("left") + count)
    return DaysEntry.objects.create(employer=employer, featured=featured, kind=why, change=count, **papers)


def remove_days(employer: Employer, featured: bool, count: int, why: DaysReason, **papers: Any) -> DaysEntry:
    """Days go out. Raises TooFewDays, and writes nothing, when fewer are left."""
    balance = DaysBalance.objects.filter(employer=employer, featured=featured)
    if not balance.filter(left__gte=count).update(left=F("left") - count):
        raise TooFewDays(f"Your account holds {in_days(days_left(employer, featured), featured)}, fewer than {count}.")
    return DaysEntry.objects.create(employer=employer, featured=featured, kind=why, change=-count, **papers)


def taken_for(line: OrderLine) -> int:
    """How many days are taken, and not restored, because the line is not paid."""
    return -DaysEntry.objects.filter(order_line=line).aggregate(sum=Sum("change", default=0))["sum"]


def given_back_by_filling(run: JobRun) -> int:
    """How many days of a run filling gave back, less those that reopening took again."""
    rows = DaysEntry.objects.filter(run=run, kind__in=(DaysReason.FILLED, DaysReason.REOPENED))
    return rows.aggregate(sum=Sum("change", default=0))["sum"]


def in_days(count: int, featured: bool = False) -> str:
    """As people read it: 1 day, 19 featured days."""
    return f"{count} {'featured ' if featured else ''}day{'' if count == 1 else 's'}"
