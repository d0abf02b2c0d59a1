"""What somebody has typed into the form of a position, kept as it was typed, whether it can be used yet or not."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .job import Job


class JobDraftVersionQuerySet(models.QuerySet["JobDraftVersion"]):
    def in_line(self) -> "JobDraftVersionQuerySet":
        """Those that follow each other; what was kept beside them is not among them."""
        return self.filter(is_aside=False)

    def newest_first(self) -> "JobDraftVersionQuerySet":
        return self.order_by("-at", "-pk")


class JobDraftVersion(models.Model):
    """One version of a draft. Only domain/drafts.py writes them; the last twenty of a position are kept.

    `is_checked` says that the position itself holds these words. `is_aside` are words that somebody typed while a
    colleague saved, or while the position could not be changed: they overwrite nothing until somebody takes them.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="draft_versions", verbose_name="position")
    fields = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    saves = models.PositiveIntegerField(default=1)
    is_checked = models.BooleanField(default=False)
    is_aside = models.BooleanField(default=False)

    objects = JobDraftVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version of a draft"
        verbose_name_plural = "versions of drafts"
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["job", "-at", "-id"], name="careers_draft_newest")]

    def __str__(self) -> str:
        return f"Version of “{self.job}”"

    @property
    def token(self) -> str:
        """What a form remembers of the version that it began with; each save makes another one."""
        return f"{self.pk}-{self.saves}"
