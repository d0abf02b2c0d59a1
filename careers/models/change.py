"""What an employer wants to change of a position that readers see, until staff have read it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import ChangeOutcome, ReturnReason
from ..states import TEXT_EDITABLE
from .job import Job


class JobChangeQuerySet(models.QuerySet["JobChange"]):
    def waiting(self, at: datetime | None = None) -> "JobChangeQuerySet":
        """Those that staff are to read; none of a position that has ended."""
        open_jobs = Q(job__status__in=TEXT_EDITABLE, job__ends_at__gt=at or timezone.now())
        return self.filter(open_jobs, outcome=ChangeOutcome.OPEN)

    def newest_of(self, job: Job) -> "JobChange | None":
        return self.filter(job=job).order_by("-pk").first()


class JobChange(models.Model):
    """One wish, of which one is open for each position at most. Only domain/job_changes.py writes them.

    `wanted` holds what is to be another: values of fields by their names, and `specialties`, `places` and `terms` where
    those change (domain/wanted.py). What readers see stays as it is until `outcome` says approved.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="changes", verbose_name="position")
    wanted: Any = models.JSONField(default=dict)
    asked_at = models.DateTimeField("asked", default=timezone.now)
    edited_at = models.DateTimeField("last edited", default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=ChangeOutcome.choices, default=ChangeOutcome.OPEN)
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    codes = ArrayField(models.CharField(max_length=20, choices=ReturnReason.choices), default=list, blank=True)
    words = models.TextField("words to the employer", blank=True)

    objects = JobChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "change of a position"
        verbose_name_plural = "changes of positions"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["job"], condition=Q(outcome=ChangeOutcome.OPEN), name="careers_jobchange_one_open"
            ),
            models.CheckConstraint(condition=Q(outcome__in=ChangeOutcome.values), name="careers_jobchange_known"),
            models.CheckConstraint(
                condition=Q(outcome=ChangeOutcome.OPEN, decided_at__isnull=True)
                | (~Q(outcome=ChangeOutcome.OPEN) & Q(decided_at__isnull=False)),
                name="careers_jobchange_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(codes__contained_by=ReturnReason.values), name="careers_jobchange_codes_known"
            ),
            models.CheckConstraint(condition=~Q(wanted={}), name="careers_jobchange_wants_something"),
        ]

    def __str__(self) -> str:
        return f"Change of “{self.job}”"

    @property
    def is_open(self) -> bool:
        return self.outcome == ChangeOutcome.OPEN

    @property
    def came_back(self) -> bool:
        return self.outcome == ChangeOutcome.RETURNED
