"""That staff let an organization search profiles for some days, given or sold."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .employer import Employer


class ProfileAccessQuerySet(models.QuerySet["ProfileAccess"]):
    def running(self, today: date) -> "ProfileAccessQuerySet":
        """Those whose days have begun and are not over; the last day belongs to them."""
        return self.filter(starts_on__lte=today, ends_on__gte=today)


class ProfileAccess(models.Model):
    """Days on which an organization may search profiles without a live position.

    Only domain/profile_access.py writes them.
    """

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="profile_accesses")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    reason = models.TextField("why", max_length=2_000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProfileAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "search of profiles"
        verbose_name_plural = "searches of profiles"
        ordering = ["-starts_on", "-pk"]
        default_permissions = ("view",)
        permissions = [("give_profileaccess", "Can let an employer search profiles")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="careers_profileaccess_days")
        ]

    def __str__(self) -> str:
        return f"{self.employer} searches profiles"
