"""A new owner for an organization whose only owner is gone: asked for by staff, told to the team, waited for."""

from django.db import models
from django.db.models import Q

from aapm_site.accounts.models import RecoveryOutcome, SlowRecovery, User

from .employer import Employer


class OwnerRecovery(SlowRecovery):
    """One of them, which is its own record: rows stay. Only domain/owner_recoveries.py writes them."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="owner_recoveries")
    new_owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

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
