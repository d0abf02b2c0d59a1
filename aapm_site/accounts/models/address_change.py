"""A new address that staff gave an account: whoever has the mailbox has the account, so each is written down."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .user import User


class AddressChange(models.Model):
    """One change. Of people who hold rights it waits until somebody else has agreed."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    from_email = models.EmailField("from", max_length=254)
    to_email = models.EmailField("to", max_length=254)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    is_agreed = models.BooleanField(null=True)  # open while it waits
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "new address"
        verbose_name_plural = "new addresses"
        ordering = ["-asked_at", "-pk"]
        permissions = [("agree_addresschange", "Can agree to a new address of people who hold rights")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_agreed__isnull=True), name="accounts_addresschange_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(is_agreed__isnull=True, decided_at__isnull=True)
                | Q(is_agreed__isnull=False, decided_at__isnull=False),
                name="accounts_addresschange_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(is_agreed=True, decided_by__isnull=False, decided_by=F("asked_by")),
                name="accounts_addresschange_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.from_email} → {self.to_email}"

    @property
    def outcome(self) -> str:
        if self.is_agreed is None:
            return "Waits for a second person"
        return "Done" if self.is_agreed else "Refused"
