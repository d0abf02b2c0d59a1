"""Groups as readers meet them: the list, who chairs one, and where a person stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.people import Visitor

from ..models import Group, GroupJoinRequest, GroupMember, Membership
from . import members

CHAIRS_HAVE = timedelta(days=14)


def listed() -> QuerySet[Group]:
    """The groups that are open."""
    return Group.objects.open()


def chairs_of(groups: Sequence[Group]) -> dict[int, list[GroupMember]]:
    """The chairs of each group whose membership runs today, the longest in office first. One query."""
    found: dict[int, list[GroupMember]] = {group.pk: [] for group in groups}
    current = Membership.objects.current(timezone.localdate()).values("pk")
    rows = GroupMember.objects.filter(group__in=groups, chair_since__isnull=False, membership__in=current)
    for row in rows.select_related("membership__user").order_by("chair_since", "pk"):
        found[row.group_id].append(row)
    return found


@dataclass(frozen=True)
class GroupPlace:
    """Where a person stands with a group: their row in it, or what they asked; whether their membership runs."""

    row: GroupMember | None = None
    request: GroupJoinRequest | None = None
    is_current: bool = False

    @property
    def is_inside(self) -> bool:
        """Whether they have what its members have."""
        return self.row is not None and self.is_current

    @property
    def is_chair(self) -> bool:
        return self.is_inside and self.row is not None and self.row.is_chair


def place_in(person: Visitor, group: Group) -> GroupPlace:
    """No query for a visitor; three for a member at most."""
    if not person.is_authenticated:
        return GroupPlace()
    row = GroupMember.objects.filter(group=group, membership__user=person).first()
    is_current = members.standing_of(person).is_current
    asked = None if row else GroupJoinRequest.objects.filter(group=group, membership__user=person).first()
    return GroupPlace(row, asked, is_current)


def groups_of_person(person: Visitor) -> QuerySet[GroupMember]:
    """A person's rows in groups, by the groups' names."""
    rows = GroupMember.objects.filter(membership__user_id=person.pk).select_related("group")
    return rows.order_by("group__name")


def people_in(group: Group) -> QuerySet[GroupMember]:
    """Who has what members of the group have today, by name. Those whose membership does not run rest."""
    current = Membership.objects.current(timezone.localdate()).values("pk")
    rows = GroupMember.objects.filter(group=group, membership__in=current).select_related("membership__user")
    return rows.order_by("membership__user__last_name", "membership__user__first_name", "pk")


def unanswered() -> QuerySet[GroupJoinRequest]:
    """What no chair can answer, because there is none, or none has in two weeks: the office does."""
    led = GroupMember.objects.filter(group=OuterRef("group"), chair_since__isnull=False)
    waiting = GroupJoinRequest.objects.filter(group__closed_at=None)
    return waiting.filter(~Exists(led) | Q(asked_at__lt=timezone.now() - CHAIRS_HAVE))
