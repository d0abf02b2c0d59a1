"""What staff note about a member, for one another."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .membership import Membership


class MemberNote(models.Model):
    """One note. It is added and never changed; the member finds it in the export of their data."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(max_length=2_000)

    class Meta:
        verbose_name = "note about a member"
        verbose_name_plural = "notes about members"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Note of {self.at:%Y-%m-%d}"
