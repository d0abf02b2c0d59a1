"""New staff are invited by mail, with boxes of plain words; who may not give roles invites nobody."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from aapm_site.accounts.domain.staff import invite_to_staff, write_invitation
from aapm_site.accounts.models import User
from aapm_site.core import roles
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests.factories import staff_client, staff_user, user

pytestmark = pytest.mark.django_db

INVITE = "/admin/accounts/user/invite/"
NEW = {"email": "New.Colleague@Example.org", "first_name": "Nora", "last_name": "Colleague"}


def groups(person: User) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def invitations(to: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(to=to, template="accounts/staff_invitation"))


@pytest.mark.parametrize("role", [None, roles.ADMINISTRATOR])
def test_an_administrator_invites_with_boxes_and_a_letter_goes_out(role):
    boss = staff_client(*([role] if role else []))
    page = boss.get(INVITE).text
    assert [page.count(f'value="{name}"') for name in roles.ROLES] == [1] * len(roles.ROLES)
    assert "Reviews positions, looks after employers" in page

    done = boss.post(INVITE, {**NEW, "roles": [roles.CAREERS_STAFF, roles.FINANCE]}, follow=True)

    person = User.objects.get(email="new.colleague@example.org")
    assert (person.full_name, person.is_staff, person.is_superuser) == ("Nora Colleague", True, False)
    assert groups(person) == {roles.CAREERS_STAFF, roles.FINANCE}
    assert not person.has_usable_password()
    assert not EmailAddress.objects.get(user=person).verified
    (letter,) = invitations(person.email)
    assert boss.user.display_name in letter.text
    assert "Careers staff, Finance" in letter.text
    assert [str(message) for message in done.context["messages"]] == [f"The invitation goes to {person.email}."]
    assert "Invited to the staff." in boss.get(f"/admin/accounts/user/{person.pk}/history/").text


def test_the_invited_signs_in_by_code_and_is_led_to_the_second_step(mailed_code):
    staff_client().post(INVITE, {**NEW, "roles": [roles.CAREERS_STAFF]})
    (letter,) = invitations("new.colleague@example.org")
    link = re.search(r"http://localhost:8000(\S+login/code\S+)", letter.text)[1]
    client = Client()

    assert client.get(link).status_code == 200
    asked = client.post(link, {"email": letter.to})
    signed_in = client.post(asked["Location"], {"code": mailed_code("login_code"), "next": "/admin/"}, follow=True)

    assert [address for address, _ in signed_in.redirect_chain] == ["/admin/", "/accounts/2fa/"]
    assert "The staff pages need a second step" in signed_in.text
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("role", [name for name in roles.ROLES if name != roles.ADMINISTRATOR])
def test_others_invite_nobody(role):
    client = staff_client(role)

    assert client.get(INVITE).status_code == 403
    assert client.post(INVITE, {**NEW, "roles": [role]}).status_code == 403
    assert INVITE not in client.get("/admin/").text
    with pytest.raises(NotAllowed):
        invite_to_staff("new@example.org", by=client.user, roles=[role])
    assert not User.objects.filter(email__startswith="new").exists()


def test_nobody_becomes_staff_without_a_role_or_with_an_invented_one():
    boss = staff_client()

    for chosen in ([], ["Everything"]):
        refused = boss.post(INVITE, {**NEW, "roles": chosen})
        assert (refused.status_code, "New.Colleague@Example.org" in refused.text) == (422, True)
        with pytest.raises(NotAllowed):
            invite_to_staff("new@example.org", by=boss.user, roles=chosen)
    assert User.objects.count() == 1
    assert not OutgoingEmail.objects.exists()


def test_who_has_an_account_keeps_name_and_password_and_becomes_staff():
    person = user("member@example.org")

    invite_to_staff("member@example.org", by=staff_user(), roles=[roles.JOURNAL_EDITOR], first_name="Another")

    person = User.objects.get(pk=person.pk)
    assert (person.first_name, person.is_staff, person.has_usable_password()) == ("Amara", True, True)
    assert groups(person) == {roles.JOURNAL_EDITOR}


def test_what_somebody_else_chose_for_an_unconfirmed_account_opens_nothing():
    stranger = user("colleague@example.org", verified=False)

    invite_to_staff("colleague@example.org", by=staff_user(), roles=[roles.FINANCE])

    assert not User.objects.get(pk=stranger.pk).has_usable_password()


@pytest.mark.parametrize(
    ("fields", "why"), [({"is_staff": True}, "on the staff already"), ({"is_active": False}, "closed")]
)
def test_staff_and_closed_accounts_are_not_invited(fields, why):
    person = user("member@example.org", **fields)
    boss = staff_client()

    refused = boss.post(INVITE, {"email": person.email, "roles": [roles.FINANCE]})

    assert (refused.status_code, why in refused.text) == (422, True)
    assert (groups(person), invitations(person.email)) == (set(), [])


def test_the_letter_goes_once_more_to_the_corrected_address_until_they_come():
    boss = staff_client()
    boss.post(INVITE, {"email": "wrong@example.org", "roles": [roles.CAREERS_STAFF]})
    person = User.objects.get(email="wrong@example.org")
    change, again = (f"/admin/accounts/user/{person.pk}/{page}/" for page in ("change", "invite-again"))
    page = boss.get(change)
    assert f'name="_then" value="{again}"' in page.text
    role = person.groups.get().pk

    asks = boss.post(
        change, {"email": "right@example.org", "is_active": "on", "is_staff": "on", "groups": [role], "_then": again}
    )
    assert asks["Location"] == again
    boss.post(again)

    assert len(invitations("right@example.org")) == 1
    assert staff_client(roles.MEMBERSHIP_STAFF).post(again).status_code == 403
    User.objects.filter(pk=person.pk).update(last_login=person.date_joined)
    assert again not in boss.get(change).text
    with pytest.raises(NotAllowed):
        write_invitation(user(), by=boss.user)


def test_roles_are_boxes_and_no_form_offers_single_permissions():
    person = user()

    for client in (staff_client(), staff_client(roles.ADMINISTRATOR)):
        form = client.get(f"/admin/accounts/user/{person.pk}/change/").text
        assert form.count('type="checkbox" name="groups"') == len(roles.ROLES)
        assert "Records payments, refunds and orders" in form
        assert "user_permissions" not in form
    assert (
        'name="groups"'
        not in staff_client(roles.MEMBERSHIP_STAFF).get(f"/admin/accounts/user/{person.pk}/change/").text
    )
