"""Presses that meet at the fiftieth profile of a day, over a connection each."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from careers.domain import profile_openings
from careers.domain.profile_openings import A_DAY, ProfilesUsedUp, open_profile, opened_on, record_opening
from careers.models import ProfileOpening
from tests import racing

from .factories import make_employer, make_user
from .test_profile_privacy import make_profile

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 6


def begun(count: int):
    """An employer that has opened so many today, and profiles that it has not."""
    employer, person, now = make_employer(verified=True), make_user(), timezone.now()
    for _ in range(count):
        record_opening(make_profile(), employer, person, now)
    return employer, person, [make_profile() for _ in range(PRESSES)]


def test_only_as_many_are_opened_as_a_day_has(monkeypatch):
    monkeypatch.setattr(profile_openings, "A_DAY", 5)
    employer, person, others = begun(3)
    now = timezone.now()
    said = racing.at_once(*[lambda one=one: open_profile(one, employer, person, now) for one in others])
    assert [one for one in said if one is None] == [None, None]
    assert [type(one) for one in said if one is not None] == [ProfilesUsedUp] * (PRESSES - 2)
    assert opened_on(employer, now).count() == 5


def test_the_same_one_is_opened_once(monkeypatch):
    monkeypatch.setattr(profile_openings, "A_DAY", 1)
    employer, person, (profile, *_) = begun(0)
    now = timezone.now()
    assert racing.at_once(*[lambda: open_profile(profile, employer, person, now)] * PRESSES) == [None] * PRESSES
    assert ProfileOpening.objects.count() == 1


def test_control_without_the_lock_there_would_be_more():
    employer, person, others = begun(1)
    now, both_have_counted = timezone.now(), threading.Barrier(2)

    def careless(profile) -> None:
        with transaction.atomic():
            count = opened_on(employer, now).count()
            both_have_counted.wait(timeout=20)
            if count < 2:
                record_opening(profile, employer, person, now)

    racing.at_once(*[lambda one=one: careless(one) for one in others[:2]])
    assert opened_on(employer, now).count() == 3


def test_a_day_has_fifty():
    assert A_DAY == 50
