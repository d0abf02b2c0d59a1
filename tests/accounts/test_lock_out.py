"""Nobody keeps somebody else out: a stranger who knows only the address, from afar or from the same network."""

import pytest
from django.test import Client

from aapm_site.accounts.known_devices import MOST_ACCOUNTS
from aapm_site.mail.models import OutgoingEmail
from tests.accounts.test_staff_door import app_code
from tests.factories import PASSWORD, second_factor, user
from tests.racing import at_once

pytestmark = pytest.mark.django_db

OWNER, STRANGER = "198.51.100.7", "203.0.113.9"
SIGN_IN, CODE, RESET = "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"
WRONG, WAIT = "do not belong together", "wait five minutes"
WAIT_LONG = "wait an hour"


@pytest.fixture
def person():
    return user("amara@example.org")


def at(address: str, known: Client | None = None) -> Client:
    """A browser in some network; `known` is one in which somebody has signed in before, now signed out."""
    client = Client(REMOTE_ADDR=address)
    if known:
        client.cookies["device"] = known.cookies["device"].value
    return client


def try_password(client: Client, password: str, email: str = "amara@example.org") -> str:
    answer = client.post(SIGN_IN, {"login": email, "password": password})
    return "in" if answer.status_code == 302 else answer.text


def ask(client: Client, door: str, email: str = "amara@example.org") -> int:
    return client.post(door, {"email": email}).status_code


def spoil(address: str, times: int = 13) -> None:
    """What a stranger can do with the address alone, in all three doors."""
    for number in range(times):
        try_password(at(address), f"wrong phrase {number}")
        ask(at(address), CODE)
        ask(at(address), RESET)


def signed_in_before(email: str = "amara@example.org", address: str = "192.0.2.200") -> Client:
    client = at(address)
    assert try_password(client, PASSWORD, email) == "in"
    return client


def test_thirteen_requests_from_afar_keep_nobody_out(person):
    for _ in range(5):
        try_password(at(STRANGER), "not this one")
        ask(at(STRANGER), CODE)
        ask(at(STRANGER), RESET)
    assert WAIT in try_password(at(STRANGER), PASSWORD)

    assert try_password(at(OWNER), PASSWORD) == "in"
    assert ask(at(OWNER), CODE) == 302
    assert ask(at(OWNER), RESET) == 302


def test_a_stranger_in_the_same_network_keeps_no_known_browser_out(person):
    known = signed_in_before()
    spoil(OWNER)
    assert WAIT in try_password(at(OWNER), PASSWORD)
    assert "Several codes are on their way" in at(OWNER).post(CODE, {"email": person.email}).text
    assert ask(at(OWNER), RESET) == 429

    assert try_password(at(OWNER, known), PASSWORD) == "in"
    assert ask(at(OWNER, known), CODE) == 302
    assert ask(at(OWNER, known), RESET) == 302


def test_a_passkey_is_never_counted(person):
    passkey = "/accounts/2fa/webauthn/login/"
    spoil(OWNER)
    for _ in range(40):
        at(OWNER).post(passkey, {"credential": "{}"})

    options = at(OWNER).get(passkey, headers={"x-requested-with": "XMLHttpRequest"})
    answer = at(OWNER).post(passkey, {"credential": "{}"})
    assert "request_options" in options.json()
    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)


def test_one_address_from_many_networks_is_limited_much_higher(person):
    known = signed_in_before()
    networks = [f"203.0.113.{number}" for number in range(1, 21)]
    for address in networks:
        seen = {WRONG in try_password(at(address), "not this one") for _ in range(5)}
        assert seen == {True}

    assert WAIT_LONG in try_password(at("203.0.113.99"), PASSWORD)
    assert try_password(at("203.0.113.99", known), PASSWORD) == "in"


@pytest.mark.parametrize("email", ["amara@example.org", "nobody@example.org"])
def test_a_mailbox_gets_five_letters_an_hour_from_all_networks_together(person, email):
    answers = set()
    for number in range(1, 11):
        browser = at(f"203.0.113.{number}")
        answers |= {(browser.post(door, {"email": email}).status_code, door) for door in (CODE, RESET)}

    assert answers == {(302, CODE), (302, RESET)}
    assert OutgoingEmail.objects.filter(to=email).count() == 5


