"""My account: private, with what the rooms add; a profile that changes nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aapm_site.accounts.models import Profession, Specialty, User
from aapm_site.accounts.registry import AccountPanel, AccountSentence, account_panels, account_sentences, is_asked
from aapm_site.billing.models import Customer
from tests.factories import client_of, user

pytestmark = pytest.mark.django_db

PAGES = ["/account/", "/account/profile/", "/account/security/", "/account/mail/", "/account/data/"]
FORM = {
    "first_name": "Łucja",
    "last_name": "Okafor",
    "degrees": "MD, MPH",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
}


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_private(page):
    visitor = Client().get(page)
    assert (visitor.status_code, visitor["Location"]) == (302, f"/accounts/login/?next={page}")

    answer = client_of(user()).get(page)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.decode().count("<h1") == 1
    assert 'aria-current="page"' in answer.content.decode()


def test_rooms_add_panels_and_sentences():
    account_panels.register(AccountPanel("test-panel", lambda request: f"<section>Panel of {request.user}</section>"))
    account_panels.register(AccountPanel("test-nothing", lambda request: ""))
    account_sentences.register(AccountSentence("test-sentence", lambda request: "You are here."))
    try:
        page = client_of(user()).get("/account/").content.decode()
    finally:
        del account_panels._items["test-panel"], account_panels._items["test-nothing"]
        del account_sentences._items["test-sentence"]

    assert "Welcome, Amara. You are here." in " ".join(page.split())
    assert "Panel of Amara Okafor" in page


def test_parts_of_somebody_who_has_nothing_are_asked_for_by_one_statement():
    person = user()
    assert [part.name for part in account_panels if is_asked(part, person)] == ["membership"]
    client = client_of(person)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/account/").content.decode()
    assert "Orders and invoices" not in page
    assert sum(query["sql"].startswith("SELECT EXISTS") for query in asked) == 1
    Customer.objects.create(user=person, name="Amara")
    assert "Orders and invoices" in client.get("/account/").content.decode()


def test_a_profile_is_saved():
    person = user()
    form = {
        **FORM,
        "profession": Profession.objects.get(slug="nurse").pk,
        "specialty": Specialty.objects.get(slug="oncology").pk,
    }

    answer = client_of(person).post("/account/profile/", form)

    assert answer["Location"] == "/account/profile/"
    person = User.objects.get(pk=person.pk)
    assert person.signature_name == "Łucja Okafor, MD, MPH"
    assert (person.orcid, person.profession.slug, person.specialty.slug) == ("0000-0002-1825-0097", "nurse", "oncology")


def test_a_slip_is_named_and_nothing_is_saved():
    person = user()

    answer = client_of(person).post("/account/profile/", {**FORM, "orcid": "0000-0002-1825-0098"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "does not add up" in page
    assert "Amara Okafor" in page  # the head still shows the saved name
    assert User.objects.get(pk=person.pk).first_name == "Amara"


def test_a_profile_changes_nothing_that_the_form_does_not_list():
    person = user("amara@example.org")
    group = Group.objects.first()
    more = {
        "email": "other@example.org", "is_staff": "on", "is_superuser": "on", "is_active": "", "groups": group.pk,
        "user_permissions": "1", "password": "x", "id": "1", "pk": "1", "last_login": "", "date_joined": "2000-01-01",
    }  # fmt: skip
    before = User.objects.values(
        "id", "email", "is_staff", "is_superuser", "is_active", "password", "date_joined"
    ).get()

    client_of(person).post("/account/profile/", {**FORM, **more})

    after = User.objects.values(*before).get()
    assert after == before
    assert person.groups.count() == 0
    assert User.objects.get().first_name == "Łucja"


def test_a_name_is_shown_as_text():
    person = user(first_name="<script>alert(1)</script>", last_name="{{ 7*7 }}")

    page = client_of(person).get("/account/").content.decode()

    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_security_says_what_is_set_up():
    person = user()
    page = client_of(person).get("/account/security/").content.decode()

    assert "Set up a second step" in page
    assert "Change the password" in page


def test_one_without_a_password_is_offered_to_set_one():
    person = user()
    person.set_unusable_password()
    person.save()

    assert "Set a password" in client_of(person).get("/account/security/").content.decode()
