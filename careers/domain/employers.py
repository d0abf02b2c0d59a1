"""What changes an employer and its team."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.billing.models import Customer
from aapm_site.core.closing import close_row, reopen_row
from aapm_site.core.transitions import NotAllowed

from ..choices import MemberRole
from ..fellowship_states import OfferStatus
from ..models import Employer, EmployerInvitation, EmployerMember, EmployerSlug, Job
from ..states import JobStatus
from . import credit_ledger, employer_decisions, notifications
from .bans import refuse_banned
from .employer_decisions import KnownAs

CLOSED = "This organization is closed on our site. Please write to us if it should post again."
NAMED_ALIKE = "Somebody registered an organization of this name just now. Please send it again."
CLOSED_TO_STAFF = "This organization is closed. Open it again first."
OPEN = (JobStatus.AWAITING_PAYMENT, JobStatus.IN_REVIEW, JobStatus.APPROVED, JobStatus.PAUSED)
OFFER_LIVES = (OfferStatus.IN_REVIEW, OfferStatus.APPROVED)
MOST_PEOPLE = 30
PRESSED_TWICE = timedelta(minutes=10)
MOST_UNKNOWN = 5  # open invitations of an organization that staff have not verified


def _free_slug(name: str, employer: Employer | None = None) -> str:
    """A slug that no other employer has or had: the name, then the name with 2, 3 and so on."""
    base, own = slugify(name)[:120].strip("-") or "employer", employer.pk if employer else 0
    present = Employer.objects.filter(slug__startswith=base).exclude(pk=own).values_list("slug")
    former = EmployerSlug.objects.filter(slug__startswith=base).exclude(employer=own).values_list("slug")
    taken = {slug for (slug,) in present.union(former)}
    candidates = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


@transaction.atomic
def register_employer(*, by: User, name: str, kind: str, **details: Any) -> Employer:
    """A new employer with its first owner. Two of one name that meet: the second is asked to try again.

    Pressed twice it is one: an owner's own of the same name, not ten minutes old, is given back. Locks the owner's row.
    Banned for what the ban list names.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    owned = Employer.objects.filter(members__user=by, members__role=MemberRole.OWNER, name__iexact=name)
    if just_made := owned.filter(created_at__gte=timezone.now() - PRESSED_TWICE).order_by("pk").first():
        return just_made
    refuse_banned(by, name=name, website=details.get("website", ""))
    try:
        with transaction.atomic():
            employer = Employer.objects.create(name=name, slug=_free_slug(name), kind=kind, **details)
    except IntegrityError as met:
        raise NotAllowed(NAMED_ALIKE) from met
    EmployerMember.objects.create(employer=employer, user=by, role=MemberRole.OWNER)
    return employer


@transaction.atomic
def edit_employer(employer: Employer, *, by: Actor, **details: Any) -> Employer:
    """Change the details, by an owner or by staff. A new name goes to every job that shows it; confidential ones keep
    theirs.

    With another name it is not verified any more, and the record says why; its address follows, and the former one
    leads on. Takes the account's lock, then the employer's. NotAllowed when another takes the same name just now,
    Banned where an owner gives it a name or website that the ban list names.
    """
    lock_account(employer)
    locked = Employer.objects.select_for_update().get(pk=employer.pk)
    former, former_slug = KnownAs(locked.name, locked.website), locked.slug
    for field, value in details.items():
        setattr(locked, field, value)
    if KnownAs(locked.name, locked.website) != former:
        refuse_banned(by, locked)
    if locked.name != former.name and "slug" not in details:
        locked.slug = _free_slug(locked.name, locked)
    if locked.slug != former_slug:
        _lead_on(locked, former_slug)
    try:
        with transaction.atomic():
            locked.save(update_fields=[*details, "slug"])
    except IntegrityError as met:
        raise NotAllowed(NAMED_ALIKE) from met
    employer_decisions.lose_standing(locked, former, by=by)
    if locked.name != former.name:
        spread_name(locked)
    return locked


def _lead_on(employer: Employer, former_slug: str) -> None:
    """Addresses with the former slug lead on, and searches by it still find. Call it before the new one is written."""
    EmployerSlug.objects.filter(slug=employer.slug).delete()  # its own from before, or one that staff give away
    EmployerSlug.objects.get_or_create(slug=former_slug, defaults={"employer": employer})


