"""What changes a fellowship offer: the program's form, the staff's decisions, what the program says afterwards."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, move

from ..fellowship_states import OfferStatus
from ..models import Employer, FellowshipOffer, FellowshipRound
from . import employers, notifications

UNVERIFIED = (
    "The board is free for programs that our staff have verified, and yours is not yet. Please write to us; it takes a "
    "day or two."
)
NO_ROUND = "No round of the board is open or announced, so there is nothing to post for yet."
ROUND_OVER = "The round of these places is over, so they stand on the board no more. Please post what is open anew."
ROUND_OVER_TO_STAFF = (
    "Its round is over, so it would not stand on the board. Give the round a later last day, or send it back."
)


def round_to_post_for() -> FellowshipRound | None:
    """The round that is open, else the next one that staff have announced."""
    return FellowshipRound.objects.not_over(timezone.localdate()).first()


def refusal(employer: Employer) -> str:
    """Why this program cannot post now; empty when it can."""
    if employer.closed_at:
        return employers.CLOSED
    if not employer.verified:
        return UNVERIFIED
    return "" if round_to_post_for() else NO_ROUND


@transaction.atomic
def post_offer(employer: Employer, *, by: Actor, fields: Mapping[str, Any]) -> FellowshipOffer:
    """Send an offer to the staff. NotAllowed for a program that is not verified, or while no round is known."""
    locked = Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)
    if why := refusal(locked):
        raise NotAllowed(why)
    begun = round_to_post_for()
    assert begun is not None  # noqa: S101 - its want is a refusal
    offer = FellowshipOffer.objects.create(employer=locked, round=begun, **fields)
    notifications.tell_staff_of_offer(offer)
    return offer


@transaction.atomic
def edit_offer(offer: FellowshipOffer, *, by: Actor, fields: Mapping[str, Any]) -> FellowshipOffer:
    """Change it. One that staff have read goes back to them, and is off the board until they have read it again.

    NotAllowed once it has ended, its round is over, or the program is closed, whose lock is taken first.
    """
    employers.refuse_closed(Employer.objects.select_for_update(no_key=True).get(pk=offer.employer_id))
    beside = FellowshipOffer.objects.select_for_update(of=("self",)).select_related("employer", "round")
    locked = beside.get(pk=offer.pk)
    if locked.is_ended:
        raise NotAllowed(f"This offer is now “{locked.get_status_display()}” and cannot be changed.")
    if locked.is_past:
        raise NotAllowed(ROUND_OVER)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    if locked.status == OfferStatus.IN_REVIEW:
        return locked
    done = move(locked, OfferStatus.IN_REVIEW, by=by, is_locked=True)
    notifications.tell_staff_of_offer(done)
    return done


def fill_offer(offer: FellowshipOffer, *, by: Actor) -> FellowshipOffer:
    """Every place is taken."""
    return move(offer, OfferStatus.FILLED, by=by)


def _is_of_program(offer: FellowshipOffer, person: Any) -> bool:
    return offer.employer.members.filter(user=person).exists()


@transaction.atomic
def withdraw_offer(offer: FellowshipOffer, *, by: Actor, reason: str = "") -> FellowshipOffer:
    """Take it off the board for good. Staff give a reason, which the program reads; the program need not."""
    from_staff = not _is_of_program(offer, by)
    if from_staff and not reason.strip():
        raise NotAllowed("Please give a reason; the program will read it.")
    done = move(offer, OfferStatus.WITHDRAWN, by=by, reason=reason)
    if from_staff:
        notifications.tell_program(done, "fellowship_withdrawn", reason=reason.strip())
    return done


@transaction.atomic
def approve_offer(offer: FellowshipOffer, *, by: Actor, reason: str = "") -> FellowshipOffer:
    """Let it stand on the board while its round is open. NotAllowed once that is over."""
    if offer.is_past:
        raise NotAllowed(ROUND_OVER_TO_STAFF)
    done = move(offer, OfferStatus.APPROVED, by=by, reason=reason)
    notifications.tell_program(done, "fellowship_approved")
    return done


@transaction.atomic
def return_offer(offer: FellowshipOffer, *, by: Actor, reason: str) -> FellowshipOffer:
    """Return it to the program, which reads the reason word for word."""
    done = move(offer, OfferStatus.RETURNED, by=by, reason=reason)
    notifications.tell_program(done, "fellowship_returned", reason=reason.strip())
    return done
