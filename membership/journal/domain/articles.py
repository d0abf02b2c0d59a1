"""Writing articles: a slug that is made once, and the authors' names beside the title for search."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify

from ..models import Article, ArticleAuthor


class ArticleRefused(ValueError):
    """Why an article is not taken, in a sentence for the editor."""


def make_slug(doi: str | None) -> str:
    """The slug of a new article: the DOI's own part (10.5555/pm.2026.0801 → pm-2026-0801), else a new number."""
    if doi:
        own = doi.split("/", 1)[-1]
        for text in (own, doi):
            slug = slugify(re.sub(r"[^A-Za-z0-9]+", "-", text))[:150].strip("-")
            if slug and not Article.objects.filter(slug=slug).exists():
                return slug
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('membership_article_number')")
        return str(cursor.fetchone()[0])


def prepare_article(article: Article) -> None:
    """Give an article that has none its slug; an empty DOI is none, and without an issue it is an advance article."""
    article.doi = article.doi or None
    article.is_advance = article.is_advance or article.issue is None
    if not article.slug:
        article.slug = make_slug(article.doi)


def byline(authors: Iterable[ArticleAuthor]) -> str:
    return ", ".join(author.name for author in authors)


def refresh_byline(article: Article) -> None:
    """Keep the authors' names in the article's own row, where the search vector reads them."""
    article.byline = byline(article.authors.all())
    article.save(update_fields=["byline"])


@transaction.atomic
def save_article(article: Article, authors: Iterable[dict[str, Any]]) -> Article:
    """Save an article with its authors in their order, in place of those it had."""
    prepare_article(article)
    article.save()
    article.authors.all().delete()
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=article, order=place, **fields) for place, fields in enumerate(authors, start=1)
    )
    refresh_byline(article)
    return article
