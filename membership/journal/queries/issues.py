"""The issues that are out, and what stands in each."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.db.models import Case, DateField, Expression, ExpressionWrapper, F, Func, QuerySet, Value, When
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
    published_on: date | None
    title: str
    theme: str
    sample: bool
    cover: str

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
    free_from: date | None
    chosen_from: date | None
    chosen_until: date | None
    first_page: int | None
    last_page: int | None
    page_label: str
    published_on: date
    kind: str
    is_taken_back: bool


LISTED = (
    "slug", "title", "byline", "free_to_read", "free_from", "chosen_from", "chosen_until", "first_page", "last_page",
    "page_label", "published_on", "heading", "taken_back",
)  # fmt: skip
# What the editors wrote over it in its issue, else its type.
HEADING = Case(When(section="", then="type__name"), default="section")


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


@remembered
def chosen_by_editors(on: date) -> tuple[ListedArticle, ...]:
    """What the editors have opened to everybody for a time, the newest choice first; one query."""
    chosen = Article.objects.published(on).filter(chosen_from__lte=on, chosen_until__gte=on)
    return listed(chosen.order_by("-chosen_from", "-pk")[:MOST_CHOSEN], on)


MOST_CHOSEN = 6
MOST_AHEAD = 200  # lines of the list of advance articles


@remembered
def articles_of(issue: int, on: date) -> tuple[ListedArticle, ...]:
    """The articles of an issue that are out on a day, in the order of its table of contents; one query."""
    return listed(Article.objects.filter(issue=issue).published(on).in_order(), on)


@remembered
def ahead_of_issues(on: date) -> AheadList:
    """The newest articles that are in no issue that is out; two queries."""
    until = next_boundary(on)
    lifetime.ends_at(until)
    return AheadList(listed(Article.objects.ahead(on)[:MOST_AHEAD], on), until)


def listed(rows: QuerySet[Article], on: date) -> tuple[ListedArticle, ...]:
    """The rows as lines, in their order; one query."""
    said = rows.annotate(heading=HEADING, taken_back=is_taken_back(on))
    return tuple(ListedArticle(*row) for row in said.values_list(*LISTED))


def by_volume(found: Iterable[PublicIssue]) -> list[tuple[int, list[PublicIssue]]]:
    """Issues grouped by volume, in the order given."""
    return [(volume, list(group)) for volume, group in groupby(found, key=lambda issue: issue.volume)]


def next_boundary(on: date) -> datetime | None:
    """The midnight at which the next issue or article comes out, or one becomes free or for members again: pages of the
    journal change then. One query.
    """
    articles = Article.objects.all()
    opens = [_days_after(on, articles, F(name)) for name in ("published_on", "free_from", "chosen_from")]
    closes = _days_after(
        on, articles, Func(F("chosen_until"), Value(1), arg_joiner=" + ", template="(%(expressions)s)")
    )
    first = _days_after(on, Issue.objects.all(), F("published_on")).union(*opens, closes).order_by("day")
    return next(map(midnight, first.values_list("day", flat=True)[:1]), None)


def midnight(day: date) -> datetime:
    """The moment at which a day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _days_after(on: date, rows: QuerySet[Any], day: Expression | F) -> QuerySet[Any]:
    days = rows.order_by().annotate(day=ExpressionWrapper(day, output_field=DateField()))
    return days.filter(day__gt=on).values("day")
