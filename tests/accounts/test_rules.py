"""ORCID iDs and the one form of an e-mail address."""

import pytest
from django.core.exceptions import ValidationError

from aapm_site.accounts.models import User
from aapm_site.accounts.rules import normal_email, orcid_check_digit, validate_orcid, written_orcid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("http://www.orcid.org/0000-0002-1694-233x/", "0000-0002-1694-233X"),
        ("orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000 0002 1825 0097", "0000-0002-1825-0097"),
        ("12", "12"),
    ],
)
def test_an_orcid_is_taken_as_people_have_it(typed, kept):
    assert written_orcid(typed) == kept


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_real_orcids_pass(orcid):
    validate_orcid(orcid)


@pytest.mark.parametrize(
    "orcid",
    [
        "0000-0002-1825-0098",
        "0000-0002-1694-2330",
        "0000000218250097",
        "0000-0002-1825-009x",
        "0000-0002-1825-0097\n",
        "",
    ],
)
def test_slips_are_refused(orcid):
    with pytest.raises(ValidationError):
        validate_orcid(orcid)


def test_the_check_digit_of_ten_is_x():
    assert orcid_check_digit("000000021694233") == "X"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Amara@Example.ORG ", "amara@example.org"),
        ("amara@bücher.example", "amara@xn--bcher-kva.example"),
        ("amara\u202e@example.org", "amara@example.org"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert normal_email(typed) == kept


@pytest.mark.parametrize("typed", ["mıke@example.org", "ſam@example.org", "amara@exam..ple.ü"])
def test_look_alikes_are_refused(typed):
    with pytest.raises(ValidationError):
        normal_email(typed)


@pytest.mark.django_db
def test_the_natural_key_is_the_address_in_any_case():
    person = User.objects.create_user("Amara@Example.org")

    assert User.objects.get_by_natural_key("AMARA@example.org") == person
    assert not person.has_usable_password()
