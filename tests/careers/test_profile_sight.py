"""Who sees which part of a profile, as a table, and that nothing of the model is left out of it."""

import itertools

import pytest

from careers.models import Profile
from careers.profile_sight import EVERYTHING, NAMED, OPEN, OWN, Openness, ProfileReader, may_see, seen_parts

PERSON, BEFORE, AFTER = ProfileReader.PERSON, ProfileReader.BEFORE, ProfileReader.AFTER
LISTS = "profession specialties stage years certifications licenses languages procedures available_on places"
LISTS = {*LISTS.split(), "settings_wanted", "remote", "visa"}
NAMES = {"name", "email", "training", "experience", "about", "cv"}
PAY = {"pay_wish"}
NOTHING: set[str] = set()

# searchable, name shown, active, blocked: before the yes, after the yes
TABLE = {
    (True, False, True, False): (LISTS, LISTS | NAMES),
    (True, True, True, False): (LISTS | {"name"}, LISTS | NAMES),
    (False, False, True, False): (NOTHING, LISTS | NAMES),
    (False, True, True, False): (NOTHING, LISTS | NAMES),
    (True, False, False, False): (NOTHING, NOTHING),
    (True, True, False, False): (NOTHING, NOTHING),
    (False, False, False, False): (NOTHING, NOTHING),
    (False, True, False, False): (NOTHING, NOTHING),
    (True, False, True, True): (NOTHING, NOTHING),
    (True, True, True, True): (NOTHING, NOTHING),
    (False, False, True, True): (NOTHING, NOTHING),
    (False, True, True, True): (NOTHING, NOTHING),
    (True, False, False, True): (NOTHING, NOTHING),
    (True, True, False, True): (NOTHING, NOTHING),
    (False, False, False, True): (NOTHING, NOTHING),
    (False, True, False, True): (NOTHING, NOTHING),
}


def test_the_table_is_whole():
    assert set(TABLE) == set(itertools.product((True, False), repeat=4))


@pytest.mark.parametrize("switches", TABLE)
def test_who_sees_what(switches):
    openness = Openness(*switches)
    before, after = TABLE[switches]
    assert seen_parts(BEFORE, openness) == before
    assert seen_parts(AFTER, openness) == after
    assert seen_parts(PERSON, openness) == LISTS | NAMES | PAY


def test_the_pay_that_somebody_hopes_for_is_for_nobody_else():
    for switches, reader in itertools.product(TABLE, (BEFORE, AFTER)):
        assert not may_see("pay_wish", reader, Openness(*switches))


def test_a_part_that_nobody_decided_on_is_no_answer():
    with pytest.raises(KeyError):
        may_see("shoe_size", PERSON, Openness(True, True, True))


def test_every_column_is_decided_on():
    """A new column of the model is seen by nobody before it stands in one of the groups."""
    of_the_site = {
        *(
            "id",
            "public_id",
            "user",
            "cv_name",
            "cv_size",
            "cv_uploaded_at",
            "searchable",
            "agencies",
            "name_shown",
            "active",
        ),
        *(
            "created_at",
            "updated_at",
            "confirmed_at",
            "asked_at",
            "paused_at",
            "hidden_at",
            "hidden_by",
            "hidden_reason",
        ),
    }
    columns = {field.name for field in (*Profile._meta.concrete_fields, *Profile._meta.many_to_many)}
    assert columns - of_the_site | {"places", "name", "email"} == EVERYTHING
    assert len(OPEN) + len(NAMED) + len(OWN) == len(EVERYTHING)


@pytest.mark.parametrize("rests", ["paused_at", "hidden_at", "account", "active"])
def test_what_rests_is_not_active(rests):
    profile = Profile(searchable=True, active=rests != "active")
    profile.user = Profile._meta.get_field("user").related_model(is_active=rests != "account")
    assert Openness.of(profile).active == (rests in {"paused_at", "hidden_at"})
    if rests in {"paused_at", "hidden_at"}:
        setattr(profile, rests, profile.created_at)
        assert not Openness.of(profile).active
