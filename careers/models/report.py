"""What readers report about positions, and what staff decide on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ..choices import ReportOutcome, ReportReason
from .job import Job


class ReportedJobQuerySet(models.QuerySet["ReportedJob"]):
    def waiting(self) -> "ReportedJobQuerySet":
        """Those that staff have not decided on yet."""
        return self.filter(outcome=ReportOutcome.OPEN)

    def hiding(self, job: Job) -> "ReportedJobQuerySet":
        """What keeps this job from its readers until staff decide."""
        return self.waiting().filter(job=job, hidden_at__isnull=False)


class ReportedJob(models.Model):
    """A position that readers have reported, until staff decide and afterwards. One waits for each job at most.

    Only domain/job_reports.py writes them.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="report_cases", verbose_name="position")
    opened_at = models.DateTimeField("first reported", default=timezone.now)
    hidden_at = models.DateTimeField("hidden by itself", null=True, blank=True)
    reminded_at = models.DateTimeField("staff reminded", null=True, blank=True)
    outcome = models.CharField(
        max_length=20, choices=ReportOutcome.choices, default=ReportOutcome.OPEN, verbose_name="decision"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.TextField("words to the employer", blank=True)

    objects = ReportedJobQuerySet.as_manager()

    class Meta:
        verbose_name = "reported position"
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["job"], condition=Q(outcome=ReportOutcome.OPEN), name="careers_reportedjob_one_waits"
            ),
            models.CheckConstraint(condition=Q(outcome__in=ReportOutcome.values), name="careers_reportedjob_known"),
            models.CheckConstraint(
                condition=Q(outcome=ReportOutcome.OPEN, decided_at__isnull=True)
                | (~Q(outcome=ReportOutcome.OPEN) & Q(decided_at__isnull=False)),
                name="careers_reportedjob_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.job)

    def get_absolute_url(self) -> str:
        return reverse("admin:careers_reportedjob_change", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.outcome == ReportOutcome.OPEN


class JobReport(models.Model):
    """One reader's report. Who it was is kept as two digests, which tell readers apart, and only until the decision."""

    case = models.ForeignKey(ReportedJob, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    note = models.TextField(max_length=1_000, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    reader = models.CharField(max_length=64, blank=True, editable=False)
    network = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "report"
        ordering = ["reported_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=ReportReason.values), name="careers_jobreport_reason_known")
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
