"""What a team member does with saved searches of profiles: keeps one, renames, pauses and removes it, or stops all.

Whoever keeps one locks the employer. A step of a search takes what waits to be told, then the search, as the letters
do: one is either written before the step, and kept back when it is about to be sent, or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import subscriptions
from aapm_site.mail.models import Subscription

from ..choices import AlertPace
from ..models import EmployerMember, ProfileSearch
from ..models.profile_search import SEARCHES
from ..profile_criteria import ProfileCriteria
from ..queries.profile_access import search_standing
from . import credit_ledger
from .profile_search_criteria import compiled_profile_search

LIMIT = 20  # of one organization
TITLE = "New profiles for your searches"
LONGEST_ADDRESS = 4_000
NAME_TAKEN = "You have a saved search of this name already. Choose another name."


class SearchesFull(NotAllowed):
    """The team keeps as many searches as there may be."""


@dataclass(frozen=True)
class WantedSearch:
    """What the member calls the search, and how often it tells."""

    name: str
    pace: str


@transaction.atomic
def save_profile_search(member: EmployerMember, wanted: WantedSearch, criteria: ProfileCriteria) -> ProfileSearch:
    """Keep a search. When a profile was changed is left out of it: it tells of new ones alone.

    Locks the employer, so that of many presses at once none goes over the limit. Raises NotAllowed for a team that may
    not search, for a name or a search that the member has already; SearchesFull at the limit.
    """
    employer = credit_ledger.lock_employer(member.employer_id)
    if not search_standing(employer, timezone.now()).is_open:
        raise NotAllowed("Your team may not search profiles at present, so there is nothing to be told of.")
    asked = criteria.without("since")
    own = ProfileSearch.objects.filter(member=member)
    if known := own.filter(address=asked.to_query()).first():
        raise NotAllowed(f"You have saved this search already: it is called “{known.name}”.")
    _refuse_name(member, wanted.name)
    if ProfileSearch.objects.of_team(employer).count() >= LIMIT:
        raise SearchesFull(f"Your team keeps {LIMIT} searches, and that is all it can. Remove one of them first.")
    address = asked.to_query()
    if len(address) > LONGEST_ADDRESS:
        raise NotAllowed("This search asks for more than can be kept. Take some of its filters away.")
    return ProfileSearch.objects.create(
        member=member,
        subscription=_awake(member.user),
        name=wanted.name,
        address=address,
        asked=asked.to_data(),
        pace=AlertPace(wanted.pace),
        **compiled_profile_search(asked),
    )


def _refuse_name(member: EmployerMember, name: str, *, but: ProfileSearch | None = None) -> None:
    same = ProfileSearch.objects.filter(member=member, name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise NotAllowed(NAME_TAKEN)


def _awake(user: User) -> Subscription:
    """The person's subscription. Who had stopped all letters and saves a new search hears of that one alone."""
    made, _ = Subscription.objects.get_or_create(
        user=user, kind=SEARCHES, key="", defaults={"title": TITLE, "confirmed_at": timezone.now()}
    )
    locked = Subscription.objects.select_for_update().get(pk=made.pk)
    _wake(locked)
    return locked


def _wake(subscription: Subscription, *, but: ProfileSearch | None = None) -> None:
    """Letters go on, of no search but one."""
    if subscription.paused_at:
        rest = subscription.profile_searches.filter(paused_at=None)
        (rest.exclude(pk=but.pk) if but else rest).update(paused_at=subscription.paused_at)
        subscriptions.resume_subscription(subscription)


@transaction.atomic
def change_profile_search(search: ProfileSearch, wanted: WantedSearch) -> ProfileSearch:
    """Call it otherwise, and let it tell at another pace. NotAllowed for a name that the member has already."""
    credit_ledger.lock_employer(search.member.employer_id)
    _refuse_name(search.member, wanted.name, but=search)
    return _changed(search, {"name": wanted.name, "pace": AlertPace(wanted.pace)})


def _changed(search: ProfileSearch, fields: Mapping[str, Any]) -> ProfileSearch:
    """The locked row with these values; NotAllowed for one that is gone meanwhile."""
    locked = ProfileSearch.objects.select_for_update(of=("self",)).filter(pk=search.pk).first()
    if locked is None:
        raise NotAllowed("This search is gone already.")
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    return locked


@transaction.atomic
def pause_profile_search(search: ProfileSearch) -> None:
    """Let it rest. What it has found by now is not told afterwards either: it would be old news."""
    search.finds.filter(told_at=None).delete()
    _changed(search, {"paused_at": timezone.now()})


@transaction.atomic
def resume_profile_search(search: ProfileSearch) -> None:
    """Let it go on, and the person's letters with it, if all of them were stopped. What it found before is old news."""
    subscription = Subscription.objects.select_for_update().get(pk=search.subscription_id)
    search.finds.filter(told_at=None).delete()
    _wake(subscription, but=search)
    _changed(search, {"paused_at": None})


@transaction.atomic
def remove_profile_search(search: ProfileSearch) -> bool:
    """Forget it, and what it has found. Whether it was there."""
    search.finds.filter(told_at=None).delete()
    return bool(ProfileSearch.objects.filter(pk=search.pk).delete()[0])


def stop_profile_letters(user: User) -> None:
    """No letter of any of the person's searches, until they take them up again; what waits is not sent."""
    for subscription in Subscription.objects.filter(user=user, kind=SEARCHES):
        subscriptions.pause_subscription(subscription)


@transaction.atomic
def resume_profile_letters(user: User) -> None:
    """Letters of the searches that are not paused come again. What was found before they were stopped is old news."""
    for subscription in Subscription.objects.select_for_update().filter(user=user, kind=SEARCHES):
        if subscription.paused_at:
            _forget_old_news(subscription)
            subscriptions.resume_subscription(subscription)


def _forget_old_news(subscription: Subscription) -> None:
    for search in subscription.profile_searches.all():
        search.finds.filter(told_at=None).delete()
