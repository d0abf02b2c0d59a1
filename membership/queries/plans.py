"""The categories as the pages show them."""

from dataclasses import dataclass, fields
from decimal import Decimal

from aapm_site.core.cache.remembered import remembered

from ..models import Plan
from ..models.plan import PlanTraits


@dataclass(frozen=True)
class PublicPlan(PlanTraits):
    """One category as readers see it."""

    name: str
    slug: str
    summary: str
    eligibility: str
    papers_needed: str
    dues: Decimal
    currency: str
    term_months: int
    reads_journal: bool
    joinable: bool
    sample: bool

    def __str__(self) -> str:
        return self.name


COLUMNS = [one.name for one in fields(PublicPlan)]


@remembered
def categories() -> tuple[PublicPlan, ...]:
    """Those that are offered, in their order; the ones that nobody can apply for are by invitation. One query."""
    return tuple(PublicPlan(*row) for row in Plan.objects.offered().values_list(*COLUMNS))
