"""When staff looked at the site as a member sees it: why, and every page."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Viewing(models.Model):
    """One look, of some minutes. Only domain/viewing.py writes it; the person finds it in the export of their data."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="who looked"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="viewings", verbose_name="as whom"
    )
    reason = models.TextField(max_length=500)
    begun_at = models.DateTimeField("begun", default=timezone.now)
    ends_at = models.DateTimeField("ends by itself")
    ended_at = models.DateTimeField("ended by hand", null=True)

    class Meta:
        verbose_name = "look as a member"
        verbose_name_plural = "looks as a member"
        ordering = ["-begun_at", "-pk"]
        permissions = [("view_as_member", "Can look at the site as a member sees it")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begun_at")), name="membership_viewing_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.viewer or 'Somebody'} as {self.person}"


class ViewedPage(models.Model):
    """One page that was asked for, written before it was shown; what came of it is added afterwards."""

    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, related_name="pages")
    at = models.DateTimeField(default=timezone.now)
    method = models.CharField(max_length=10)
    path = models.CharField(max_length=500)
    answer = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = "page looked at as a member"
        verbose_name_plural = "pages looked at as a member"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.path
