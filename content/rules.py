"""What may stand where, and when: the rules of addresses and of an initiative's days, as pure functions."""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.text import get_text_list

from aapm_site.core.richtext_pictures import without_words
from content.states import NEWS_KINDS, ROOTS, PageKind

LONGEST_PATH = 255
# Answered before any route: static files, uploads, and the former site's feeds and categories.
FILES = {"static", "media"}
RESERVED = FILES | {"feed", "category"}
# The routes that show an entry of each kind at its address. Where a list of the site's own stands at a fixed address,
# a page there is the list's introduction.
ROUTES: dict[str, set[str]] = {
    **dict.fromkeys(NEWS_KINDS, {"content:news-detail"}),
    PageKind.ANSWER: {"content:answer-detail"},
}
PAGE_ROUTES = {"content:page-detail", "content:resources"}


def path_for(kind: str, parent_path: str, slug: str) -> str:
    """The address of an entry: news under /news/, answers under /answers/, the rest under the page above it."""
    if kind in ROOTS:
        return f"{ROOTS[kind]}{slug}/"
    return f"{parent_path or '/'}{slug}/"


def path_problem(path: str, kind: str) -> str:
    """Why an entry of this kind cannot have this address, in a sentence; empty when it can."""
    if len(path) > LONGEST_PATH:
        return f"The address {path[:60]}… is longer than {LONGEST_PATH} characters."
    if re.match(r"/\d{4}", path):
        return "An address cannot begin with four digits: those are the archives, such as /2018/12/14/."
    if path.split("/")[1] in RESERVED:
        return f"The site itself uses addresses below /{path.split('/')[1]}/."
    try:
        route = resolve(path).view_name
    except Resolver404:
        return f"The address {path} cannot be reached. Use lower-case letters, digits and single hyphens."
    if route not in ROUTES.get(kind, PAGE_ROUTES):
        return f"The address {path} is taken: another part of the site answers there."
    return ""


def parent_problem(page: Any, parent: Any) -> str:
    """Why a page cannot stand below this one, in a sentence; empty when it can."""
    if parent is None:
        return ""
    if page.is_rooted or parent.is_rooted:
        return "News, statements and answers have no page above them and none below."
    if page.pk and (parent.pk == page.pk or parent.path.startswith(page.path)):
        return "A page cannot stand below itself."
    return ""


def signature_problem(page: Any) -> str:
    """Why this page cannot be public, in a sentence: what explains treatment needs a clinician's name below it."""
    if not page.needs_signature or (page.reviewer is not None and page.reviewer.is_person):
        return ""
    return (
        "This page explains treatment, so it is public only with the name of the clinician who has checked it, and the "
        "day. Give both under “For patients”."
    )


STAND_IN = re.compile(r"draft-[a-z0-9]{8}")  # the address word of a draft that has no title yet


def missing_for_readers(page: Any) -> list[tuple[str, str]]:
    """What a draft may be without and a public page not: the field, and a sentence that ends with what to do."""
    found = []
    if not page.title.strip():
        found.append(("title", "It has no title yet."))
    if not page.summary.strip():
        found.append(("summary", "It has no summary yet: one or two sentences for lists."))
    if STAND_IN.fullmatch(page.slug):
        found.append(("slug", "Its address is a stand-in: give it a word that says what the page is about."))
    if page.reviewer_id is not None and page.reviewed_on is None:
        found.append(("reviewed_on", "Its reviewer is named, but not the day of the check."))
    if page.reviewer_id is None and page.reviewed_on is not None:
        found.append(("reviewer", "The day of its check is given, but not who checked it."))
    if page.every_year and not (page.starts_on and page.ends_on):
        found.append(("starts_on", "It comes back every year, and needs a first and a last day."))
    return found


def pictures_without_words(page: Any) -> list[tuple[str, str]]:
    """The same for pictures that say nothing to those who do not see them: by the text in which they stand."""
    texts = (("body", "the text"), ("recap", "the look back"))
    numbers = [(name, where, without_words(getattr(page, name))) for name, where in texts]
    return [(name, _without_words(where, found)) for name, where, found in numbers if found]


