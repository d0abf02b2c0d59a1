"""The address of a form, opened by hand or after signing in anew: a kind page in place of an empty one."""

import pytest

from tests.factories import client_of, user

pytestmark = pytest.mark.django_db
FORM = "/membership/join/resident/keep/"


def test_whoever_opens_it_is_told_and_led_on():
    response = client_of(user()).get(FORM)
    assert (response.status_code, response["Allow"], response["Cache-Control"]) == (405, "POST", "private, no-store")
    assert "This address belongs to a button" in response.text
    assert 'href="/account/">Go to my account' in response.text
    assert '<meta name="robots" content="noindex">' in response.text


def test_programs_get_the_code_alone():
    for method in ("head", "put"):
        assert getattr(client_of(user()), method)(FORM).content == b""
