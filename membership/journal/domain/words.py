"""What the journal's search knows of full texts, and what they show first: written whenever a text is."""

from django.db import connection, transaction

from aapm_site.core.search.query import CONFIG

from ..jats.sections import sections_of
from ..models import Article, ArticleSection, ArticleWords
from .briefs import write_brief

MOST = 900_000  # characters of all words together; PostgreSQL takes a megabyte of them


@transaction.atomic
def write_words(article: Article, html: str) -> None:
    """The sections of a full text, in place of those before, its words without their places, and its brief."""
    ArticleSection.objects.filter(article=article).delete()
    found = sections_of(html) if html.strip() else []
    ArticleSection.objects.bulk_create(
        ArticleSection(
            article=article, order=place, kind=one.kind, title=one.title, anchor=one.anchor[:200], text=one.text
        )
        for place, one in enumerate(found, start=1)
    )  # fmt: skip
    ArticleWords.objects.filter(article=article).delete()
    words = " ".join(f"{one.title} {one.text}" for one in found)[:MOST]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO membership_articlewords (article_id, words) "
            "VALUES (%s, strip(to_tsvector(%s::regconfig, %s)))",
            [article.pk, CONFIG, words],
        )
    write_brief(article, html)
