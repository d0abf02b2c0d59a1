"""What membership hands over when two persons are one: the terms, the groups, and the number that is no more."""

from django.db.models import Min
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.registry import Handover
from aapm_site.core.transitions import NotAllowed

from ..models import (
    FormerNumber,
    GroupJoinRequest,
    GroupMember,
    ImportedLine,
    LatinName,
    MemberNote,
    MemberPaper,
    Membership,
    OfficeAddress,
    OfficeSending,
    Pause,
    Resignation,
    Term,
)
from ..states import StopReason
from . import directory, memberships
from .automatic_stops import stop_all

OVERLAP = "membership-take-back-overlap"
TAKEN_BACK = "The person was here twice, with a term for the same days."
FILLED = ("career_stage", "practice_setting", "state_code", "next_plan", "training_ends_on")


def move(kept: User, gone: User, answers: frozenset[str]) -> list[str]:
    """One membership of both. Its terms are those of both; where two overlap somebody decides, and then the one of the
    person who goes is taken back. Locks both memberships, in one order whoever merges.
    """
    ImportedLine.objects.filter(person=gone.pk).update(person=kept.pk)
    found = Membership.objects.select_for_update().filter(user__in=(kept, gone)).order_by("pk")
    records = {membership.user_id: membership for membership in found}
    old, mine = records.get(gone.pk), records.get(kept.pk)
    if old is None:
        return []
    # What one record agreed to is not carried over: the card is removed, and the kept person may agree anew.
    stop_all(old, StopReason.MERGED)
    if mine is None:
        old.user = kept
        old.save(update_fields=["user"])
        return [f"The membership no. {old.number}."]
    if bool(old.closed_at) != bool(mine.closed_at):
        raise NotAllowed("One of the two memberships is closed and the other is not. Close or open one first.")
    return _join(mine, old, answers)


def _join(mine: Membership, old: Membership, answers: frozenset[str]) -> list[str]:
    taken_back = _part(mine, old, answers)
    terms = Term.objects.filter(membership=old).update(membership=mine)
    groups = _move_groups(mine, old)
    entry = directory.hand_over_entry(old, mine)
    ImportedLine.objects.filter(member=old.pk).update(member=mine.pk)
    MemberNote.objects.filter(membership=old).update(membership=mine)
    FormerNumber.objects.filter(membership=old).update(membership=mine)
    _move_papers(mine, old)
    _move_leaving(mine, old)
    OfficeSending.objects.filter(membership=old).update(membership=mine)
    if not OfficeAddress.objects.filter(membership=mine).exists():
        OfficeAddress.objects.filter(membership=old).update(membership=mine)
    for name in FILLED:
        if not getattr(mine, name):
            setattr(mine, name, getattr(old, name))
    mine.joined_on = min(mine.joined_on, old.joined_on)
    mine.save(update_fields=[*FILLED, "joined_on"])
    number, record = old.number, old.pk
    old.delete()
    FormerNumber.objects.create(number=number, membership=mine, record=record)
    said = [f"{terms} terms." if terms != 1 else "1 term.", *groups, *([entry] if entry else [])]
    if taken_back:
        said.append(f"Taken back, because their days are had already: {'; '.join(map(str, taken_back))}.")
    return [*said, f"The number {number} leads to no. {mine.number} from now on."]


def _part(mine: Membership, old: Membership, answers: frozenset[str]) -> list[Term]:
    """Let no two terms overlap: those of the one who goes are taken back, if that was decided."""
    had = list(Term.objects.valid().filter(membership=mine))
    double = [
        term
        for term in Term.objects.valid().filter(membership=old)
        if any(term.starts_on <= other.ends_on and other.starts_on <= term.ends_on for other in had)
    ]
    if double and OVERLAP not in answers:
        raise NotAllowed(
            f"Both have terms for the same days: {'; '.join(map(str, double))}. Say below that these are taken back, "
            "or end or take back one of them first."
        )
    return [memberships.void_term(term, reason=TAKEN_BACK) for term in double]


def _move_papers(mine: Membership, old: Membership) -> None:
    """What was made stays on record; the other record's card answers no more, for its number is not the person's."""
    papers = MemberPaper.objects.filter(membership=old)
    papers.filter(replaced_at=None).update(replaced_at=timezone.now())
    papers.update(membership=mine)
    if not LatinName.objects.filter(membership=mine).exists():
        LatinName.objects.filter(membership=old).update(membership=mine)


def _move_leaving(mine: Membership, old: Membership) -> None:
    """Resignations and pauses stay on record; what the other record still waits for is taken back."""
    now = timezone.now()
    Pause.objects.waiting().filter(membership=old).update(cancelled_at=now)
    days = Resignation.objects.filter(membership=mine, withdrawn_at=None).values("last_day")
    Resignation.objects.filter(membership=old, withdrawn_at=None, last_day__in=days).update(withdrawn_at=now)
    Resignation.objects.filter(membership=old).update(membership=mine)
    Pause.objects.filter(membership=old).update(membership=mine)


def _move_groups(mine: Membership, old: Membership) -> list[str]:
    """In a group that both are in, they are since the earlier day; who led it as one of them leads it. What they asked
    goes along, unless they are in that group then.
    """
    said = []
    for row in GroupMember.objects.filter(membership__in=(mine, old)).values("group", "group__name").annotate(
        since=Min("joined_on"), leads=Min("chair_since")
    ).order_by("group__name"):  # fmt: skip
        both = GroupMember.objects.filter(group=row["group"], membership__in=(mine, old))
        if not both.filter(membership=old).exists():
            continue
        both.delete()
        GroupMember.objects.create(
            group_id=row["group"], membership=mine, joined_on=row["since"], chair_since=row["leads"]
        )
        said.append(f"The group {row['group__name']}.")
    known = GroupMember.objects.filter(membership=mine).values("group")
    asked = GroupJoinRequest.objects.filter(membership=mine).values("group")
    moved = GroupJoinRequest.objects.filter(membership=old).exclude(group__in=known).exclude(group__in=asked)
    moved.update(membership=mine)
    GroupJoinRequest.objects.filter(membership=mine, group__in=known).delete()
    return said


HANDOVER = Handover("membership", ("membership.Membership",), move, order=20)
