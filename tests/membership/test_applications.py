"""An application's life: every step and every refusal, its mails, its papers, and two who act at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import applications
from membership.models import Application, Membership, Term
from membership.rules import term_end
from membership.states import APPLICATION_LIFECYCLE, ApplicationStatus
from tests import factories
from tests.racing import at_once

from .factories import day, make_application, make_member, make_plan, make_user
from .test_join import filled

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("submitted", "info_asked"), ("submitted", "approved"), ("submitted", "declined"), ("submitted", "withdrawn"),
    ("info_asked", "submitted"), ("info_asked", "approved"), ("info_asked", "declined"), ("info_asked", "withdrawn"),
}  # fmt: skip
STEPS = {
    "info_asked": lambda application, by: applications.ask_for_information(application, by=by, reason="Which state?"),
    "submitted": lambda application, by: applications.answer_application(application, by=by, reason="Maine."),
    "approved": lambda application, by: applications.approve_application(application, by=by),
    "declined": lambda application, by: applications.decline_application(application, by=by, reason="Not yet."),
    "withdrawn": lambda application, by: applications.withdraw_application(application, by=by),
}
FIELDS = ("first_name", "last_name", "profession", "career_stage", "state_code", "workplace", "training")


def pdf(name: str = "license.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 sample", content_type="application/pdf")


def fields() -> dict:
    sample = make_application()
    return {name: getattr(sample, name) for name in FIELDS}


def mails() -> list[tuple[str, str]]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", "template"))


@pytest.mark.parametrize("start", ApplicationStatus.values)
@pytest.mark.parametrize("to", ApplicationStatus.values)
def test_every_step_of_the_lifecycle(start, to):
    decided = None if start in {"submitted", "info_asked"} else "2026-11-01T12:00:00Z"
    application = make_application(status=start, decided_at=decided)
    staff = make_user(is_staff=True)

    if (start, to) in ALLOWED:
        moved = STEPS[to](application, staff)
        change = moved.status_changes.get()
        assert (moved.status, change.from_status, change.to_status, change.by) == (to, start, to, staff)
        assert bool(moved.decided_at) is (to in {"approved", "declined", "withdrawn"})
    else:
        with pytest.raises(NotAllowed):
            STEPS[to](application, staff)
        assert Application.objects.get(pk=application.pk).status == start
        assert not application.status_changes.exists()


def test_the_lifecycle_names_every_status():
    assert set(APPLICATION_LIFECYCLE) == set(ApplicationStatus)


def test_submitting_stores_it_completes_the_account_and_writes_to_both(settings):
    user, plan, given = make_user(first_name="", last_name=""), make_plan(), fields()

    application = applications.submit_application(user, plan, papers=[pdf()], **given)

    user.refresh_from_db()
    assert application.status == "submitted"
    assert (user.first_name, user.last_name, user.profession) == ("Tomás", "Rivera", given["profession"])
    assert [paper.name for paper in application.papers.all()] == ["license.pdf"]
    assert mails() == [
        (user.email, "membership/application_received"),
        (settings.STAFF_EMAIL, "membership/application_submitted_staff"),
    ]


def test_what_the_account_knows_already_is_not_replaced():
    user = make_user(first_name="Eleanor", last_name="Vance")

    applications.submit_application(user, make_plan(), **fields())

    user.refresh_from_db()
    assert user.full_name == "Eleanor Vance"


def test_a_person_has_one_open_application():
    user, given = make_user(), fields()
    applications.submit_application(user, make_plan(), **given)

    with pytest.raises(NotAllowed, match="open application already"):
        applications.submit_application(user, make_plan(), **given)
    with pytest.raises(IntegrityError, match="membership_application_one_open"), transaction.atomic():
        make_application(user=user)
    assert Application.objects.filter(user=user).count() == 1


def test_sent_and_taken_back_over_and_over_it_waits_until_tomorrow_with_its_words():
    user, plan, given = make_user(), make_plan(), fields()
    for _ in range(applications.MOST_A_DAY):
        sent = applications.submit_application(user, plan, **given)
        applications.withdraw_application(sent, by=user)
    letters = OutgoingEmail.objects.count()

    answer = factories.client_of(user).post(f"/membership/join/{plan.slug}/", filled(last_name="Vance-Ocampo"))

    assert answer.status_code == 422
    assert "Please send this one tomorrow" in answer.text
    assert 'value="Vance-Ocampo"' in answer.text
    assert (Application.objects.open().filter(user=user).count(), OutgoingEmail.objects.count()) == (0, letters)


def test_a_closed_application_does_not_stand_in_the_way():
    user, given = make_user(), fields()
    first = applications.submit_application(user, make_plan(), **given)
    applications.decline_application(first, by=None, reason="Not yet.")

    assert applications.submit_application(user, make_plan(), **given).status == "submitted"


@pytest.mark.parametrize(("term", "why"), [((-10, 100), "member already"), ((-400, -10), "member already")])
def test_a_current_member_does_not_apply(term, why):
    with pytest.raises(NotAllowed, match=why):
        applications.submit_application(make_member(term), make_plan(), **fields())


def test_a_lapsed_member_may_apply_and_comes_back_under_the_same_number():
    user, plan = make_member((-800, -400)), make_plan(dues=0)
    number = user.membership.number

    applications.approve_application(applications.submit_application(user, plan, **fields()), by=None)

    membership = Membership.objects.get(user=user)
    assert membership.number == number
    assert membership.terms.last().starts_on == day(0)


def test_nobody_applies_by_invitation():
    with pytest.raises(NotAllowed, match="by invitation"):
        applications.submit_application(make_user(), make_plan(joinable=False), **fields())


def test_approving_makes_a_member_from_today_and_says_welcome():
    application = make_application(plan=make_plan(term_months=12, dues=0))

    applications.approve_application(application, by=make_user(is_staff=True))

    term = Term.objects.get()
    assert term.membership.user == application.user
    assert (term.plan, term.starts_on, term.ends_on) == (application.plan, day(0), term_end(day(0), 12))
    assert term.membership.state_code == "ME"
    email = OutgoingEmail.objects.get()
    assert email.subject == "Welcome to the American Academy of Pain Medicine"
    assert f"Member number: {term.membership.number}" in email.text
    assert "/account/" in email.html


def test_approving_somebody_who_is_a_member_changes_nothing():
    application = make_application(user=make_member((-10, 100)))

    with pytest.raises(NotAllowed, match="is a member already"):
        applications.approve_application(application, by=None)

    assert Application.objects.get().status == "submitted"
    assert (Term.objects.count(), OutgoingEmail.objects.count()) == (1, 0)


@pytest.mark.parametrize("step", [applications.ask_for_information, applications.decline_application])
def test_asking_and_declining_need_a_reason_that_the_applicant_reads(step):
    application = make_application()

    with pytest.raises(NotAllowed, match="give a reason"):
        step(application, by=None, reason="  ")
    step(application, by=None, reason="Your license <has> ended & so on.")

    email = OutgoingEmail.objects.get()
    assert email.to == application.user.email
    assert "Your license <has> ended & so on." in email.text
    assert "Your license &lt;has&gt; ended &amp; so on." in email.html


def test_an_answer_brings_it_back_to_staff_with_its_paper(settings):
    application = applications.ask_for_information(make_application(), by=None, reason="Your license, please.")

    answered = applications.answer_application(application, by=application.user, reason="Here it is.", paper=pdf())

    assert answered.status == "submitted"
    assert answered.papers.count() == 1
    assert mails()[-1] == (settings.STAFF_EMAIL, "membership/application_answered_staff")
    assert "Here it is." in OutgoingEmail.objects.latest("pk").text


def test_an_application_holds_five_papers_and_a_closed_one_takes_none():
    application = make_application()
    for _ in range(5):
        applications.add_paper(application, pdf())

    with pytest.raises(NotAllowed, match="5 papers at most"):
        applications.add_paper(application, pdf())
    closed = applications.withdraw_application(application, by=application.user)
    with pytest.raises(NotAllowed, match="closed"):
        applications.add_paper(closed, pdf())


def test_a_paper_does_not_stand_under_the_name_that_it_came_with():
    paper = applications.add_paper(make_application(), pdf("../../secret name.pdf"))

    assert "secret" not in paper.file.name
    assert paper.name == "secret name.pdf"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins():
    application = make_application(plan=make_plan(dues=0))

    outcomes = at_once(
        lambda: applications.approve_application(application, by=None, reason="Reason."),
        lambda: applications.decline_application(application, by=None, reason="Reason."),
    )

    assert [type(outcome) for outcome in outcomes].count(NotAllowed) == 1
    final = Application.objects.get().status
    assert final in {outcome.status for outcome in outcomes if isinstance(outcome, Application)}
    assert Term.objects.exists() is (final == "approved")


@pytest.mark.django_db(transaction=True)
def test_of_two_applications_sent_at_once_one_is_stored():
    user, plan, sample = make_user(), make_plan(), make_application()
    given = {name: getattr(sample, name) for name in FIELDS}

    outcomes = at_once(
        *[lambda: applications.submit_application(type(user).objects.get(pk=user.pk), plan, **given)] * 2
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Application", "NotAllowed"]
    assert Application.objects.filter(user=user).count() == 1
