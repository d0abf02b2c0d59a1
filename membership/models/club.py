"""A group's journal club: one article, on one day."""

from datetime import date

from django.db import models
from django.utils import timezone

from membership.journal.models import Article

from .group import Group

LONGEST_PLACE = 200


class ClubMeetingQuerySet(models.QuerySet["ClubMeeting"]):
    def ahead(self, on: date) -> "ClubMeetingQuerySet":
        """Those of a day and later, the next one first."""
        return self.filter(meets_on__gte=on).order_by("meets_on", "pk")


class ClubMeeting(models.Model):
    """Planned and called off by the group's chairs; only people in the group see it. It says nothing about anybody."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="club_meetings")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="club_meetings")
    meets_on = models.DateField()
    place = models.CharField("time and place", max_length=LONGEST_PLACE, blank=True)
    planned_at = models.DateTimeField(default=timezone.now)

    objects = ClubMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "journal club"
        ordering = ["meets_on", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "article", "meets_on"], name="membership_club_meeting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.meets_on}: {self.article}"
