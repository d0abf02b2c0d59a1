"""What the room says of a membership, an application and an article's authors."""

from datetime import UTC, date, datetime

import pytest

from membership.access import AccessReason, AccessRule
from membership.journal.models import Article
from membership.journal.presenters.articles import dates_of
from membership.models import Application, ApplicationStatusChange, Plan
from membership.presenters.access import REASONS, RULES, AccessStep, AccessWords
from membership.presenters.applications import words_of
from membership.presenters.gate import gate
from membership.presenters.standing import panel_sentence, sentence
from membership.rules import Standing
from membership.states import ApplicationStatus, MembershipStatus

NOBODY = Standing(MembershipStatus.NONE)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def application(status: ApplicationStatus) -> Application:
    return Application(status=status, plan=Plan(name="Physician & fellow"))


@pytest.mark.parametrize(
    ("status", "waits"),
    [(ApplicationStatus.SUBMITTED, "being read"), (ApplicationStatus.INFO_ASKED, "waiting for your answer")],
)
def test_an_open_application_is_told_with_what_it_waits_for(status, waits):
    one = application(status)

    assert sentence(NOBODY, one) == f"Your application, category Physician &amp; fellow, is <em>{waits}</em>."
    assert panel_sentence(NOBODY, one) == f"Your application, category Physician & fellow, is {waits}."


def test_who_has_nothing_to_do_with_membership_reads_an_invitation_only():
    assert sentence(NOBODY, None) == ""
    assert panel_sentence(NOBODY, None).startswith("You have no membership.")
    assert panel_sentence(Standing(MembershipStatus.LAPSED), None) == ""


def test_a_lapsed_membership_is_told_with_its_last_day():
    told = sentence(Standing(MembershipStatus.LAPSED, ends_on=date(2025, 12, 31)), None)

    assert told == 'Your membership ended on <em><time datetime="2025-12-31">December 31, 2025</time></em>.'


def change(status: ApplicationStatus, reason: str) -> ApplicationStatusChange:
    return ApplicationStatusChange(to_status=status, reason=reason, at=AT)


@pytest.mark.parametrize(
    ("status", "title", "refusal", "question", "may_add"),
    [
        (ApplicationStatus.SUBMITTED, "We are reading it.", None, None, True),
        (ApplicationStatus.APPROVED, "Approved. Welcome.", None, None, False),
        (ApplicationStatus.WITHDRAWN, "Withdrawn.", None, None, False),
        (ApplicationStatus.DECLINED, None, "Not yet.", None, False),
        (ApplicationStatus.INFO_ASKED, None, None, "Which license?", False),
    ],
)
def test_an_application_says_what_its_state_means(status, title, refusal, question, may_add):
    changes = [change(ApplicationStatus.DECLINED, "Not yet."), change(ApplicationStatus.INFO_ASKED, "Which license?")]
    words = words_of(application(status), changes, papers=4)

    assert (words.note.title if words.note else None) == title
    assert (words.refusal, words.question, words.may_add_papers) == (refusal, question, may_add)
    assert [(row.what, row.note) for row in words.history] == [
        ("Declined", "Not yet."),
        ("Waiting for your answer", "Which license?"),
    ]


def test_no_more_papers_than_may_be():
    assert not words_of(application(ApplicationStatus.SUBMITTED), [], papers=5).may_add_papers


def test_every_decision_on_access_can_be_said():
    assert (set(RULES), set(REASONS)) == (set(AccessRule), set(AccessReason))


def test_a_gate_shows_as_many_steps_as_there_are():
    steps = AccessWords("A rule", "Not <yet>.", AccessStep("Join", "/join/"), AccessStep("Ask", "/ask/"))
    without = AccessWords("A rule", "Not yet.")

    assert gate(steps, heading="Closed", note="It is so.").count("<a ") == 2
    assert "Not &lt;yet&gt;. It is so." in gate(steps, heading="Closed", note="It is so.")
    assert "<a " not in gate(without, heading="Closed", note="")


@pytest.mark.parametrize(
    ("received", "accepted", "words"),
    [
        (None, None, []),
        (date(2026, 1, 2), None, ["Received", "Published"]),
        (date(2026, 1, 2), date(2026, 2, 3), ["Received", "Accepted", "Published"]),
    ],
)
def test_the_dates_of_an_article_are_told_when_more_than_one_is_known(received, accepted, words):
    article = Article(received_on=received, accepted_on=accepted, published_on=date(2026, 3, 4))

    assert [word for word, _ in dates_of(article)] == words
