"""Special interest groups: joining and leaving, asking and answering, chairs, and closing a group.

Locks: the group, then a membership, then its row in the group. So a press never meets the group's end unseen, two
presses at once make one row, and a chair whose office ends at this moment has decided before or does not decide.
"""

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.closing import close_row, reopen_row
from aapm_site.core.http.limits import within
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.subscriptions import pause_subscription, subscribe
from aapm_site.mail.models import Subscription

from ..models import Group, GroupJoinRequest, GroupMember, JoinRule, Membership

KIND = "membership-groups"
LETTERS = "group-letters"
NOT_A_MEMBER = "Groups are for members, and your membership does not run at present."
TOLD_A_DAY, A_DAY = 2, 24 * 60 * 60
NO_CHAIR = "Only a chair of the group can do this, and you are none at present."


def letters_title(group: Group) -> str:
    """What its letters are called where a reader chooses mail."""
    return f"Letters of the group “{group}”"


@transaction.atomic
def join_group(person: User, group: Group, *, with_letters: bool) -> GroupMember:
    """Be a member of an open group from now on; who is one already stays as they are.

    NotAllowed for a group that is closed or where somebody else decides, and for people whose membership does not run.
    """
    locked = _lock_open(group)
    if locked.how_to_join != JoinRule.OPEN:
        raise NotAllowed("One does not join this group by a press any more. Please look at its page again.")
    return _let_in(locked, _lock_current(person), with_letters=with_letters)


@transaction.atomic
def ask_to_join(person: User, group: Group, message: str) -> GroupJoinRequest:
    """Ask the chairs; they are told by mail. Who asks again says it anew, and keeps the place.

    Who takes it back and asks again stands before the chairs, who get two letters a day about one person at most.
    NotAllowed for a group that is closed or does not ask, for its members, and as for joining.
    """
    locked = _lock_open(group)
    if locked.how_to_join != JoinRule.ASKED:
        raise NotAllowed("The chairs of this group are not asked any more. Please look at its page again.")
    membership = _lock_current(person)
    if GroupMember.objects.filter(group=locked, membership=membership).exists():
        raise NotAllowed("You are in this group already.")
    request, is_new = GroupJoinRequest.objects.update_or_create(
        group=locked, membership=membership, defaults={"message": message}
    )
    if is_new and within("group-ask", f"{locked.pk} {membership.pk}", times=TOLD_A_DAY, seconds=A_DAY):
        _tell_chairs(request)
    return request


@transaction.atomic
def take_request_back(person: User, group: Group) -> None:
    """Not ask any more. Repeating it changes nothing; who was let in meanwhile stays in."""
    GroupJoinRequest.objects.filter(group=group, membership__user=person).delete()


@transaction.atomic
def accept_request(number: int, group: Group, *, by: User, as_staff: bool = False) -> GroupMember:
    """Let somebody in who asked; they are told. Of two who decide at once, the first has decided.

    NotAllowed for who is no chair now (unless staff), for a request that is gone, and while the membership of whoever
    asked does not run.
    """
    request = _lock_request(number, group, by, as_staff=as_staff)
    membership = _locked(request.membership_id)
    if not _may_have_mail_and_rights(membership):
        raise NotAllowed("Their membership does not run at present. The request waits until it does.")
    row = _let_in(request.group, membership, with_letters=True)
    request.delete()
    _tell(membership.user, request.group, "accepted", {})
    return row


@transaction.atomic
def decline_request(number: int, group: Group, *, by: User, reason: str, as_staff: bool = False) -> None:
    """Say no, with a reason that the person reads. NotAllowed as for accepting."""
    request = _lock_request(number, group, by, as_staff=as_staff)
    person = request.membership.user
    request.delete()
    _tell(person, request.group, "declined", {"reason": reason.strip()})


@transaction.atomic
def leave_group(person: User, group: Group) -> None:
    """Belong to it no more, chair or not, and get none of its letters, those that wait included. Safe to repeat."""
    rows = GroupMember.objects.select_for_update(of=("self",)).filter(group=group, membership__user=person)
    for row in rows:
        row.delete()
    stop_letters(person, group)


def want_letters(person: User, group: Group) -> None:
    """Get the letters of a group to which the person belongs. NotAllowed for others."""
    if not GroupMember.objects.filter(group=group, membership__user=person).exists():
        raise NotAllowed("Its letters are for the members of the group.")
    subscribe(person, LETTERS, letters_title(group), key=group.key)


def stop_letters(person: User, group: Group) -> None:
    """No more of them, what is waiting too; repeating it changes nothing."""
    if subscription := Subscription.objects.filter(user=person, kind=LETTERS, key=group.key).first():
        pause_subscription(subscription)


