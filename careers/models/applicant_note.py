"""What somebody of an employer's team writes about an applicant, for the team alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .application import JobApplication

LONGEST_APPLICATION_NOTE = 2_000


class ApplicantNote(models.Model):
    """One note on one application. Only domain/application_notes.py writes them.

    The applicant does not read it on the site. It is about them, so it goes with the application, and as soon as they
    withdraw it.
    """

    application = models.ForeignKey(JobApplication, on_delete=models.CASCADE, related_name="team_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=LONGEST_APPLICATION_NOTE)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "note on an application"
        verbose_name_plural = "notes on applications"
        default_permissions = ()
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="careers_applicantnote_said")]

    def __str__(self) -> str:
        return f"Note of {self.written_at:%Y-%m-%d}"
