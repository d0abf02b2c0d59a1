"""Staff and the teams of employers: nobody of the staff is put on one, and its owners hear what staff change."""

import pytest
from django.test import Client
from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.choices import MemberRole
from careers.domain import employers
from careers.models import Employer, EmployerInvitation, EmployerMember
from tests.careers.factories import make_employer, make_job, make_member, make_user
from tests.factories import client_of, staff_client, staff_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer):
    return make_member(employer, email="owner@example.org")


@pytest.fixture
def staff():
    return staff_client(CAREERS_STAFF)


def save(client: Client, employer: Employer, *new: tuple[User, str], **places: dict[str, str]):
    return send(client, employer, filled_in(employer, *new, **places))


def send(client: Client, employer: Employer, data: dict[str, object]):
    return client.post(reverse("admin:careers_employer_change", args=[employer.pk]), data)


def filled_in(employer: Employer, *new: tuple[User, str], **places: dict[str, str]) -> dict[str, object]:
    """The employer's page: its places as they are, but for what is said of them, and new ones."""
    data = {name: getattr(employer, name) for name in ("name", "slug", "kind", "website", "about")}
    kept = list(employer.members.order_by("joined_at", "pk"))
    rows = [{"id": member.pk, "user": member.user_id, "role": member.role} for member in kept]
    for row in rows:
        row |= places.get(f"place{row['id']}", {})
    rows += [{"id": "", "user": user.pk, "role": role} for user, role in new]
    data |= {"members-TOTAL_FORMS": len(rows), "members-INITIAL_FORMS": len(kept)}
    data |= {"invitations-TOTAL_FORMS": 0, "invitations-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"members-{number}-{name}": value for name, value in row.items()}
        data[f"members-{number}-employer"] = employer.pk
    return data


def place(user: User) -> EmployerMember:
    return EmployerMember.objects.get(user=user)


def test_staff_do_not_make_themselves_an_owner(employer, owner, staff):
    answer = save(staff, employer, (staff.user, MemberRole.OWNER))

    assert "staff are not put on a team" in answer.content.decode()
    assert [member.user for member in employer.members.all()] == [owner]
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("role", MemberRole.values)
def test_nor_do_they_put_a_colleague_on_a_team(employer, owner, staff, role):
    save(staff, employer, (staff_user("Content editor"), role))

    assert employer.members.count() == 1


def test_nor_give_a_place_to_staff_or_more_of_it(employer, owner, staff):
    colleague = staff_user("Content editor")
    EmployerMember.objects.create(employer=employer, user=colleague, role=MemberRole.VIEWER)

    more = save(staff, employer, **{f"place{place(colleague).pk}": {"role": MemberRole.OWNER}})
    given = save(staff, employer, **{f"place{place(owner).pk}": {"user": str(staff.user.pk)}})

    assert (more.status_code, given.status_code) == (200, 200)
    assert place(colleague).role == MemberRole.VIEWER
    assert place(owner).role == MemberRole.OWNER


def test_a_new_employer_of_ones_own_is_refused_too(staff):
    data = {"name": "Mine", "slug": "mine", "kind": "hospital", "website": "", "about": ""}
    data |= {"members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0, "members-0-user": staff.user.pk}
    data |= {"members-0-role": "owner", "invitations-TOTAL_FORMS": 0, "invitations-INITIAL_FORMS": 0}

    staff.post(reverse("admin:careers_employer_add"), data)

    assert not Employer.objects.filter(name="Mine").exists()


def test_the_owners_hear_of_a_new_place(employer, owner, staff):
    make_member(employer, MemberRole.POSTER, email="poster@example.org")
    ben = make_user("ben@example.org", first_name="Ben", last_name="Sato")

    assert save(staff, employer, (ben, MemberRole.POSTER)).status_code == 302

    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.template, mail.user) == ("owner@example.org", "careers/team_changed", owner)
    assert f"- New: Ben Sato, poster of {employer.name}." in mail.text


def test_an_owner_who_is_taken_off_hears_it_and_the_owner_who_stays_as_well(employer, owner, staff):
    make_member(employer, email="second@example.org")
    ada = make_user("ada@example.org", first_name="Ada", last_name="Byron")

    save(staff, employer, (ada, MemberRole.VIEWER), **{f"place{place(owner).pk}": {"DELETE": "on"}})

    assert {member.user.email for member in employer.members.all()} == {"second@example.org", "ada@example.org"}
    assert set(OutgoingEmail.objects.values_list("to", flat=True)) == {"owner@example.org", "second@example.org"}
    text = OutgoingEmail.objects.get(to="owner@example.org").text
    assert "- New: Ada Byron, viewer" in text
    assert "- Removed: " in text


def test_no_owner_from_one_moment_to_the_next(employer, owner, staff):
    """Neither a new place, nor more of a place, nor an owner's place for another; nor after the team was emptied."""
    poster = make_member(employer, MemberRole.POSTER, email="poster@example.org")
    ada = make_user("ada@example.org")
    for answer in (
        save(staff, employer, (ada, MemberRole.OWNER)),
        save(staff, employer, **{f"place{place(poster).pk}": {"role": MemberRole.OWNER}}),
        save(staff, employer, **{f"place{place(owner).pk}": {"user": str(ada.pk)}}),
    ):
        assert "A team names its owners itself." in answer.content.decode()
    make_job(employer=employer)
    employer.members.all().delete()

    assert save(staff, employer, (ada, MemberRole.OWNER)).status_code == 200

    assert not employer.members.exists()


def test_an_organization_without_people_and_positions_gets_its_first_owner(employer, staff):
    assert save(staff, employer, (make_user("ada@example.org"), MemberRole.OWNER)).status_code == 302
    assert employer.members.get().role == MemberRole.OWNER


def test_nobody_takes_a_team_its_last_owner_and_names_another_then(employer, owner, staff):
    """Neither by the place nor by the role; an organization without people would take any owner at once."""
    for last in ({"DELETE": "on"}, {"role": MemberRole.VIEWER}):
        answer = save(staff, employer, **{f"place{place(owner).pk}": last})
        assert "A team needs an owner." in answer.content.decode()

    assert employer.members.get().role == MemberRole.OWNER
    assert not OutgoingEmail.objects.exists()


def test_the_last_owner_who_is_shown_may_go_when_another_came_meanwhile(employer, owner, staff):
    data = filled_in(employer, **{f"place{place(owner).pk}": {"DELETE": "on"}})
    ada = make_member(employer, email="ada@example.org")

    assert send(staff, employer, data).status_code == 302
    assert [member.user for member in employer.members.all()] == [ada]


@pytest.mark.parametrize("role", MemberRole.values)
def test_a_closed_organization_gets_nobody_here(employer, staff, role):
    employers.close_employer(employer)

    answer = save(staff, employer, (make_user("ada@example.org"), role))

    assert "This organization is closed. Open it again first." in answer.content.decode()
    assert not employer.members.exists()


# The first owner, by an invitation ------------------------------------------------------------------------------------
def invite(client: Client, employer: Employer, email: str):
    address = reverse("admin:careers_employer_invite_owner", args=[employer.pk])
    return client.post(address, {"email": email, "reason": "The office of the clinic called."}, follow=True)


def accept(person: User):
    address = reverse("careers:invitation-answer", args=[EmployerInvitation.objects.get().public_id])
    return client_of(person).post(address, {"answer": "yes"}, follow=True)


def test_the_first_owner_is_invited_and_says_yes(employer, staff):
    page = staff.get(reverse("admin:careers_employer_change", args=[employer.pk])).text
    assert "Invite the first owner" in page

    told = invite(staff, employer, "Ada@Example.org").text

    assert "The first owner is invited, at ada@example.org: The office of the clinic called." in told
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.template) == ("ada@example.org", "careers/team_invitation")
    assert f"Somebody with the address {staff.user.email} asks you" in " ".join(mail.text.split())
    assert not employer.members.exists()
    assert "ada@example.org is invited already." in invite(staff, employer, "ben@example.org").text
    ada = make_user("ada@example.org")
    accept(ada)
    assert (place(ada).role, EmployerInvitation.objects.count()) == (MemberRole.OWNER, 0)
    page = staff.get(reverse("admin:careers_employer_change", args=[employer.pk])).text
    assert "Invite the first owner" not in page