@transaction.atomic
def appoint_chair(group: Group, membership: Membership) -> GroupMember:
    """A member of the association leads the group from today on, and is in it. They are told what they may do.

    NotAllowed for a membership that does not run, and for who is a chair already.
    """
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    member = _locked(membership.pk)
    if not _may_have_mail_and_rights(member):
        raise NotAllowed("A chair is a member whose membership runs, and this one does not.")
    row = _let_in(locked, member, with_letters=True)
    if row.is_chair:
        raise NotAllowed(f"{member.user.display_name} is a chair of this group already.")
    row.chair_since = timezone.localdate()
    row.save(update_fields=["chair_since"])
    GroupJoinRequest.objects.filter(group=locked, membership=member).delete()
    _tell(member.user, locked, "chair", {})
    return row


@transaction.atomic
def dismiss_chair(row: GroupMember) -> GroupMember:
    """No chair any more, and still a member of the group. NotAllowed when they are none. Nobody is written to."""
    locked = (
        GroupMember.objects.select_for_update(of=("self",)).select_related("group", "membership__user").get(pk=row.pk)
    )
    if not locked.is_chair:
        raise NotAllowed("Somebody has done so already.")
    locked.chair_since = None
    locked.save(update_fields=["chair_since"])
    return locked


@transaction.atomic
def describe_group(group: Group, *, by: User, summary: str, purpose: str) -> Group:
    """What its chairs write about it. NotAllowed for who is no chair now."""
    locked = _lock_open(group)
    lock_chair(by, locked)
    locked.summary, locked.purpose = summary, purpose
    locked.save(update_fields=["summary", "purpose"])
    return locked


@transaction.atomic
def close_group(group: Group) -> Group:
    """Nobody joins it any more, it is not listed and writes no letters; its members keep reading its pages."""
    return close_row(Group.objects.select_for_update().get(pk=group.pk))


@transaction.atomic
def reopen_group(group: Group) -> Group:
    """It is listed again, and may be joined as it says."""
    return reopen_row(Group.objects.select_for_update().get(pk=group.pk))


@transaction.atomic
def rename_letters(group: Group) -> None:
    """After another name: readers choose their mail by it."""
    Subscription.objects.filter(kind=LETTERS, key=group.key).update(title=letters_title(group))


def lock_chair(person: User, group: Group) -> GroupMember:
    """The person's row as a chair, which nobody changes before the end of the transaction. NotAllowed for others, and
    for a chair whose membership does not run: their rights rest as all rights of members do.
    """
    row = (
        GroupMember.objects.select_for_update(of=("self",))
        .filter(group=group, membership__user=person, chair_since__isnull=False)
        .first()
    )
    if row is None or not row.membership.standing().is_current:
        raise NotAllowed(NO_CHAIR)
    return row


def _lock_open(group: Group) -> Group:
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if locked.closed_at:
        raise NotAllowed("This group is closed.")
    return locked


def _lock_current(person: User) -> Membership:
    membership = Membership.objects.select_for_update().filter(user=person).first()
    if membership is None or not membership.standing().is_current:
        raise NotAllowed(NOT_A_MEMBER)
    return membership


def _locked(membership: int) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership)


def _may_have_mail_and_rights(membership: Membership) -> bool:
    return membership.user.is_active and membership.standing().is_current


def _let_in(group: Group, membership: Membership, *, with_letters: bool) -> GroupMember:
    row, is_new = GroupMember.objects.get_or_create(group=group, membership=membership)
    if is_new:
        subscription = subscribe(membership.user, LETTERS, letters_title(group), key=group.key)
        if not with_letters:  # it waits, paused, on the page where they choose their mail
            pause_subscription(subscription)
    return row


def _lock_request(number: int, group: Group, by: User, *, as_staff: bool) -> GroupJoinRequest:
    locked = _lock_open(group)
    if not as_staff:
        lock_chair(by, locked)
    found = GroupJoinRequest.objects.select_for_update(of=("self",)).filter(pk=number, group=locked)
    request = found.select_related("group", "membership__user").first()
    if request is None:
        raise NotAllowed("Somebody has answered this request already, or it was taken back.")
    return request


def _tell(person: User, group: Group, what: str, more: dict[str, str]) -> None:
    """People who cannot sign in get no mail."""
    if person.is_active:
        context = {
            "name": person.get_short_name(),
            "group": group.name,
            "url": absolute(group.get_absolute_url()),
            **more,
        }
        queue_email(person.email, f"membership/group_{what}", context, user=person, kind=KIND)


def _tell_chairs(request: GroupJoinRequest) -> None:
    chairs = GroupMember.objects.filter(group=request.group, chair_since__isnull=False)
    for row in chairs.select_related("membership__user"):
        if row.membership.standing().is_current:
            asked_by = request.membership.user.display_name
            _tell(row.membership.user, request.group, "asked", {"who": asked_by, "message": request.message})
