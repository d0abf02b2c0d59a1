"""What is looked up about the verification of organizations."""

from django.db.models import OuterRef, QuerySet, Subquery

from ..choices import EmployerDecisionKind
from ..models import Employer, EmployerDecision


def proved_and_waiting() -> QuerySet[Employer]:
    """Organizations that have proved their domain and wait for staff all the same, with `proved_at`, oldest first."""
    last = EmployerDecision.objects.filter(employer=OuterRef("pk")).newest_first()
    waiting = Employer.objects.filter(verified=False, closed_at=None).annotate(
        last_decision=Subquery(last.values("kind")[:1]), proved_at=Subquery(last.values("at")[:1])
    )
    return waiting.filter(last_decision=EmployerDecisionKind.PROVED).order_by("proved_at", "pk")


def decisions_on(employer: Employer) -> list[EmployerDecision]:
    """The record, newest first; one query."""
    return list(EmployerDecision.objects.filter(employer=employer).select_related("by").newest_first())
