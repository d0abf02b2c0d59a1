"""Loads content/demo/answers.toml: topics, questions in every state, and the published answers made of some.

What is there is left alone: a question is known by its address and words, an answer by its address. No mail goes out.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aapm_site.core.transitions import move
from content.domain import pages
from content.domain.questions import urgent_in
from content.models import Page, Question, QuestionMessage, Topic
from content.states import ANSWERS_ROOT, MessageKind, PageKind, QuestionStatus

FILE = Path(__file__).parent / "answers.toml"


def load(say: Callable[[str], Any]) -> None:
    """Topics, questions, threads and public answers; reports how many were made."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for topic in table["topics"]:
        Topic.objects.get_or_create(slug=topic["slug"], defaults={**topic})
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    made = [_question(entry, topics) for entry in table["questions"] if not _is_there(entry)]
    say(f"Questions: {len(made)} made; {len(table['questions']) - len(made)} were there.")


def _is_there(entry: dict[str, Any]) -> bool:
    return Question.objects.filter(email=entry["email"], asked_at=entry["asked_at"]).exists()


def _question(entry: dict[str, Any], topics: dict[str, Topic]) -> Question:
    kinds = urgent_in(entry["question"])
    spam = entry.get("spam", "")
    asked = Question.objects.create(
        name=entry["name"],
        email=entry["email"],
        question=entry["question"],
        topic=topics.get(entry.get("topic", "")),
        asked_at=entry["asked_at"],
        announced_at=None if spam else entry["asked_at"],
        consented_at=entry["asked_at"] if entry.get("consent") else None,
        is_urgent=bool(kinds),
        urgent_about=", ".join(kind.name for kind in kinds),
        spam_reason=spam,
    )
    if spam:
        return move(asked, QuestionStatus.SPAM, by=None, reason=spam)
    answer = entry.get("answer", {})
    if reply := entry.get("reply") or answer.get("body"):
        _say(asked, MessageKind.ANSWER, entry["answered_at"], html=reply)
        asked = move(asked, QuestionStatus.ANSWERED, by=None, answered_at=entry["answered_at"])
    if "follow_up" in entry:
        _say(asked, MessageKind.FOLLOW_UP, entry["followed_up_at"], text=entry["follow_up"])
        asked = move(asked, QuestionStatus.NEW, by=None, reason="The person has written again.")
    if "closed_at" in entry:
        asked = move(asked, QuestionStatus.CLOSED, by=None, reason=entry["reason"], closed_at=entry["closed_at"])
    if answer:
        asked.published_as = _published(answer, asked.topic)
        asked.save(update_fields=["published_as"])
    return asked


def _say(asked: Question, kind: str, at: Any, **words: str) -> None:
    QuestionMessage.objects.create(question=asked, kind=kind, at=at, **words)


def _published(answer: dict[str, Any], topic: Topic | None) -> Page | None:
    """The public answer, unless its address is taken: then staff have made their own."""
    if Page.objects.filter(path=f"{ANSWERS_ROOT}{answer['slug']}/").exists():
        return None
    page = pages.save_page(Page(kind=PageKind.ANSWER, topic=topic, for_patients=True, **answer))
    done = pages.publish_page(page, by=None)
    pages.date_words(done, answer["published_at"])
    return done
