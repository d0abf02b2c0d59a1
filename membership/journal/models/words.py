"""The full texts as the journal's own search reads them, apart from the articles that everybody reads."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from aapm_site.core.search import query

from .article import Article


class SectionKind(models.TextChoices):
    INTRODUCTION = "introduction", "Introduction"
    METHODS = "methods", "Methods"
    RESULTS = "results", "Results"
    DISCUSSION = "discussion", "Discussion"
    OTHER = "other", "Another part"


class ArticleSection(models.Model):
    """A section of a full text, without markup: what phrases are looked for in, and excerpts are cut from.

    As closed as the text itself: only queries/article_search.py reads it, after it has asked who reads.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=SectionKind)
    title = models.TextField(blank=True)
    anchor = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    search = query.vector(("title", "C"), ("text", "D"))

    class Meta:
        verbose_name = "section"
        ordering = ["order"]
        default_permissions = ()
        indexes = [query.index("membership_section_search")]
        constraints = [
            models.UniqueConstraint(fields=["article", "order"], name="membership_section_order_once"),
            models.CheckConstraint(condition=Q(kind__in=SectionKind.values), name="membership_section_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.order}: {self.article}"


class ArticleWords(models.Model):
    """The words of a full text without their places: one narrow row an article, by which a search begins."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="words", primary_key=True)
    words = SearchVectorField()

    class Meta:
        verbose_name = "words of a full text"
        default_permissions = ()
        indexes = [query.index("membership_words_search", "words")]

    def __str__(self) -> str:
        return f"Words of {self.article}"
