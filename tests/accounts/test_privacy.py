"""A person takes their data along, or has them erased without a trace."""

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client

from aapm_site.accounts.domain import privacy
from aapm_site.accounts.models import User
from aapm_site.core.privacy import PersonalData, personal_data
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.subscriptions import ask_to_confirm, subscribe
from tests.factories import PASSWORD, second_factor, staff_user, user

pytestmark = pytest.mark.django_db

CANARY = "canary7q"


def signed_in(person: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def person(templates):
    templates("t/hello", f"Hello {CANARY}", f"Dear {CANARY}")
    person = user(f"{CANARY}@example.org", first_name=CANARY, last_name=CANARY, degrees=CANARY)
    queue_email(person.email, "t/hello", {}, user=person)
    queue_email(person.email, "t/hello", {})
    subscribe(person, "news", "News")
    ask_to_confirm(person.email, "other", "Other")
    return person


def test_the_copy_holds_everything(person):
    answer = signed_in(person).get("/account/data/export/")

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="aapm-my-data-')
    data = json.loads(answer.content)
    assert data["of"] == person.email
    assert data["account"]["last_name"] == CANARY
    assert {message["subject"] for message in data["mail"]["messages"]} >= {f"Hello {CANARY}"}
    assert {subscription["kind"] for subscription in data["mail"]["subscriptions"]} == {"news", "other"}
    assert {source.name for source in personal_data} <= data.keys()
    assert "password" not in data["account"]


def test_the_copy_holds_nothing_of_others(person):
    other = user("other@example.org", last_name="Somebodyelse")

    assert "Somebodyelse" not in json.dumps(privacy.export_person(person), default=str)
    assert CANARY not in json.dumps(privacy.export_person(other), default=str)


def rows_with_canary() -> list[str]:
    """Every table that still holds the person's mark, sessions decoded."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{CANARY}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    found += ["session" for session in Session.objects.all() if CANARY in json.dumps(session.get_decoded())]
    return found


def test_after_erasure_no_table_holds_the_person(person):
    client = signed_in(person)
    assert {"accounts_user", "mail_outgoingemail", "mail_subscription"} <= set(rows_with_canary())

    answer = client.post("/account/data/delete/", {"sure": "on"})

    assert answer["Location"] == "/"
    assert rows_with_canary() == []
    assert client.get("/account/").status_code == 302
    assert not User.objects.filter(pk=person.pk).exists()


def test_other_devices_are_out_too(person):
    other, client = signed_in(person), signed_in(person)

    client.post("/account/data/delete/", {"sure": "on"})

    assert other.get("/account/").status_code == 302


def test_without_the_tick_nothing_is_erased(person):
    answer = signed_in(person).post("/account/data/delete/", {})

    assert answer.status_code == 422
    assert User.objects.filter(pk=person.pk).exists()


def test_erasing_asks_to_sign_in_again(person):
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    answer = client.post("/account/data/delete/", {"sure": "on"})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=person.pk).exists()


def test_staff_cannot_vanish_from_their_decisions():
    with pytest.raises(NotAllowed, match="ask an administrator"):
        privacy.erase_person(staff_user())


def test_what_has_to_be_kept_leaves_a_shell_without_name(person, monkeypatch):
    second_factor(person)
    sessions = signed_in(person)

    def refuse(self, *args, **kwargs):
        raise ProtectedError("An invoice points here.", set())

    monkeypatch.setattr(User, "delete", refuse)

    privacy.erase_person(person)

    assert rows_with_canary() == []
    shell = User.objects.get(pk=person.pk)
    assert (shell.is_active, shell.full_name, shell.has_usable_password()) == (False, "", False)
    assert shell.email.endswith("@erased.invalid")
    assert sessions.get("/account/").status_code == 302


def test_when_one_app_cannot_erase_nothing_is_erased(person):
    def refuse(user):
        raise RuntimeError("not now")

    personal_data.register(PersonalData("test-refusing", (), lambda user: {}, refuse, order=950))
    try:
        with pytest.raises(RuntimeError):
            privacy.erase_person(person)
    finally:
        del personal_data._items["test-refusing"]

    assert person.emails.exists()
    assert User.objects.filter(pk=person.pk).exists()


def test_models_that_are_answered_for_exist():
    for source in personal_data:
        for label in source.models:
            assert apps.get_model(label)
