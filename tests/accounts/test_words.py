"""Words of the account's pages: the second step, the devices, and the looks of allauth's buttons."""

import pytest

from aapm_site.accounts.presenters.security import places, second_factor
from aapm_site.accounts.templatetags.account_words import button_kind, button_size


@pytest.mark.parametrize(
    ("has_app", "passkeys", "codes_left", "told"),
    [
        (True, 0, 10, "An authenticator app. 10 recovery codes left."),
        (False, 1, 1, "1 passkey. 1 recovery code left."),
        (True, 2, 0, "An authenticator app and 2 passkeys. 0 recovery codes left."),
    ],
)
def test_a_second_step_is_told_by_what_it_is(has_app, passkeys, codes_left, told):
    factor = second_factor(has_app=has_app, passkeys=passkeys, codes_left=codes_left)

    assert (factor.is_on, factor.told, factor.link) == (True, told, "See and change them")


def test_without_a_second_step_the_page_says_what_it_is_good_for():
    factor = second_factor(has_app=False, passkeys=0, codes_left=0)

    assert (factor.is_on, factor.link) == (False, "Set up a second step")
    assert factor.told.startswith("A password can be guessed or stolen;")


@pytest.mark.parametrize(
    ("sessions", "told"), [(1, "Here only."), (3, "On 3 devices or browsers, this one among them.")]
)
def test_devices_are_counted_in_words(sessions, told):
    assert places(sessions) == told


@pytest.mark.parametrize(
    ("attrs", "kind"),
    [
        ({}, ""),
        ({"tags": ["prominent"], "type": "submit"}, ""),
        ({"tags": ["danger", "outline"]}, "danger"),
        ({"tags": ["outline"]}, "quiet"),
        ({"href": "/x/"}, "quiet"),
        ({"name": "action_primary"}, "quiet"),
    ],
)
def test_a_button_of_the_library_looks_as_its_tags_say(attrs, kind):
    assert button_kind(attrs) == kind


def test_a_button_within_a_row_is_small():
    assert [button_size(attrs) for attrs in ({}, {"tags": ["tool"]}, {"tags": ["minor", "danger"]})] == ["", "s", "s"]
