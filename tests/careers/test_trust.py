"""Trusted employers: who gives and takes the mark, when it is lost, and what is approved together from the list."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aapm_site.core.roles import CAREERS_STAFF, CONTENT_EDITOR, FINANCE
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.domain import employers, jobs, trust, verifications
from careers.domain.job_questions import set_job_questions
from careers.domain.trust import SeenJob
from careers.models import Employer, EmployerDecision, Job
from careers.queries.review import review_mark
from careers.states import JobStatus
from tests import racing
from tests.factories import staff_client, staff_user

from .factories import credits_for, live_job, make_employer, make_job, make_member, make_user
from .test_board import room_queries
from .test_desk import HERE_ALONE, waiting

pytestmark = pytest.mark.django_db
PAGE = "/admin/careers/job/desk/trusted/"


def trusted(name: str = "Harbor Lane Pain & Spine", **fields: Any) -> Employer:
    return make_employer(name, verified=True, trusted=True, **fields)


def boxes(browser: Client) -> dict[int, str]:
    """What the page offers to tick, by the key of the position."""
    return {row["job"].pk: f"{row['job'].pk} {row['mark']}" for row in browser.get(PAGE).context["rows"]}


def press(browser: Client, *ticked: str) -> Any:
    return browser.post(PAGE, {"jobs": list(ticked)}, follow=True)


def said(answer: Any) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


def statuses() -> dict[int, str]:
    return dict(Job.objects.values_list("pk", "status"))


# The mark -------------------------------------------------------------------------------------------------------------
def test_staff_give_and_take_the_mark_with_why_and_it_stands_in_the_record():
    employer = make_employer(verified=True)
    browser = staff_client(CAREERS_STAFF)
    give, take = (reverse(f"admin:careers_employer_{verb}", args=[employer.pk]) for verb in ("trust", "end_trust"))
    assert browser.post(give, {"reason": ""}).status_code == 422
    assert Employer.objects.get().trusted is False
    assert browser.post(give, {"reason": "Ten good postings."}).status_code == 302
    assert Employer.objects.get().trusted is True
    assert browser.post(take, {"reason": "One was not theirs."}).status_code == 302
    assert Employer.objects.get().trusted is False
    record = EmployerDecision.objects.order_by("pk")
    assert [(one.kind, one.reason) for one in record] == [
        ("trusted", "Ten good postings."),
        ("trust-ended", "One was not theirs."),
    ]
    assert all(one.by is not None and one.at is not None for one in record)
    shown = browser.get(reverse("admin:careers_employerdecision_changelist")).text
    assert "Ten good postings." in shown
    assert "One was not theirs." in shown


def test_who_is_not_verified_or_is_closed_or_marked_already_is_refused():
    stranger = make_employer()
    closed = employers.close_employer(make_employer("Juniper Gate", verified=True))
    for employer in (stranger, closed, trusted("Cedar Pain")):
        with pytest.raises(NotAllowed):
            trust.trust_employer(employer, by=None, why="I know them.")
    with pytest.raises(NotAllowed):
        trust.end_trust(stranger, by=None, why="I do not.")
    assert EmployerDecision.objects.filter(kind__startswith="trust").count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.filter(pk=stranger.pk).update(trusted=True)


def test_it_is_lost_with_the_name_and_does_not_come_back_with_the_verification():
    employer = trusted()
    employers.edit_employer(employer, by=make_member(employer), name="Another Name")
    now = Employer.objects.get()
    assert (now.verified, now.trusted) == (False, False)
    verifications.verify_employer(now, by=None, how="They called.")
    now = Employer.objects.get()
    assert (now.verified, now.trusted) == (True, False)


def test_it_stays_when_something_else_is_edited():
    employer = trusted()
    employers.edit_employer(employer, by=make_member(employer), about="Four of us.")
    assert Employer.objects.get().trusted is True


def test_it_is_lost_with_the_verification():
    employer = trusted()
    verifications.unverify_employer(employer, by=None, why="They are somebody else.")
    now = Employer.objects.get()
    assert (now.verified, now.trusted) == (False, False)


# The list -------------------------------------------------------------------------------------------------------------
def test_what_is_ticked_is_approved_and_nothing_else():
    first, second, third = waiting(3, trusted())
    make_member(first.employer)
    (stranger,) = waiting(1, make_employer("Juniper Gate", verified=True))
    draft = make_job(first.employer)
    browser = staff_client(CAREERS_STAFF)
    offered = boxes(browser)
    assert list(offered) == [first.pk, second.pk, third.pk]

    answer = press(browser, offered[first.pk], offered[third.pk])

    assert answer.redirect_chain == [(PAGE, 302)]
    assert said(answer) == ["2 positions are approved. The employers’ teams get an e-mail for each."]
    assert statuses() == {
        first.pk: JobStatus.APPROVED,
        second.pk: JobStatus.IN_REVIEW,
        third.pk: JobStatus.APPROVED,
        stranger.pk: JobStatus.IN_REVIEW,
        draft.pk: JobStatus.DRAFT,
    }
    assert [row["job"] for row in answer.context["rows"]] == [second]
    assert OutgoingEmail.objects.filter(template="careers/job_approved").count() == 2
    steps = [step for job in (first, third) for step in job.status_changes.all()]
    assert [(step.to_status, step.by is not None) for step in steps] == [("approved", True)] * 2


def test_the_page_shows_what_will_be_approved_and_ticks_what_gave_no_hint():
    (plain,) = waiting(1, trusted(), benefits="A bicycle.", terms={"call_one_in": 5})
    set_job_questions(
        plain, [{"text": "Where did you <train>?", "kind": "one-of", "options": ["Here", "There"], "is_required": True}]
    )
    (odd,) = waiting(1, trusted("Cedar Pain"), summary="For a young digital native.")
    answer = staff_client(CAREERS_STAFF).get(PAGE)
    assert {row["job"].pk: row["is_ticked"] for row in answer.context["rows"]} == {plain.pk: True, odd.pk: False}
    for words in (
        "fourteen patients a day",
        "A bicycle.",
        "1 in 5",
        "Where did you &lt;train&gt;?",
        "may shut out by age",
    ):
        assert words in answer.text
    assert re.findall(r'name="jobs" value="(\d+) [^"]*"\s+checked>', answer.text) == [str(plain.pk)]


def test_an_empty_list_says_so_and_leads_to_the_desk():
    live_job(trusted())
    answer = staff_client(CAREERS_STAFF).get(PAGE)
    assert (answer.status_code, answer.context["rows"]) == (200, [])
    assert "Nothing waits of the employers that you trust." in answer.text
    assert "Approve what is ticked" not in answer.text


@pytest.mark.parametrize("ticked", [[], [""], ["x 1"], ["\x00"], ["9" * 30], ["-1 x"], ["x" * 10_000]])
def test_nothing_ticked_is_told_and_approves_nothing(ticked):
    (job,) = waiting(1, trusted())
    answer = staff_client(CAREERS_STAFF).post(PAGE, {"jobs": ticked})
    assert answer.status_code == 422
    assert "Tick at least one position" in answer.text
    assert [row["is_ticked"] for row in answer.context["rows"]] == [False]
    assert statuses() == {job.pk: JobStatus.IN_REVIEW}


def test_what_was_changed_or_decided_meanwhile_is_left_out_and_said():
    owner_of = trusted()
    edited, again, decided, untrusted, fine = (
        *waiting(3, owner_of),
        *waiting(1, trusted("Cedar Pain")),
        *waiting(1, trusted("Juniper Gate")),
    )
    owner = make_member(owner_of)
    credits_for(owner_of)
    browser = staff_client(CAREERS_STAFF)
    offered = boxes(browser)
    jobs.correct_job(edited, by=make_user(), fields={"summary": "Another summary."})
    jobs.take_job_back(again, by=owner)
    jobs.submit_job(Job.objects.get(pk=again.pk), by=owner)
    jobs.return_job(decided, by=make_user(), reason="Which pay is it?")
    trust.end_trust(untrusted.employer, by=None, why="Something is wrong.")

    answer = press(browser, *offered.values(), "999999 x")

    assert said(answer) == [
        "1 position is approved. The employers’ teams get an e-mail for each.",
        *(
            f"Left out: “{job.title}”, position {job.number}: {why}"
            for job, why in (
                (edited, trust.CHANGED),
                (again, trust.CHANGED),
                (decided, "somebody was faster, it is now “Sent back to the employer”."),
                (untrusted, trust.NOT_TRUSTED),
            )
        ),
        "Left out: Position 999999: it is not there any more.",
    ]
    assert statuses() == {
        edited.pk: JobStatus.IN_REVIEW,
        again.pk: JobStatus.IN_REVIEW,
        decided.pk: JobStatus.RETURNED,
        untrusted.pk: JobStatus.IN_REVIEW,
        fine.pk: JobStatus.APPROVED,
    }


@pytest.mark.parametrize("words", ["We at Harbor Lane Pain &amp; Spine.", "The Harbor way."])
def test_what_gives_its_employer_away_is_not_approved_here(words):
    hidden = {"confidential": True, "public_employer_name": "A clinic", **HERE_ALONE}
    (telling,) = waiting(1, trusted(), pay_note=words, **hidden)
    (silent,) = waiting(1, telling.employer, **hidden)
    browser = staff_client(CAREERS_STAFF)
    page = browser.get(PAGE)
    assert [row["is_tickable"] for row in page.context["rows"] if row["job"] == telling] == [False]
    assert page.text.count('name="jobs"') == 1

    answer = press(browser, *boxes(browser).values())

    assert said(answer)[1:] == [f"Left out: “{telling.title}”, position {telling.number}: {trust.GIVEN_AWAY}"]
    assert statuses() == {telling.pk: JobStatus.IN_REVIEW, silent.pk: JobStatus.APPROVED}


def test_a_refusal_of_the_approval_itself_stops_no_other(monkeypatch):
    first, second = waiting(2, trusted())
    whole = jobs.approve_job

    def refuse_the_first(job: Job, **fields: Any) -> Job:
        done = whole(job, **fields)
        if job == first:
            raise NotAllowed("not this one.")
        return done

    monkeypatch.setattr(jobs, "approve_job", refuse_the_first)
    done = trust.approve_as_seen([SeenJob(job.pk, review_mark(job)) for job in (first, second)], by=staff_user())
    assert [job.pk for job in done.approved] == [second.pk]
    assert done.left_out == (f"“{first.title}”, position {first.number}: not this one.",)
    assert statuses() == {first.pk: JobStatus.IN_REVIEW, second.pk: JobStatus.APPROVED}


def test_what_is_ticked_twice_is_approved_once():
    (job,) = waiting(1, trusted())
    browser = staff_client(CAREERS_STAFF)
    (box,) = boxes(browser).values()
    assert len(said(press(browser, box, box))) == 1
    assert job.status_changes.count() == 1


@pytest.mark.parametrize("role", [FINANCE, CONTENT_EDITOR])
def test_who_may_not_approve_sees_no_list_and_approves_nothing(role):
    (job,) = waiting(1, trusted())
    browser = staff_client(role)
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, {"jobs": [f"{job.pk} {review_mark(job)}"]}).status_code == 403
    assert statuses() == {job.pk: JobStatus.IN_REVIEW}


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_as_many_queries_whatever_waits(rows):
    waiting(rows, trusted())
    browser = staff_client(CAREERS_STAFF)
    # The positions with their marks, and their places, specialties and questions.
    assert room_queries(browser, PAGE) == 4


# Those who meet -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_of_staff_approve_the_same_list_at_once_and_each_position_is_approved_once():
    listed = waiting(4, trusted())
    seen = [SeenJob(job.pk, review_mark(job)) for job in listed]
    one, other = staff_user(), staff_user()
    first, second = racing.at_once(
        lambda: trust.approve_as_seen(seen, by=one), lambda: trust.approve_as_seen(list(reversed(seen)), by=other)
    )
    assert sorted(job.pk for job in (*first.approved, *second.approved)) == sorted(job.pk for job in listed)
    assert len(first.left_out) + len(second.left_out) == 4
    assert all("somebody was faster" in said for said in (*first.left_out, *second.left_out))
    assert [job.status_changes.count() for job in listed] == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_new_name_and_the_approval_at_once_leave_nothing_approved_under_a_name_that_nobody_knows():
    (job,) = waiting(1, trusted())
    owner = make_member(job.employer)
    seen = [SeenJob(job.pk, review_mark(job))]
    done, _ = racing.at_once(
        lambda: trust.approve_as_seen(seen, by=None),
        lambda: employers.edit_employer(job.employer, by=owner, name="Another Name"),
    )
    assert Employer.objects.get().trusted is False
    assert bool(done.approved) is (Job.objects.get().status == JobStatus.APPROVED)
    assert len(done.approved) + len(done.left_out) == 1
