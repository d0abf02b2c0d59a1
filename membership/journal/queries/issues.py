"""The issues that are out, and what stands in each."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered

from ..models import Article, Issue
from ..models.article import ArticleTraits
from ..models.issue import IssueTraits
from .notices import is_taken_back


@dataclass(frozen=True)
class PublicIssue(IssueTraits):
    """One issue as readers see it."""

    pk: int
    volume: int
    number: int
    volume_label: str
    number_label: str
    published_on: date
    title: str
    theme: str
    sample: bool

    @classmethod
    def of(cls, row: Issue) -> "PublicIssue":
        return cls(*(getattr(row, name) for name in ISSUE))


ISSUE = [one.name for one in fields(PublicIssue)]


@dataclass(frozen=True)
class IssueList:
    """The issues that are out, the newest first, and when that changes."""

    issues: tuple[PublicIssue, ...]
    until: datetime | None

    def find(self, volume: int, number: int) -> PublicIssue | None:
        return next((one for one in self.issues if (one.volume, one.number) == (volume, number)), None)

    def beside(self, issue: PublicIssue) -> tuple[PublicIssue | None, PublicIssue | None]:
        """The issue before one and the one after, which need not be out itself."""
        key = issue.volume, issue.number
        before = next((one for one in self.issues if (one.volume, one.number) < key), None)
        after = next((one for one in reversed(self.issues) if (one.volume, one.number) > key), None)
        return before, after


@dataclass(frozen=True)
class ListedArticle(ArticleTraits):
    """One article as a table of contents shows it."""

    slug: str
    title: str
    byline: str
    free_to_read: bool
    first_page: int | None
    last_page: int | None
    page_label: str
    published_on: date
    kind: str
    is_taken_back: bool


LISTED = (
    "slug", "title", "byline", "free_to_read", "first_page", "last_page", "page_label", "published_on", "type__name",
    "taken_back",
)  # fmt: skip


@remembered
def issues_out(on: date) -> IssueList:
    """Every issue that is out on a day; two queries."""
    until = next_boundary(on)
    lifetime.ends_at(until)
    return IssueList(tuple(PublicIssue(*row) for row in Issue.objects.published(on).values_list(*ISSUE)), until)


@dataclass(frozen=True)
class AheadList:
    """Articles that are out before their issue, and when that changes."""

    articles: tuple[ListedArticle, ...]
    until: datetime | None


MOST_AHEAD = 200  # lines of the list of advance articles


@remembered
def articles_of(issue: int, on: date) -> tuple[ListedArticle, ...]:
    """The articles of an issue that are out on a day, in the order of its table of contents; one query."""
    return _listed(Article.objects.filter(issue=issue).published(on).in_order(), on)


@remembered
def ahead_of_issues(on: date) -> AheadList:
    """The newest articles that are in no issue that is out; two queries."""
    until = next_boundary(on)
    lifetime.ends_at(until)
    return AheadList(_listed(Article.objects.ahead(on)[:MOST_AHEAD], on), until)


def _listed(rows: QuerySet[Article], on: date) -> tuple[ListedArticle, ...]:
    return tuple(ListedArticle(*row) for row in rows.annotate(taken_back=is_taken_back(on)).values_list(*LISTED))


def by_volume(found: Iterable[PublicIssue]) -> list[tuple[int, list[PublicIssue]]]:
    """Issues grouped by volume, in the order given."""
    return [(volume, list(group)) for volume, group in groupby(found, key=lambda issue: issue.volume)]


def next_boundary(on: date) -> datetime | None:
    """The midnight at which the next issue or article comes out: pages of the journal change then. One query."""
    coming = [rows.filter(published_on__gt=on).order_by().values_list("published_on") for rows in (
        Issue.objects.all(), Article.objects.all(),
    )]  # fmt: skip
    found = coming[0].union(coming[1]).order_by("published_on")[:1]
    return next((timezone.make_aware(datetime.combine(day, time.min)) for (day,) in found), None)
