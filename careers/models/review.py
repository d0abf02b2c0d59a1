"""What staff say while they read a position."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import ReturnReason, ReviewNoteKind
from .job import Job


class ReviewNote(models.Model):
    """Why a position went back, a question to its team, or a word that staff alone read.

    `codes` are the reasons of a return, `said` is what the position said when it went back: words by their labels, as
    `job_words.said` makes them. Only domain/reviews.py writes them.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="review_notes", verbose_name="position")
    kind = models.CharField(max_length=10, choices=ReviewNoteKind.choices)
    codes = ArrayField(models.CharField(max_length=20, choices=ReturnReason.choices), default=list, blank=True)
    text = models.TextField()
    said: Any = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "word about a position"
        verbose_name_plural = "words about positions"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReviewNoteKind.values), name="careers_reviewnote_known"),
            models.CheckConstraint(
                condition=Q(codes__contained_by=ReturnReason.values), name="careers_reviewnote_codes_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReviewNoteKind.RETURNED) | Q(codes=[], said={}), name="careers_reviewnote_of_return"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.job}"
