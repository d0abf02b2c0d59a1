"""Shared lists that staff edit: professions, specialties, and the gazetteer of places."""

from django.db import models

from aapm_site.core.cache.revisions import revised


class Listed(models.Model):
    """A choice in a list, in the order that staff give."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(default=100)

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


class Place(models.Model):
    """A town with its coordinates in degrees (WGS 84): where jobs are and people work."""

    name = models.CharField(max_length=100)
    state_code = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, default="US", help_text="ISO 3166-1 code of two letters")
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        ordering = ["name", "state_code"]
        triggers = [revised()]
        constraints = [
            models.UniqueConstraint(fields=["name", "state_code", "country"], name="accounts_place_once"),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="accounts_place_on_earth",
                violation_error_message="Latitude runs from -90 to 90, longitude from -180 to 180.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state_code}" if self.state_code else self.name
