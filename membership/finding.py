"""Pure rules of the finder: which question comes next, and which answers lead in a circle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class AskedAnswer:
    """One answer as readers are asked: it leads to the category of the number `plan`, or to a further question."""

    key: int
    text: str
    plan: int | None
    leads_to: int | None
    reason: str


@dataclass(frozen=True)
class AskedQuestion:
    key: int
    text: str
    note: str
    answers: tuple[AskedAnswer, ...]


@dataclass(frozen=True)
class FoundWay:
    """What was answered so far, and what comes: a question, or the answer that names a category. Neither, where the
    questions lead nowhere. `is_cut`: not all that was answered still fits what is asked.
    """

    taken: tuple[tuple[AskedQuestion, AskedAnswer], ...]
    question: AskedQuestion | None
    found: AskedAnswer | None = None
    is_cut: bool = False


def walk(questions: Sequence[AskedQuestion], chosen: Sequence[int]) -> FoundWay:
    """Follow the answers with these keys from the first question on. An answer that is not there ends the way: what
    was answered before it counts. Each question is asked once, whatever the rows say.
    """
    by_key = {question.key: question for question in questions}
    question = questions[0] if questions else None
    taken: list[tuple[AskedQuestion, AskedAnswer]] = []
    for key in chosen:
        answer = next((one for one in question.answers if one.key == key), None) if question else None
        if question is None or answer is None:
            return FoundWay(tuple(taken), question, is_cut=True)
        taken.append((question, answer))
        if answer.plan is not None:
            return FoundWay(tuple(taken), None, answer, is_cut=len(taken) < len(chosen))
        asked = {one.key for one, _ in taken}
        question = by_key.get(answer.leads_to or 0)
        question = None if question is None or question.key in asked else question
    return FoundWay(tuple(taken), question)


def leads_in_a_circle(leads: Mapping[int, Iterable[int]]) -> bool:
    """Whether from some question one comes back to it. `leads` has the further questions of each."""
    finished: set[int] = set()

    def circles(key: int, above: frozenset[int]) -> bool:
        if key in above:
            return True
        if key in finished:
            return False
        found = any(circles(further, above | {key}) for further in leads.get(key, ()))
        finished.add(key)
        return found

    return any(circles(key, frozenset()) for key in leads)
