"""What a person is here. Read once a request: the answers are kept on the user object."""

from datetime import date

from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..models import Application, ApplicationDraft, GroupMember, Membership, Term
from ..rules import Standing, standing_on

TERMS, GROUPS, APPLICATION = "_membership_terms", "_membership_groups", "_membership_application"

_TERMS_OF = Prepared[Term](
    lambda: Term.objects.filter(membership__user_id=PERSON).select_related("membership").order_by("starts_on")
)
_GROUPS_OF = Prepared[str](
    lambda: GroupMember.objects.filter(membership__user_id=PERSON).values_list("group__key", flat=True)
)
_MEMBERSHIP_OF = Prepared[Membership](lambda: Membership.objects.filter(user_id=PERSON)[:1])
_APPLICATION_OF = Prepared[Application](
    lambda: Application.objects.for_user(PERSON).open_or_unpaid().select_related("plan")[:1]
)


def terms_of(user: Visitor) -> list[Term]:
    """All terms of a person, oldest first; none for a visitor. One query, the first time."""
    if not user.pk:
        return []
    if TERMS not in user.__dict__:
        user.__dict__[TERMS] = _TERMS_OF.rows(person=user.pk)
    return user.__dict__[TERMS]


def standing_of(user: Visitor, on: date | None = None) -> Standing:
    """What a person's membership is on a day, today unless given; no query but for the terms."""
    terms = terms_of(user)
    is_closed = bool(terms) and terms[0].membership.closed_at is not None
    return standing_on(terms, on or timezone.localdate(), is_closed=is_closed)


def groups_of(user: Visitor) -> frozenset[str]:
    """The keys of a person's special interest groups. One query, the first time."""
    if not user.pk:
        return frozenset()
    if GROUPS not in user.__dict__:
        user.__dict__[GROUPS] = frozenset(_GROUPS_OF.rows(person=user.pk))
    return user.__dict__[GROUPS]


def membership_of(user: Visitor) -> Membership | None:
    return _MEMBERSHIP_OF.first(person=user.pk) if user.pk else None


def application_of(user: Visitor) -> Application | None:
    """A person's application that is open, or approved and waits for its dues. One query, the first time."""
    if not user.pk:
        return None
    if APPLICATION not in user.__dict__:
        user.__dict__[APPLICATION] = _APPLICATION_OF.first(person=user.pk)
    found = user.__dict__[APPLICATION]
    return found if found and (found.is_open or found.holds) else None


def open_application_of(user: Visitor) -> Application | None:
    """A person's open application. One query, the first time."""
    found = application_of(user)
    return found if found and found.is_open else None


def draft_of(user: Visitor) -> ApplicationDraft | None:
    """The application that a person has begun. One query; none for a visitor."""
    return ApplicationDraft.objects.for_user(user).select_related("plan").first() if user.pk else None


def forget(user: Visitor) -> None:
    """Drop what was kept on the object, so that the next question is answered by the database."""
    for name in (TERMS, GROUPS, APPLICATION):
        user.__dict__.pop(name, None)
