"""Who leads the Academy and who works for it: boards, committees and offices, and the people who sit in them."""

from datetime import date, datetime, time, timedelta

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from aapm_site.core.cache.revisions import revised
from content.models.contributor import Contributor
from content.models.media import Picture
from content.states import BodyKind


class Body(models.Model):
    """A board, a committee, or an office of the staff."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField("what it is", max_length=12, choices=BodyKind)
    purpose = models.TextField(
        max_length=400,
        blank=True,
        validators=[MaxLengthValidator(400)],
        help_text="One or two sentences for readers: what it decides or does.",
    )
    order = models.PositiveSmallIntegerField("place", default=100, help_text="Small numbers stand first.")

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "board, committee or office"
        verbose_name_plural = "boards, committees and offices"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="content_body_kind_known"),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="content_body_has_name"),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name


class OfficerQuerySet(models.QuerySet["Officer"]):
    """The words in which people in office are asked for."""

    def in_office(self, on: date | models.Value) -> "OfficerQuerySet":
        """Those whose term runs on this day: both its ends are days of it, and one that is not known is open."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def next_change(self, on: date) -> datetime | None:
        """The next midnight at which the clock alone shows or hides somebody."""
        found = self.aggregate(
            begins=models.Min("starts_on", filter=Q(starts_on__gt=on)),
            ends=models.Min("ends_on", filter=Q(ends_on__gte=on)),
        )
        days = [found["begins"], found["ends"] + timedelta(days=1) if found["ends"] else None]
        first = min((day for day in days if day), default=None)
        return timezone.make_aware(datetime.combine(first, time())) if first else None


class Officer(models.Model):
    """One person in one office, for one term. Who serves again gets a further row, so that the past stays known."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="officers", verbose_name="board, committee or office"
    )
    name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=80, blank=True, help_text="Degrees, as in MD, PhD.")
    office = models.CharField(max_length=120, blank=True, help_text="As in President, Chair, Director of membership.")
    portrait = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"trashed_at": None},
        help_text="From the library; without one, the initials are drawn.",
    )
    biography = models.TextField(
        "about",
        max_length=500,
        blank=True,
        validators=[MaxLengthValidator(500)],
        help_text="A few sentences: field, place of work, and what they look after.",
    )
    contributor = models.ForeignKey(
        Contributor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offices",
        help_text="Who they are among the authors and reviewers; the card then leads to what they have written.",
    )
    starts_on = models.DateField("first day of the term", null=True, blank=True)
    ends_on = models.DateField(
        "last day of the term", null=True, blank=True, help_text="The day after it they stand on no page any more."
    )
    order = models.PositiveSmallIntegerField("place", default=100, help_text="Small numbers stand first.")
    is_sample = models.BooleanField("sample", default=False, help_text="Invented for the demonstration; pages say so.")

    objects = OfficerQuerySet.as_manager()

    class Meta:
        ordering = ["body__order", "body__name", "order", "name", "pk"]
        verbose_name = "person in office"
        verbose_name_plural = "people in office"
        constraints = [
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="content_officer_has_name"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="content_officer_days_in_order",
                violation_error_message="The last day must not come before the first.",
            ),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name


class HistoryYear(models.Model):
    """One mark on the line of the Academy's years."""

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, unique=True)
    words = models.TextField(
        max_length=500, blank=True, validators=[MaxLengthValidator(500)], help_text="One to three sentences."
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"trashed_at": None},
        help_text="From the library.",
    )
    order = models.PositiveSmallIntegerField("place in its year", default=100, help_text="Small numbers stand first.")
    is_sample = models.BooleanField(
        "sample", default=False, help_text="Invented for the demonstration; the page says so."
    )

    class Meta:
        ordering = ["year", "order", "pk"]
        verbose_name = "year of our history"
        verbose_name_plural = "years of our history"
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2199),
                name="content_historyyear_believed",
                violation_error_message="Please give a year from 1900 to 2199.",
            ),
            models.CheckConstraint(condition=Q(title__regex=r"\S"), name="content_historyyear_has_title"),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"
