"""A letter that a chair writes to the group."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.core.ids import PublicIdField
from aapm_site.mail.models import Mailing

from .group import Group

SUBJECT_LENGTH, TEXT_LENGTH = 120, 6_000


class GroupLetter(models.Model):
    """Being written until it is ordered; then its words are fixed and it has a mailing, with its readers."""

    public_id = PublicIdField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="letters")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="written by"
    )
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    text = models.TextField(max_length=TEXT_LENGTH)
    written_at = models.DateTimeField("written", default=timezone.now)
    mailing = models.OneToOneField(
        Mailing, on_delete=models.PROTECT, null=True, blank=True, related_name="group_letter"
    )

    class Meta:
        verbose_name = "letter to a group"
        verbose_name_plural = "letters to groups"
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.mailing is None

    @property
    def mark(self) -> str:
        """Another one after each time that its words were changed."""
        return self.written_at.isoformat()

    @property
    def is_going(self) -> bool:
        return self.mailing is not None and self.mailing.is_going
