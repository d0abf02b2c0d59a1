"""The alerts of a reader, as their pages show them."""

from django.db.models import Count, Prefetch, QuerySet, Window

from aapm_site.accounts.models import User
from aapm_site.core.statements import PERSON, Prepared
from aapm_site.mail.models import Subscription

from ..models import Alert, AlertReader
from ..models.alert import KIND


def readers_with_alerts(readers: QuerySet[AlertReader]) -> list[AlertReader]:
    """These readers with their alerts and addresses; two queries."""
    alerts = Prefetch("alerts", queryset=Alert.objects.defer("keys", "words", "facets"))
    return list(readers.select_related("subscription__user").prefetch_related(alerts).order_by("pk"))


def reader_by_token(token: str) -> AlertReader | None:
    """Whose letters hold this token."""
    subscription = Subscription.objects.filter(token=token, kind=KIND)
    return AlertReader.objects.select_related("subscription__user").filter(subscription__in=subscription).first()


SHOWN = 3  # in My account
_LAST_OF = Prepared[Alert](
    lambda: (
        Alert.objects.filter(reader__in=AlertReader.objects.for_user(PERSON))
        .defer("keys", "words", "facets")
        .annotate(in_all=Window(Count("pk")))
        .order_by("-created_at", "-pk")[:SHOWN]
    )
)


def last_alerts(user: User) -> tuple[list[Alert], int]:
    """The person's newest alerts, and how many there are in all; one query."""
    rows = _LAST_OF.rows(person=user.pk, email=user.email)
    return rows, rows[0].in_all if rows else 0  # type: ignore[attr-defined]  # annotated above
