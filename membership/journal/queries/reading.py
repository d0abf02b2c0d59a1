"""What the journal's pages show: issues, tables of contents, an article with its neighbors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from membership.access import decide

from ..models import Article, Issue


@dataclass(frozen=True)
class ContentsEntry:
    """One line of a table of contents, and whether this reader has to stop at the abstract."""

    article: Article
    locked: bool

    @property
    def icon(self) -> str:
        return "lock" if self.locked else "check"

    @property
    def access(self) -> str:
        """What this reader gets of it, in words."""
        if self.locked:
            return "Abstract for all, full text for members"
        return "Free for everybody" if self.article.free_to_read else "Open to you"


@dataclass(frozen=True)
class Section:
    """The articles of one type."""

    title: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class Neighbors:
    """Where an article stands in its issue."""

    before: Article | None
    after: Article | None
    others: tuple[Article, ...]


def issues(on: date) -> QuerySet[Issue]:
    return Issue.objects.published(on)


def current_issue(on: date) -> Issue | None:
    return issues(on).first()


def contents(issue: Issue, user: Visitor, on: date) -> list[Section]:
    """An issue's table of contents by type; one query besides what the decision on access reads once."""
    articles = issue.articles.published(on).select_related("type").defer("body", "references").in_order()
    return [
        Section(kind.name, tuple(ContentsEntry(article, not decide(user, article, on).allowed) for article in found))
        for kind, found in groupby(articles, key=lambda article: article.type)
    ]


def article_page(slug: str) -> Article | None:
    """The article with what its page shows, published or not; the view decides."""
    articles = Article.objects.select_related("issue", "type").prefetch_related("authors", "figures")
    return articles.filter(slug=slug).first()


def is_out(article: Article, on: date) -> bool:
    """Whether readers may know of the article; the same as ArticleQuerySet.published, for one in hand."""
    return article.published_on <= on and article.issue.published_on <= on


def neighbors(article: Article, on: date) -> Neighbors:
    """The article before and after in the issue's order, and all others of the issue. One query."""
    found = article.issue.articles.published(on).only("slug", "title", "issue_id").in_order()
    listed = list(found)
    place = next((index for index, other in enumerate(listed) if other.pk == article.pk), None)
    others = tuple(other for other in listed if other.pk != article.pk)
    if place is None:
        return Neighbors(None, None, others)
    before = listed[place - 1] if place else None
    after = listed[place + 1] if place + 1 < len(listed) else None
    return Neighbors(before, after, others)


def beside(issue: Issue, on: date) -> tuple[Issue | None, Issue | None]:
    """The issue before and the one after."""
    order = Q(volume__lt=issue.volume) | Q(volume=issue.volume, number__lt=issue.number)
    later = Q(volume__gt=issue.volume) | Q(volume=issue.volume, number__gt=issue.number)
    return issues(on).filter(order).first(), issues(on).filter(later).last()


def by_volume(found: Iterable[Issue]) -> list[tuple[int, list[Issue]]]:
    """Issues grouped by volume, in the order given."""
    return [(volume, list(group)) for volume, group in groupby(found, key=lambda issue: issue.volume)]


def next_boundary(on: date) -> datetime | None:
    """The midnight at which the next issue or article comes out: pages of the journal change then. One query."""
    found = Issue.objects.filter(Q(published_on__gt=on) | Q(articles__published_on__gt=on)).aggregate(
        issue=Min("published_on", filter=Q(published_on__gt=on)),
        article=Min("articles__published_on", filter=Q(articles__published_on__gt=on)),
    )
    days = [day for day in found.values() if day is not None]
    return timezone.make_aware(datetime.combine(min(days), time.min)) if days else None
