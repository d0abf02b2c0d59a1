"""Shared lists that staff edit: professions and specialties."""

from django.db import models

from aapm_site.core.cache.revisions import revised


class Listed(models.Model):
    """A choice in a list, in the order that staff give."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField("address word", max_length=100, unique=True)
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Profession(Listed):
    """What a person works as: physician, psychologist, nurse."""

    class Meta(Listed.Meta):
        triggers = [revised()]


class Specialty(Listed):
    """A field of medicine that a person or a position comes from."""

    class Meta(Listed.Meta):
        verbose_name_plural = "specialties"
        triggers = [revised()]
