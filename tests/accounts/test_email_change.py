"""A new address takes the old one's place once its code has been typed, and the old one is told."""

import pytest
from allauth.account.models import EmailAddress

from aapm_site.mail.models import OutgoingEmail
from tests.factories import PASSWORD, client_of, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return user("old@example.org")


@pytest.fixture
def browser(person):
    client = client_of(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_code_moves_the_sign_in(person, browser, mailed_code):
    answer = browser.post("/accounts/email/", {"action_add": "1", "email": "New@example.org"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.email == "old@example.org"

    browser.post("/accounts/confirm-email/", {"code": mailed_code("email_confirmation")})

    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    told = OutgoingEmail.objects.get(template="accounts/email_changed")
    assert told.to == "old@example.org"
    assert "from old@example.org to new@example.org" in told.text


def test_somebody_elses_address_cannot_be_taken(person, browser, mailed_code):
    user("taken@example.org")

    browser.post("/accounts/email/", {"action_add": "1", "email": "taken@example.org"})

    person.refresh_from_db()
    assert person.email == "old@example.org"
    assert EmailAddress.objects.filter(email="taken@example.org").count() == 1


def test_a_look_alike_address_is_refused(person, browser):
    answer = browser.post("/accounts/email/", {"action_add": "1", "email": "oıd@example.org"})

    assert "letters a to z" in answer.content.decode()
