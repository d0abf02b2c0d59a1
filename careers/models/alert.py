"""A search that tells of new positions: who gets its letters, what it looks for, and which positions it has found."""

from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.ids import PublicIdField
from aapm_site.mail.models import Subscription

from .compiled import CompiledSearch
from .job import Job

KIND = "alerts"  # of the subscription, and of the letters


class AlertReaderQuerySet(models.QuerySet["AlertReader"]):
    def for_user(self, user: Visitor) -> "AlertReaderQuerySet":
        """The person's own, and that of their address from before they had an account."""
        if not user.is_authenticated:
            return self.none()
        own = Q(subscription__user=user)
        return self.filter(own | Q(subscription__email__iexact=user.email) if user.email else own)


class AlertReader(models.Model):
    """Who gets letters about new positions: all alerts of a person stop and go on by this one subscription."""

    subscription = models.OneToOneField(Subscription, on_delete=models.CASCADE, related_name="alert_reader")
    # The first letter since which no link was pressed, and when we asked whether they are still wanted.
    unanswered_since = models.DateTimeField(null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AlertReaderQuerySet.as_manager()

    class Meta:
        verbose_name = "reader of alerts"
        verbose_name_plural = "readers of alerts"
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["unanswered_since"],
                name="careers_reader_unanswered",
                condition=Q(unanswered_since__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True) | Q(unanswered_since__isnull=False), name="careers_reader_asked"
            )
        ]

    def __str__(self) -> str:
        return self.subscription.address

    def get_absolute_url(self) -> str:
        """The page that opens to whoever has a letter of theirs, without a sign-in."""
        return reverse("careers:alert-reader", args=[self.subscription.token])


class Alert(CompiledSearch):
    """One search of a reader. What it looks for stands in columns, so that one statement asks all of them."""

    public_id = PublicIdField()
    reader = models.ForeignKey(AlertReader, on_delete=models.CASCADE, related_name="alerts")
    title = models.CharField(max_length=200, help_text="What it looks for, in words.")
    address = models.CharField("address of the search, after its question mark", max_length=4_000, blank=True)
    words = SearchQueryField(null=True)

    class Meta(CompiledSearch.Meta):
        constraints = (
            *CompiledSearch.Meta.constraints,
            models.UniqueConstraint(
                fields=["reader", "address"],
                name="careers_alert_once",
                violation_error_message="There is an alert for this search already.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def search_url(self) -> str:
        """The list of what it finds at this moment."""
        jobs = reverse("careers:job-list")
        return f"{jobs}?{self.address}" if self.address else jobs


class AlertMatch(models.Model):
    """A position that an alert has found, once. Without `told_at` it waits for the next letter."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="matches")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="alert_matches")
    matched_at = models.DateTimeField(default=timezone.now, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "find of an alert"
        verbose_name_plural = "finds of alerts"
        default_permissions = ()
        indexes = [
            models.Index(fields=["alert"], name="careers_match_waiting", condition=Q(told_at__isnull=True)),
        ]
        constraints = [models.UniqueConstraint(fields=["alert", "job"], name="careers_match_once")]

    def __str__(self) -> str:
        return f"{self.alert} found {self.job}"


class JobAnnouncement(models.Model):
    """That a position has been looked for in all alerts, which is done once, when it goes live."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="announcement")
    announced_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "announcement of a position"
        verbose_name_plural = "announcements of positions"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Position {self.job_id}, announced"
