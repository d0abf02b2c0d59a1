"""A letter that staff write to a list of members."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.transitions import StatusChange
from aapm_site.mail.letter_states import LETTER_LIFECYCLE, LetterStatus
from aapm_site.mail.models import Mailing

from .member_filter import MemberFilter

LEAST_PER_HOUR, MOST_PER_HOUR = 60, 12_000


class MemberLetter(models.Model):
    """What is written, to which list, and how fast it goes. Its words are fixed once it is more than a draft.

    Its readers, and what became of each letter, are the mailing's, which it has from when it begins to go.
    """

    LIFECYCLE = LETTER_LIFECYCLE

    audience = models.ForeignKey(
        MemberFilter,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="goes to",
        help_text="A saved list. Who is on it is fixed when the letter is sent.",
    )
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=10_000)
    per_hour = models.PositiveIntegerField(
        "letters an hour",
        default=3_000,
        validators=[MinValueValidator(LEAST_PER_HOUR), MaxValueValidator(MOST_PER_HOUR)],
        help_text="They go in small portions, every five minutes.",
    )
    status = models.CharField(max_length=10, choices=LetterStatus.choices, default=LetterStatus.DRAFT, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name="sent by",
    )  # fmt: skip
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    went_to = models.TextField("went to", blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField("waits since", null=True, editable=False)
    ended_at = models.DateTimeField("ended", null=True, editable=False)
    mailing = models.OneToOneField(
        Mailing, on_delete=models.PROTECT, null=True, related_name="member_letter", editable=False
    )

    class Meta:
        verbose_name = "letter to members"
        verbose_name_plural = "letters to members"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="membership_letter_status_known"),
            models.CheckConstraint(
                condition=Q(per_hour__range=(LEAST_PER_HOUR, MOST_PER_HOUR)),
                name="membership_letter_per_hour",
                violation_error_message="Between 60 and 12,000 letters an hour.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("asked_by")),
                name="membership_letter_two_people",
            ),
        ]
        permissions = [
            ("send_memberletter", "Can send letters to members"),
            ("agree_memberletter", "Can agree to a colleague’s letter to many members"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.status == LetterStatus.DRAFT


class MemberLetterChange(StatusChange):
    subject = models.ForeignKey(MemberLetter, on_delete=models.CASCADE, related_name="status_changes")
