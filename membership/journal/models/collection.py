"""A collection: articles that the editors have put together, in their order."""

from pathlib import PurePosixPath

from django.db import models
from django.db.models import Q
from django.urls import reverse

from aapm_site.core.cache.revisions import revised
from aapm_site.core.search import query

from .article import Article


class CollectionQuerySet(models.QuerySet["Collection"]):
    def published(self) -> "CollectionQuerySet":
        return self.filter(is_published=True)


class Collection(models.Model):
    """Its page is everybody's once it is published. Of its articles each is shown from the day on which it is out."""

    title = models.CharField(max_length=150, unique=True)
    slug = models.SlugField("address word", max_length=80, unique=True, help_text="The last word of its address.")
    introduction = models.TextField(
        max_length=4_000, blank=True, help_text="What holds these articles together; an empty line begins a paragraph."
    )
    is_published = models.BooleanField("published", default=False, help_text="Readers see it.")
    order = models.PositiveSmallIntegerField(
        "place", default=100, help_text="Smaller ones stand first on the Journal’s page."
    )
    # So that a site which does not know these columns yet can still write rows: db_default.
    picture = models.CharField(
        "file of its picture", max_length=100, blank=True, db_default="", default="", editable=False,
        help_text="Without one it has a drawn picture.",
    )  # fmt: skip
    picture_words = models.CharField(
        "what can be seen on it", max_length=250, blank=True, db_default="", default="", editable=False
    )
    articles = models.ManyToManyField(Article, through="CollectedArticle", related_name="collections")
    search = query.vector(("title", "A"), ("introduction", "C"))

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]
        triggers = [revised()]
        indexes = [query.index("membership_collection_search")]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="membership_collection_has_slug"),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_words=""), name="membership_collection_picture_in_words"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("journal:collection-detail", args=[self.slug])

    @property
    def picture_url(self) -> str:
        """Where its own picture is; nothing where a drawn one is shown."""
        return reverse("journal:collection-picture", args=[PurePosixPath(self.picture).name]) if self.picture else ""


class CollectedArticle(models.Model):
    """One article of a collection, and its place there."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="collected")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="collected_in")
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        verbose_name = "article of a collection"
        verbose_name_plural = "articles of a collection"
        ordering = ["order", "pk"]
        triggers = [revised()]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "article"],
                name="membership_collected_article_once",
                violation_error_message="This article stands in the collection already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} in {self.collection}"
