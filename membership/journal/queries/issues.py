"""The issues that are out, and what stands in each."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from itertools import groupby

from django.db.models import Min, Q
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from membership.access import decide

from ..models import Article, Issue
from ..models.article import ArticleTraits
from ..models.issue import IssueTraits


@dataclass(frozen=True)
class PublicIssue(IssueTraits):
    """One issue as readers see it."""

    pk: int
    volume: int
    number: int
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


@dataclass(frozen=True)
class ContentsEntry:
    """One line of a table of contents, and whether this reader has to stop at the abstract."""

    article: ListedArticle
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


@remembered
def issues_out(on: date) -> IssueList:
    """Every issue that is out on a day; two queries."""
    until = next_boundary(on)
    lifetime.ends_at(until)
    return IssueList(tuple(PublicIssue(*row) for row in Issue.objects.published(on).values_list(*ISSUE)), until)


@remembered
def articles_of(issue: int, on: date) -> tuple[ListedArticle, ...]:
    """The articles of an issue that are out on a day, in the order of its table of contents; one query."""
    rows = Article.objects.filter(issue=issue).published(on).in_order()
    names = (
        "slug",
        "title",
        "byline",
        "free_to_read",
        "first_page",
        "last_page",
        "page_label",
        "published_on",
        "type__name",
    )
    return tuple(ListedArticle(*row) for row in rows.values_list(*names))


def contents(issue: PublicIssue, user: Visitor, on: date) -> list[Section]:
    """An issue's table of contents by type; one query besides what the decision on access reads once."""
    return [
        Section(kind, tuple(ContentsEntry(article, not decide(user, article, on).allowed) for article in found))
        for kind, found in groupby(articles_of(issue.pk, on), key=lambda article: article.kind)
    ]


def by_volume(found: Iterable[PublicIssue]) -> list[tuple[int, list[PublicIssue]]]:
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