@transaction.atomic
def close_employer(employer: Employer) -> Employer:
    """It posts and buys no more, and nobody joins its team; what was is kept, and can be read by the team.

    NotAllowed while a position or a fellowship place of it is open to readers or to the staff, and when it is closed
    already.
    """
    lock_account(employer)
    locked = Employer.objects.select_for_update().get(pk=employer.pk)
    if number := locked.jobs.filter(status__in=OPEN).count():
        those = "1 position is" if number == 1 else f"{number} positions are"
        raise NotAllowed(f"{those} still open or waiting. Withdraw what is open first.")
    if locked.offers.filter(status__in=OFFER_LIVES, round__closes_on__gte=timezone.localdate()).exists():
        raise NotAllowed("Fellowship places of it are on the board or waiting. Withdraw them first.")
    locked.invitations.all().delete()
    return close_row(locked)


@transaction.atomic
def reopen_employer(employer: Employer) -> Employer:
    """It may post and buy again. NotAllowed when it is not closed."""
    return reopen_row(Employer.objects.select_for_update().get(pk=employer.pk))


def refuse_closed(employer: Employer) -> None:
    """Raises NotAllowed for one that is closed."""
    if employer.closed_at:
        raise NotAllowed(CLOSED)


def lock_account(employer: Employer) -> None:
    """Lock the employer's account with the billing office, if it has one, until the transaction ends.

    Call it before anything locks the employer: an order that is paid at once takes the two in this order.
    """
    account = Customer.objects.select_for_update(of=("self",), no_key=True).filter(employer=employer)
    account.values_list("pk").first()


def spread_name(employer: Employer) -> None:
    """Write the employer's name on every job that shows it; confidential ones keep theirs.

    The billing office calls it by that name from then on. What invoices print, old and new, is the buyer's to change.
    """
    Job.objects.filter(employer=employer, confidential=False).update(public_employer_name=employer.name)
    Customer.objects.filter(employer=employer).update(name=employer.name)


@transaction.atomic
def customer_of(employer: Employer, *, by: User | None = None) -> Customer:
    """The employer's account with the billing office, made when it is first needed. Two who meet get the same one.

    Invoices go to who needs it first; to the first owner when staff do.
    """
    # The account is read after the lock, not joined to it: a join would show it as it was before the wait.
    locked = credit_ledger.lock_employer(employer.pk)
    if locked.customer is None:
        owners = employer.members.filter(role=MemberRole.OWNER).order_by("pk")
        email = by.email if by else owners.values_list("user__email", flat=True).first() or ""
        locked.customer = Customer.objects.create(name=locked.name, bill_name=locked.name, bill_email=email)
        locked.save(update_fields=["customer"])
    return locked.customer


@transaction.atomic
def invite_member(employer: Employer, *, by: User, email: str, role: str) -> EmployerInvitation:
    """Keep a place on the team for an address and write to it. NotAllowed if it is on the team or invited already."""
    refuse_closed(Employer.objects.select_for_update().get(pk=employer.pk))
    if employer.members.filter(user__email__iexact=email).exists():
        raise NotAllowed("This person is on the team already.")
    if employer.members.count() + employer.invitations.count() >= MOST_PEOPLE:
        raise NotAllowed(f"A team has at most {MOST_PEOPLE} people. Remove somebody first, or ask us.")
    if not employer.verified and employer.invitations.count() >= MOST_UNKNOWN:
        raise NotAllowed(
            f"Until we have looked at your organization, {MOST_UNKNOWN} invitations can be open at once. Take one "
            "back, or ask us."
        )
    if employer.invitations.filter(email__iexact=email).exists():
        raise NotAllowed("This address is invited already.")
    invitation = EmployerInvitation.objects.create(employer=employer, email=email, role=role, invited_by=by)
    notifications.invite_to_team(invitation)
    return invitation


def first_owner_refusal(employer: Employer) -> str:
    """Why staff cannot invite its first owner, in a sentence; empty when they can."""
    if employer.closed_at:
        return CLOSED_TO_STAFF
    if employer.members.exists():
        return "It has a team. Another owner comes by its owner's invitation, or by “Name a new owner”."
    return ""


@transaction.atomic
def invite_first_owner(employer: Employer, *, by: User, email: str) -> EmployerInvitation:
    """Staff offer an organization without a team to whoever proves to read an address and says yes.

    NotAllowed for one that has a team or is closed, for an address of staff, and while another is invited.
    """
    locked = Employer.objects.select_for_update().get(pk=employer.pk)
    if refusal := first_owner_refusal(locked):
        raise NotAllowed(refusal)
    if waiting := locked.invitations.filter(role=MemberRole.OWNER).first():
        raise NotAllowed(f"{waiting.email} is invited already. To ask somebody else, delete that invitation first.")
    if known := User.objects.filter(email=email).first():
        refuse_staff(known)
    locked.invitations.filter(email__iexact=email).delete()  # to a smaller part
    invitation = EmployerInvitation.objects.create(
        employer=locked, email=email, role=MemberRole.OWNER, invited_by=by, by_staff=True
    )
    notifications.invite_to_team(invitation)
    return invitation


