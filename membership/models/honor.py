"""An honorary membership: who decided it and why; and, where it was taken back, by whom and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .membership import Term


class Honor(models.Model):
    """The record beside an honorary term. It is written once; taking it back adds to it, and deletes nothing."""

    term = models.OneToOneField(Term, on_delete=models.CASCADE, related_name="honor")
    decided_by = models.CharField(max_length=160)
    reason = models.TextField(max_length=2_000)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="recorded by"
    )
    granted_at = models.DateTimeField("recorded", default=timezone.now)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField("taken back", null=True)
    why_taken_back = models.TextField(max_length=2_000, blank=True)

    class Meta:
        verbose_name = "honorary membership"
        verbose_name_plural = "honorary memberships"
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by="") & ~Q(reason=""), name="membership_honor_decided_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, why_taken_back="")
                | (Q(taken_back_at__isnull=False) & ~Q(why_taken_back="")),
                name="membership_honor_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Honorary, decided by {self.decided_by}"
