"""What staff do with profiles: they read them, which is noted, and hide one with a reason. And the demonstration's."""

import pytest
from django.contrib.admin.models import LogEntry

from aapm_site.accounts.domain import privacy
from aapm_site.core import roles
from careers.demo.profiles import load_profiles
from careers.domain import profiles
from careers.models import Profile
from careers.private_numbers import found_in
from careers.queries.profiles import own_profile
from tests import factories
from tests.careers.test_profiles import cv, make_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    person = factories.user("seeker@people.example", first_name="Ada", last_name="Quill")
    return make_profile(person, searchable=True, about="Calm and quick.", pay_wish=321_654)


@pytest.fixture
def staff():
    return factories.staff_client(roles.CAREERS_STAFF)


def at(profile, verb="change"):
    return f"/admin/careers/profile/{profile.pk}/{verb}/"


def looks(profile):
    return LogEntry.objects.filter(object_id=str(profile.pk), change_message="Looked at the profile.").count()


def test_staff_read_what_was_chosen_from_lists_and_a_look_notes_nothing(staff, made):
    profiles.keep_cv(made, cv())
    page = staff.get(at(made))
    assert "Profession: Physician" in page.text
    for kept in ("Calm and quick.", "321", "My CV"):
        assert kept not in page.text
    assert "Calm and quick." not in staff.get(at(made, "read")).text
    assert looks(made) == 0


def test_the_persons_own_words_are_read_by_a_press_that_is_noted(staff, made):
    answer = staff.post(at(made, "read"))
    assert "Calm and quick." in answer.text
    assert "321" not in answer.text
    assert looks(made) == 1
    assert "Looked at the profile." in staff.get(at(made, "history")).text


def test_a_list_notes_no_look(staff, made):
    assert "Ada Quill" in staff.get("/admin/careers/profile/?q=Quill").text
    assert looks(made) == 0


def test_staff_hide_it_with_a_reason_and_show_it_again(staff, made):
    empty = staff.post(at(made, "hide"), {"reason": " "})
    assert (empty.status_code, "Please give a reason" in empty.text) == (422, True)
    staff.post(at(made, "hide"), {"reason": "It advertises a clinic."})
    made.refresh_from_db()
    assert (made.is_offered, made.hidden_reason, made.hidden_by is not None) == (False, "It advertises a clinic.", True)
    own = factories.client_of(made.user).get("/career-center/profile/")
    assert "Our staff keep it from employers: It advertises a clinic." in own.text
    # The person's own switches do not undo it.
    profiles.set_switches(made, searchable=True, name_shown=True, active=True)
    assert not Profile.objects.offered().exists()
    staff.post(at(made, "show"))
    assert Profile.objects.offered().get() == made


def test_what_staff_noted_forgets_the_person_with_the_profile(staff, made):
    staff.post(at(made, "read"))
    staff.post(at(made, "hide"), {"reason": "Dr. Quill advertises."})
    privacy.erase_person(made.user)
    kept = LogEntry.objects.filter(content_type__model="profile").values_list("object_repr", "change_message")
    assert set(kept) == {("(erased)", "")}


def test_the_demonstration_has_sixty_and_the_members_own():
    member = factories.user("member@demo.example")
    assert load_profiles(member.email) == 61
    assert load_profiles(member.email) == 0
    assert Profile.objects.offered().count() == 50
    assert own_profile(member).searchable is False
    assert Profile.objects.values("profession").distinct().count() >= 6
    for made in Profile.objects.select_related("user"):
        assert made.user.email.endswith("@demo.example")
        assert [*found_in(made.training), *found_in(made.experience), *found_in(made.about)] == []
        assert "{" not in made.training + made.experience + made.about
