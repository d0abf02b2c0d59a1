"""A position that somebody has saved, with what they think of it. Nobody else reads it."""

from django.db import models
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Visitor

from ..choices import SavedStage
from .job import Job


class SavedJobQuerySet(models.QuerySet["SavedJob"]):
    def for_user(self, user: Visitor) -> "SavedJobQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()


class SavedJob(models.Model):
    """One of a person's saved positions. Only domain/saved_jobs.py writes them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_jobs")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="saved_by")
    stage = models.CharField(max_length=20, choices=SavedStage.choices, default=SavedStage.INTERESTED)
    note = models.TextField(max_length=2_000, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedJobQuerySet.as_manager()

    class Meta:
        verbose_name = "saved position"
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "job"], name="careers_savedjob_once"),
            models.CheckConstraint(
                condition=models.Q(stage__in=SavedStage.values), name="careers_savedjob_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.job)
