"""The days on which a position is live, posting by posting, and the account of days that came back from them."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from aapm_site.billing.models import OrderLine
from aapm_site.billing.models.base import kept_history, never_changed, never_deleted

from ..choices import DAYS_ARRIVE, DAYS_LEAVE, OF_RUNS, DaysReason
from .credit import CreditEntry
from .employer import Employer
from .job import Job

LENGTH = F("days") + F("lengthened_days") + F("paused_days") + F("closed_days") - F("returned_days")


@kept_history()
class JobRun(models.Model):
    """The days that one posting keeps a position live. Its last day follows from the others, and the database says so.

    One that gave all its days back ends on the day before its first.
    """

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="runs")
    credit_entry = models.OneToOneField(
        CreditEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="run",
        verbose_name="posting used",
        help_text="Empty where a position was approved before postings were counted.",
    )
    featured = models.BooleanField(default=False, help_text="As the posting was; a gift of staff does not change it.")
    first_day = models.DateField()
    last_day = models.DateField()
    days = models.PositiveSmallIntegerField("days of the posting")
    lengthened_days = models.PositiveSmallIntegerField("days from the account", default=0)
    paused_days = models.PositiveSmallIntegerField("days added for pauses", default=0)
    closed_days = models.PositiveSmallIntegerField("days between an end and coming back", default=0)
    returned_days = models.PositiveSmallIntegerField("days given back", default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["first_day", "pk"]
        verbose_name = "run of a position"
        verbose_name_plural = "runs of positions"
        triggers = [never_deleted()]
        indexes = [models.Index(fields=["job", "first_day"], name="careers_run_of_job")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day=models.ExpressionWrapper(F("first_day") - 1 + LENGTH, models.DateField())),
                name="careers_run_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    last_day__gte=models.ExpressionWrapper(F("first_day") - 1, output_field=models.DateField())
                ),
                name="careers_run_not_backwards",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.first_day} to {self.last_day}"


@kept_history()
class DaysBalance(models.Model):
    """How many days of one kind an employer has in its account. Only the days' ledger writes it, with an entry."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="day_balances")
    featured = models.BooleanField(default=False)
    left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["featured"]
        verbose_name = "days left"
        verbose_name_plural = "days left"
        triggers = [never_deleted()]
        constraints = [
            models.UniqueConstraint(fields=["employer", "featured"], name="careers_days_once_a_kind"),
            models.CheckConstraint(condition=models.Q(left__gte=0), name="careers_days_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.left} days"


@kept_history()
class DaysEntry(models.Model):
    """One line of the account: days came or went. Lines are added, never changed; together they are the balance."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="day_entries")
    featured = models.BooleanField(default=False)
    kind = models.CharField("what happened", max_length=12, choices=DaysReason.choices)
    change = models.IntegerField()
    run = models.ForeignKey(JobRun, on_delete=models.PROTECT, null=True, blank=True, related_name="day_entries")
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, null=True, blank=True, related_name="day_entries"
    )
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "entry of days"
        verbose_name_plural = "days that came and went"
        triggers = [never_changed(but=("by",)), never_deleted()]
        indexes = [models.Index(fields=["employer", "-id"], name="careers_days_history")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DaysReason.values), name="careers_days_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=DAYS_ARRIVE, change__gte=1) | models.Q(kind__in=DAYS_LEAVE, change__lte=-1),
                name="careers_days_sign_fits",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OF_RUNS, run__isnull=False)
                | (~models.Q(kind__in=OF_RUNS) & models.Q(run__isnull=True)),
                name="careers_days_of_a_run",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=(DaysReason.GIVEN, DaysReason.TAKEN_BACK, DaysReason.RESTORED))
                | models.Q(order_line__isnull=False)
                | ~models.Q(reason=""),
                name="careers_days_have_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.change:+d} days"
