"""Presses and the clock that meet over one profile, over a connection each."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from aapm_site.mail.models import OutgoingEmail
from careers.domain import blocking, profile_openings, profile_rest
from careers.domain.blocking import BlockListFull
from careers.models import BlockedEmployer, Profile, ProfileOpening
from tests import racing

from .factories import make_employer, make_user
from .test_profile_privacy import make_profile

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


def asked_long_ago() -> Profile:
    now = timezone.now()
    return make_profile(confirmed_at=now - timedelta(days=200), asked_at=now - timedelta(days=15))


@pytest.mark.parametrize("time", range(3))
def test_a_press_wins_over_the_clock_whoever_comes_first(time):
    profile = asked_long_ago()
    rest = [lambda: profile_rest.ask_or_rest(str(profile.pk))] * WORKERS
    said = racing.at_once(lambda: profile_rest.confirm_profile(profile), *rest)
    assert said == [True, *[None] * WORKERS]
    profile.refresh_from_db()
    assert (profile.paused_at, profile_rest.is_asked(profile)) == (None, False)
    assert OutgoingEmail.objects.filter(template="careers/profile_rests").count() in {0, 1}


def test_many_workers_ask_and_rest_once():
    profile = make_profile(confirmed_at=timezone.now() - timedelta(days=200))
    work = [lambda: profile_rest.ask_or_rest(str(profile.pk))] * WORKERS
    racing.at_once(*work)
    Profile.objects.update(asked_at=timezone.now() - timedelta(days=15))
    racing.at_once(*work)
    assert list(OutgoingEmail.objects.order_by("pk").values_list("template", flat=True)) == [
        "careers/profile_still_looking",
        "careers/profile_rests",
    ]


def test_control_without_the_lock_the_clock_would_win_over_a_press():
    profile = asked_long_ago()
    has_read, has_pressed = threading.Event(), threading.Event()

    def careless_clock() -> None:
        with transaction.atomic():
            found = Profile.objects.get(pk=profile.pk)
            has_read.set()
            has_pressed.wait(20)
            if profile_rest.is_asked(found):
                Profile.objects.filter(pk=found.pk).update(paused_at=timezone.now())

    def press() -> None:
        has_read.wait(20)
        profile_rest.confirm_profile(profile)
        has_pressed.set()

    assert racing.at_once(careless_clock, press) == [None, None]
    profile.refresh_from_db()
    assert profile.paused_at is not None


def test_only_as_many_are_blocked_as_fit():
    person = make_user()
    for number in range(blocking.LIMIT - 2):
        blocking.block_domain(person, f"clinic{number}.example")
    said = racing.at_once(*[lambda one=one: blocking.block_domain(person, f"new{one}.example") for one in range(6)])
    assert sum(isinstance(one, BlockedEmployer) for one in said) == 2
    assert [type(one) for one in said if not isinstance(one, BlockedEmployer)] == [BlockListFull] * 4
    assert BlockedEmployer.objects.count() == blocking.LIMIT


def test_the_same_domain_is_blocked_once():
    person = make_user()
    said = racing.at_once(*[lambda: blocking.block_domain(person, "clinic.example")] * 6)
    assert {one.pk for one in said} == {BlockedEmployer.objects.get().pk}


def test_colleagues_who_open_a_profile_together_are_noted_once():
    profile, employer, now = make_profile(), make_employer(), timezone.now()
    people = [make_user() for _ in range(6)]
    said = racing.at_once(
        *[lambda one=one: profile_openings.record_opening(profile, employer, one, now) for one in people]
    )
    assert said == [None] * 6
    assert ProfileOpening.objects.count() == 1
