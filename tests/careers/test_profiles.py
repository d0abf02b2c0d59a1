"""The profile of somebody who looks for a position: what is kept, what the database refuses, how it goes again."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.accounts.domain.places import keep_names
from aapm_site.accounts.models import Place, Profession, Specialty
from aapm_site.core.transitions import NotAllowed
from careers.domain import profiles
from careers.domain.cv import CheckedCv
from careers.domain.profiles import WantedPlace, save_profile
from careers.models import Profile, ProfilePlace
from tests import factories

pytestmark = pytest.mark.django_db


def make_profile(person=None, *, places=(), specialties=(), **fields):
    person = person or factories.user("seeker@people.example")
    physician = Profession.objects.get(slug="physician")
    return save_profile(person, {"profession": physician, **fields}, specialties, places)


def town(name="Duluth", state="Minnesota", code="MN"):
    where = {"latitude": "46.8", "longitude": "-92.1", "slug": f"{name}-{code}".lower()}
    made = Place.objects.create(name=name, state=state, state_code=code, **where)
    keep_names(made)
    return made


def cv(content=b"%PDF- one", name="My CV.pdf"):
    return CheckedCv(name, "pdf", content)


def files():
    storage = storages["private"]
    return storage.listdir("careers/cv")[1] if storage.exists("careers/cv") else []


def test_a_profile_begins_hidden_nameless_and_active():
    made = make_profile()
    assert (made.searchable, made.name_shown, made.active, made.is_offered) == (False, False, True, False)
    assert not Profile.objects.offered().exists()


def test_saving_again_changes_the_one_profile():
    first = make_profile(years=3, places=[WantedPlace(town()), WantedPlace(state_code="ME")])
    again = make_profile(
        first.user, years=4, places=[WantedPlace(state_code="MN")], specialties=Specialty.objects.all()[:2]
    )
    assert (again.pk, again.years, again.specialties.count()) == (first.pk, 4, 2)
    assert [place.in_words for place in again.places.all()] == ["Minnesota"]


def test_at_most_ten_places():
    states = ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI"]
    made = make_profile(places=[WantedPlace(state_code=code) for code in states[:10]])
    with pytest.raises(NotAllowed, match="at most 10 places"):
        make_profile(made.user, places=[WantedPlace(state_code=code) for code in states])
    assert made.places.count() == 10
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfilePlace.objects.create(profile=made, state_code="HI", order=11)


@pytest.mark.parametrize(
    "switches",
    [{"searchable": False}, {"active": False}, {"paused_at": timezone.now()},
     {"hidden_at": timezone.now(), "hidden_reason": "An advertisement."}],
)  # fmt: skip
def test_each_switch_keeps_it_from_being_offered(switches):
    made = make_profile(searchable=True)
    assert Profile.objects.offered().get().is_offered
    Profile.objects.filter(pk=made.pk).update(**switches)
    made.refresh_from_db()
    assert not made.is_offered
    assert not Profile.objects.offered().exists()


def test_a_closed_account_is_offered_to_nobody():
    made = make_profile(searchable=True)
    made.user.is_active = False
    made.user.save()
    assert not made.is_offered
    assert not Profile.objects.offered().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"certifications": ["phrenology"]}, {"licenses": ["XX"]}, {"languages": ["tlh"]}, {"procedures": ["leeches"]},
        {"settings_wanted": ["moon"]}, {"remote": "moon"}, {"visa": "golden"}, {"stage": "retired"}, {"years": 61},
        {"pay_wish": 0}, {"pay_wish": 5_000_001}, {"cv": "careers/cv/x.pdf"}, {"cv_name": "x.pdf"},
        {"hidden_at": timezone.now()}, {"hidden_reason": "Because."},
    ],
)  # fmt: skip
def test_the_database_refuses_what_no_form_offers(wrong):
    made = make_profile()
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(pk=made.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"state_code": "MN", "both": True}, {}, {"state_code": "XX"}])
def test_a_place_is_a_town_or_a_state(wrong):
    made = make_profile()
    fields = {"state_code": wrong.get("state_code", ""), "place": town() if wrong.get("both") else None}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfilePlace.objects.create(profile=made, **fields)


def test_a_new_cv_takes_the_place_of_the_old_one(django_capture_on_commit_callbacks):
    made = make_profile()
    profiles.keep_cv(made, cv())
    with django_capture_on_commit_callbacks(execute=True):
        profiles.keep_cv(made, cv(b"%PDF- another", "New.pdf"))
    made.refresh_from_db()
    assert files() == [made.cv.name.rpartition("/")[2]]
    with made.cv.open() as kept:
        assert (made.cv_name, made.cv_size, kept.read()) == ("New.pdf", 13, b"%PDF- another")


def test_a_removed_cv_leaves_nothing(django_capture_on_commit_callbacks):
    made = make_profile()
    profiles.keep_cv(made, cv())
    with django_capture_on_commit_callbacks(execute=True):
        profiles.remove_cv(made)
        profiles.remove_cv(made)
    made.refresh_from_db()
    assert (files(), made.cv.name, made.cv_name, made.cv_size, made.cv_uploaded_at) == ([], "", "", None, None)


def test_a_deleted_profile_takes_its_file_along(django_capture_on_commit_callbacks):
    made = make_profile(places=[WantedPlace(state_code="MN")])
    profiles.keep_cv(made, cv())
    with django_capture_on_commit_callbacks(execute=True):
        profiles.delete_profile(made)
        profiles.delete_profile(made)
    assert (files(), Profile.objects.count(), ProfilePlace.objects.count()) == ([], 0, 0)


def test_the_switches_say_that_the_profile_is_wanted():
    made = make_profile()
    long_ago = timezone.now() - timedelta(days=200)
    Profile.objects.filter(pk=made.pk).update(confirmed_at=long_ago, paused_at=long_ago)
    profiles.set_switches(made, searchable=True, name_shown=False, active=True)
    made.refresh_from_db()
    assert made.is_offered
    assert made.confirmed_at > long_ago
