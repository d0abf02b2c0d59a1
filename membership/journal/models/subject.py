"""What articles are about, as the editors name it: a subject gathers articles by their keywords."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Lower, Trim
from django.urls import reverse

from aapm_site.core.cache.revisions import revised


def keyword_array() -> Func:
    """An article's keywords, each in small letters; the index of articles is of the same words."""
    return Func(
        Trim(Lower("keywords")), Value(r"\s*,\s*"), function="regexp_split_to_array",
        output_field=ArrayField(models.TextField()),
    )  # fmt: skip


def words_of(name: str, keywords: str) -> tuple[str, ...]:
    """What an article's keywords are compared with: the subject's name and its lines, in small letters, each once."""
    lines = (" ".join(line.lower().split()) for line in (name, *keywords.splitlines()))
    return tuple(dict.fromkeys(line for line in lines if line))


class Subject(models.Model):
    """Which articles are in it follows from their keywords at any time, so nothing is sorted in by hand."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField("address word", max_length=60, unique=True, help_text="The last word of its address.")
    introduction = models.TextField(max_length=1_000, blank=True, help_text="One or two sentences above the articles.")
    keywords = models.TextField(
        max_length=4_000,
        blank=True,
        help_text="One a line. An article with one of them, or with the subject’s name, among its keywords is in it.",
    )
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "name"]
        triggers = [revised()]
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="membership_subject_has_slug")]

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        self.keywords = "\n".join(words_of("", self.keywords))
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("journal:subject-detail", args=[self.slug])
