"""What is looked up while staff decide applications: what waits, in its order, and what is known of who applies."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DateTimeField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from aapm_site.core.transitions import staff_word

from ..models import Application, ApplicationStatusChange, Membership
from ..models.application import ApplicationQuerySet
from ..rules import Standing
from ..states import ApplicationStatus
from .members import standing_of

MOST_QUEUED = 1_000
MOST_TWINS = 3


def waiting_for_staff(category: str = "") -> ApplicationQuerySet:
    """What waits to be decided, with `waiting_since`: when it was sent, or last answered. The oldest first.

    `category` is the slug of one; empty for all.
    """
    answered = ApplicationStatusChange.objects.filter(subject=OuterRef("pk"), to_status=ApplicationStatus.SUBMITTED)
    since = Coalesce(Subquery(answered.order_by("-pk").values("at")[:1]), "submitted_at", output_field=DateTimeField())
    waiting = Application.objects.filter(status=ApplicationStatus.SUBMITTED).annotate(waiting_since=since)
    return (waiting.filter(plan__slug=category) if category else waiting).order_by("waiting_since", "pk")


def queue_keys(category: str = "") -> list[int]:
    """The keys of what waits, in its order; one query."""
    return list(waiting_for_staff(category).values_list("pk", flat=True)[:MOST_QUEUED])


@dataclass(frozen=True)
class ApplicantGlance:
    """What staff know of somebody who applies, besides what the application says."""

    standing: Standing
    number: int | None
    earlier: tuple[tuple[Application, str], ...]
    twins: tuple[Membership, ...]


def glance_at(application: Application) -> ApplicantGlance:
    """Their membership, what became of earlier applications, and members of the same name. Four queries at most."""
    user = application.user
    others = Application.objects.filter(user=user).exclude(pk=application.pk).select_related("plan")[:5]
    same = Q(user__first_name__iexact=application.first_name, user__last_name__iexact=application.last_name)
    twins = Membership.objects.filter(same).exclude(user=user).select_related("user").order_by("pk")[:MOST_TWINS]
    standing = standing_of(user)
    own = Membership.objects.filter(user=user).values_list("number", flat=True).first()
    return ApplicantGlance(standing, own, tuple((one, staff_word(one)) for one in others), tuple(twins))


def desk_mark(application: Application) -> str:
    """Another after every step of an application and every paper that comes; two queries."""
    step = application.status_changes.order_by("-pk").values_list("pk", flat=True).first()
    paper = application.papers.order_by("-pk").values_list("pk", flat=True).first()
    return f"{step} {paper}"


def sent_before(days: int) -> Q:
    """Sent more than so many days ago."""
    return Q(submitted_at__lt=timezone.now() - timedelta(days=days))
