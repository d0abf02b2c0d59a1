"""Somebody who asks to join a group whose chairs decide."""

from django.db import models
from django.utils import timezone

from .group import Group
from .membership import Membership


class GroupJoinRequest(models.Model):
    """It waits until a chair, or the office, says yes or no; then it is gone. What was said stands in the mail."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="join_requests")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="join_requests")
    message = models.TextField("what they say", max_length=1_000, blank=True)
    asked_at = models.DateTimeField("asked", default=timezone.now)

    class Meta:
        verbose_name = "request to join a group"
        verbose_name_plural = "requests to join groups"
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "membership"], name="membership_group_asked_once")]

    def __str__(self) -> str:
        return f"{self.membership} asks to join {self.group}"
