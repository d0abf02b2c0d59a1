"""The way back for a person who has lost mailbox and factor: by staff, told to all known addresses, waited for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .user import User


class RecoveryOutcome(models.TextChoices):
    OPEN = "open", "Waits"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class SlowRecovery(models.Model):
    """What staff ask for, tell those whom it concerns, and wait with: why, by what evidence, and how it ended."""

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
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.outcome == RecoveryOutcome.OPEN


class AccountRecovery(SlowRecovery):
    """One recovery, which is its own record: rows stay. Only domain/recoveries.py writes them.

    It is carried out when its days are over, the new address is confirmed and a second member of staff has approved.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recoveries")
    from_email = models.EmailField("old address", max_length=254)
    to_email = models.EmailField("new address", max_length=254)
    confirmed_at = models.DateTimeField("new address confirmed", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "account recovery"
        verbose_name_plural = "account recoveries"
        ordering = ["-opened_at", "-pk"]
        permissions = [
            ("open_accountrecovery", "Can ask for the recovery of an account"),
            ("approve_accountrecovery", "Can approve the recovery of an account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(outcome=RecoveryOutcome.OPEN), name="accounts_recovery_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=RecoveryOutcome.values), name="accounts_recovery_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=RecoveryOutcome.OPEN, ended_at__isnull=True)
                | (~Q(outcome=RecoveryOutcome.OPEN) & Q(ended_at__isnull=False)),
                name="accounts_recovery_ended_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=RecoveryOutcome.DONE)
                | Q(confirmed_at__isnull=False, approved_at__isnull=False, ended_at__gte=F("due_at")),
                name="accounts_recovery_done_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by__isnull=False, approved_by=F("opened_by")),
                name="accounts_recovery_by_another",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(evidence=""), name="accounts_recovery_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.from_email} → {self.to_email}"

    @property
    def waits_for(self) -> str:
        """What is still missing, in words."""
        if not self.is_open:
            return self.get_outcome_display()
        missing = [
            *([] if self.confirmed_at else ["the new address to be confirmed"]),
            *([] if self.approved_at else ["a second member of staff"]),
        ]
        return f"Waits for {' and '.join(missing)}" if missing else "Waits for its day"
