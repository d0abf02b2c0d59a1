"""What makes a position worth reading, held against what stands in the form: facts that anybody can check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aapm_site.core.richtext import plain

from ..forms.rich_words import HTML, MarkedUp, words_as_html

FEW_WORDS, MANY_WORDS = 120, 900
SHORT_SUMMARY = 80


@dataclass(frozen=True)
class JobAdvice:
    """One thing that readers look for, and whether it is there."""

    words: str
    is_there: bool


def job_advice(typed: Mapping[str, Sequence[str]]) -> list[JobAdvice]:
    """What readers ask first, in the order in which they ask."""

    def said(name: str) -> str:
        return (typed.get(name) or [""])[0].strip()

    summary, count = said("summary"), len(_body(typed).split())
    return [
        JobAdvice("The pay is stated", bool(said("pay_min") and said("pay_max"))),
        JobAdvice("What the pay depends on is said", bool(said("pay_note") or said("pay_model"))),
        JobAdvice("The call schedule is stated, be it none", bool(said("call_one_in"))),
        JobAdvice(f"The summary tells something: {SHORT_SUMMARY} characters or more", len(summary) >= SHORT_SUMMARY),
        JobAdvice(f"The description has {FEW_WORDS} to {MANY_WORDS} words", FEW_WORDS <= count <= MANY_WORDS),
        JobAdvice("Benefits are named", bool(said("benefits"))),
        JobAdvice("It says whether new graduates are welcome", bool(said("new_graduates"))),
        JobAdvice("People can apply on this site", bool(said("takes_applications") or said("confidential"))),
    ]


def _body(typed: Mapping[str, Sequence[str]]) -> str:
    words = (typed.get("body") or [""])[0]
    return plain(words_as_html(MarkedUp(words) if typed.get("body-as") == [HTML] else words))
