"""That an employer has opened a person's profile: the person reads by whom, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.accounts.people import Visitor

from ..choices import OpenedFrom
from .employer import Employer
from .profile import Profile


class ProfileOpeningQuerySet(models.QuerySet["ProfileOpening"]):
    def of_person(self, user: Visitor) -> "ProfileOpeningQuerySet":
        """Who has opened the person's own profile."""
        return self.filter(profile__user=user) if user.is_authenticated else self.none()


class ProfileOpening(models.Model):
    """An employer opened a profile; the first time on each day, from each of its pages.

    Only domain/profile_openings.py writes them.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="looks")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.CharField("from where", max_length=20, choices=OpenedFrom.choices, default=OpenedFrom.SEARCH)
    # False where the employer had not named itself to the person, whose application it had for a confidential position.
    named = models.BooleanField("the person knows the employer", default=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_on = models.DateField(editable=False)

    objects = ProfileOpeningQuerySet.as_manager()

    class Meta:
        verbose_name = "look at a profile"
        verbose_name_plural = "looks at profiles"
        ordering = ["-opened_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["employer", "opened_on"], name="careers_profileopening_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "employer", "opened_on", "named", "source"],
                name="careers_profileopening_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(source__in=OpenedFrom.values), name="careers_profileopening_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer} on {self.opened_on}"
