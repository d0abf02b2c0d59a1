"""Letters about new profiles: all that a person's saved searches have found and that is due, in one.

They name the search and nobody (decision 32). Letters go out at full hours, so that the minute of somebody's press is
told to nobody; a search is looked at once for each of them. What is told is asked twice: when the letter is written,
and once more when it is about to be sent (`letter_holds`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import compose_email, queue_emails
from aapm_site.mail.domain.readers import KnownReader
from aapm_site.mail.models import OutgoingEmail, Subscription

from ..choices import AlertPace
from ..models import Employer, Profile, ProfileFind, ProfileSearch
from ..models.profile_search import SEARCHES
from ..profile_criteria import ProfileCriteria
from ..queries.profile_access import search_standing
from ..queries.profile_finding import among, conditions, is_shown
from .alert_letters import monday_before, morning_before

BATCH = 25  # readers, by the numbers of their subscriptions: each search of theirs asks its list
WAITS = timedelta(days=30)  # of a find whose list is not shown; then it is no news any more


def hour_before(at: datetime) -> datetime:
    """The last full hour: the moment of the letters of searches that tell at once."""
    return at.replace(minute=0, second=0, microsecond=0)


def due_finds(at: datetime) -> QuerySet[ProfileFind]:
    """What is to be told by then, of searches that rest for no reason and were not looked at since they were due.

    `due_at` says since when: the full hour, the morning or the Monday after the find.
    """
    paces = ((AlertPace.AT_ONCE, hour_before), (AlertPace.DAILY, morning_before), (AlertPace.WEEKLY, monday_before))
    moments = [When(search__pace=pace, then=Value(before(at))) for pace, before in paces]
    return ProfileFind.objects.annotate(due_at=Case(*moments, output_field=DateTimeField())).filter(
        Q(search__checked_at=None) | Q(search__checked_at__lt=F("due_at")),
        search__isnull=False,
        appearance__isnull=False,
        told_at=None,
        found_at__lt=F("due_at"),
        found_at__gt=at - WAITS,
        search__paused_at=None,
        search__subscription__paused_at=None,
        search__member__user__is_active=True,
    )


def due_profile_letters(at: datetime) -> Iterator[DueRow]:
    """One row for each batch of readers to whom something may be to be told."""
    batches = due_finds(at).values(batch=F("search__subscription_id") / BATCH).annotate(since=Min("due_at"))
    for row in batches.order_by("batch"):
        yield DueRow(str(row["batch"]), "Tell employers of new profiles that fit their searches", row["since"])


@transaction.atomic
def write_profile_letters(key: str) -> None:
    """Write to the readers of one batch. Safe to repeat and to race.

    Locks the subscriptions, then the finds, then the searches. A reader whom another worker writes to is passed over.
    """
    now = timezone.now()
    first = int(key) * BATCH
    due = due_finds(now).filter(search__subscription_id__gte=first, search__subscription_id__lt=first + BATCH)
    readers = {reader.pk: reader for reader in _locked_readers(due)}
    finds = _locked_finds(due.filter(search__subscription_id__in=list(readers)))
    searches = _locked_searches(finds)
    looked = look_again(list(searches.values()), finds, now)
    ProfileSearch.objects.filter(pk__in=list(searches)).update(checked_at=now)
    ProfileFind.objects.filter(pk__in=[find.pk for find in looked.over]).delete()
    _queue(readers, searches, looked.told, now)


def _locked_readers(due: QuerySet[ProfileFind]) -> QuerySet[Subscription]:
    """The subscriptions of these, locked, each with whether the address of its account is confirmed."""
    proof = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    rows = Subscription.objects.filter(pk__in=due.values("search__subscription_id")).annotate(is_proved=Exists(proof))
    return rows.select_related("user").order_by("pk").select_for_update(of=("self",), skip_locked=True)


def _locked_finds(finds: QuerySet[ProfileFind]) -> list[ProfileFind]:
    return list(finds.select_related("appearance").order_by("pk").select_for_update(of=("self",)))


def _locked_searches(finds: Iterable[ProfileFind]) -> dict[int, ProfileSearch]:
    """The searches of these that tell anybody, locked; new finds can still be added."""
    rows = ProfileSearch.objects.filter(
        pk__in={find.search_id for find in finds if find.search_id},
        paused_at=None,
        subscription__paused_at=None,
        member__user__is_active=True,
    ).select_related("member__employer")
    return {search.pk: search for search in rows.order_by("pk").select_for_update(of=("self",), no_key=True)}


# What may be told at this moment ---------------------------------------------------------------------------------
@dataclass
class LookedAgain:
    """Finds that may be told, and those that are over: the profile is not there for this employer, or fits no more.

    What is in neither waits: the team may not search at this moment, or the list would not be shown.
    """

    told: list[ProfileFind] = field(default_factory=list)
    over: list[ProfileFind] = field(default_factory=list)


def look_again(searches: Sequence[ProfileSearch], finds: Iterable[ProfileFind], at: datetime) -> LookedAgain:
    """Ask of each search once more: whether its team may search, who of its finds fits, and whether a list is shown.

    Two statements for each employer, and five at most for each search.
    """
    found: dict[int | None, list[ProfileFind]] = defaultdict(list)
    for find in finds:
        found[find.search_id].append(find)
    looked, may_search = LookedAgain(), _may_search([search.member.employer for search in searches], at)
    for search in searches:
        if may_search[search.member.employer_id]:
            _look_at(search, found[search.pk], at, looked)
    return looked


def _may_search(employers: Iterable[Employer], at: datetime) -> dict[int, bool]:
    return {number: search_standing(one, at).is_open for number, one in {one.pk: one for one in employers}.items()}


def _look_at(search: ProfileSearch, finds: list[ProfileFind], at: datetime, looked: LookedAgain) -> None:
    employer = search.member.employer
    parts = conditions(ProfileCriteria.from_data(search.asked), employer, at)
    numbers = {find.appearance.profile_id for find in finds if find.appearance}
    there = Profile.objects.visible_to(employer).filter(pk__in=among(parts, sorted(numbers)))
    fitting = set(there.values_list("pk", flat=True))
    told = [find for find in finds if find.appearance and find.appearance.profile_id in fitting]
    looked.over += [find for find in finds if find not in told]
    if told and is_shown(parts):
        looked.told += told


# The letters --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SearchPart:
    """What one search has to say: its name, where its list is, and whether it found several."""

    name: str
    employer: str
    url: str
    is_several: bool


def _queue(
    readers: dict[int, Subscription], searches: dict[int, ProfileSearch], told: list[ProfileFind], now: datetime
) -> None:
    """One letter a reader, and a mark on everything that it tells."""
    by_reader: dict[int, dict[int, list[ProfileFind]]] = defaultdict(lambda: defaultdict(list))
    for find in told:
        if find.search_id is not None:
            by_reader[searches[find.search_id].subscription_id][find.search_id].append(find)
    letters = {
        number: _letter(readers[number], [_part(searches[one], finds) for one, finds in found.items()])
        for number, found in by_reader.items()
    }
    queue_emails(list(letters.values()))
    for number, found in by_reader.items():
        for find in (one for finds in found.values() for one in finds):
            find.told_at, find.letter = now, letters[number]
    ProfileFind.objects.bulk_update(told, ["told_at", "letter"])


def _part(search: ProfileSearch, finds: list[ProfileFind]) -> SearchPart:
    return SearchPart(search.name, search.member.employer.name, absolute(search.search_url), len(finds) > 1)


def _letter(reader: Subscription, parts: list[SearchPart]) -> OutgoingEmail:
    is_proved = reader.is_proved  # type: ignore[attr-defined]  # annotated by _locked_readers()
    context = {
        "name": reader.user.display_name if reader.user else "",
        "parts": parts,
        "searches_url": absolute(reverse("careers:own-profile-searches")),
    }
    return compose_email(
        reader.address,
        "careers/profiles_found",
        context,
        user=reader.user,
        subscription=reader,
        kind=f"{SEARCHES}.found",
        # Where the account's address lacks its proof, it is kept back as every letter with typed words is.
        reader=KnownReader(reader.address, is_confirmed=True) if is_proved else None,
    )


@transaction.atomic
def letter_holds(letter: OutgoingEmail) -> bool:
    """Whether everything in a letter may be told at this moment; asked when it is about to be sent.

    If not, what still holds waits for the next letter, and what is over is forgotten. Locks the finds, then the
    searches.
    """
    finds = _locked_finds(ProfileFind.objects.filter(letter=letter))
    searches = _locked_searches(finds)
    now = timezone.now()
    telling = [find for find in finds if find.appearance_id and find.search_id in searches]
    looked = look_again(list(searches.values()), telling, now)
    if finds and len(looked.told) == len(finds):
        return True
    gone = [find for find in finds if find not in telling]
    ProfileFind.objects.filter(pk__in=[find.pk for find in (*gone, *looked.over)]).delete()
    ProfileFind.objects.filter(letter=letter).update(told_at=None, letter=None)
    return False
