"""Somebody who lost mailbox and factor gets back in: by two of the staff, after days, and not against the owner."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from aapm_site.accounts.domain import recoveries
from aapm_site.accounts.models import AccountRecovery, RecoveryOutcome, User
from aapm_site.core.background.due import run_due
from aapm_site.core.models import Hold
from aapm_site.core.roles import ADMINISTRATOR, FINANCE, MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests.factories import client_of, second_factor, staff_client, staff_user, user
from tests.racing import at_once

pytestmark = pytest.mark.django_db

OLD, NEW = "lost@people.example", "found@people.example"
TYPED = {"to": "Found@people.example", "reason": "She called.", "evidence": "Her passport, on a video call."}


@pytest.fixture
def person():
    return user(OLD)


@pytest.fixture
def clerk():
    return staff_user(MEMBERSHIP_STAFF, email="clerk@aapm.example", last_login=timezone.now())


@pytest.fixture
def colleague():
    return staff_user(MEMBERSHIP_STAFF, email="colleague@aapm.example", last_login=timezone.now())


def begin(person: User, by: User, **more: str) -> AccountRecovery:
    return recoveries.open_recovery(person, **TYPED | more, by=by)


def ready(person: User, clerk: User, colleague: User) -> AccountRecovery:
    """Confirmed, approved, and its days are over."""
    recovery = begin(person, clerk)
    recoveries.confirm_recovery(recovery)
    recoveries.approve_recovery(recovery, by=colleague)
    now = timezone.now()
    AccountRecovery.objects.update(opened_at=now - timedelta(hours=73), due_at=now - timedelta(hours=1))
    return again(recovery)


def again(row):
    return type(row).objects.get(pk=row.pk)


def told(address: str) -> list[str]:
    found = OutgoingEmail.objects.filter(to=address).order_by("pk").values_list("template", flat=True)
    return [template.removeprefix("accounts/") for template in found]


def path_in(address: str, template: str) -> str:
    text = OutgoingEmail.objects.get(to=address, template=f"accounts/{template}").text
    return next(line[line.index("/account/") :] for line in text.splitlines() if "/account/recovery/" in line)


def test_a_recovery_from_the_call_to_the_sign_in(person, mailed_code):
    second_factor(person)
    browser = client_of(person)
    clerk, colleague = staff_client(MEMBERSHIP_STAFF), staff_client(MEMBERSHIP_STAFF)
    page = f"/admin/accounts/user/{person.pk}/recover/"
    assert "gets the new address" in clerk.get(page).text
    assert clerk.post(page, TYPED | {"evidence": ""}).status_code == 422
    assert clerk.post(page, TYPED).status_code == 302
    recovery = AccountRecovery.objects.get()
    assert recovery.due_at - recovery.opened_at == timedelta(hours=72)
    assert (told(OLD), told(NEW)) == (["recovery_asked"], ["recovery_confirm"])
    assert TYPED["evidence"] not in "".join(OutgoingEmail.objects.values_list("text", flat=True))

    link, visitor = path_in(NEW, "recovery_confirm"), Client()
    visitor.get(link)
    assert again(recovery).confirmed_at is None  # a scanner that follows links confirms nothing
    assert "is confirmed" in visitor.post(link).text
    approve = f"/admin/accounts/accountrecovery/{recovery.pk}/approve/"
    assert "Somebody else has to approve" in clerk.post(approve, follow=True).text
    above = approve.replace("approve/", "change/")
    assert (approve in clerk.get(above).text, approve in colleague.get(above).text) == (False, True)
    colleague.post(approve)
    assert again(recovery).approved_by == colleague.user
    run_due(timezone.now())
    assert (again(person).email, browser.get("/account/").status_code) == (OLD, 200)

    AccountRecovery.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    run_due(timezone.now())

    moved = again(person)
    assert (moved.email, moved.has_usable_password(), browser.get("/account/").status_code) == (NEW, False, 302)
    assert not Authenticator.objects.filter(user=person).exists()
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [(NEW, True)]
    assert (again(recovery).outcome, told(OLD)[-1], told(NEW)[-1]) == ("done", "recovery_done", "recovery_welcome")
    visitor.post("/accounts/login/code/", {"email": NEW})
    visitor.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})
    assert visitor.get("/account/").status_code == 200


def test_the_owner_stops_it_without_signing_in(person, clerk, colleague):
    recovery = ready(person, clerk, colleague)
    link, visitor = path_in(OLD, "recovery_asked"), Client()

    assert "Stop the recovery?" in visitor.get(link).text
    assert again(recovery).is_open
    assert "stays as it is" in visitor.post(link).text
    run_due(timezone.now())

    stopped = again(recovery)
    assert (stopped.outcome, stopped.ended_by, stopped.why_ended) == ("stopped", None, recoveries.BY_THE_PERSON)
    assert (again(person).email, told(OLD)) == (OLD, ["recovery_asked", "recovery_stopped"])
    assert "stays as it is" in visitor.post(link).text  # once more does no harm
    assert visitor.post(path_in(NEW, "recovery_confirm")).status_code == 404


def test_every_other_confirmed_address_is_told(person, clerk):
    EmailAddress.objects.create(user=person, email="second@people.example", verified=True)
    EmailAddress.objects.create(user=person, email="typed@people.example", verified=False)
    begin(person, clerk)
    assert [told(f"{who}@people.example") for who in ("second", "typed")] == [["recovery_asked"], []]


@pytest.mark.parametrize("missing", ["confirmed_at", "approved_at", "day", "held"])
def test_nothing_happens_while_something_is_missing(person, clerk, colleague, missing):
    recovery = ready(person, clerk, colleague)
    if missing == "day":
        AccountRecovery.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    elif missing == "held":
        Hold.objects.create(work=recoveries.DUE_WORK, key=str(recovery.pk), by=clerk)
    else:
        AccountRecovery.objects.update(**{missing: None} | ({"approved_by": None} if missing == "approved_at" else {}))

    run_due(timezone.now())
    if missing != "held":
        recoveries.carry_out_recovery(str(recovery.pk))

    assert (again(person).email, again(recovery).is_open) == (OLD, True)


@pytest.mark.parametrize("what", ["moved", "taken", "closed"])
def test_what_has_changed_meanwhile_stops_it(person, clerk, colleague, what):
    recovery = ready(person, clerk, colleague)
    browser = client_of(person)
    match what:
        case "moved":
            User.objects.filter(pk=person.pk).update(email="own@people.example")
        case "taken":
            user(NEW)
        case "closed":
            User.objects.filter(pk=person.pk).update(is_active=False)

    run_due(timezone.now())

    assert (again(recovery).outcome, again(recovery).why_ended != "") == ("stopped", True)
    assert again(person).email == ("own@people.example" if what == "moved" else OLD)
    assert browser.get("/account/").status_code == (302 if what == "closed" else 200)


def test_who_may_not_ask(person, clerk):
    for refused, words in (
        (lambda: begin(clerk, clerk), "their own"),
        (lambda: begin(person, clerk, to=OLD), "has an account"),
        (lambda: begin(person, clerk, to=clerk.email), "has an account"),
        (lambda: begin(user(is_active=False), clerk), "closed"),
        (lambda: [begin(person, clerk), begin(person, clerk, to="x@y.example")], "Another recovery"),
    ):
        with pytest.raises(NotAllowed, match=words), transaction.atomic():
            refused()


def test_the_account_of_staff_needs_an_administrator(clerk, colleague):
    finance = staff_user(FINANCE, email=OLD, last_login=timezone.now())
    recovery = begin(finance, clerk)
    for nobody in (clerk, colleague, finance):
        with pytest.raises(NotAllowed):
            recoveries.approve_recovery(recovery, by=nobody)
    assert recoveries.approve_recovery(recovery, by=staff_user(ADMINISTRATOR)).approved_at


def test_the_account_of_a_superuser_needs_a_superuser(clerk):
    recovery = begin(staff_user(email=OLD, last_login=timezone.now()), clerk)
    with pytest.raises(NotAllowed, match="superuser"):
        recoveries.approve_recovery(recovery, by=staff_user(ADMINISTRATOR))
    assert recoveries.approve_recovery(recovery, by=staff_user()).approved_at


def test_the_database_refuses_what_the_procedure_forbids(person, clerk, colleague):
    recovery = begin(person, clerk)
    rows, now = AccountRecovery.objects.filter(pk=recovery.pk), timezone.now()
    for wrong in (
        {"approved_by": clerk, "approved_at": now},
        {"outcome": RecoveryOutcome.DONE},
        {"outcome": RecoveryOutcome.DONE, "ended_at": now + timedelta(days=9)},
        {"outcome": RecoveryOutcome.DONE, "ended_at": now, "confirmed_at": now, "approved_at": now},
        {"reason": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_staff_stop_it_with_a_reason(person, clerk):
    recovery = begin(person, clerk)
    staff = staff_client(MEMBERSHIP_STAFF)
    stop = f"/admin/accounts/accountrecovery/{recovery.pk}/stop/"
    assert staff.post(stop, {"why": ""}).status_code == 422
    staff.post(stop, {"why": "The caller was somebody else."})
    assert (again(recovery).ended_by, again(recovery).why_ended) == (staff.user, "The caller was somebody else.")
    assert staff_client(FINANCE).get(stop).status_code == 403


@pytest.mark.parametrize("trial", range(3))
def test_stopped_and_carried_out_at_once_is_one_of_them(transactional_db, trial):
    person = user(OLD)
    clerk, colleague = (staff_user(email=f"{name}@aapm.example", last_login=timezone.now()) for name in ("a", "b"))
    recovery = ready(person, clerk, colleague)

    at_once(
        lambda: recoveries.stop_recovery(recovery, why="Mine", by=None),
        lambda: recoveries.carry_out_recovery(str(recovery.pk)),
    )

    outcome = again(recovery).outcome
    assert again(person).email == {"stopped": OLD, "done": NEW}[outcome]
    last = {"stopped": "recovery_stopped", "done": "recovery_done"}[outcome]
    assert told(OLD) == ["recovery_asked", last]
