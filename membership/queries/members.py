"""What a person is here. Read once a request: the answers are kept on the user object."""

from datetime import date

from django.utils import timezone

from aapm_site.accounts.people import Visitor

from ..models import Application, GroupMember, Membership, Term
from ..rules import Standing, standing_on

TERMS, GROUPS, APPLICATION = "_membership_terms", "_membership_groups", "_membership_application"


def terms_of(user: Visitor) -> list[Term]:
    """All terms of a person, oldest first; none for a visitor. One query, the first time."""
    if not user.pk:
        return []
    if TERMS not in user.__dict__:
        user.__dict__[TERMS] = list(Term.objects.filter(membership__user_id=user.pk).order_by("starts_on"))
    return user.__dict__[TERMS]


def standing_of(user: Visitor, on: date | None = None) -> Standing:
    """What a person's membership is on a day, today unless given."""
    return standing_on(terms_of(user), on or timezone.localdate())


def groups_of(user: Visitor) -> frozenset[str]:
    """The slugs of a person's special interest groups. One query, the first time."""
    if not user.pk:
        return frozenset()
    if GROUPS not in user.__dict__:
        found = GroupMember.objects.filter(membership__user_id=user.pk).values_list("group__slug", flat=True)
        user.__dict__[GROUPS] = frozenset(found)
    return user.__dict__[GROUPS]


def membership_of(user: Visitor) -> Membership | None:
    return Membership.objects.filter(user_id=user.pk).first() if user.pk else None


def open_application_of(user: Visitor) -> Application | None:
    """A person's open application. One query, the first time."""
    if not user.pk:
        return None
    if APPLICATION not in user.__dict__:
        found = Application.objects.for_user(user).open().select_related("plan").first()
        user.__dict__[APPLICATION] = found
    return user.__dict__[APPLICATION]


def forget(user: Visitor) -> None:
    """Drop what was kept on the object, so that the next question is answered by the database."""
    for name in (TERMS, GROUPS, APPLICATION):
        user.__dict__.pop(name, None)
