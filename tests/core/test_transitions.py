"""A status changes in one place: locked, checked, stamped, with its row in the history."""

import threading

import pytest
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed, move, moves_from
from content.models import Question
from content.states import QuestionStatus
from tests.factories import user
from tests.racing import at_once

PEOPLE = 8


def question(**fields):
    return Question.objects.create(name="Ann", email="ann@example.org", question="Why?", **fields)


@pytest.mark.django_db
def test_a_step_is_stamped_and_leaves_a_row():
    asked, editor = question(), user()
    before = timezone.now()

    closed = move(asked, QuestionStatus.CLOSED, by=editor, reason="  Asked twice. ")

    change = closed.status_changes.get()
    assert closed.status == QuestionStatus.CLOSED
    assert closed.closed_at >= before
    assert (change.from_status, change.to_status, change.by, change.reason) == (
        "new",
        "closed",
        editor,
        "Asked twice.",
    )


@pytest.mark.django_db
def test_the_object_passed_in_is_not_touched():
    asked = question()

    move(asked, QuestionStatus.ANSWERED, by=None)

    assert asked.status == QuestionStatus.NEW


@pytest.mark.django_db
def test_a_step_outside_the_lifecycle_is_refused_and_changes_nothing():
    asked = question(status=QuestionStatus.CLOSED)

    with pytest.raises(NotAllowed, match="now “Closed” and cannot become “Answered”"):
        move(asked, QuestionStatus.ANSWERED, by=None)

    asked.refresh_from_db()
    assert asked.status == QuestionStatus.CLOSED
    assert asked.status_changes.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for_where_the_person_will_read_it(reason):
    asked = question()

    with pytest.raises(NotAllowed, match="give a reason"):
        move(asked, QuestionStatus.CLOSED, by=None, reason=reason)

    assert asked.status_changes.count() == 0


@pytest.mark.django_db
def test_further_fields_of_the_step_are_saved_with_it():
    asked = question()

    move(asked, QuestionStatus.SPAM, by=None, spam_reason="Sold shoes.")

    asked.refresh_from_db()
    assert (asked.status, asked.spam_reason) == (QuestionStatus.SPAM, "Sold shoes.")


@pytest.mark.django_db
def test_the_steps_that_are_open_now():
    assert [step.verb for step in moves_from(question(status=QuestionStatus.ANSWERED))] == ["reopen", "close"]


def race(step):
    """Eight people take the same step at the same moment; how many have done it."""
    outcomes = at_once(*[step] * PEOPLE)
    assert {type(outcome) for outcome in outcomes} <= {Question, NotAllowed}
    return sum(isinstance(outcome, Question) for outcome in outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_people_who_meet_one_wins():
    asked = question()

    assert race(lambda: move(asked, QuestionStatus.ANSWERED, by=None)) == 1
    assert asked.status_changes.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_all_win():
    """The control: the same people, checking before they write but locking nothing, step on each other."""
    asked, all_have_read = question(), threading.Barrier(PEOPLE)

    def careless():
        seen = Question.objects.get(pk=asked.pk)
        if seen.status != QuestionStatus.NEW:
            raise NotAllowed
        all_have_read.wait(20)
        seen.status_changes.create(from_status=seen.status, to_status=QuestionStatus.ANSWERED)
        Question.objects.filter(pk=asked.pk).update(status=QuestionStatus.ANSWERED)
        return seen

    assert race(careless) == PEOPLE
    assert asked.status_changes.count() == PEOPLE
