"""People of whom no address is known: many of them, who get no mail, cannot sign in and share nothing."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from aapm_site.accounts.domain import privacy, recoveries
from aapm_site.accounts.domain.sessions import end_sessions
from aapm_site.accounts.models import AddressChange, User
from aapm_site.billing.models import Customer
from aapm_site.core.roles import MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import NotAnAddress, queue_email
from aapm_site.mail.domain.subscriptions import subscribe
from aapm_site.mail.models import OutgoingEmail, Subscription
from tests.factories import client_of, staff_client, staff_user, user

pytestmark = pytest.mark.django_db

FORM = {"first_name": "Ines", "last_name": "Silva", "degrees": "", "orcid": "", "is_active": "on"}


def without(**fields) -> User:
    made = User(email="", **{"first_name": "Ines", "last_name": "Silva", **fields})
    made.set_unusable_password()
    made.save()
    return User.objects.get(pk=made.pk)


def test_many_may_have_none_and_the_empty_address_is_nobodys():
    one, _ = without(), without()

    assert one.email == ""
    assert User.objects.filter(email=None).count() == 2
    assert not User.objects.filter(email="").exists()
    assert list(User.objects.values_list("email", flat=True)) == ["", ""]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user WHERE email IS NULL")
        assert cursor.fetchone() == (2,)
    User.objects.filter(pk=one.pk).update(email="ines@example.org")
    User.objects.filter(pk=one.pk).update(email="")
    assert User.objects.filter(email=None).count() == 2
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("")


def test_they_are_called_by_their_name():
    assert (str(without()), str(without(first_name="", last_name=""))) == ("Ines Silva", "Without a name")


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("/accounts/login/", {"login": "", "password": "!"}),
        ("/accounts/login/code/", {"email": ""}),
        ("/accounts/password/reset/", {"email": ""}),
    ],
)
def test_nobody_signs_in_as_one_of_them(client, page, typed):
    without()

    assert client.post(page, typed).status_code in {200, 422}
    assert client.get("/account/").status_code == 302
    assert not OutgoingEmail.objects.exists()


def test_they_get_no_mail_and_nothing_stops(templates):
    templates("t/hello", "Hello", "Dear you")
    person = without()

    assert queue_email(person.email, "t/hello", {}, user=person) is None
    assert not OutgoingEmail.objects.exists()
    with pytest.raises(NotAnAddress):  # a letter to nobody is a slip
        queue_email("", "t/hello", {})


def test_export_and_erasure_touch_nothing_of_others(templates):
    person, other = without(), user("other@example.org")
    subscribe(other, "news", "News")
    stranger = Customer.objects.create(name="A clinic", bill_attention="Finance")
    client = client_of(other)

    data = privacy.export_person(person)
    privacy.erase_person(person)

    assert data["of"] == "Ines Silva"
    assert data["account"]["email"] == ""
    nothing = {"messages": [], "subscriptions": [], "letters_to_many": [], "mail_that_came_back": []}
    assert json.dumps(data["mail"]) == json.dumps(nothing)
    assert not User.objects.filter(pk=person.pk).exists()
    assert Subscription.objects.get().user == other
    stranger.refresh_from_db()
    assert stranger.bill_attention == "Finance"
    assert client.get("/account/").status_code == 200


def test_ending_their_sessions_ends_nobody_elses():
    client = client_of(user("joann@example.org"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "email": "joann@example.org"}]
    session.save()
    end_sessions(without())
    end_sessions(user("ann@example.org"))
    assert Session.objects.count() == 1
    assert client.get("/account/").status_code == 200


def test_staff_enter_somebody_without_an_address_and_give_one_later(client, mailed_code):
    staff = staff_client(MEMBERSHIP_STAFF)

    staff.post("/admin/accounts/user/add/", {**FORM, "email": ""})
    person = User.objects.get(email=None)
    assert not EmailAddress.objects.filter(user=person).exists()
    page = staff.get("/admin/accounts/user/?q=Silva").text
    assert ">–</a>" in page
    assert "No address is known" in staff.get(f"/admin/accounts/user/{person.pk}/change/").text

    answer = staff.post(f"/admin/accounts/user/{person.pk}/change/", {**FORM, "email": "Ines@Example.org"}, follow=True)

    assert "can sign in with ines@example.org now" in answer.text
    assert AddressChange.objects.get().from_email == ""
    assert not OutgoingEmail.objects.exists()
    client.post("/accounts/login/code/", {"email": "ines@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})
    assert client.get("/account/").status_code == 200


def test_an_address_that_signs_in_is_not_taken_away():
    staff, person = staff_client(MEMBERSHIP_STAFF), user("ines@example.org")

    answer = staff.post(f"/admin/accounts/user/{person.pk}/change/", {**FORM, "email": ""})

    assert "They sign in with this address." in answer.text
    assert User.objects.get(pk=person.pk).email == "ines@example.org"


def test_staff_need_an_address():
    answer = staff_client().post("/admin/accounts/user/add/", {**FORM, "email": "", "is_staff": "on"})

    assert "Staff sign in by mail; they need an address." in answer.text
    assert not User.objects.filter(email=None).exists()


def test_an_account_without_an_address_is_not_recovered():
    with pytest.raises(NotAllowed, match="never had an address"):
        recoveries.open_recovery(without(), to="new@example.org", reason="r", evidence="e", by=staff_user())


def test_a_session_that_was_begun_ends_with_the_address():
    """The rule that the empty address must not touch still holds for everybody else."""
    person = user("ines@example.org")
    begun = Client()
    begun.post("/accounts/login/code/", {"email": "ines@example.org"})
    assert Session.objects.count() == 1
    end_sessions(person)
    assert Session.objects.count() == 0