def test_no_first_owner_for_a_team_nor_for_what_is_closed_nor_of_the_staff(employer, staff):
    assert "staff are not put on a team" in invite(staff, employer, staff.user.email).text
    poster = make_member(employer, MemberRole.POSTER, email="poster@example.org")
    assert "It has a team." in invite(staff, employer, "ada@example.org").text
    place(poster).delete()
    employers.close_employer(employer)
    assert "This organization is closed." in invite(staff, employer, "ada@example.org").text
    assert not EmployerInvitation.objects.exists()


def test_what_staff_offered_is_gone_once_there_is_a_team_and_for_who_became_staff(employer, staff):
    invite(staff, employer, "ada@example.org")
    ada = make_user("ada@example.org")
    with pytest.raises(NotAllowed, match="is staff here"):
        employers.accept_invitation(EmployerInvitation.objects.get(), by=User(email=ada.email, is_staff=True))
    make_member(employer, email="owner@example.org")

    assert "This organization has a team by now." in accept(ada).text

    assert employer.members.count() == 1


def test_an_owner_who_becomes_a_viewer_hears_it(employer, owner, staff):
    make_member(employer, email="second@example.org")

    save(staff, employer, **{f"place{place(owner).pk}": {"role": MemberRole.VIEWER}})

    assert place(owner).role == MemberRole.VIEWER
    assert set(OutgoingEmail.objects.values_list("to", flat=True)) == {"owner@example.org", "second@example.org"}


def test_a_save_that_leaves_the_team_alone_tells_nobody(employer, owner, staff):
    assert save(staff, employer).status_code == 302
    assert not OutgoingEmail.objects.exists()


def test_members_of_the_staff_may_still_be_taken_off(employer, owner, staff):
    colleague = staff_user("Content editor")
    EmployerMember.objects.create(employer=employer, user=colleague, role=MemberRole.OWNER)

    save(staff, employer, **{f"place{place(colleague).pk}": {"DELETE": "on"}})

    assert not employer.members.filter(user=colleague).exists()
