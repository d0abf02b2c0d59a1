"""The gazetteer: towns with their other names, ZIP codes, and what people typed that is not in it."""

from django.db import models
from django.utils import timezone

from aapm_site.core.cache.revisions import revised


class Place(models.Model):
    """A town with its coordinates in degrees (WGS 84): where jobs are and people work.

    Most come from the gazetteer (domain/gazetteer.py) and have its number; those without one are staff's own.
    """

    name = models.CharField(max_length=100)
    county = models.CharField(
        max_length=60, blank=True, help_text="Shown where two towns of a state have one name: Cambria County"
    )
    state_code = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, default="US", help_text="Two letters: US, CA.")
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    population = models.PositiveIntegerField(default=0, editable=False)
    number = models.PositiveIntegerField(
        "number in the gazetteer", null=True, blank=True, unique=True, editable=False, help_text="Empty: added by staff"
    )
    is_twice = models.BooleanField("another town of the state has this name", default=False, editable=False)
    slug = models.SlugField("address word", max_length=120, unique=True)

    class Meta:
        ordering = ["name", "state_code", "county"]
        triggers = [revised()]
        indexes = [models.Index(fields=["latitude", "longitude"], name="accounts_place_where")]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "state_code", "country", "county"],
                condition=models.Q(number=None),
                name="accounts_own_place_once",
                violation_error_message="Such a place is there already.",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="accounts_place_on_earth",
                violation_error_message="Latitude runs from -90 to 90, longitude from -180 to 180.",
            ),
        ]

    def __str__(self) -> str:
        return self._joined(self.state_code)

    @property
    def label(self) -> str:
        """Written out, and of no other place: Portland, Maine; Oakland, Cambria County, Pennsylvania."""
        return self._joined(self.state or self.state_code)

    def _joined(self, state: str) -> str:
        county = self.county if self.is_twice or self.number is None else ""
        return ", ".join(part for part in (self.name, county, state) if part)


class PlaceName(models.Model):
    """A name by which a place is found, its own or another; `key` is the name as names are compared."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=120, editable=False)
    is_own = models.BooleanField("added by staff", default=True, editable=False)

    class Meta:
        verbose_name = "name of a place"
        verbose_name_plural = "names of places"
        ordering = ["name"]
        indexes = [models.Index(fields=["key"], opclasses=["text_pattern_ops"], name="accounts_placename_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "key"],
                name="accounts_placename_once",
                violation_error_message="The place is found by this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ZipCode(models.Model):
    """A point in the area of a ZIP code."""

    code = models.CharField(primary_key=True, max_length=5)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        verbose_name = "ZIP code"

    def __str__(self) -> str:
        return self.code


class UnknownPlace(models.Model):
    """What people typed as a place and the gazetteer does not have: how often, and when last. Not who."""

    typed = models.CharField(max_length=120)
    key = models.CharField(max_length=140, unique=True)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField("first typed", default=timezone.now)
    last_at = models.DateTimeField("last typed", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "place that was not found"
        verbose_name_plural = "places that were not found"
        ordering = ["-last_at"]
        constraints = [models.CheckConstraint(condition=models.Q(times__gte=1), name="accounts_unknownplace_times")]

    def __str__(self) -> str:
        return self.typed
