"""What an employer states of a position before it is sent: that it is open, whether software screens applicants."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.core.cache.revisions import revised_where

from .job import Job
from .seen import SEEN_JOBS


class JobStatement(models.Model):
    """The statements of one job, with who made them and when. Only domain/job_statements.py writes them."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="statement", verbose_name="position")
    is_open_vacancy = models.BooleanField("open, and they intend to fill it", default=False)
    software_screens = models.BooleanField("software screens applicants", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "statement about a position"
        verbose_name_plural = "statements about positions"
        default_permissions = ()
        triggers = [*revised_where(f"changed.job_id IN ({SEEN_JOBS})")]

    def __str__(self) -> str:
        return f"Statements about “{self.job}”"

    @property
    def is_complete(self) -> bool:
        """Whether all is stated that has to be before the position is sent."""
        return self.is_open_vacancy and self.software_screens is not None
