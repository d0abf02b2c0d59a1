"""What staff ask first of an organization: what it has on the site, how much of it, and what was decided of it."""

from dataclasses import dataclass
from datetime import datetime

from aapm_site.billing.models import Order

from ..models import Employer, EmployerDecision, Job
from .boards import group_counts
from .credits import Owned, days_owned, owned
from .review import waiting_for_staff


@dataclass(frozen=True)
class EmployerRecord:
    """Counts of one organization; `stages` are those of the filter in the list of positions, by their keys.

    A live position whose change waits to be read counts twice there, so they are more than `positions` then.
    """

    positions: int
    stages: dict[str, int]
    orders: int
    team: int
    invited: int
    postings: list[Owned]
    days: dict[bool, int]  # by whether they are featured
    decisions: int
    last: EmployerDecision | None


def record_of(employer: Employer, at: datetime) -> EmployerRecord:
    """Nine queries, eight for one that never bought, however much there is."""
    groups = group_counts(Job.objects.filter(employer=employer), at)
    decisions = EmployerDecision.objects.filter(employer=employer)
    return EmployerRecord(
        positions=sum(groups.values()),
        stages=groups | {"review": waiting_for_staff().filter(employer=employer).count()},
        orders=Order.objects.filter(customer=employer.customer_id).count() if employer.customer_id else 0,
        team=employer.members.count(),
        invited=employer.invitations.count(),
        postings=owned(employer),
        days=days_owned(employer),
        decisions=decisions.count(),
        last=decisions.select_related("by").newest_first().first(),
    )
