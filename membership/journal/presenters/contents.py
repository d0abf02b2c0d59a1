"""Tables of contents as this reader sees them: each line with why they can read it, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from aapm_site.accounts.people import Visitor
from membership.access import AccessDecision, decide
from membership.presenters.access import line_words

from ..queries.issues import ListedArticle, PublicIssue, articles_of


@dataclass(frozen=True)
class ContentsEntry:
    """One line of a table of contents, and what was decided for this reader."""

    article: ListedArticle
    decision: AccessDecision

    @property
    def icon(self) -> str:
        return "check" if self.decision.allowed else "lock"

    @property
    def access(self) -> str:
        """Why this reader gets the text or only the abstract, and until when."""
        return line_words(self.decision)


@dataclass(frozen=True)
class Section:
    """The articles below one heading: a type, or what the editors wrote over them."""

    title: str
    entries: tuple[ContentsEntry, ...]


def entries_for(articles: Iterable[ListedArticle], user: Visitor, on: date) -> tuple[ContentsEntry, ...]:
    """Lines for this reader; no query besides what the decision on access reads once."""
    return tuple(ContentsEntry(article, decide(user, article, on)) for article in articles)


def contents(issue: PublicIssue, user: Visitor, on: date) -> list[Section]:
    """An issue's table of contents by type; one query besides what the decision on access reads once."""
    return [
        Section(kind, entries_for(found, user, on))
        for kind, found in groupby(articles_of(issue.pk, on), key=lambda article: article.kind)
    ]
