"""Signing in by password and code, ending sessions, and staying on the site."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from aapm_site.mail.models import OutgoingEmail
from tests.accounts.pages import without_tokens
from tests.factories import PASSWORD, client_of, second_factor, user

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("typed", ["amara@example.org", "AMARA@EXAMPLE.ORG", " Amara@Example.org "])
def test_the_case_of_an_address_does_not_matter(client, typed):
    user("Amara@example.org")

    assert sign_in(client, typed)["Location"] == "/account/"
    assert signed_in(client)


def test_a_look_alike_address_is_somebody_else(client):
    user("mike@example.org")

    sign_in(client, "mıke@example.org")

    assert not signed_in(client)


def test_the_session_gets_a_new_key_at_sign_in(client):
    user("amara@example.org")
    client.get("/accounts/login/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["session"] = before

    sign_in(client, "amara@example.org")

    assert client.session.session_key != before


def test_a_code_signs_in_once(client, mailed_code):
    user("amara@example.org")

    client.post("/accounts/login/code/", {"email": "amara@example.org"})
    code = mailed_code("login_code")
    email = OutgoingEmail.objects.get()
    assert (email.secret, email.user.email) == (True, "amara@example.org")
    client.post("/accounts/login/code/confirm/", {"code": code.lower()})

    assert signed_in(client)
    other = Client()
    other.post("/accounts/login/code/", {"email": "amara@example.org"})
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not signed_in(other)


def test_a_code_dies_after_three_wrong_ones(client, mailed_code):
    user("amara@example.org")
    client.post("/accounts/login/code/", {"email": "amara@example.org"})
    code = mailed_code("login_code")

    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "XXXX-XXXX"})
    client.post("/accounts/login/code/confirm/", {"code": code})

    assert not signed_in(client)


@pytest.mark.parametrize("way", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_asking_for_a_code_answers_alike_for_known_and_unknown(way):
    user("known@example.org")
    user("closed@example.org", is_active=False)
    seen = set()

    for name in ("known", "closed", "unknown"):
        client = Client()
        answer = client.post(way, {"email": f"{name}@example.org"})
        page = client.get(answer["Location"])
        seen.add((answer.status_code, answer["Location"], page.status_code, without_tokens(page).replace(name, "")))

    assert len(seen) == 1
    told = dict(OutgoingEmail.objects.values_list("to", "template"))
    assert told.keys() == {"closed@example.org", "known@example.org", "unknown@example.org"}
    assert told["closed@example.org"] == told["unknown@example.org"] == "accounts/unknown_account"


def test_a_wrong_password_answers_alike_for_known_and_unknown():
    user("known@example.org")
    user("closed@example.org", is_active=False)

    bodies = {
        without_tokens(sign_in(Client(), f"{name}@example.org", "not the password")).replace(name, "")
        for name in ("known", "closed", "unknown")
    }

    assert len(bodies) == 1
    assert "do not belong together" in bodies.pop()


def test_a_deactivated_person_is_out_at_once(client):
    person = user("amara@example.org")
    sign_in(client, person.email)
    assert signed_in(client)

    person.is_active = False
    person.save()

    assert not signed_in(client)
    assert sign_in(client, person.email)["Location"] == "/accounts/inactive/"
    assert not signed_in(client)


def test_signing_out_needs_a_post_and_kills_the_session(client):
    person = user()
    sign_in(client, person.email)
    key = client.cookies["session"].value

    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    client.post("/accounts/logout/")

    client.cookies["session"] = key
    assert not signed_in(client)


def test_signing_out_needs_the_forms_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(user())

    assert client.post("/accounts/logout/").status_code == 403
    assert signed_in(client)


def test_a_new_password_ends_all_other_sessions(client):
    person = user()
    other = client_of(person)
    sign_in(client, person.email)
    new = "another long phrase"

    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert signed_in(client)
    assert not signed_in(other)
    notice = OutgoingEmail.objects.get(template="accounts/password_changed")
    assert (notice.to, notice.secret, notice.user) == (person.email, False, person)
    assert "http://localhost:8000/account/security/" in notice.text


def test_a_person_ends_their_other_sessions(client):
    person = user()
    sign_in(client, person.email)
    other = Client()
    sign_in(other, person.email)

    client.post("/accounts/sessions/")

    assert signed_in(client)
    assert not signed_in(other)


EVIL = [
    "//evil.example", "https://evil.example", "https:evil.example", "\\\\evil.example", "/\\evil.example",
    "https://localhost@evil.example", "javascript:alert(1)", "%2f%2fevil.example", "/\t/evil.example",
    "//evil.example/%2f..", "http://localhost:8000.evil.example/", "data:text/html,x", "///evil.example",
    "https://xn--vil-1ma.example", "\n//evil.example",
]  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_sent_off_the_site(evil):
    person = user()
    client = Client()

    in_ = sign_in(client, person.email, next=evil)
    out = client.post("/accounts/logout/", {"next": evil})

    for answer in (in_, out):
        # As browsers read it: they drop tabs and line breaks, and take a backslash for a slash.
        location = re.sub(r"[\t\r\n]", "", answer["Location"]).replace("\\", "/").strip()
        assert urlsplit(urljoin("http://here/accounts/", location)).netloc == "here"


def test_one_comes_back_to_the_page_one_came_from(client):
    person = user()

    assert sign_in(client, person.email, next="/account/data/")["Location"] == "/account/data/"


def test_the_password_alone_does_not_pass_the_second_step(client):
    person = user()
    second_factor(person)

    assert sign_in(client, person.email)["Location"] == "/accounts/2fa/authenticate/"

    assert not signed_in(client)


def test_a_recovery_code_passes_once(client):
    person = user()
    second_factor(person)
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()

    sign_in(client, person.email)
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert signed_in(client)

    other = Client()
    sign_in(other, person.email)
    other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert not signed_in(other)


def test_a_code_by_mail_does_not_pass_the_second_step(client, mailed_code):
    person = user()
    second_factor(person)

    client.post("/accounts/login/code/", {"email": person.email})
    answer = client.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(client)


def test_a_forgotten_password_does_not_pass_the_second_step(client, mailed_code):
    person = user()
    second_factor(person)
    new = "another long phrase"

    client.post("/accounts/password/reset/", {"email": person.email})
    client.post("/accounts/password/reset/confirm/", {"code": mailed_code("password_reset_code")})
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})

    assert not signed_in(client)
    assert sign_in(client, person.email, new)["Location"] == "/accounts/2fa/authenticate/"


def test_a_forgotten_password_is_replaced_by_the_code(client, mailed_code):
    person = user()
    other = client_of(person)
    new = "another long phrase"

    client.post("/accounts/password/reset/", {"email": person.email})
    client.post("/accounts/password/reset/confirm/", {"code": mailed_code("password_reset_code")})
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})

    assert not signed_in(other)
    assert sign_in(Client(), person.email, PASSWORD).status_code == 200
    assert sign_in(client, person.email, new)["Location"] == "/account/"


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_ORIGINAL_URL"])
def test_links_in_mail_never_carry_the_requests_host(header):
    user("known@example.org")
    forms = [
        (
            "/accounts/signup/",
            {"first_name": "A", "last_name": "B", "email": "known@example.org", "password1": PASSWORD},
        ),
        ("/accounts/login/code/", {"email": "unknown@example.org"}),
        ("/accounts/password/reset/", {"email": "unknown2@example.org"}),
    ]

    for path, form in forms:
        Client().post(path, form, **{header: "evil.example"})

    mailed = OutgoingEmail.objects.all()
    assert not any("evil" in email.text + email.html + email.subject for email in mailed)
    if header != "HTTP_HOST":
        assert all("http://localhost:8000/accounts/" in email.text for email in mailed)
        assert len(mailed) == 3
