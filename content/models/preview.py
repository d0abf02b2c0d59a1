"""Links by which a colleague without an account sees a page as it was saved, for a while."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from content.models.page import Page


def new_token() -> str:
    """192 random bits: nobody guesses a link."""
    return secrets.token_urlsafe(24)


class PreviewLink(models.Model):
    """One link. Whoever has it reads the page until it expires or somebody ends it, or its maker edits no more."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="content_previewlink_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return f"Link to {self.page}"

    def get_absolute_url(self) -> str:
        return reverse("content:preview", args=[self.token])

    def is_open(self, at: datetime) -> bool:
        return self.ended_at is None and self.expires_at > at and self.is_vouched_for

    @property
    def is_vouched_for(self) -> bool:
        """Whether its maker may still edit pages: who leaves the staff keeps no way to what is not public."""
        return self.by is None or (self.by.is_active and self.by.is_staff and self.by.has_perm("content.change_page"))
