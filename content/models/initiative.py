"""What an initiative has besides its text: the organizations that take part, and its events."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from aapm_site.core.cache.revisions import revised
from content.models.page import Page

secure = RegexValidator(r"^https://[^\s/]+\.\S+$", "Write a whole address that begins with https://.")


class Partner(models.Model):
    """An organization that carries an initiative with the Academy."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=120)
    url = models.URLField("address", max_length=300, blank=True, validators=[secure])
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["page", "name"], name="content_partner_once")]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Something that happens within an initiative: a talk, a walk, an open day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="events")
    title = models.CharField(max_length=140)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", null=True, blank=True)
    hours = models.CharField(max_length=60, blank=True, help_text="With the zone: 6 to 7 p.m. Central.")
    place = models.CharField(max_length=140, blank=True, help_text="A town, a house, or “Online”.")
    url = models.URLField("address", max_length=300, blank=True, validators=[secure], help_text="Where to read more.")
    summary = models.TextField(max_length=300, blank=True, help_text="One or two sentences.")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="content_event_days_in_order",
                violation_error_message="The last day must not come before the first.",
            )
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.title