def _without_words(where: str, found: list[int]) -> str:
    if len(found) == 1:
        return (
            f"Picture {found[0]} of {where} has no words for people who do not see it: describe it, or mark it as "
            "decorative."
        )
    named = get_text_list([str(number) for number in found], "and")
    return (
        f"Pictures {named} of {where} have no words for people who do not see them: describe "
        "them, or mark them as decorative."
    )


class Phase(StrEnum):
    """Where a day stands to an initiative."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True)
class Occurrence:
    """An initiative as one day sees it. Both days belong to it.

    `number` is the days to go, the day of its length, or the days since; `again` is the first day of the next one.
    """

    phase: Phase
    first: date
    last: date
    number: int
    again: date | None = None

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """How people say it: Begins in 9 days. Day 3 of 30. Ended yesterday."""
        if self.phase == Phase.DURING:
            if self.length == 1:
                return "Today"
            return f"Day {self.number} of {self.length}" + (", the last" if self.number == self.length else "")
        begins = self.phase == Phase.BEFORE
        if self.number == 1:
            return "Begins tomorrow" if begins else "Ended yesterday"
        return f"Begins in {_span(self.number)}" if begins else f"Ended {_span(self.number)} ago"

    @property
    def share(self) -> float:
        """How far along the line the day stands, from 0 to 1: through the year before it, then through its days."""
        if self.phase == Phase.BEFORE:
            return max(0, 1 - self.number / 365)
        return min(1, self.number / self.length) if self.phase == Phase.DURING else 1


def _span(days: int) -> str:
    """A number of days as people say it; from two months on in months, about."""
    if days <= 60:
        return f"{days} days"
    months = round(days / 30.44)
    return f"about {months} months" if months <= 18 else f"about {round(days / 365.25)} years"


def occurrence(first: date | None, last: date | None, on: date, *, every_year: bool = False) -> Occurrence | None:
    """What this day is to an initiative of these days; None for one without a first day.

    Without a last day it lasts one day. What comes back every year is over until the end of the year of its last day,
    and then counts down to the next; February 29 is the 28th in other years.
    """
    if first is None:
        return None
    last = max(last or first, first)
    spans = [(first, last)]
    if every_year:
        span = last.year - first.year
        # From the year before: one that lies across New Year may still go on, or has just ended.
        newest = min(max(first.year, on.year) + 1, MAXYEAR - span)
        years = range(max(first.year, on.year - span - 1), newest + 1)
        spans = [(_in_year(first, year), _in_year(last, year + span)) for year in years]
    return _seen_from(on, spans)


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _seen_from(on: date, spans: list[tuple[date, date]]) -> Occurrence:
    """The span that goes on, else the last one until its year ends, else the next. Spans stand in order."""
    begun = [span for span in spans if span[0] <= on]
    ahead = [span for span in spans if span[0] > on]
    if begun:
        first, last = begun[-1]
        again = ahead[0][0] if ahead else None
        if on <= last:
            return Occurrence(Phase.DURING, first, last, (on - first).days + 1, again)
        if not ahead or last.year == on.year:
            return Occurrence(Phase.AFTER, first, last, (on - last).days, again)
    first, last = ahead[0]
    return Occurrence(Phase.BEFORE, first, last, (first - on).days)


class Verdict(StrEnum):
    """What one try of a link says."""

    FINE = "fine"
    GONE = "gone"
    FAILING = "failing"


GONE_STATUSES = (404, 410)
# The host is there and will not show the page to a robot; a reader sees it.
NOT_FOR_ROBOTS = (401, 402, 403, 405, 406, 407, 429, 451, 501, 999)
# On how many different days a link must fail before readers are warned.
PATIENCE = {Verdict.GONE: 2, Verdict.FAILING: 3}


def verdict(status: int | None, *, is_unknown: bool = False, problem: str = "") -> Verdict:
    """What an answer means. A host that has no address is as gone as a page that is said to be."""
    if status in GONE_STATUSES or is_unknown:
        return Verdict.GONE
    if status is None or problem:
        return Verdict.FAILING
    return Verdict.FINE if status < 400 or status in NOT_FOR_ROBOTS else Verdict.FAILING


def is_broken(found: Verdict, failures: int) -> bool:
    """Whether readers are warned after failures on so many different days, the newest among them."""
    return found != Verdict.FINE and failures >= PATIENCE[found]
