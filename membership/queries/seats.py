"""Seats and lists of one person: what is offered to their address, what they have, and what they look after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..models import Bundle, BundleAdministrator, BundleSeat, SeatTerm, Term
from ..rules import ONE_DAY, Standing
from .members import terms_of

PAYER = "_membership_payer"


def bundle_rows(person: Any) -> QuerySet[Bundle]:
    """Institutions that the person has to do with: `is_mine` to look after, `is_asked` to, `is_offered` a seat."""
    asked = BundleAdministrator.objects.asked_of(person).select_related(None)
    offered = BundleSeat.objects.offered_to(person).select_related(None)
    return Bundle.objects.annotate(
        is_mine=Exists(BundleAdministrator.objects.filter(bundle=OuterRef("pk"), user=person)),
        is_asked=Exists(asked.filter(bundle=OuterRef("pk"))),
        is_offered=Exists(offered.filter(bundle=OuterRef("pk"))),
    ).filter(Q(is_mine=True) | Q(is_asked=True) | Q(is_offered=True))


_BUNDLES_OF = Prepared[Any](lambda: bundle_rows(PERSON))


def bundles_of(user: Visitor) -> list[Any]:
    """The same in one query; whether the address is confirmed is the caller's to ask."""
    return _BUNDLES_OF.rows(person=user.pk, email=user.email) if user.is_authenticated else []


def accepted_seats(user: Visitor) -> list[BundleSeat]:
    """The seats to which a person has said yes, with their terms and whom to ask about them."""
    found = BundleSeat.objects.of_user(user)
    return list(found.prefetch_related("terms__term", "bundle__administrators__user"))


@dataclass(frozen=True)
class Payer:
    """The institution that pays for somebody's term, and the last day for which seats do."""

    institution: str
    until: date


def payer_of(user: Visitor, standing: Standing) -> Payer | None:
    """Who pays for the term that decides where a person stands; None where they do so themselves, or nobody does.

    No query but for a term that an institution pays for, and that one once a request.
    """
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    if term is None or term.source != Term.Source.BUNDLE:
        return None
    if PAYER not in user.__dict__:
        link = SeatTerm.objects.filter(term=term).select_related("seat__bundle").first()
        name = link.seat.bundle.name if link else "Your institution"
        user.__dict__[PAYER] = Payer(name, _seats_end(term, terms_of(user)))
    return user.__dict__[PAYER]


def _seats_end(term: Any, terms: Iterable[Term]) -> date:
    """The last day of the terms from institutions that follow each other without a gap."""
    last = term.ends_on
    for one in sorted(terms, key=lambda one: one.starts_on):
        if not one.is_void and one.source == Term.Source.BUNDLE and one.starts_on == last + ONE_DAY:
            last = one.ends_on
    return last
