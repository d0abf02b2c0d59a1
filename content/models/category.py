"""What news and statements are about."""

from django.db import models
from django.urls import reverse

from aapm_site.core.cache.revisions import revised


class Category(models.Model):
    """A shelf of the news, with a page and a feed of its own."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField("address word", max_length=80, unique=True)
    description = models.CharField(max_length=200, blank=True, help_text="One sentence under the heading of its page.")
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "categories"
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("content:news-category", args=[self.slug])
