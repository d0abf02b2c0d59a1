"""Two presses of one person's form at once, each over a connection of its own: one profile, whole."""

import threading

import pytest
from django.db import IntegrityError, transaction

from careers.domain import profiles
from careers.domain.profiles import WantedPlace
from careers.models import Profile
from tests import racing

from .factories import make_user, profession, specialty

pytestmark = pytest.mark.django_db(transaction=True)
STATES = ("ME", "OR", "NY")


def test_presses_at_once_make_one_profile_with_the_places_of_one_of_them():
    person, nurse, oncology = make_user(), profession("nurse"), specialty("oncology")

    def press(state: str) -> Profile:
        fields = {"profession": nurse, "about": state}
        return profiles.save_profile(person, fields, [oncology], [WantedPlace(state_code=state)])

    said = racing.at_once(*[lambda state=state: press(state) for state in STATES])

    assert [type(one) for one in said] == [Profile] * len(STATES)
    kept = Profile.objects.get()
    assert list(kept.places.values_list("state_code", flat=True)) == [kept.about]


def test_control_without_the_lock_the_second_press_fails():
    person, nurse = make_user(), profession("nurse")
    both_have_looked = threading.Barrier(2)

    def careless() -> None:
        with transaction.atomic():
            profile = Profile.objects.for_user(person).first() or Profile(user=person, profession=nurse)
            both_have_looked.wait(timeout=20)
            profile.save()

    said = racing.at_once(careless, careless)
    assert sorted(type(one) for one in said if one is not None) == [IntegrityError]
    assert Profile.objects.count() == 1
