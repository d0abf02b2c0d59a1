"""A question and its thread in words, for the page of whoever asked and for the staff's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from content.models import Question, QuestionMessage
from content.states import MessageKind, QuestionStatus
from content.text.promise import within

WAITING = (QuestionStatus.NEW, QuestionStatus.SPAM)


@dataclass(frozen=True)
class QuestionStanding:
    """How a question stands, as its own page says it; the state is what the mark beside it is drawn from."""

    heading: str
    lede: str
    state: str
    label: str


ERASED = QuestionStanding(
    "Your question has been deleted",
    "Nothing that you wrote is kept here any more. If something else comes up, ask us again.",
    "closed",
    "Closed",
)
CLOSED = QuestionStanding(
    "This question is closed",
    "Nobody works on it any more. If something is still open, write below, and a person reads it.",
    "closed",
    "Closed",
)
WILL_ANSWER = "A person will read it and write back to you, usually {}. You need not do anything until then."
ANSWERED_HERE = "A person has written to you. The same words went to your e-mail."
ANSWERED_IN_PERSON = "Somebody has answered you in person. If something is still open, write to us below."


def is_waiting(asked: Question) -> bool:
    """Whether the person waits for us. Nobody is told that their words were taken for spam."""
    return asked.status in WAITING


def standing(asked: Question, thread: list[QuestionMessage], promised: int) -> QuestionStanding:
    """How the question stands with these entries below it; `promised` are the working days of an answer."""
    if asked.erased_at:
        return ERASED
    if is_waiting(asked):
        added = bool(thread) and not thread[-1].is_by_staff
        heading = "We have what you added" if added else "We have your question"
        return QuestionStanding(heading, WILL_ANSWER.format(within(promised)), "new", "Waiting for an answer")
    if asked.status == QuestionStatus.ANSWERED:
        lede = ANSWERED_HERE if thread and thread[-1].is_by_staff else ANSWERED_IN_PERSON
        return QuestionStanding("Here is our answer", lede, "answered", "Answered")
    return CLOSED


@dataclass(frozen=True)
class ThreadEntry:
    """One entry of a thread under the words that say whose it is."""

    said_by: str
    message: QuestionMessage

    @property
    def is_by_staff(self) -> bool:
        return self.message.is_by_staff


TO_THE_PERSON = {
    MessageKind.ANSWER: "We answered",
    MessageKind.CORRECTION: "We corrected our answer",
    MessageKind.FOLLOW_UP: "You added",
}


def thread_for_person(thread: Iterable[QuestionMessage]) -> list[ThreadEntry]:
    """The entries as whoever asked reads them."""
    return [ThreadEntry(TO_THE_PERSON[MessageKind(message.kind)], message) for message in thread]


def thread_for_staff(asked: Question, thread: Iterable[QuestionMessage]) -> list[ThreadEntry]:
    """The entries as the staff read them, each with the colleague who wrote it."""
    return [ThreadEntry(_said_by(asked, message), message) for message in thread]


def _said_by(asked: Question, message: QuestionMessage) -> str:
    if not message.is_by_staff:
        return f"{asked.name} added"
    by = f" by {message.by.display_name}" if message.by else ""
    return f"{message.get_kind_display()}{by}"


def consent_words(asked: Question) -> str:
    """What the person has said about a public answer, for the staff."""
    if asked.may_be_published:
        return "agrees to a public answer"
    if asked.consent_withdrawn_at:
        return "no longer agrees to a public answer"
    return "has not agreed to a public answer"


@dataclass(frozen=True)
class ConsentOffer:
    """What the person can say about a public answer: the words, and the button that says the opposite of now."""

    text: str
    given: str
    label: str


def consent_offer(asked: Question, public_page: Any) -> ConsentOffer:
    """The offer while this page, or none, holds a public answer."""
    if asked.may_be_published:
        then = (
            "It is public. If you take this back it stays, unless you ask us below to take it down."
            if public_page
            else "You can take this back."
        )
        return ConsentOffer(
            f"You agree that we publish an edited answer, without your name. {then}", "no", "Take it back"
        )
    stays = (
        "; an answer without your name was public before and stays, unless you ask us to take it down"
        if public_page
        else ""
    )
    return ConsentOffer(
        f"Your question stays between you and us{stays}. If an answer could help others, you may allow us to publish "
        "one: edited, with its date, without names or numbers.",
        "yes",
        "Allow a public answer",
    )


@dataclass(frozen=True)
class NotTaken:
    """Why what was sent has not been taken, and what to do."""

    heading: str
    text: str


QUESTION_FROM_ELSEWHERE = NotTaken(
    "Please send it once more",
    "Your browser did not tell us that this form stood on our site, so we have not stored anything. Your words are "
    "below. If it happens again, another browser will help.",
)
TOO_MANY_QUESTIONS = NotTaken(
    "Your question has not been sent yet",
    "Very many questions have come from your connection within an hour. Your words are below: please send them again "
    "in an hour, or copy them into a mail to us.",
)
WORDS_FROM_ELSEWHERE = NotTaken(
    "Please send it once more",
    "Your browser did not tell us that this form stood on our site, so nothing has changed. If it happens again, "
    "another browser will help.",
)
TOO_MANY_WORDS = NotTaken(
    "Your words have not been sent yet",
    "Many messages have come from your connection within an hour. Your words are below: please send them again in an "
    "hour.",
)
ERASURE_FROM_ELSEWHERE = NotTaken(
    "Please press once more",
    "Your browser did not tell us that this form stood on our site, so nothing has been deleted.",
)


def not_added(reason: str) -> NotTaken:
    """Why more words could not be added to a question."""
    return NotTaken("Not added", reason)
