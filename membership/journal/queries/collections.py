"""Collections and subjects as readers see them, and who wrote what."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Value

from aapm_site.core.cache.remembered import remembered

from ..models import Article, ArticleAuthor, Collection, Subject
from ..models.article import name_key
from ..models.subject import words_of
from .issues import ListedArticle, listed

A_PAGE = 25


@dataclass(frozen=True)
class PublicCollection:
    """One collection, to be led to."""

    pk: int
    title: str
    url: str
    introduction: str
    articles: frozenset[int]
    picture_url: str = ""
    picture_words: str = ""


@dataclass(frozen=True)
class PublicSubject:
    """One subject with the words by which an article is in it."""

    pk: int
    name: str
    slug: str
    url: str
    introduction: str
    words: tuple[str, ...]


@remembered
def collections_out() -> tuple[PublicCollection, ...]:
    """Every published collection in the editors' order; one query."""
    rows = Collection.objects.published().defer("search").annotate(holds=ArrayAgg("collected__article"))
    return tuple(
        PublicCollection(
            row.pk,
            row.title,
            row.get_absolute_url(),
            row.introduction,
            frozenset(row.holds or ()),
            row.picture_url,
            row.picture_words,
        )
        for row in rows
    )


def collections_with(article: int) -> list[PublicCollection]:
    """The published collections in which the article of a key stands."""
    return [one for one in collections_out() if article in one.articles]


def articles_of_collection(collection: int, on: date) -> tuple[ListedArticle, ...]:
    """Those that are out, in the editors' order; one query."""
    out = Article.objects.published(on).filter(collected_in__collection=collection)
    return listed(out.order_by("collected_in__order", "collected_in__pk"), on)


@remembered
def subjects() -> tuple[PublicSubject, ...]:
    """All subjects in the editors' order; one query."""
    return tuple(
        PublicSubject(
            row.pk, row.name, row.slug, row.get_absolute_url(), row.introduction, words_of(row.name, row.keywords)
        )
        for row in Subject.objects.all()
    )


def subjects_of(keywords: list[str]) -> list[PublicSubject]:
    """The subjects in which an article with these keywords is."""
    words = {word.lower() for word in keywords}
    return [one for one in subjects() if not words.isdisjoint(one.words)]


def articles_about(subject: PublicSubject, on: date) -> QuerySet[Article]:
    """Those that are out, the newest first."""
    return Article.objects.published(on).about(subject.words).order_by("-published_on", "-pk")


def articles_by(key: str, on: date) -> QuerySet[Article]:
    """Those that are out of people of this name, the newest first."""
    named = ArticleAuthor.objects.alias(key=name_key()).filter(key=name_key(Value(key)))
    return (
        Article.objects.published(on)
        .filter(Exists(named.filter(article=OuterRef("pk"))))
        .order_by("-published_on", "-pk")
    )


def names_of(key: str, on: date) -> list[ArticleAuthor]:
    """The rows of people of this name on articles that are out, the newest first."""
    rows = ArticleAuthor.objects.alias(key=name_key()).filter(
        key=name_key(Value(key)), article__in=Article.objects.published(on)
    )
    return list(rows.order_by("-article__published_on", "-pk")[:MOST_NAMES])


MOST_NAMES = 200


def page_of(rows: QuerySet[Article], number: str | None, on: date) -> tuple[Page, tuple[ListedArticle, ...]]:
    """One page of a list of articles, and its lines; two queries."""
    page = Paginator(rows, A_PAGE).get_page(number)
    return page, listed(page.object_list, on)  # type: ignore[arg-type]  # a slice of the queryset
