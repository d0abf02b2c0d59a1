"""How the journal was used, from the counts by month and by day. Periods are whole months."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from aapm_site.core.cache.remembered import remembered
from aapm_site.core.models import Retention
from aapm_site.core.periods import ReportPeriod, months_before

from ..domain.usage_counts import KEPT_DAYS, RETENTION
from ..models import Article, ArticleAuthor, ArticleUsage
from .notices import is_taken_back

MOST_NAMED = 3  # authors of an article in a report of COUNTER


@dataclass(frozen=True)
class UsageFigures:
    """How much something was used: all of it, sessions in which it was, and how often the gate stood in the way."""

    investigations: int = 0
    requests: int = 0
    unique_investigations: int = 0
    unique_requests: int = 0
    denials: int = 0

    def __add__(self, other: "UsageFigures") -> "UsageFigures":
        return UsageFigures(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))


FIGURES = tuple(UsageFigures.__dataclass_fields__)
SUMS = ", ".join(f"sum({name})::bigint" for name in FIGURES)


@dataclass(frozen=True)
class UsageLine:
    """What was counted in one month, under one kind of access and year of publication, of one article or of all."""

    month: date
    access: str
    yop: int
    figures: UsageFigures
    article: int | None = None


def usage_of_journal(period: ReportPeriod) -> list[UsageLine]:
    """Of all articles together. One statement."""
    rows = _rows("NULL::bigint", period)
    return [UsageLine(month, access, yop, UsageFigures(*figures)) for _, month, access, yop, *figures in rows]


def usage_by_article(period: ReportPeriod) -> list[UsageLine]:
    """Of each article, those that are deleted together under None. One statement."""
    rows = _rows("article_id", period)
    return [
        UsageLine(month, access, yop, UsageFigures(*figures), article) for article, month, access, yop, *figures in rows
    ]


def _rows(article: str, period: ReportPeriod) -> list[tuple[Any, ...]]:
    statement = f"""
        SELECT {article}, date_trunc('month', "on")::date, access, yop, {SUMS}
        FROM membership_articleusage WHERE "on" BETWEEN %s AND %s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    """  # noqa: S608 - words of our own
    with connection.cursor() as cursor:
        cursor.execute(statement, [period.first, period.last])
        return cursor.fetchall()


def searches_of_journal(period: ReportPeriod) -> dict[date, int]:
    """How often the journal was searched, by the first day of the month. One statement."""
    statement = """
        SELECT date_trunc('month', "on")::date, sum(searches)::bigint FROM membership_searchusage
        WHERE "on" BETWEEN %s AND %s GROUP BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [period.first, period.last])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class ReportedArticle:
    """An article as reports name it."""

    title: str
    slug: str
    doi: str
    published_on: date
    authors: tuple[str, ...] = ()


def reported_articles(keys: Sequence[int]) -> dict[int, ReportedArticle]:
    """The articles of these keys with the first of their authors. Two statements."""
    named: dict[int, list[str]] = {}
    authors = ArticleAuthor.objects.filter(article__in=keys).order_by("article", "order", "pk")
    for article, given, family, orcid in authors.values_list("article_id", "given_name", "family_name", "orcid"):
        if len(names := named.setdefault(article, [])) < MOST_NAMED:
            names.append(f"{given} {family}".strip() + (f" (ORCID:{orcid})" if orcid else ""))
    rows = Article.objects.filter(pk__in=keys).order_by().values_list("pk", "title", "slug", "doi", "published_on")
    return {
        key: ReportedArticle(title, slug, doi or "", published_on, tuple(named.get(key, ())))
        for key, title, slug, doi, published_on in rows
    }


# What pages show ------------------------------------------------------------------------------------------------------
MOST_READ, FEWEST_ARTICLES, FEWEST_READS = 5, 3, 10
MONTHS_OF_MOST_READ = 3  # the present one among them


@dataclass(frozen=True)
class ReadArticle:
    """One of the most read articles."""

    title: str
    slug: str
    byline: str


@remembered
def most_read(on: date) -> tuple[ReadArticle, ...]:
    """The articles that were read in most sessions lately; none while few are read. One query.

    Only what is out on the day, and nothing that was taken back.
    """
    from_ = months_before(on, MONTHS_OF_MOST_READ - 1)
    shown = Article.objects.published(on).exclude(is_taken_back(on))
    read = ArticleUsage.objects.filter(on__gte=from_, article__in=shown)
    counted = (
        read.values_list("article__title", "article__slug", "article__byline", "article_id")
        .annotate(reads=Sum("unique_requests"))
        .filter(reads__gte=FEWEST_READS)
        .order_by("-reads", "-article_id")
    )
    found = tuple(ReadArticle(title, slug, byline) for title, slug, byline, *_ in counted[:MOST_READ])
    return found if len(found) >= FEWEST_ARTICLES else ()


def reads_of(article: int, on: date) -> int:
    """How often the full text of an article was read in the twelve months up to that of a day. One query."""
    counted = ArticleUsage.objects.filter(article=article, on__gte=months_before(on, 11)).aggregate(n=Sum("requests"))
    return counted["n"] or 0


@remembered
def kept_days() -> int:
    """How many days openings are kept, as staff say; one query."""
    chosen = Retention.objects.filter(name=RETENTION).values_list("days", flat=True).first()
    return KEPT_DAYS if chosen is None else chosen
