"""A new owner for an organization whose only owner is gone: asked for by staff, told to the team, waited for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.accounts.models import RecoveryOutcome, User

from .employer import Employer


class OwnerRecovery(models.Model):
    """One of them, which is its own record: rows stay. Only domain/owner_recoveries.py writes them."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="owner_recoveries")
    new_owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    evidence = models.TextField("what was seen")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField("not before")
    outcome = models.CharField(max_length=10, choices=RecoveryOutcome, default=RecoveryOutcome.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    why_ended = models.TextField(blank=True)

    class Meta:
        verbose_name = "new owner"
        verbose_name_plural = "new owners"
        ordering = ["-opened_at", "-pk"]
        permissions = [("open_ownerrecovery", "Can name a new owner of an organization")]
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(outcome=RecoveryOutcome.OPEN), name="careers_ownerrecovery_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=RecoveryOutcome.values), name="careers_ownerrecovery_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=RecoveryOutcome.OPEN, ended_at__isnull=True)
                | (~Q(outcome=RecoveryOutcome.OPEN) & Q(ended_at__isnull=False)),
                name="careers_ownerrecovery_ended_whole",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(evidence=""), name="careers_ownerrecovery_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.new_owner} for {self.employer}"

    @property
    def is_open(self) -> bool:
        return self.outcome == RecoveryOutcome.OPEN
