"""No way into the staff pages without the second factor, and none for those who are not staff."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils.http import urlencode

from aapm_site.core.roles import CONTENT_EDITOR
from aapm_site.mail.models import OutgoingEmail
from tests.factories import PASSWORD, client_of, pass_second_factor, second_factor, staff_client, staff_user, user

pytestmark = pytest.mark.django_db

PAGES = ["/admin/", "/admin/accounts/user/", "/admin/due/", "/admin/login/?next=/admin/"]


def app_code(secret: str) -> str:
    """What the app shows now: the middle of the steps that are accepted, so that half a minute may pass."""
    accepted = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, accepted[len(accepted) // 2]))


def allowed(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_the_one_sign_in(client, page):
    answer = client.get(page, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("page", PAGES)
def test_others_are_refused(page):
    assert client_of(user()).get(page, follow=True).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_staff_without_a_second_factor_are_led_to_set_one_up(page):
    answer = client_of(staff_user()).get(page, follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/2fa/"
    assert "The staff pages need a second step at sign-in." in answer.content.decode()


def test_recovery_codes_alone_are_no_second_factor():
    person = staff_user()
    second_factor(person)
    Authenticator.objects.filter(user=person, type="totp").delete()
    client = client_of(person)
    pass_second_factor(client)

    assert client.get("/admin/")["Location"] == "/accounts/2fa/"


def test_an_older_session_has_to_show_the_second_factor_once():
    person = staff_user()
    client = client_of(person)
    secret = second_factor(person)

    answer = client.get("/admin/accounts/user/?q=x")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Faccounts%2Fuser%2F%3Fq%3Dx"
    assert not allowed(client)
    back = client.post(answer["Location"], {"code": app_code(secret), "next": "/admin/accounts/user/?q=x"})

    assert back["Location"] == "/admin/accounts/user/?q=x"
    assert allowed(client)


def test_confirming_with_the_password_is_not_enough():
    person = staff_user()
    client = client_of(person)
    second_factor(person)

    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/admin/"})

    assert not allowed(client)


def test_somebody_elses_second_factor_does_not_count():
    client = client_of(staff_user())
    pass_second_factor(client)
    person = staff_user()
    second_factor(person)
    session = client.session
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()

    assert not allowed(client)


def test_a_change_without_the_second_factor_is_not_made():
    person = staff_user()
    second_factor(person)
    other = user()

    at = f"/admin/accounts/user/{other.pk}/change/"
    client = client_of(person)

    answer = client.post(at, {"first_name": "Changed"})

    assert (answer.status_code, answer.context["typed"]) == (403, [("First name", "Changed")])
    assert answer.context["way"] == f"/accounts/2fa/reauthenticate/?{urlencode({'next': at})}"
    assert client.post(at, {})["Location"] == answer.context["way"]
    other.refresh_from_db()
    assert other.first_name == "Amara"


def sign_in_fully(client: Client, email: str, secret: str) -> None:
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": app_code(secret)})


def test_a_sign_in_with_both_steps_opens_the_staff_pages(client):
    person = staff_user(CONTENT_EDITOR)
    sign_in_fully(client, person.email, second_factor(person))

    assert allowed(client)


MAILBOX = "/account/security/mailbox/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
ACTIVATE = "/accounts/2fa/totp/activate/"


# Transactional: what follows the set-up runs at its commit.
@pytest.mark.django_db(transaction=True)
def test_setting_up_the_first_app_opens_the_staff_pages(client, mailed_code):
    person = staff_user()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert client.get(ACTIVATE)["Location"] == MAILBOX
    client.post(MAILBOX, {"action": "send"})
    assert client.post(MAILBOX, {"code": mailed_code("mailbox_code"), "next": ACTIVATE})["Location"] == ACTIVATE
    page = client.get(ACTIVATE, follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get(ACTIVATE)

    client.post(ACTIVATE, {"code": app_code(client.session["mfa.totp.secret"])})

    assert get_adapter().is_mfa_enabled(person)
    assert allowed(client)


def test_who_signed_in_by_a_mailed_code_has_shown_the_mailbox(client, mailed_code):
    person = staff_user()
    client.post("/accounts/login/code/", {"email": person.email})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get(ACTIVATE).status_code == 200


# What only a session that has shown the factor may open: everything about factors but where one is shown.
GUARDED = [
    ACTIVATE,
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/recovery-codes/download/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/keys/1/edit/",
    "/accounts/2fa/webauthn/keys/1/remove/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/password/set/",
]


@pytest.mark.parametrize("way", GUARDED)
def test_the_password_alone_neither_sets_up_a_factor_nor_moves_the_mailbox(client, way):
    person = staff_user()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    for answer in (client.get(way), client.post(way, {"action_add": "1", "email": "thief@example.org"})):
        assert answer["Location"].startswith("/account/security/mailbox/?next=")
    assert not OutgoingEmail.objects.filter(to="thief@example.org").exists()


@pytest.mark.parametrize("way", GUARDED)
def test_an_older_session_that_gave_the_password_neither_reads_nor_changes_the_factor(client, way):
    person = staff_user()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    second_factor(person)

    for answer in (client.get(way), client.post(way)):
        assert answer["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
    assert person.authenticator_set.count() == 2


def test_who_has_a_factor_is_never_taken_at_the_password(client):
    person = user()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    second_factor(person)

    for answer in (
        client.get("/accounts/reauthenticate/"),
        client.post("/accounts/reauthenticate/", {"password": PASSWORD}),
    ):
        assert answer["Location"] == "/accounts/2fa/reauthenticate/"
    assert "/accounts/reauthenticate/" not in client.get("/accounts/2fa/reauthenticate/").text
    assert client.get("/accounts/2fa/recovery-codes/")["Location"].startswith("/accounts/2fa/reauthenticate/?next=")


# Transactional: what follows the set-up runs at its commit.
@pytest.mark.django_db(transaction=True)
def test_the_first_factor_ends_the_other_sessions_of_a_member_too(client):
    person, other, somebody = user(), Client(), client_of(user())
    for browser in (client, other):
        browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get(ACTIVATE)

    client.post(ACTIVATE, {"code": app_code(client.session["mfa.totp.secret"])})

    seen = [browser.get("/account/security/").status_code for browser in (client, other, somebody)]
    assert seen == [200, 302, 200]


def test_people_without_rights_set_up_a_factor_as_before(client):
    client.post("/accounts/login/", {"login": user().email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get(ACTIVATE).status_code == 200


def asked_for_code(client: Client, mailed_code: Callable[[str], str]) -> str:
    client.post("/accounts/login/", {"login": staff_user().email, "password": PASSWORD})
    client.post(MAILBOX, {"action": "send"})
    return mailed_code("mailbox_code")


def test_a_mailed_code_is_good_once_and_dies_after_three_wrong_ones(client, mailed_code):
    code = asked_for_code(client, mailed_code)
    assert [client.post(MAILBOX, {"code": "XXXX-XXXX"}).status_code for _ in range(3)] == [422, 422, 302]

    assert client.post(MAILBOX, {"code": code})["Location"] == MAILBOX
    assert client.get(ACTIVATE)["Location"] == MAILBOX


def test_tries_that_overtake_each_other_are_counted_too(client, mailed_code):
    code = asked_for_code(client, mailed_code)
    as_sent = client.session["mailbox_code"]
    for _ in range(3):
        client.post(MAILBOX, {"code": "XXXX-XXXX"})
        session = client.session  # another request has read it before this one wrote
        session["mailbox_code"] = as_sent
        session.save()

    assert client.post(MAILBOX, {"code": code})["Location"] == MAILBOX
    assert client.get(ACTIVATE)["Location"] == MAILBOX


def test_a_mailed_code_ends_after_a_quarter_of_an_hour(client, mailed_code):
    with time_machine.travel(datetime.now(UTC)) as clock:
        code = asked_for_code(client, mailed_code)
        clock.shift(15 * 60 + 1)
        client.post(MAILBOX, {"code": code})

        assert client.get(ACTIVATE)["Location"] == MAILBOX


def test_no_more_than_five_codes_are_mailed_in_ten_minutes(client):
    client.post("/accounts/login/", {"login": staff_user().email, "password": PASSWORD})
    for _ in range(7):
        client.post(MAILBOX, {"action": "send"})

    assert OutgoingEmail.objects.filter(template="accounts/mailbox_code", secret=True).count() == 5


def test_the_way_back_stays_on_the_site(client, mailed_code):
    code = asked_for_code(client, mailed_code)

    answer = client.post("/account/security/mailbox/", {"code": code, "next": "https://evil.example/"})
    assert answer["Location"] == "/accounts/2fa/"


@pytest.mark.django_db(transaction=True)
def test_adding_another_factor_in_an_older_session_is_not_possible(client):
    person = staff_user()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    Authenticator.objects.create(user=person, type="webauthn", data={})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get(ACTIVATE)["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/?next=")
    client.post(ACTIVATE, {"code": "000000"})

    assert "mfa.totp.secret" not in client.session
    assert not Authenticator.objects.filter(user=person, type="totp").exists()
    assert not allowed(client)


def test_a_deactivated_member_of_staff_is_out_at_once():
    client = staff_client()
    assert allowed(client)

    client.user.is_active = False
    client.user.save()

    assert client.get("/admin/").status_code == 302


def test_one_who_is_no_longer_staff_is_out_at_once():
    client = staff_client()
    client.user.is_staff = False
    client.user.save()

    assert client.get("/admin/", follow=True).status_code == 403


def test_the_switch_opens_the_demonstration_only(settings):
    settings.STAFF_MFA_REQUIRED = False

    assert allowed(client_of(staff_user()))


def test_staff_can_sign_out_without_the_second_factor():
    client = client_of(staff_user())

    assert client.post("/admin/logout/").status_code in {200, 302}
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/generate/",
        "/account/data/export/",
        "/account/data/delete/",
    ],
)
def test_what_matters_asks_to_sign_in_again(page):
    person = user()
    second_factor(person)
    client = client_of(person)

    assert client.get(page)["Location"].startswith("/accounts/2fa/reauthenticate/?next=")


def test_changing_the_address_asks_to_sign_in_again():
    person = user("amara@example.org")
    client = client_of(person)

    answer = client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    person.refresh_from_db()
    assert person.email == "amara@example.org"
