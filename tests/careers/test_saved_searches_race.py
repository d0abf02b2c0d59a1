"""People and workers who meet over saved searches: each find is told once, and nothing after a stop."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import delivery, subscriptions
from aapm_site.mail.models import OutgoingEmail, Subscription
from careers.choices import AlertPace
from careers.domain import profile_search_letters, profile_search_matching, profile_searches, profiles
from careers.domain.profile_searches import WantedSearch, save_profile_search
from careers.models import EmployerMember, Profile, ProfileAppearance, ProfileFind, ProfileSearch
from careers.profile_criteria import ProfileCriteria
from tests import racing

from .factories import make_member
from .test_alerts import Clock, clock  # noqa: F401 - a fixture
from .test_profile_search import many, offered, searching

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, READERS = 4, 6


def saved(user, name: str = "Everybody", **criteria) -> ProfileSearch:
    member = EmployerMember.objects.get(user=user)
    return save_profile_search(member, WantedSearch(name, AlertPace.AT_ONCE), ProfileCriteria(**criteria))


def in_an_hour(clock: Clock) -> None:  # noqa: F811 - the fixture
    clock.move_to(profile_search_letters.hour_before(timezone.now()) + timedelta(hours=1, minutes=4))


def announce() -> None:
    for number in ProfileAppearance.objects.values_list("pk", flat=True):
        profile_search_matching.announce_appearance(str(number))


def write() -> None:
    for row in list(profile_search_letters.due_profile_letters(timezone.now())):
        profile_search_letters.write_profile_letters(row.key)


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(template="careers/profiles_found"))


@pytest.fixture
def owner():
    many(5)
    announce()
    return make_member(searching())


def test_four_workers_find_and_tell_everything_once(owner, clock):  # noqa: F811
    employer = EmployerMember.objects.get().employer
    people = [owner, *(make_member(employer) for _ in range(READERS - 1))]
    for one in people:
        saved(one)
    many(3)
    assert racing.at_once(*[announce] * WORKERS) == [None] * WORKERS
    assert ProfileFind.objects.count() == READERS * 3
    in_an_hour(clock)
    assert racing.at_once(*[write] * WORKERS) == [None] * WORKERS
    assert sorted(letter.to for letter in letters()) == sorted(one.email for one in people)
    assert not ProfileFind.objects.filter(told_at=None).exists()


def found_by_somebody(owner, clock) -> ProfileSearch:  # noqa: F811
    search = saved(owner)
    offered()
    announce()
    in_an_hour(clock)
    return search


def test_without_the_lock_two_workers_tell_twice(owner, clock, monkeypatch):  # noqa: F811
    """That the race above does happen."""
    found_by_somebody(owner, clock)
    met = threading.Barrier(2)
    plain = profile_search_letters.look_again

    def look_together(*arguments):
        met.wait(30)
        return plain(*arguments)

    def unlocked(due):
        proved = Subscription.objects.filter(pk__in=due.values("search__subscription_id"))
        readers = list(proved.select_related("user"))
        for reader in readers:
            reader.is_proved = True
        return readers

    monkeypatch.setattr(profile_search_letters, "_locked_readers", unlocked)
    monkeypatch.setattr(profile_search_letters, "_locked_finds", lambda due: list(due.select_related("appearance")))
    rows = ProfileSearch.objects.select_related("member__employer")
    monkeypatch.setattr(profile_search_letters, "_locked_searches", lambda finds: {one.pk: one for one in rows.all()})
    monkeypatch.setattr(profile_search_letters, "look_again", look_together)
    racing.at_once(write, write)
    assert len(letters()) == 2


def pause(search: ProfileSearch) -> None:
    profile_searches.pause_profile_search(search)


def remove(search: ProfileSearch) -> None:
    profile_searches.remove_profile_search(search)


def stop(search: ProfileSearch) -> None:
    subscriptions.pause_subscription(search.subscription)


def leave(search: ProfileSearch) -> None:
    EmployerMember.objects.get(pk=search.member_id).delete()


def hide(search: ProfileSearch) -> None:
    new = Profile.objects.order_by("-pk").first()
    profiles.set_switches(new, searchable=False, name_shown=False, active=True)


@pytest.mark.parametrize("end", [pause, remove, stop, leave, hide])
def test_whoever_stops_while_a_letter_is_written_is_not_written_to(end, owner, clock):  # noqa: F811
    """In whichever order the two get through: what is sent afterwards is nothing."""
    search = found_by_somebody(owner, clock)
    assert racing.at_once(write, lambda: end(search)) == [None, None]
    for letter in letters():
        delivery.attempt_delivery(letter.pk)
    assert [letter.state for letter in letters()] in ([], ["suppressed"])


def test_of_many_presses_at_once_none_goes_over_the_limit(owner, monkeypatch):
    monkeypatch.setattr(profile_searches, "LIMIT", 2)
    steps = [lambda years=years: saved(owner, f"Of {years}", years=years) for years in (1, 3, 5, 10)]
    answers = racing.at_once(*steps)
    assert sum(isinstance(one, ProfileSearch) for one in answers) == 2
    assert sum(isinstance(one, NotAllowed) for one in answers) == 2
    assert ProfileSearch.objects.count() == 2


def test_one_that_is_offered_twice_at_once_appears_once():
    made = offered()
    profiles.set_switches(made, searchable=False, name_shown=False, active=True)
    ProfileAppearance.objects.all().delete()

    def offer() -> None:
        profiles.set_switches(made, searchable=True, name_shown=False, active=True)

    assert racing.at_once(offer, offer, offer) == [None] * 3
    assert ProfileAppearance.objects.count() == 1


def test_a_letter_that_waits_for_the_server_is_asked_about_under_the_lock(owner, clock):  # noqa: F811
    """A removal that comes while the letter is looked at waits for the delivery, and does not undo it."""
    search = found_by_somebody(owner, clock)
    write()
    (letter,) = letters()
    with transaction.atomic():
        assert profile_search_letters.letter_holds(letter)
        refused = racing.at_once(lambda: _remove_without_waiting(search))
    assert "lock timeout" in str(refused[0])


def _remove_without_waiting(search: ProfileSearch) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
        profile_searches.remove_profile_search(search)
