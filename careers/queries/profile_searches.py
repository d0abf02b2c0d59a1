"""The saved searches of a team, as its page shows them."""

from django.db.models import Case, QuerySet, Value, When

from aapm_site.accounts.models import User
from aapm_site.mail.models import Subscription

from ..models import EmployerMember, ProfileSearch
from ..models.profile_search import SEARCHES


def searches_of_team(reader: EmployerMember) -> QuerySet[ProfileSearch]:
    """Those of the whole team, the reader's own first; one query."""
    own_first = Case(When(member=reader, then=Value(0)), default=Value(1))
    rows = ProfileSearch.objects.of_team(reader.employer).select_related("member__employer", "member__user")
    return rows.defer("keys", "facets").order_by(own_first, "created_at", "pk")


def are_stopped(user: User) -> bool:
    """Whether the person has stopped the letters of all their searches; one query."""
    return Subscription.objects.filter(user=user, kind=SEARCHES, paused_at__isnull=False).exists()
