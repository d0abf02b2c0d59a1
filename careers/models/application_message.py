"""What an applicant and an employer have written to each other on the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .application import JobApplication

LONGEST_WORDS_TO_OTHER = 4_000


class JobApplicationMessageQuerySet(models.QuerySet["JobApplicationMessage"]):
    def reported(self) -> "JobApplicationMessageQuerySet":
        """Those that their readers have shown to our staff."""
        return self.filter(reported_at__isnull=False)

    def waiting(self) -> "JobApplicationMessageQuerySet":
        """Those that staff have not decided on yet."""
        return self.reported().filter(settled_at=None)


class JobApplicationMessage(models.Model):
    """One message. No letter holds its text, so that it goes with the application; staff read it once it is reported.

    Only domain/application_messages.py writes them. What staff remove loses its text at once.
    """

    application = models.ForeignKey(JobApplication, on_delete=models.CASCADE, related_name="talk")
    by_employer = models.BooleanField("written by the employer", db_default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=LONGEST_WORDS_TO_OTHER, blank=True)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    reported_at = models.DateTimeField("reported", null=True, blank=True, editable=False)
    settled_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField("removed", null=True, blank=True, editable=False)

    objects = JobApplicationMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "reported message"
        verbose_name_plural = "reported messages"
        default_permissions = ("view",)
        permissions = [("settle_jobapplicationmessage", "Can decide on reported messages")]
        ordering = ["sent_at", "pk"]
        indexes = [
            models.Index(
                fields=["reported_at"],
                name="careers_message_reported",
                condition=Q(reported_at__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) & ~Q(text="") | Q(removed_at__isnull=False, text=""),
                name="careers_message_said",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(reported_at__isnull=False), name="careers_message_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"Message about “{self.application.job}”"
