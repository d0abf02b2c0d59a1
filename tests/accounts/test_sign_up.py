"""Creating an account, and what a stranger can learn by trying."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from aapm_site.accounts.models import User
from aapm_site.mail.models import OutgoingEmail
from tests.accounts.pages import without_tokens
from tests.factories import PASSWORD, user
from tests.racing import at_once

pytestmark = pytest.mark.django_db

FORM = {"first_name": "Amara", "last_name": "Okafor", "email": "Amara@Example.org", "password1": PASSWORD}


def test_an_account_comes_into_being_with_its_code(client, mailed_code):
    answer = client.post("/accounts/signup/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/confirm-email/")
    assert client.get("/account/").status_code == 302

    email = OutgoingEmail.objects.get()
    assert (email.to, email.template, email.secret) == ("amara@example.org", "accounts/email_confirmation_signup", True)
    code = mailed_code("email_confirmation_signup")
    assert code not in email.subject
    answer = client.post("/accounts/confirm-email/", {"code": code})

    assert answer["Location"] == "/account/"
    page = client.get("/account/").content.decode()
    assert "Welcome, Amara." in page
    person = User.objects.get()
    assert (person.email, person.full_name) == ("amara@example.org", "Amara Okafor")
    assert EmailAddress.objects.get(user=person).verified


def test_without_the_code_nobody_is_signed_in(client):
    client.post("/accounts/signup/", FORM)

    for _ in range(2):
        assert "not the code" in client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"}).content.decode()
    client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"})

    assert client.get("/account/").status_code == 302
    assert not EmailAddress.objects.get().verified
    # The password alone only leads to another code.
    cache.clear()  # a second message to one address waits ten seconds
    other = Client()
    answer = other.post("/accounts/login/", {"login": "amara@example.org", "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/confirm-email/")
    assert other.get("/account/").status_code == 302


def test_a_mistyped_address_leaves_nothing_in_the_way(client, mailed_code):
    client.post("/accounts/signup/", {**FORM, "email": "wrong@example.org"})
    client.post("/accounts/logout/")

    client.post("/accounts/signup/", FORM)
    client.post("/accounts/confirm-email/", {"code": mailed_code("email_confirmation_signup")})

    assert "amara@example.org" in client.get("/account/").content.decode()


@pytest.mark.parametrize("known", [True, False])
def test_sign_up_answers_alike_for_known_and_unknown(client, known):
    if known:
        user("amara@example.org")

    first = client.post("/accounts/signup/", FORM)
    second = client.get("/accounts/confirm-email/")
    wrong = client.post("/accounts/confirm-email/", {"code": "XXXX-XXXX"})

    assert (first.status_code, first["Location"]) == (302, "/accounts/confirm-email/")
    assert (second.status_code, wrong.status_code) == (200, 200)
    assert "We have sent a message to amara@example.org" in second.content.decode()
    assert OutgoingEmail.objects.count() == 1
    assert User.objects.count() == 1


def test_bodies_are_the_same_for_known_and_unknown():
    def body() -> str:
        cache.clear()
        client = Client()
        client.post("/accounts/signup/", FORM)
        return without_tokens(client.get("/accounts/confirm-email/"))

    unknown = body()
    EmailAddress.objects.update(verified=True)

    assert body() == unknown


@pytest.mark.parametrize("letter", ["ı", "İ", "ſ"])
def test_a_letter_that_only_looks_like_another_makes_no_second_account(client, letter):
    user("mike@example.org")

    answer = client.post("/accounts/signup/", {**FORM, "email": f"m{letter}ke@example.org"})

    assert answer.status_code == 200
    assert "letters a to z" in answer.content.decode()
    assert OutgoingEmail.objects.count() == 0


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "too short"),
        ("amara.okafor@x", "too similar"),
        ("1q2w3e4r5t6y", "too common"),
        ("\u00e9" * 11, "too short"),
    ],
)
def test_a_weak_password_is_refused(client, password, said):
    answer = client.post("/accounts/signup/", {**FORM, "email": "amara.okafor@x.org", "password1": password})

    assert said in answer.content.decode()
    assert User.objects.count() == 0


def test_a_long_password_of_any_letters_is_welcome(client):
    answer = client.post("/accounts/signup/", {**FORM, "password1": "пароль из слов 🙂 " * 5 + "!" * 10})

    assert answer.status_code == 302


def test_a_name_with_a_line_break_is_refused(client):
    answer = client.post("/accounts/signup/", {**FORM, "first_name": "Amara\r\nBcc: all@example.org"})

    assert answer.status_code == 200
    assert "on one line" in answer.content.decode()


def test_nobody_gives_themselves_rights_at_sign_up(client):
    client.post("/accounts/signup/", {**FORM, "is_staff": "on", "is_superuser": "on", "groups": "1", "is_active": ""})

    person = User.objects.get()
    assert (person.is_staff, person.is_superuser, person.is_active, person.groups.count()) == (False, False, True, 0)


@pytest.mark.django_db(transaction=True)
def test_the_button_pressed_twice_makes_one_account(settings):
    """Each of those who meet gets the page of the code, and one of them the account."""
    settings.ACCOUNT_RATE_LIMITS = False
    answers = at_once(*[lambda: Client().post("/accounts/signup/", FORM)] * 8)
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/accounts/confirm-email/")] * 8
    assert (User.objects.count(), EmailAddress.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "email", [f"{'a' * 290}@example.org", f"{'a' * 60}@{'.'.join(['c' * 60] * 4)}.org", "amara@exam\u2028ple.org"]
)
@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"])
def test_an_address_to_which_no_mail_can_go_is_said(client, address, email):
    page = client.post(address, {**FORM, "email": email})
    assert (page.status_code, page.text.count("Give a whole e-mail address, such as name@example.org.")) == (200, 2)
    assert (User.objects.count(), OutgoingEmail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [("Your account is suspended", "call us"), ("Amara", "Okafor")],
)
def test_the_code_for_a_new_account_repeats_no_name(client, first_name, last_name):
    client.post("/accounts/signup/", {**FORM, "first_name": first_name, "last_name": last_name})

    letter = OutgoingEmail.objects.get(template="accounts/email_confirmation_signup")
    words = letter.subject + letter.text + letter.html
    assert (first_name in words, last_name in words, letter.state) == (False, False, "queued")


@pytest.mark.parametrize(
    "name", ["visit evil.zip", "evil.com", "Evil\u200b.Com", "ask evil dot com", "+1 (312) 555-0100"]
)
def test_a_name_that_leads_somewhere_makes_no_account(client, name):
    for field in ("first_name", "last_name"):
        page = client.post("/accounts/signup/", {**FORM, field: name})
        assert (page.status_code, "Please leave out" in page.text) == (200, True)
    assert (User.objects.count(), OutgoingEmail.objects.count()) == (0, 0)


def test_letters_to_an_unconfirmed_address_end_for_the_day(client):
    """Whatever asks for them: sign-up, sign-in by code, a forgotten password, and with a tag in the address."""
    for number in range(14):
        cache.clear()  # the limits of each form by itself
        tagged = f"Amara+{number}@Example.org"
        Client().post("/accounts/signup/", {**FORM, "email": tagged})
    states = list(OutgoingEmail.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["queued"] * 10 + ["suppressed"] * 4
    assert User.objects.count() == 14


def begin(email: str = "amara@example.org", password: str = "a stranger chose this 1") -> Client:
    """Somebody who does not read this mailbox begins an account with it, and stops before the code."""
    stranger = Client()
    stranger.post("/accounts/signup/", {**FORM, "email": email, "password1": password})
    return stranger


def opens_with(password: str) -> bool:
    cache.clear()  # a second message to one address waits ten seconds
    browser = Client()
    browser.post("/accounts/login/", {"login": "amara@example.org", "password": password})
    return browser.get("/account/").status_code == 200


def test_a_password_that_a_stranger_prepared_opens_nothing_once_the_mailbox_is_proven(client, mailed_code):
    stranger = begin()
    cache.clear()

    client.post("/accounts/login/code/", {"email": "amara@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})

    page = client.get("/account/")
    assert page.status_code == 200
    assert "that password is forgotten" in page.content.decode()
    assert not opens_with("a stranger chose this 1")
    assert stranger.get("/account/").status_code == 302
    assert stranger.get("/accounts/confirm-email/").status_code == 302  # what was begun is over
    # From now on the password is the owner's own, and a code takes none away.
    owner = User.objects.get()
    owner.set_password("the owner chose this 2")
    owner.save()
    cache.clear()
    again = Client()
    again.post("/accounts/login/code/", {"email": "amara@example.org"})
    again.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})
    assert opens_with("the owner chose this 2")


def test_a_forgotten_password_replaces_what_a_stranger_prepared(client, mailed_code):
    stranger = begin()
    cache.clear()

    client.post("/accounts/password/reset/", {"email": "amara@example.org"})
    client.post("/accounts/password/reset/confirm/", {"code": mailed_code("password_reset_code")})
    new = {"password1": "the owner chose this 2", "password2": "the owner chose this 2"}
    client.post("/accounts/password/reset/complete/", new)

    assert opens_with("the owner chose this 2")
    assert not opens_with("a stranger chose this 1")
    assert stranger.get("/account/").status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_sign_up_works_on_the_password_once_whoever_asks(client, known, monkeypatch):
    """What takes the time is done for both, so that the time tells nothing."""
    if known:
        user("amara@example.org")
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: (hashed.append(given[1]), encode(*given))[1])

    client.post("/accounts/signup/", FORM)

    assert hashed == [PASSWORD]
