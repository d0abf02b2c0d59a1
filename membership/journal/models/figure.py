"""A figure of an article, as private as the text."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse

from aapm_site.core.cache.revisions import revised
from aapm_site.core.files import private
from aapm_site.core.ids import public_id

from .article import Article

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}


def figure_path(figure: "Figure", filename: str) -> str:
    ending = filename.rsplit(".", 1)[-1].lower()
    return f"journal/figures/{public_id()}.{ending if ending in TYPES else 'bin'}"


class Figure(models.Model):
    """A picture; the body places it with <figure data-figure="key">, else it stands after the text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="figures")
    order = models.PositiveSmallIntegerField("place", default=0)
    key = models.SlugField("name in the text", max_length=60, help_text="Such as fig1.")
    label = models.CharField(max_length=60, help_text="Figure 1")
    caption = models.TextField(blank=True)
    alt = models.TextField("description", help_text="What the figure shows, for those who do not see it.")
    file = models.FileField(
        upload_to=figure_path, storage=private.storage, validators=[FileExtensionValidator(sorted(TYPES))]
    )
    width = models.PositiveIntegerField(null=True, blank=True, help_text="In pixels, so that the text does not jump.")
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        triggers = [revised()]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "key"],
                name="membership_figure_key_once",
                violation_error_message="This article has a figure of that key already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.article}"

    def get_absolute_url(self) -> str:
        return reverse("journal:figure-detail", args=[self.article.slug, self.key])

    @property
    def content_type(self) -> str:
        return TYPES.get(str(self.file.name).rsplit(".", 1)[-1].lower(), "application/octet-stream")
