"""Staff look after people within their own rights, and every right given leaves a row."""

import pghistory
import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group

from aapm_site.accounts import demo
from aapm_site.accounts.models import Place, User
from aapm_site.core.demo import PASSWORD, SIGN_INS
from aapm_site.core.roles import ADMINISTRATOR, CAREERS_STAFF, MEMBERSHIP_STAFF
from tests.factories import staff_client, staff_user, user

pytestmark = pytest.mark.django_db


def form(person: User, **changes: object) -> dict[str, object]:
    fields = ("email", "first_name", "last_name", "degrees", "orcid")
    shown = {name: getattr(person, name) for name in fields}
    return {**shown, "is_active": "on", **changes}


def change(client, person: User, **changes: object) -> User:
    client.post(f"/admin/accounts/user/{person.pk}/change/", form(person, **changes))
    return User.objects.get(pk=person.pk)


def test_a_new_person_signs_in_by_code(client, mailed_code):
    staff = staff_client(MEMBERSHIP_STAFF)

    staff.post(
        "/admin/accounts/user/add/",
        {"email": "New@Example.org", "first_name": "New", "last_name": "One", "is_active": "on"},
    )

    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    client.post("/accounts/login/code/", {"email": "new@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})
    assert client.get("/account/").status_code == 200
    assert EmailAddress.objects.get(user=person).verified


def test_an_address_changed_by_staff_has_to_be_confirmed():
    person = change(staff_client(), user("old@example.org"), email="New@example.org")

    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [
        ("new@example.org", False)
    ]


def test_membership_staff_give_no_rights():
    group = Group.objects.get(name=ADMINISTRATOR)

    person = change(
        staff_client(MEMBERSHIP_STAFF), user(), first_name="Changed", is_staff="on", is_superuser="on", groups=group.pk
    )

    assert (person.first_name, person.is_staff, person.is_superuser, person.groups.count()) == (
        "Changed",
        False,
        False,
        0,
    )


def test_an_administrator_gives_roles_but_not_everything():
    group = Group.objects.get(name=CAREERS_STAFF)

    person = change(staff_client(ADMINISTRATOR), user(), is_staff="on", is_superuser="on", groups=group.pk)

    assert (person.is_staff, person.is_superuser, list(person.groups.all())) == (True, False, [group])


def test_nobody_gives_rights_to_themselves():
    client = staff_client(MEMBERSHIP_STAFF, person=staff_user(MEMBERSHIP_STAFF))
    client.user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    more = Group.objects.get(name=CAREERS_STAFF)

    person = change(client, client.user, groups=[group.pk for group in [*client.user.groups.all(), more]])

    assert more not in person.groups.all()


@pytest.mark.parametrize("role", [MEMBERSHIP_STAFF, ADMINISTRATOR])
def test_a_superuser_is_changed_by_superusers_only(role):
    person = change(
        staff_client(role), staff_user(email="boss@example.org"), email="mine@example.org", is_active="", is_staff=""
    )

    assert (person.email, person.is_active, person.is_staff, person.is_superuser) == (
        "boss@example.org",
        True,
        True,
        True,
    )


def test_careers_staff_see_people_and_change_none():
    person = user()
    client = staff_client(CAREERS_STAFF)

    assert client.get(f"/admin/accounts/user/{person.pk}/change/").status_code == 200
    assert client.post(f"/admin/accounts/user/{person.pk}/change/", form(person, first_name="X")).status_code == 403


def test_nobody_is_deleted_in_the_admin():
    person = user()

    assert staff_client().post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_address_in_use_is_said_once_and_at_its_field():
    taken = user("amara@example.org")

    page = staff_client(MEMBERSHIP_STAFF).post("/admin/accounts/user/add/", {"email": "Amara@Example.org"})

    assert page.context["adminform"].form.errors == {
        "email": ["Somebody has an account with this e-mail address already."]
    }
    link = '<a href="#id_email">E-mail: Somebody has an account with this e-mail address already.</a>'
    assert ("One thing needs your attention" in page.text, link in page.text) == (True, True)
    assert "Please correct the error" not in page.text
    assert list(User.objects.filter(email__iexact=taken.email)) == [taken]


def test_the_staffs_pages_open():
    client = staff_client()
    person = user()

    for path in (
        "user/", "user/?q=amara", "user/add/", f"user/{person.pk}/change/", f"user/{person.pk}/history/",
        "place/", "place/add/", "profession/", "specialty/add/",
    ):  # fmt: skip
        assert client.get(f"/admin/accounts/{path}").status_code == 200, path


def test_rights_leave_rows_whatever_changes_them():
    person = user()
    group = Group.objects.first()

    User.objects.filter(pk=person.pk).update(is_staff=True)
    User.objects.filter(pk=person.pk).update(first_name="No row for this")
    person.groups.add(group)
    person.groups.remove(group)

    user_events = pghistory.models.Events.objects.tracks(person).order_by("pgh_id")
    assert [event.pgh_data["is_staff"] for event in user_events] == [False, True]
    group_events = apps.get_model("accounts", "UserGroupEvent").objects.filter(user=person).order_by("pgh_id")
    assert [event.pgh_label for event in group_events] == ["group.add", "group.remove"]


def test_the_demo_loads_twice_and_changes_nothing_the_second_time(client):
    said: list[str] = []
    demo.load(said.append)
    User.objects.filter(email="member@demo.example").update(first_name="Renamed")
    demo.load(said.append)

    assert User.objects.count() == EmailAddress.objects.filter(verified=True).count() == len(SIGN_INS)
    assert (Place.objects.count(), said[1]) == (116, f"People: {len(SIGN_INS)} sign-ins.")
    assert User.objects.get(email="member@demo.example").first_name == "Renamed"
    answer = client.post("/accounts/login/", {"login": "staff@demo.example", "password": PASSWORD})
    assert answer["Location"] == "/account/"
    assert User.objects.get(email="staff@demo.example").is_superuser