@transaction.atomic
def accept_invitation(invitation: EmployerInvitation, *, by: User) -> EmployerMember:
    """Join the team. The caller has made sure that the person proved to own the invited address.

    What staff offered is gone once there is a team, and for somebody who has become staff. Banned for whom the ban list
    names, or whose organization it names.
    """
    employer = Employer.objects.select_for_update().filter(pk=invitation.employer_id).first()
    locked = EmployerInvitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if employer is None or locked is None or locked.email.lower() != by.email.lower():
        raise NotAllowed("This invitation is not open any more.")
    refuse_banned(by, employer)
    if locked.by_staff:
        refuse_staff(by)
        if employer.members.exists():
            raise NotAllowed("This organization has a team by now. Please ask its owner to invite you.")
    member, _ = EmployerMember.objects.get_or_create(
        employer_id=locked.employer_id, user=by, defaults={"role": locked.role}
    )
    locked.delete()
    return member


def decline_invitation(invitation: EmployerInvitation, *, by: Actor) -> None:
    """Take an invitation back, or say no to it."""
    EmployerInvitation.objects.filter(pk=invitation.pk).delete()


def _keep_an_owner(member: EmployerMember) -> EmployerMember:
    """The locked member. The employer's row is locked first, so that two owners cannot both leave at once."""
    Employer.objects.select_for_update().get(pk=member.employer_id)
    locked = EmployerMember.objects.select_for_update().filter(pk=member.pk).first()
    if locked is None:
        raise NotAllowed("This person is not on the team any more.")
    others = EmployerMember.objects.filter(employer_id=member.employer_id, role=MemberRole.OWNER).exclude(pk=member.pk)
    if locked.role == MemberRole.OWNER and not others.exists():
        raise NotAllowed("A team needs an owner. Make somebody else an owner first.")
    return locked


def refuse_staff(user: User) -> None:
    """Staff decide about organizations, so the admin puts nobody of the staff on a team: not oneself, and no colleague.

    Raises NotAllowed. Who works for an organization as well is invited by its owner, who then knows it.
    """
    if user.is_staff or user.is_superuser:
        raise NotAllowed(
            f"{user.display_name} is staff here, and staff are not put on a team. Its owner can invite them."
        )


def refuse_new_at_closed(employer: Employer) -> None:
    """Nobody joins the team of an organization that is closed, in whatever role. Raises NotAllowed."""
    if employer.closed_at:
        raise NotAllowed(CLOSED_TO_STAFF)


def refuse_owner_at_once(employer: Employer) -> None:
    """Staff give an organization no owner from one moment to the next, unless it has neither people nor positions yet.

    Raises NotAllowed with the two ways that there are: an owner's invitation, or a recovery, which waits and is told.
    One that is closed gets none at all.
    """
    refuse_new_at_closed(employer)
    if employer.members.exists() or employer.jobs.exists() or employer.customer_id:
        raise NotAllowed(
            "A team names its owners itself. If no owner is left who can, choose another role here, and “Name a new "
            "owner” above: the team is told and may object."
        )


def refuse_team_without_owner(employer: Employer, *, shown: Collection[int], roles: Collection[str]) -> None:
    """Staff do not take a team its last owner: without people it would get another from one moment to the next.

    Of the members that were shown (their keys), `roles` stay; whoever joined meanwhile stays as well. Raises
    NotAllowed unless an owner is among them, or there was none.
    """
    owners = set(employer.members.filter(role=MemberRole.OWNER).values_list("pk", flat=True))
    if MemberRole.OWNER not in roles and owners and owners <= set(shown):
        raise NotAllowed(
            "A team needs an owner. Let “Name a new owner” above find one first; then this one can be taken off."
        )


def team_changed_by_staff(employer: Employer, changes: Sequence[str], *, former_owners: Iterable[User]) -> None:
    """Tell all who own the team, or did until now, what staff have changed of it."""
    owners = User.objects.filter(employer_memberships__employer=employer, employer_memberships__role=MemberRole.OWNER)
    told = {user.pk: user for user in [*former_owners, *owners] if user.is_active}
    notifications.tell_owners(employer, list(told.values()), changes)


@transaction.atomic
def set_member_role(member: EmployerMember, *, by: Actor, role: str) -> EmployerMember:
    """Give a person another role. The last owner stays owner."""
    if role == member.role:
        return member
    locked = _keep_an_owner(member)
    locked.role = role
    locked.save(update_fields=["role"])
    return locked


@transaction.atomic
def remove_member(member: EmployerMember, *, by: Actor) -> None:
    """Take a person off the team. The last owner stays."""
    _keep_an_owner(member).delete()
