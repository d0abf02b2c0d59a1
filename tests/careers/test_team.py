"""A team: invitations by address, roles, and always an owner."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.choices import EmployerKind, MemberRole
from careers.domain import employers
from careers.models import Employer, EmployerInvitation, EmployerMember

from .factories import make_employer, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


def team_url(employer) -> str:
    return reverse("careers:employer-team", args=[employer.public_id])


def answer(client, invitation, word: str):
    return client.post(reverse("careers:invitation-answer", args=[invitation.public_id]), {"answer": word})


def test_an_invited_address_says_yes_after_signing_in(client, employer, owner):
    client.post(team_url(employer), {"email": "New@example.org", "role": "poster"})
    invitation = EmployerInvitation.objects.get()
    assert OutgoingEmail.objects.get().to == "New@example.org"

    colleague = make_user("new@example.org")
    client.force_login(colleague)
    assert "invites you to its team" in client.get(reverse("careers:employer-home")).content.decode()
    answer(client, invitation, "yes")

    assert EmployerMember.objects.get(user=colleague).role == MemberRole.POSTER
    assert EmployerInvitation.objects.count() == 0


def test_the_link_in_a_strangers_hands_opens_nothing(client, employer, owner):
    invitation = employers.invite_member(employer, by=owner, email="new@example.org", role="owner")
    for user in (make_user("other@example.org"), make_user("new@example.org", confirmed=False)):
        client.force_login(user)
        assert answer(client, invitation, "yes").status_code in {302, 404}
    assert employer.members.count() == 1


def test_no_ends_the_invitation(client, employer, owner):
    invitation = employers.invite_member(employer, by=owner, email="new@example.org", role="poster")
    client.force_login(make_user("new@example.org"))
    answer(client, invitation, "no")
    assert (EmployerInvitation.objects.count(), employer.members.count()) == (0, 1)


def test_who_is_there_already_is_not_invited(client, employer, owner):
    employers.invite_member(employer, by=owner, email="new@example.org", role="poster")
    for email in (owner.email.upper(), "NEW@example.org"):
        with pytest.raises(NotAllowed, match="already"):
            employers.invite_member(employer, by=owner, email=email, role="poster")
    response = client.post(team_url(employer), {"email": owner.email, "role": "poster"})
    assert response.status_code == 422


def test_invitations_are_not_a_way_to_flood_mailboxes(client, employer, owner):
    url = team_url(employer)
    answers = [client.post(url, {"email": "new@example.org", "role": "poster"}).status_code for _ in range(31)]
    assert (answers[0], answers[1], answers[-1]) == (302, 422, 429)
    assert OutgoingEmail.objects.count() == 1


def test_a_team_has_an_end(employer, owner, monkeypatch):
    monkeypatch.setattr(employers, "MOST_PEOPLE", 2)
    employers.invite_member(employer, by=owner, email="one@example.org", role="poster")
    with pytest.raises(NotAllowed, match="at most 2"):
        employers.invite_member(employer, by=owner, email="two@example.org", role="poster")


@pytest.mark.parametrize("role", ["poster", "viewer"])
def test_only_owners_invite_and_change_roles(client, employer, owner, role):
    client.force_login(make_member(employer, role))
    other = make_member(employer, "viewer")
    member = employer.members.get(user=other)

    assert client.post(team_url(employer), {"email": "x@example.org", "role": "owner"}).status_code == 404
    change = reverse("careers:member-role", args=[employer.public_id, member.pk])
    assert client.post(change, {"role": "owner"}).status_code == 404
    remove = reverse("careers:member-remove", args=[employer.public_id, member.pk])
    assert client.post(remove).status_code == 404

    assert EmployerInvitation.objects.count() == 0
    assert sorted(employer.members.values_list("role", flat=True)) == sorted(["owner", role, "viewer"])


def test_nobody_makes_oneself_owner(client, employer, owner):
    poster = make_member(employer, "poster")
    client.force_login(poster)
    member = employer.members.get(user=poster)
    client.post(reverse("careers:member-role", args=[employer.public_id, member.pk]), {"role": "owner"})
    member.refresh_from_db()
    assert member.role == "poster"


def test_one_may_leave_but_the_last_owner_stays(client, employer, owner):
    viewer = make_member(employer, "viewer")
    for user, left in ((viewer, True), (owner, False)):
        client.force_login(user)
        member = employer.members.get(user=user)
        url = reverse("careers:member-remove", args=[employer.public_id, member.pk])
        assert client.get(url).status_code == 200
        client.post(url)
        assert EmployerMember.objects.filter(pk=member.pk).exists() is not left


def test_the_last_owner_keeps_the_role(client, employer, owner):
    member = employer.members.get()
    client.post(reverse("careers:member-role", args=[employer.public_id, member.pk]), {"role": "viewer"})
    member.refresh_from_db()
    assert member.role == "owner"


def test_an_owner_changes_a_role_takes_back_and_removes(client, employer, owner):
    colleague = employer.members.get(user=make_member(employer, "viewer"))
    client.post(reverse("careers:member-role", args=[employer.public_id, colleague.pk]), {"role": "poster"})
    colleague.refresh_from_db()
    assert colleague.role == "poster"

    invitation = employers.invite_member(employer, by=owner, email="new@example.org", role="poster")
    client.post(reverse("careers:invitation-cancel", args=[employer.public_id, invitation.public_id]))
    client.post(reverse("careers:member-remove", args=[employer.public_id, colleague.pk]))
    assert (EmployerInvitation.objects.count(), employer.members.count()) == (0, 1)


def test_a_person_of_another_team_is_not_found(client, employer, owner):
    other = make_employer("Another")
    member = other.members.get(user=make_member(other))
    assert client.post(reverse("careers:member-remove", args=[employer.public_id, member.pk])).status_code == 404
    assert other.members.count() == 1


def test_an_organization_that_nobody_looked_at_invites_a_few(employer, owner):
    for number in range(employers.MOST_UNKNOWN):
        employers.invite_member(employer, by=owner, email=f"{number}@example.org", role="poster")
    with pytest.raises(NotAllowed, match="Until we have looked at your organization, 5 invitations"):
        employers.invite_member(employer, by=owner, email="more@example.org", role="poster")
    employer.verified = True
    assert employers.invite_member(employer, by=owner, email="more@example.org", role="poster").pk


def test_an_answer_that_is_none_declines_nothing(client, employer, owner):
    guest = make_user()
    invitation = employers.invite_member(employer, by=owner, email=guest.email, role="poster")
    client.force_login(guest)
    answer(client, invitation, "perhaps")
    assert EmployerInvitation.objects.filter(pk=invitation.pk).exists()


def test_the_name_of_an_organization_holds_no_web_address(client, employer, owner):
    page = client.post(
        reverse("careers:employer-edit", args=[employer.public_id]),
        {"name": "Claim it at https://evil.example/", "kind": employer.kind},
    )
    assert (page.status_code, "Please leave out web addresses here." in page.text) == (422, True)


def invited(employer, by, email="new@example.org") -> OutgoingEmail:
    employers.invite_member(employer, by=by, email=email, role="poster")
    return OutgoingEmail.objects.get(to=email)


HOSTILE = "Your account is suspended"


@pytest.mark.parametrize("verified", [True, False])
def test_an_invitation_names_a_confirmed_address_and_a_verified_organization(verified):
    employer = make_employer(name=HOSTILE, verified=verified)
    owner = make_user("owner@harborlane.example", first_name="Call us", last_name="at once")
    letter = invited(employer, owner)
    words = letter.subject + letter.text + letter.html
    assert "Somebody with the address owner@harborlane.example asks you to join" in letter.text
    assert (HOSTILE in words, "Call us" in words, letter.state) == (verified, False, "queued")


def test_an_invitation_of_somebody_without_a_confirmed_address_names_nobody():
    owner = make_user("owner@harborlane.example", confirmed=False)
    letter = invited(make_employer(name=HOSTILE, verified=True), owner)
    words = letter.subject + letter.text + letter.html
    assert "You are asked to join an employer's team in the AAPM Career Center, as poster." in letter.text
    assert (HOSTILE in words, "owner@" in words) == (False, False)


def test_an_organization_that_is_registered_twice_by_two_presses_is_one():
    user = make_user()
    first, second = (
        employers.register_employer(by=user, name=name, kind=EmployerKind.PRIVATE_PRACTICE)
        for name in ("Cedar Fork", "cedar fork")
    )
    assert first == second
    assert Employer.objects.count() == 1
    Employer.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert employers.register_employer(by=user, name="Cedar Fork", kind=EmployerKind.PRIVATE_PRACTICE) != first
    assert (
        employers.register_employer(by=make_user(), name="Cedar Fork", kind=EmployerKind.PRIVATE_PRACTICE).slug
        == "cedar-fork-3"
    )
