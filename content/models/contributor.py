"""Who writes and reviews what the site says: people with their degrees, and offices of the Academy."""

from django.db import models
from django.urls import reverse

from aapm_site.core.cache.revisions import revised


class Contributor(models.Model):
    """An author or a reviewer, as they stand under a title."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField("address word", max_length=80, unique=True)
    credentials = models.CharField(max_length=80, blank=True, help_text="Degrees, as in MD, PhD.")
    is_person = models.BooleanField("a person", default=True, help_text="Not ticked for an office or a committee.")
    about = models.TextField(
        max_length=600, blank=True, help_text="One or two sentences: position, field, and what they do for the Academy."
    )

    class Meta:
        ordering = ["name"]
        triggers = [revised()]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def get_absolute_url(self) -> str:
        return reverse("content:news-author", args=[self.slug])
