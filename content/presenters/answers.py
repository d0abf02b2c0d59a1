"""The list of published answers in words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from content.queries.topics import PublicTopic

ABOUT = (
    "What readers have asked us, edited and without names, each with the date of its answer. General information, "
    "never advice for one patient."
)
NONE_MATCHES = "No published answer has these words. Fewer words may find more, or ask us: a person writes back."
NONE_YET = "No answer has been published yet. Ask the first question."


@dataclass(frozen=True)
class AnswerList:
    """The head of the list, what it says when it is empty, and where its links lead."""

    kicker: str
    heading: str
    lede: str
    empty: str
    everything: str
    ask: str


def answer_list(topic: PublicTopic | None, words: str) -> AnswerList:
    """All answers, or those about a topic; with words when they are looked for."""
    everything, ask = reverse("content:answers"), reverse("content:ask")
    empty = NONE_MATCHES if words else NONE_YET
    if topic is None:
        return AnswerList("", "Answers to your questions", ABOUT, empty, everything, ask)
    lede = f"{topic.help_text}. {ABOUT}" if topic.help_text else ABOUT
    about = f"{ask}?{urlencode({'topic': topic.slug})}"
    return AnswerList("Answers", topic.name, lede, empty, topic.url, about)
