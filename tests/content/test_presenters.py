"""What the pages say of a question, an initiative, an archive and a glossary, as it comes out of the presenters."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator

from content.models import Page, Question, QuestionMessage, Topic
from content.models.term import letter_anchor
from content.presenters.answers import answer_list
from content.presenters.archives import number_of_entries
from content.presenters.history import history_lines
from content.presenters.initiatives import initiative_days
from content.presenters.questions import consent_offer, consent_words, standing, thread_for_staff
from content.queries.history import Change
from content.queries.topics import PublicTopic
from content.rules import Occurrence, Phase, occurrence
from content.states import MessageKind, PageKind, QuestionStatus

AT = datetime(2026, 3, 1, tzinfo=UTC)
ANSWER, FOLLOW_UP = QuestionMessage(kind=MessageKind.ANSWER), QuestionMessage(kind=MessageKind.FOLLOW_UP)


@pytest.mark.parametrize(
    ("fields", "thread", "heading", "label"),
    [
        ({"status": QuestionStatus.NEW}, [], "We have your question", "Waiting for an answer"),
        ({"status": QuestionStatus.SPAM}, [], "We have your question", "Waiting for an answer"),
        ({"status": QuestionStatus.NEW}, [ANSWER, FOLLOW_UP], "We have what you added", "Waiting for an answer"),
        ({"status": QuestionStatus.NEW}, [FOLLOW_UP], "We have what you added", "Waiting for an answer"),
        ({"status": QuestionStatus.NEW}, [ANSWER], "We have your question", "Waiting for an answer"),
        ({"status": QuestionStatus.ANSWERED}, [ANSWER], "Here is our answer", "Answered"),
        ({"status": QuestionStatus.CLOSED}, [], "This question is closed", "Closed"),
        ({"status": QuestionStatus.CLOSED, "erased_at": AT}, [], "Your question has been deleted", "Closed"),
    ],
)
def test_a_question_says_how_it_stands(fields, thread, heading, label):
    found = standing(Question(**fields), thread, 2)

    assert (found.heading, found.label) == (heading, label)


def test_an_answer_in_person_is_told_apart_from_a_written_one():
    asked = Question(status=QuestionStatus.ANSWERED)

    assert standing(asked, [ANSWER], 2).lede == "A person has written to you. The same words went to your e-mail."
    for thread in ([], [FOLLOW_UP], [ANSWER, FOLLOW_UP]):
        assert standing(asked, thread, 2).lede.startswith("Somebody has answered you in person.")


@pytest.mark.parametrize(
    ("fields", "words", "given", "beginning"),
    [
        ({}, "has not agreed to a public answer", "yes", "Your question stays between you and us."),
        ({"consented_at": AT}, "agrees to a public answer", "no", "You agree that we publish an edited answer"),
        (
            {"consented_at": AT, "consent_withdrawn_at": AT},
            "no longer agrees to a public answer",
            "yes",
            "Your question stays between you and us.",
        ),
    ],
)
def test_the_button_about_a_public_answer_says_the_opposite_of_now(fields, words, given, beginning):
    asked = Question(**fields)
    offer = consent_offer(asked, None)

    assert (consent_words(asked), offer.given) == (words, given)
    assert offer.text.startswith(beginning)


def test_a_public_answer_is_spoken_of_while_there_is_one():
    page = Page(title="An answer")

    assert "It is public." in consent_offer(Question(consented_at=AT), page).text
    assert "was public before and stays" in consent_offer(Question(), page).text


def test_staff_read_who_wrote_what():
    shown = thread_for_staff(Question(name="Ida"), [ANSWER, FOLLOW_UP])

    assert [(entry.said_by, entry.is_by_staff) for entry in shown] == [("Answer", True), ("Ida added", False)]


def test_the_history_of_a_statement_says_what_each_text_was():
    page = Page(slug="coverage", path="/news/coverage/", kind=PageKind.STATEMENT)
    first, second, third = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3))
    changes = [Change(5, third), Change(3, second, third), Change(1, first, second)]

    assert [(line.told, line.until, line.url) for line in history_lines(page, changes)] == [
        ("The text that stands now.", None, "/news/coverage/"),
        ("Changed; it read like this until", third, "/news/coverage/history/3/"),
        ("Published; it read like this until", second, "/news/coverage/history/1/"),
    ]
    assert history_lines(page, [Change(1, first)])[0].told == "Published. It has not changed since."


@pytest.mark.parametrize(
    ("today", "kicker", "ends", "plan"),
    [
        (date(2026, 8, 31), "Begins tomorrow:", ("a year before", "first day"), "What is planned"),
        (date(2026, 9, 3), "Day 3 of 30:", ("first day", "last day"), "The days to come"),
        (date(2026, 10, 1), "Last held", None, "What is planned"),
    ],
)
def test_an_initiative_speaks_of_its_days(today, kicker, ends, plan):
    days = initiative_days(occurrence(date(2026, 9, 1), date(2026, 9, 30), today))

    assert (days.kicker, days.ends, days.plan, days.is_over) == (kicker, ends, plan, ends is None)


@pytest.mark.parametrize(
    ("phase", "again", "kicker", "banner"),
    [
        (Phase.BEFORE, date(2027, 9, 1), "Begins in 5 days:", (date(2026, 9, 1), date(2026, 9, 30))),
        (Phase.AFTER, date(2027, 9, 1), "Next:", (date(2027, 9, 1), date(2027, 9, 30))),
        (Phase.AFTER, None, "Last held", (date(2026, 9, 1), date(2026, 9, 30))),
    ],
)
def test_banners_speak_of_what_comes(phase, again, kicker, banner):
    days = initiative_days(Occurrence(phase, date(2026, 9, 1), date(2026, 9, 30), 5, again))
    assert (days.kicker, days.banner) == (kicker, banner)


def test_an_initiative_of_one_day_has_no_line_on_that_day():
    assert initiative_days(occurrence(date(2026, 9, 1), None, date(2026, 9, 1))).ends is None


@pytest.mark.parametrize(
    ("number", "page", "words"),
    [
        (1, 1, "One entry."),
        (4, 1, "Four entries."),
        (7, 2, "Seven entries, 6 to 7 on this page."),
        (14, 1, "14 entries, 1 to 5 on this page."),
    ],
)
def test_entries_are_counted_in_words(number, page, words):
    assert number_of_entries(Paginator(range(number), 5).page(page)) == words


def test_the_list_of_answers_speaks_of_its_topic_and_of_what_was_looked_for():
    topic = Topic(name="Medicines", slug="medicines", help_text="What to know of them")
    everything, narrow = answer_list(None, ""), answer_list(PublicTopic.of(topic), "sleep")

    assert (everything.kicker, everything.heading, everything.everything) == (
        "",
        "Answers to your questions",
        "/answers/",
    )
    assert (narrow.kicker, narrow.heading, narrow.ask) == ("Answers", "Medicines", "/ask/?topic=medicines")
    assert narrow.lede.startswith("What to know of them. What readers have asked us")
    assert everything.empty != narrow.empty


def test_a_letter_of_the_glossary_has_an_anchor():
    assert [letter_anchor(letter) for letter in ("A", "#")] == ["letter-a", "letter-other"]
