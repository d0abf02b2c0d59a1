"""An organization whose only owner is gone gets a new one: told to the team, after days, and not against it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aapm_site.core.background.due import run_due
from aapm_site.core.roles import CAREERS_STAFF, FINANCE
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.choices import MemberRole
from careers.domain import employers, owner_recoveries
from careers.models import EmployerMember, OwnerRecovery
from tests.factories import staff_client, staff_user, user
from tests.racing import at_once

from .factories import make_employer

pytestmark = pytest.mark.django_db
OWNER, POSTER = "gone@harborlane.example", "poster@gmail.com"
TYPED = {"reason": "She retired.", "evidence": "A letter from the hospital."}


@pytest.fixture
def employer():
    return staffed()


def staffed():
    made = make_employer()
    for address, role in ((OWNER, MemberRole.OWNER), (POSTER, MemberRole.POSTER)):
        EmployerMember.objects.create(employer=made, user=user(address), role=role)
    return made


def begin(employer, to: str = POSTER, by=None) -> OwnerRecovery:
    return owner_recoveries.open_owner_recovery(employer, to=to, **TYPED, by=by or staff_user(CAREERS_STAFF))


def over(recovery: OwnerRecovery) -> OwnerRecovery:
    OwnerRecovery.objects.update(due_at=timezone.now() - timedelta(hours=1))
    return recovery


def owners(employer) -> set[str]:
    return set(employer.members.filter(role=MemberRole.OWNER).values_list("user__email", flat=True))


def told(address: str) -> list[str]:
    found = OutgoingEmail.objects.filter(to=address, template__startswith="careers/owner_").order_by("pk")
    return [email.template.removeprefix("careers/owner_") for email in found]


def test_from_the_letter_to_the_new_owner(employer):
    staff = staff_client(CAREERS_STAFF)
    page = f"/admin/careers/employer/{employer.pk}/name-owner/"
    assert "link to object" in staff.get(page).text
    assert staff.post(page, {"to": POSTER}).status_code == 422
    assert staff.post(page, {"to": POSTER.upper(), **TYPED}).status_code == 302
    recovery = OwnerRecovery.objects.get()
    assert (recovery.due_at - recovery.opened_at, recovery.opened_by) == (timedelta(hours=72), staff.user)
    assert [told(address) for address in (OWNER, POSTER)] == [["asked"], ["asked"]]
    run_due(timezone.now())
    assert owners(employer) == {OWNER}

    over(recovery)
    run_due(timezone.now())
    run_due(timezone.now())

    assert owners(employer) == {OWNER, POSTER}
    assert [told(address) for address in (OWNER, POSTER)] == [["asked", "named"], ["asked", "named"]]
    assert staff_client(FINANCE).get(page).status_code == 403


def test_somebody_of_the_team_objects(employer):
    recovery = over(begin(employer))
    text = OutgoingEmail.objects.get(to=OWNER, template="careers/owner_asked").text
    link = next(line[line.index("/career-center/") :] for line in text.splitlines() if "/owner/" in line)
    visitor = Client()

    assert "Do you object?" in visitor.get(link).text
    assert OwnerRecovery.objects.get().is_open
    assert "stays as it is" in visitor.post(link).text
    run_due(timezone.now())

    assert owners(employer) == {OWNER}
    assert (OwnerRecovery.objects.get().why_ended, told(OWNER)) == (owner_recoveries.OBJECTED, ["asked", "stopped"])
    with pytest.raises(NotAllowed):
        owner_recoveries.stop_owner_recovery(recovery, why="Again", by=None)
    assert visitor.get("/career-center/employers/owner/forged/").status_code == 404


@pytest.mark.parametrize(
    ("to", "made", "words"),
    [
        ("new@harborlane.example", {}, ""),
        ("new@harborlane.example", {"verified": False}, "confirmed"),
        ("new@harborlane.example", {"is_staff": True}, "staff"),
        ("new@harborlane.example", {"is_active": False}, "confirmed"),
        ("new@elsewhere.example", {}, "no domain"),
        ("new@gmail.com", {}, "no domain"),
        ("new@evil.harborlane.example", {}, "no domain"),
        (OWNER, None, "already"),
        ("nobody@harborlane.example", None, "confirmed"),
    ],
)
def test_who_may_be_named(employer, to, made, words):
    if made is not None:
        user(to, **made)
    if not words:
        assert begin(employer, to).new_owner.email == to
        return
    with pytest.raises(NotAllowed, match=words):
        begin(employer, to)


def test_a_website_counts_once_staff_know_the_organization(employer):
    EmployerMember.objects.filter(user__email=OWNER).delete()
    user("new@harbor.example")
    employer.website, employer.verified = "https://www.harbor.example/about", False
    employer.save()
    with pytest.raises(NotAllowed, match="no domain"):
        begin(employer, "new@harbor.example")
    employer.verified = True
    employer.save()
    assert begin(employer, "new@harbor.example")


def test_one_at_a_time_and_stopped_by_staff_with_a_reason(employer):
    recovery = begin(employer)
    with pytest.raises(NotAllowed, match="named already"):
        begin(employer)
    staff = staff_client(CAREERS_STAFF)
    stop = f"/admin/careers/ownerrecovery/{recovery.pk}/stop/"
    assert staff.post(stop, {"why": ""}).status_code == 422
    staff.post(stop, {"why": "The owner called."})
    assert OwnerRecovery.objects.get().why_ended == "The owner called."


def test_who_has_become_staff_is_not_made_an_owner(employer):
    recovery = over(begin(employer))
    type(recovery.new_owner).objects.filter(email=POSTER).update(is_staff=True)
    run_due(timezone.now())
    assert (owners(employer), OwnerRecovery.objects.get().outcome) == ({OWNER}, "stopped")


def test_a_closed_organization_gets_no_new_owner(employer):
    recovery = over(begin(employer))
    employers.close_employer(employer)
    run_due(timezone.now())
    assert (owners(employer), OwnerRecovery.objects.get().outcome) == ({OWNER}, "stopped")
    assert recovery.pk == OwnerRecovery.objects.get().pk
    with pytest.raises(NotAllowed, match="Open it again first."):
        begin(employer)


@pytest.mark.parametrize("trial", range(3))
def test_an_objection_and_the_day_at_once_are_one_of_them(transactional_db, trial):
    employer = staffed()
    recovery = over(begin(employer, by=staff_user(email="a@aapm.example")))

    at_once(
        lambda: owner_recoveries.stop_owner_recovery(recovery, why="No", by=None),
        lambda: owner_recoveries.carry_out_owner_recovery(str(recovery.pk)),
    )

    outcome = OwnerRecovery.objects.get().outcome
    assert owners(employer) == {"stopped": {OWNER}, "done": {OWNER, POSTER}}[outcome]
    assert told(OWNER) == ["asked", {"stopped": "stopped", "done": "named"}[outcome]]
