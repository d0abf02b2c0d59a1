"""A new address that staff give: whoever has the mailbox has the account, so it never happens silently."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.accounts.domain import addresses
from aapm_site.accounts.models import AddressChange, User
from aapm_site.core.roles import ADMINISTRATOR, FINANCE, MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests.factories import PASSWORD, client_of, staff_client, staff_user, user

pytestmark = pytest.mark.django_db


def form(person: User, **changes: object) -> dict[str, object]:
    shown = {name: getattr(person, name) for name in ("email", "first_name", "last_name", "degrees", "orcid")}
    rights = {"is_staff": "on"} if person.is_staff else {}
    groups = [group.pk for group in person.groups.all()]
    return {**shown, **rights, "groups": groups, "is_active": "on", **changes}


def change(client, person: User, **changes: object) -> User:
    client.post(f"/admin/accounts/user/{person.pk}/change/", form(person, **changes))
    return User.objects.get(pk=person.pk)


def told(address: str) -> list[str]:
    return list(OutgoingEmail.objects.filter(to=address).values_list("template", flat=True))


def act(client, asked: AddressChange, verb: str):
    return client.post(f"/admin/accounts/addresschange/{asked.pk}/{verb}/", {})


@pytest.fixture
def colleague():
    """Somebody in the billing office."""
    return staff_user(FINANCE, email="books@example.org", last_login=timezone.now())


@pytest.fixture
def asked(colleague):
    """An administrator has asked to move their sign-in."""
    return addresses.change_address(colleague, to="new@example.org", by=staff_user(ADMINISTRATOR))


def test_the_old_address_is_told_and_every_session_ends():
    person = user("old@example.org")
    browser = client_of(person)
    clerk = staff_client(MEMBERSHIP_STAFF)
    assert browser.get("/account/").status_code == 200

    moved = change(clerk, person, email="New@example.org")

    assert moved.email == "new@example.org"
    assert browser.get("/account/").status_code == 302
    assert told("old@example.org") == ["accounts/email_moved"]
    text = OutgoingEmail.objects.get(to="old@example.org").text
    assert "from old@example.org to new@example.org" in text
    written = AddressChange.objects.get()
    assert (written.from_email, written.to_email, written.asked_by, written.is_agreed) == (
        "old@example.org",
        "new@example.org",
        clerk.user,
        True,
    )


def test_a_sign_in_that_was_begun_with_the_old_address_ends_too(client, mailed_code):
    person = user("old@example.org")
    client.post("/accounts/login/code/", {"email": person.email})
    code = mailed_code("login_code")

    change(staff_client(MEMBERSHIP_STAFF), person, email="new@example.org")
    client.post("/accounts/login/code/confirm/", {"code": code})

    assert client.get("/account/").status_code == 302


def test_the_new_address_is_proved_before_anybody_signs_in_with_it(client):
    change(staff_client(MEMBERSHIP_STAFF), user("old@example.org"), email="new@example.org")

    client.post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})

    assert client.get("/account/").status_code == 302
    assert not EmailAddress.objects.get(email="new@example.org").verified


def test_what_else_is_changed_tells_nobody_and_ends_nothing():
    person = user("old@example.org")
    browser = client_of(person)

    assert change(staff_client(MEMBERSHIP_STAFF), person, first_name="Another").first_name == "Another"

    assert browser.get("/account/").status_code == 200
    assert told("old@example.org") == []
    assert not AddressChange.objects.exists()


def test_the_address_of_staff_waits_for_a_second_person(colleague):
    browser = client_of(colleague)

    same = change(staff_client(ADMINISTRATOR), colleague, email="new@example.org", first_name="Another")

    assert (same.email, same.first_name) == ("books@example.org", "Another")
    assert AddressChange.objects.get().is_agreed is None
    assert browser.get("/account/").status_code == 200
    assert told("books@example.org") == ["accounts/email_move_asked"]
    assert EmailAddress.objects.get(user=colleague).email == "books@example.org"


@pytest.mark.parametrize("how", ["staff", "superuser", "role", "right"])
def test_whoever_holds_rights_is_protected(how):
    person = user(is_staff=how == "staff", is_superuser=how == "superuser", last_login=timezone.now())
    if how == "role":
        person.groups.add(Group.objects.get(name=FINANCE))
    if how == "right":
        person.user_permissions.add(Group.objects.get(name=FINANCE).permissions.first())

    assert addresses.needs_second_person(person)
    assert not addresses.needs_second_person(user(last_login=timezone.now()))


def test_a_slip_in_the_address_of_one_who_never_came_is_mended_at_once():
    invited = staff_user(FINANCE, email="wrong@example.org")

    assert change(staff_client(ADMINISTRATOR), invited, email="right@example.org").email == "right@example.org"


def test_a_second_person_agrees_and_the_record_names_both(colleague, asked):
    browser, second = client_of(colleague), staff_client(ADMINISTRATOR)

    act(second, asked, "agree")

    asked.refresh_from_db()
    colleague.refresh_from_db()
    assert colleague.email == "new@example.org"
    assert (asked.is_agreed, asked.decided_by) == (True, second.user)
    assert asked.asked_by != second.user
    assert browser.get("/account/").status_code == 302
    assert told("books@example.org")[0] == "accounts/email_moved"
    page = second.get(f"/admin/accounts/addresschange/{asked.pk}/change/").text
    assert "Done" in page
    assert "/agree/" not in page


def test_nobody_agrees_to_what_they_have_asked_for(colleague, asked):
    asker = staff_client(person=asked.asked_by)
    answer = act(asker, asked, "agree")
    shown = asker.get(f"/admin/accounts/addresschange/{asked.pk}/change/").text

    assert ("/agree/" in shown, "/refuse/" in shown) == (False, True)
    assert answer.status_code == 422
    assert "Somebody else has to agree" in answer.text
    colleague.refresh_from_db()
    assert colleague.email == "books@example.org"


def test_the_database_refuses_one_who_agrees_with_themselves(asked):
    with pytest.raises(IntegrityError, match="accounts_addresschange_by_another"), transaction.atomic():
        AddressChange.objects.update(is_agreed=True, decided_by=asked.asked_by, decided_at=timezone.now())
    with pytest.raises(IntegrityError, match="accounts_addresschange_decided_whole"), transaction.atomic():
        AddressChange.objects.update(is_agreed=True)
    with pytest.raises(IntegrityError, match="accounts_addresschange_one_waits"), transaction.atomic():
        AddressChange.objects.create(person=asked.person, from_email="a@example.org", to_email="b@example.org")


@pytest.mark.parametrize("role", [MEMBERSHIP_STAFF, FINANCE])
def test_other_roles_do_not_agree(colleague, asked, role):
    assert act(staff_client(role), asked, "agree").status_code == 403
    colleague.refresh_from_db()
    assert colleague.email == "books@example.org"


def test_a_refused_address_stays_and_is_decided_once(colleague, asked):
    second = staff_client(ADMINISTRATOR)
    act(second, asked, "refuse")

    asked.refresh_from_db()
    assert (asked.is_agreed, asked.decided_by) == (False, second.user)
    with pytest.raises(NotAllowed, match="decided about it already"):
        addresses.agree_to_address(asked, by=staff_user(ADMINISTRATOR))
    colleague.refresh_from_db()
    assert colleague.email == "books@example.org"


def test_one_who_asked_may_take_it_back(asked):
    addresses.refuse_address(asked, by=asked.asked_by)

    asked.refresh_from_db()
    assert asked.is_agreed is False


def test_two_new_addresses_do_not_wait_at_once(colleague, asked):
    with pytest.raises(NotAllowed, match="Another new address of this person waits"):
        addresses.change_address(colleague, to="third@example.org", by=staff_user(ADMINISTRATOR))


def test_an_address_that_was_taken_meanwhile_is_not_given(colleague, asked):
    user("new@example.org")

    with pytest.raises(NotAllowed, match="has an account with this address already"):
        addresses.agree_to_address(asked, by=staff_user(ADMINISTRATOR))
    colleague.refresh_from_db()
    assert colleague.email == "books@example.org"
    assert AddressChange.objects.get().is_agreed is None


def test_what_was_asked_of_another_address_is_not_carried_out(colleague, asked):
    User.objects.filter(pk=colleague.pk).update(email="other@example.org")

    with pytest.raises(NotAllowed, match="another one by now"):
        addresses.agree_to_address(asked, by=staff_user(ADMINISTRATOR))