def test_a_stranger_who_used_up_the_letters_keeps_no_known_browser_without(person):
    known = signed_in_before()
    for number in range(1, 7):
        ask(at(f"203.0.113.{number}"), CODE)
    assert OutgoingEmail.objects.filter(to=person.email).count() == 5

    assert ask(at("203.0.113.99", known), CODE) == 302
    assert OutgoingEmail.objects.filter(to=person.email).count() == 6


def test_a_known_browser_has_a_count_of_its_own(person):
    known, other = signed_in_before(), signed_in_before()
    for _ in range(10):
        assert WRONG in try_password(at(OWNER, known), "not this one")

    assert WAIT in try_password(at(OWNER, known), PASSWORD)
    assert try_password(at(OWNER, other), PASSWORD) == "in"
    assert try_password(at(OWNER), PASSWORD) == "in"


def test_a_browser_is_known_for_its_own_accounts_only(person):
    user("mallory@example.org")
    known = signed_in_before("mallory@example.org")
    for _ in range(5):
        try_password(at(STRANGER, known), "not this one")

    assert WAIT in try_password(at(STRANGER, known), PASSWORD)


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoiYiJ9:1:2"])
def test_a_made_up_mark_is_none(person, forged):
    for _ in range(5):
        client = at(STRANGER)
        client.cookies["device"] = forged
        try_password(client, "not this one")
    client = at(STRANGER)
    client.cookies["device"] = forged

    assert WAIT in try_password(client, PASSWORD)


def test_the_mark_is_kept_from_scripts_and_names_nobody(person):
    cookie = signed_in_before().cookies["device"]

    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert cookie["max-age"] == 400 * 24 * 60 * 60
    assert "amara" not in cookie.value


def test_only_a_whole_sign_in_leaves_the_mark(person):
    second_factor(person)
    client = at(OWNER)
    client.post(SIGN_IN, {"login": person.email, "password": PASSWORD})

    assert "device" not in client.cookies


def test_several_people_share_a_browser():
    people = [user().email for _ in range(MOST_ACCOUNTS + 1)]
    client = at(OWNER)
    for email in people:
        try_password(client, PASSWORD, email)
        client.post("/accounts/logout/")
    for email in people:
        for _ in range(6):
            try_password(at(STRANGER), "not this one", email)

    assert [try_password(at(STRANGER, client), PASSWORD, email) == "in" for email in people] == [
        False,
        *[True] * MOST_ACCOUNTS,
    ]


def test_right_passwords_are_not_counted(person):
    assert [try_password(at(OWNER), PASSWORD) for _ in range(12)] == ["in"] * 12


def test_other_spellings_of_an_address_are_not_counted_apart():
    user("amara@xn--mller-kva.example")
    tries = ["amara@müller.example", "AMARA@MÜLLER.example", "amara@xn--mller-kva.example"] * 2
    seen = [WAIT in try_password(at(STRANGER), "not this one", email) for email in tries]

    assert seen == [False] * 5 + [True]


def test_a_network_of_ipv6_is_one_stranger(person):
    seen = [WAIT in try_password(at(f"2001:db8::{number:x}"), "not this one") for number in range(1, 7)]

    assert seen == [False] * 5 + [True]
    assert try_password(at("2001:db8:0:1::1"), PASSWORD) == "in"


def test_after_a_reset_the_new_password_need_not_wait(person, mailed_code):
    new, client = "another long phrase", at(OWNER)
    for _ in range(6):
        try_password(client, "not this one")
    client.post(RESET, {"email": person.email})
    client.post("/accounts/password/reset/confirm/", {"code": mailed_code("password_reset_code")})
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})

    assert try_password(at(OWNER), new) == "in"


def try_second_step(client: Client, code: str, email: str = "amara@example.org") -> bool:
    client.post(SIGN_IN, {"login": email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return client.get("/account/").status_code == 200


def test_the_second_step_is_limited_like_the_first(person):
    secret = second_factor(person)
    for _ in range(5):
        assert not try_second_step(at(STRANGER), "000000")

    assert not try_second_step(at(STRANGER), app_code(secret))
    assert try_second_step(at(OWNER), app_code(secret))


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_five_are_looked_at():
    user("amara@example.org")

    seen = at_once(*[lambda: try_password(at(STRANGER), "not this one")] * 12)

    assert sorted(WRONG in text for text in seen) == [False] * 7 + [True] * 5
