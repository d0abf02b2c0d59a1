"""Seats and lists of one person: what is offered to their address, what they have, and what they look after."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..models import Bundle, BundleAdministrator, BundleSeat


def _bundles_of(person: Any) -> QuerySet[Bundle]:
    """Institutions that the person has to do with: `is_mine` to look after, `is_asked` to, `is_offered` a seat."""
    asked = BundleAdministrator.objects.asked_of(person).select_related(None)
    offered = BundleSeat.objects.offered_to(person).select_related(None)
    return Bundle.objects.annotate(
        is_mine=Exists(BundleAdministrator.objects.filter(bundle=OuterRef("pk"), user=person)),
        is_asked=Exists(asked.filter(bundle=OuterRef("pk"))),
        is_offered=Exists(offered.filter(bundle=OuterRef("pk"))),
    ).filter(Q(is_mine=True) | Q(is_asked=True) | Q(is_offered=True))


_BUNDLES_OF = Prepared[Any](lambda: _bundles_of(PERSON))


def bundles_of(user: Visitor) -> list[Any]:
    """The same in one query; whether the address is confirmed is the caller's to ask."""
    return _BUNDLES_OF.rows(person=user.pk, email=user.email) if user.is_authenticated else []


def accepted_seats(user: Visitor) -> list[BundleSeat]:
    """The seats to which a person has said yes, with their terms and whom to ask about them."""
    found = BundleSeat.objects.of_user(user)
    return list(found.prefetch_related("terms__term", "bundle__administrators__user"))
