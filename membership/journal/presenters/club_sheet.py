"""A journal club's sheet: what an article asks, in whom, what it found, and five prompts that its own parts give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use
from aapm_site.core.richtext import plain

from ..jats.sections import kind_of
from ..models import ArticleBrief

if TYPE_CHECKING:
    from lxml import html
else:
    html = on_first_use("lxml.html")

LONGEST = 900  # letters of one answer
PARTS = (
    ("question", ("objective", "aim", "purpose", "background", "introduction", "question", "context")),
    ("patients", ("patient", "participant", "subject", "setting", "population", "method", "design")),
    ("result", ("result", "finding", "outcome")),
    ("conclusion", ("conclusion", "interpretation", "implication", "discussion")),
)


Headings = Sequence[tuple[str, str, int]]  # title, anchor and level of each heading of a text
TOP = 2


@dataclass(frozen=True)
class ClubPrompt:
    """One question to the group, with what it looks at."""

    key: str
    looks_at: str
    asks: str


@dataclass(frozen=True)
class AbstractParts:
    """The parts of an abstract, each as its words; all empty where it has no headings."""

    question: str = ""
    patients: str = ""
    result: str = ""
    conclusion: str = ""


def abstract_parts(abstract: str) -> AbstractParts:
    """By the headings of the abstract, or by the bold words that begin its paragraphs."""
    found: dict[str, list[str]] = {}
    for heading, words in _headed(abstract):
        name = next((name for name, signs in PARTS if any(sign in heading.lower() for sign in signs)), "")
        if name and words:
            found.setdefault(name, []).append(words)
    return AbstractParts(**{name: _cut(" ".join(words)) for name, words in found.items()})


def _headed(abstract: str) -> Iterable[tuple[str, str]]:
    if not abstract.strip():
        return
    heading = ""
    for element in html.fragment_fromstring(abstract, create_parent="div").iter("h2", "h3", "h4", "h5", "h6", "p"):
        words = " ".join(element.text_content().split())
        if element.tag != "p":
            heading = words
            continue
        if not (element.text or "").strip() and len(element) and element[0].tag in {"strong", "b"}:
            heading = " ".join(element[0].text_content().split())
            words = words.removeprefix(heading).strip()
        yield heading, words


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rsplit(' ', 1)[0]}…"


def prompts_for(parts: AbstractParts, brief: ArticleBrief | None, headings: Headings, tables: int) -> list[ClubPrompt]:
    """Five, of this article: its question, whom it looked at, what it shows, its limits, and what it comes to."""
    return [
        ClubPrompt("question", "", "When did you last have this question, and about whom?"),
        ClubPrompt(
            "patients", _below(headings, "methods") or parts.patients,
            "Whom of your own patients would the authors have included, and whom not? What would that change?",
        ),
        _shown(brief, headings, tables, parts),
        ClubPrompt("limits", brief.limits if brief else "", _about_limits(brief)),
        ClubPrompt(
            "conclusion", parts.conclusion or _below(headings, "discussion"),
            "Do the numbers carry it? What will you do differently on Monday, and what not?",
        ),
    ]  # fmt: skip


def _shown(brief: ArticleBrief | None, headings: Headings, tables: int, parts: AbstractParts) -> ClubPrompt:
    if brief and brief.figure_source:
        return ClubPrompt("result", brief.figure_caption, "What does the main figure show before the text explains it?")
    if tables:
        said = "the table" if tables == 1 else f"one of the {tables} tables"
        return ClubPrompt("result", parts.result, f"Choose {said}: which number in it surprises you, and why?")
    return ClubPrompt(
        "result", parts.result or _below(headings, "results"), "How large is it, and for whom is it enough?"
    )


def _about_limits(brief: ArticleBrief | None) -> str:
    if brief and brief.limits:
        return "Which of these limits weighs most for you, and which one do the authors not name?"
    return "The authors have no words of their own about limits. Which do you see?"


def _below(headings: Headings, kind: str) -> str:
    """In the text: “People and programs”, “The cards”."""
    part, titles = "", []
    for title, _anchor, level in headings:
        part = kind_of(title) if level == TOP else part
        if part == kind and level == TOP + 1:
            titles.append(f"“{title}”")
    return f"In the text: {', '.join(titles[:3])}." if titles else ""


def in_short(abstract: str) -> str:
    """Of an abstract without parts its beginning."""
    return _cut(plain(abstract))
