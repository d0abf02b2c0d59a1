"""A letter that a chair writes to the group, and each member with whether it went to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.ids import PublicIdField
from aapm_site.mail.models import OutgoingEmail

from .group import Group
from .membership import Membership

SUBJECT_LENGTH, TEXT_LENGTH = 120, 6_000


class GroupLetterQuerySet(models.QuerySet["GroupLetter"]):
    def going(self) -> "GroupLetterQuerySet":
        """Those that are being sent: ordered, neither stopped nor all gone."""
        return self.filter(ordered_at__isnull=False, stopped_at=None, done_at=None)


class GroupLetter(models.Model):
    """Being written until it is ordered; then its words are fixed and it goes in portions. It may be stopped."""

    public_id = PublicIdField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="letters")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="written by"
    )
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    text = models.TextField(max_length=TEXT_LENGTH)
    written_at = models.DateTimeField("written", default=timezone.now)
    ordered_at = models.DateTimeField("sent from", null=True, blank=True)
    next_at = models.DateTimeField("next portion", null=True, blank=True)
    stopped_at = models.DateTimeField("stopped", null=True, blank=True)
    done_at = models.DateTimeField("all sent", null=True, blank=True)

    objects = GroupLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "letter to a group"
        verbose_name_plural = "letters to groups"
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ordered_at__isnull=False) | Q(next_at=None, stopped_at=None, done_at=None),
                name="membership_group_letter_ordered_first",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(done_at=None), name="membership_group_letter_one_end"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="membership_group_letter_going",
                condition=Q(ordered_at__isnull=False, stopped_at=None, done_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.ordered_at is None

    @property
    def is_going(self) -> bool:
        return self.ordered_at is not None and self.stopped_at is None and self.done_at is None


class GroupLetterReader(models.Model):
    """One member and one letter, once. `told_at` is when it was written to them, or passed over for them."""

    letter = models.ForeignKey(GroupLetter, on_delete=models.CASCADE, related_name="readers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="group_letters")
    told_at = models.DateTimeField(null=True, blank=True)
    email = models.OneToOneField(OutgoingEmail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "reader of a letter"
        verbose_name_plural = "readers of a letter"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "membership"], name="membership_letter_reader_once")]
        indexes = [models.Index(fields=["letter", "id"], name="membership_letter_unread", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.letter} to {self.membership}"
