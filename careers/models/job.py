"""A job: what it says, where it stands, and the one condition under which everybody may read it."""

from datetime import datetime

import pghistory
from django.db import models
from django.db.models import Value
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.accounts.people import Visitor
from aapm_site.core.cache.revisions import revised_where
from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import amount_field, currency_field
from aapm_site.core.richtext import RichTextField
from aapm_site.core.search import query
from aapm_site.core.transitions import StatusChange

from ..choices import EmploymentType, PayPeriod, Remote, Setting
from ..places import in_words
from ..rules import WRITERS
from ..states import (
    DATED,
    ENDED,
    FREELY_EDITABLE,
    JOB_LIFECYCLE,
    JOB_STAFF_WORDS,
    PERHAPS_SEEN,
    TAKEN_DOWN,
    TEXT_EDITABLE,
    JobStatus,
)
from .employer import Employer
from .seen import SEEN, SEEN_JOBS
from .terms import JobTerms


def live_at(at: datetime | Value) -> models.Q:
    """The condition under which everybody may read a job: approved, in its dates, not paused. No query has another."""
    return models.Q(status=JobStatus.APPROVED, starts_at__lte=at, ends_at__gt=at)


class JobQuerySet(models.QuerySet["Job"]):
    def live(self, at: datetime | Value | None = None) -> "JobQuerySet":
        """What everybody may read, now unless a moment is given."""
        return self.filter(live_at(at or timezone.now()))

    def once_public(self, at: datetime | None = None) -> "JobQuerySet":
        """What everybody could read at some time up to `at`; drafts and what never went live are not in it."""
        at = at or timezone.now()
        seen = models.Q(taken_down_at__isnull=True) | models.Q(taken_down_at__gt=models.F("starts_at"))
        return self.filter(seen, status__in=PERHAPS_SEEN, starts_at__lte=at)

    def for_user(self, user: Visitor) -> "JobQuerySet":
        """The jobs of the employers on whose team the user is."""
        return self.filter(employer__members__user=user) if user.is_authenticated else self.none()

    def writable_by(self, user: Visitor) -> "JobQuerySet":
        """The jobs that the user may change and decide on."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(employer__members__user=user, employer__members__role__in=WRITERS)

    def with_unread_words(self) -> "JobQuerySet":
        """Those that their employers have changed since staff last read them: `has_unread_words` of a row in hand."""
        return self.filter(updated_at__gt=Greatest("approved_at", "read_at"))  # of those that are there

    def newest_first(self) -> "JobQuerySet":
        return self.order_by("-featured", "-starts_at", "-pk")


# The random id is unique, and the history holds a job many times.
# Until when a pause may last is computed, from dates which it holds.
@pghistory.track(exclude=["search", "public_id", "resumable_until"])
class Job(models.Model):
    """A job that an employer offers. Its number is its primary key."""

    LIFECYCLE = JOB_LIFECYCLE
    STAFF_WORDS = JOB_STAFF_WORDS

    public_id = PublicIdField()
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="jobs")
    title = models.CharField(max_length=120, help_text="As it would stand on a door. No codes, no capitals.")
    slug = models.SlugField(max_length=140, editable=False)
    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, related_name="jobs")
    specialties = models.ManyToManyField(Specialty, related_name="jobs", blank=True)
    setting = models.CharField(max_length=20, choices=Setting.choices)
    employment_type = models.CharField(max_length=20, choices=EmploymentType.choices, default=EmploymentType.FULL_TIME)
    remote = models.CharField(max_length=10, choices=Remote.choices, default=Remote.NO)

    pay_min = amount_field(null=True, blank=True)
    pay_max = amount_field(null=True, blank=True)
    pay_currency = currency_field()
    pay_period = models.CharField(max_length=10, choices=PayPeriod.choices, default=PayPeriod.YEAR)
    pay_note = models.CharField(max_length=200, blank=True, help_text="What the range depends on, what comes on top.")
    pay_exemption = models.CharField(
        max_length=300, blank=True, help_text="Why no range is given; the employer has attested that none is required."
    )
    benefits = models.CharField(max_length=600, blank=True)

    summary = models.CharField(max_length=300, help_text="Two sentences that make somebody read on.")
    body = RichTextField("text")
    apply_url = models.URLField("address to apply at", max_length=500, blank=True)
    apply_email = models.EmailField("e-mail to apply to", max_length=254, blank=True)
    # So that a site which does not know the column yet can still write rows: db_default.
    takes_applications = models.BooleanField("applications on this site", default=False, db_default=False)

    confidential = models.BooleanField(default=False)
    public_employer_name = models.CharField(
        max_length=120, help_text="The employer's name as readers see it; for a confidential position a description."
    )
    places_text = models.CharField(max_length=600, blank=True, editable=False)
    featured = models.BooleanField(default=False)
    is_sample = models.BooleanField(default=False, help_text="Invented for the demonstration; the page says so.")

    status = models.CharField(max_length=20, choices=JobStatus.choices, default=JobStatus.DRAFT)
    wished_start_on = models.DateField("first day", null=True, blank=True)
    closes_on = models.DateField("last day to apply", null=True, blank=True)
    runs_days = models.PositiveSmallIntegerField("days live", default=30)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    # While it is paused: the moment up to which it can come back, its last day and what pauses may still add.
    resumable_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When staff last read all of it after that: they approved a change, or corrected what nobody else had changed.
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_down_at = models.DateTimeField(null=True, blank=True, editable=False)
    search = query.vector(
        ("title", "A"), ("public_employer_name", "B"), ("places_text", "B"), ("summary", "C"), ("body", "D")
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "position"
        ordering = ["-created_at", "-pk"]
        triggers = [*revised_where(SEEN)]
        permissions = [
            ("approve_job", "Can approve a position"),
            ("return_job", "Can send a position back to its employer"),
            ("take_down_job", "Can pause, resume and withdraw any position"),
            ("see_career_reports", "Can see the reports of the career center"),
        ]
        indexes = [
            query.index("careers_job_search"),
            *query.title_indexes("careers_job"),
            models.Index(
                fields=["-featured", "-starts_at", "-id"],
                name="careers_job_newest",
                condition=models.Q(status=JobStatus.APPROVED),
            ),
            models.Index(fields=["status", "submitted_at"], name="careers_job_queue"),
            models.Index(fields=["ends_at"], name="careers_job_ends", condition=models.Q(status=JobStatus.APPROVED)),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=JobStatus.values), name="careers_job_status_known"),
            models.CheckConstraint(condition=models.Q(setting__in=Setting.values), name="careers_job_setting_known"),
            models.CheckConstraint(
                condition=models.Q(employment_type__in=EmploymentType.values), name="careers_job_type_known"
            ),
            models.CheckConstraint(condition=models.Q(remote__in=Remote.values), name="careers_job_remote_known"),
            models.CheckConstraint(
                condition=models.Q(pay_period__in=PayPeriod.values), name="careers_job_period_known"
            ),
            models.CheckConstraint(condition=models.Q(runs_days__range=(1, 365)), name="careers_job_runs"),
            models.CheckConstraint(
                condition=models.Q(pay_min__isnull=True, pay_max__isnull=True)
                | models.Q(pay_min__gte=0, pay_max__isnull=False, pay_max__gte=models.F("pay_min")),
                name="careers_job_pay_range",
                violation_error_message="Give both ends of the pay range, the highest not lower than the lowest.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=(JobStatus.DRAFT, JobStatus.WITHDRAWN))
                | models.Q(pay_min__isnull=False)
                | ~models.Q(pay_exemption=""),
                name="careers_job_pay_or_exemption",
                violation_error_message="State a range of pay, or say why none is required.",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True, ends_at__isnull=True)
                | models.Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="careers_job_dates_pair",
                violation_error_message="A position ends after it starts.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=DATED) | models.Q(starts_at__isnull=False),
                name="careers_job_approved_has_dates",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=TAKEN_DOWN, taken_down_at__isnull=False)
                | (~models.Q(status__in=TAKEN_DOWN) & models.Q(taken_down_at__isnull=True)),
                name="careers_job_taken_down_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(public_employer_name=""),
                name="careers_job_public_name",
                violation_error_message="A confidential position needs a description to stand in place of the name.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=(JobStatus.DRAFT, JobStatus.WITHDRAWN))
                | models.Q(takes_applications=True)
                | ~models.Q(apply_url="", apply_email=""),
                name="careers_job_can_be_applied_to",
                violation_error_message="Say where to apply: on this site, at an address or by e-mail.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=(JobStatus.DRAFT, JobStatus.WITHDRAWN))
                | models.Q(confidential=False)
                | models.Q(takes_applications=True, apply_url="", apply_email=""),
                name="careers_job_confidential_applied_to_here",
                violation_error_message="A confidential position takes applications on this site only.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("careers:job-detail", args=[self.pk, self.slug])

    @property
    def number(self) -> int:
        """What people call the job by; it stands in its address and never changes."""
        return self.pk

    @property
    def wanted_slug(self) -> str:
        """The slug that follows from the title; an address never ends in a bare number and a hyphen."""
        return slugify(self.title)[:140].strip("-") or "position"

    @property
    def shown_between(self) -> tuple[datetime, datetime]:
        """From when to when an approved job is shown; the database gives each of them both moments."""
        return self.starts_at, self.ends_at  # type: ignore[return-value]  # a constraint fills both

    def is_live(self, at: datetime | None = None) -> bool:
        """The same condition as `objects.live`, for a row that is in hand."""
        starts, ends = self.shown_between
        return self.status == JobStatus.APPROVED and starts <= (at or timezone.now()) < ends

    @property
    def over_at(self) -> datetime:
        """The last moment of an approved job; of a paused one that up to which it can come back."""
        _, ends = self.shown_between
        return self.resumable_until or ends if self.status == JobStatus.PAUSED else ends

    def is_past(self, at: datetime | None = None) -> bool:
        """Approved, and its last day is over; paused, and too late to come back."""
        return self.status in {JobStatus.APPROVED, JobStatus.PAUSED} and self.over_at <= (at or timezone.now())

    def is_scheduled(self, at: datetime | None = None) -> bool:
        starts, _ = self.shown_between
        return self.status == JobStatus.APPROVED and starts > (at or timezone.now())

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED or self.is_past()

    @property
    def is_freely_editable(self) -> bool:
        return self.status in FREELY_EDITABLE

    @property
    def is_text_editable(self) -> bool:
        return self.status in TEXT_EDITABLE and not self.is_past()

    @property
    def has_unread_words(self) -> bool:
        """Whether its employer has changed it since staff last read it."""
        moments = [moment for moment in (self.approved_at, self.read_at) if moment]
        return not moments or self.updated_at > max(moments)

    @property
    def shows_pay(self) -> bool:
        return self.pay_min is not None

    @property
    def stated_terms(self) -> JobTerms:
        """The terms of work; those of a job without a row state nothing."""
        return getattr(self, "terms", None) or JobTerms(job=self)


class JobLocation(models.Model):
    """One of the places where the work is done."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="locations")
    place = models.ForeignKey(
        "accounts.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    city = models.CharField(max_length=100)
    state_code = models.CharField("state", max_length=3)
    postal_code = models.CharField("ZIP code", max_length=10, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "place of a position"
        verbose_name_plural = "places of positions"
        ordering = ["order", "pk"]
        triggers = [*revised_where(f"changed.job_id IN ({SEEN_JOBS})")]
        indexes = [models.Index(fields=["state_code", "job"], name="careers_location_state")]
        constraints = [
            models.UniqueConstraint(
                # Two towns of one state may have one name; those that nobody knows are told apart by it.
                fields=["job", "city", "state_code", "place"],
                nulls_distinct=False,
                name="careers_location_once",
                violation_error_message="This place is named twice.",
            ),
            models.CheckConstraint(
                condition=~models.Q(city="") & ~models.Q(state_code=""), name="careers_location_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}, {self.state_code}"

    @property
    def as_typed(self) -> str:
        """As the form takes it, and finds the same town again."""
        town = self.place.label if self.place else in_words(self.city, self.state_code)
        return f"{town} {self.postal_code}".strip()

    @property
    def in_words(self) -> str:
        """Portland, Maine; with the county where another town of the state has the name."""
        is_shared = self.place is not None and self.place.is_twice and self.place.name == self.city
        return self.place.label if self.place and is_shared else in_words(self.city, self.state_code)


class JobStatusChange(StatusChange):
    """One step in the life of a job."""

    subject = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        verbose_name = "step of a position"
        verbose_name_plural = "steps of positions"


class JobReminder(models.Model):
    """A mail about the end of a job that has been queued: once for each step and last day."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=20)
    ends_at = models.DateTimeField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "reminder of a position's end"
        verbose_name_plural = "reminders of positions' ends"
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["job", "step", "ends_at"], name="careers_reminder_once")]

    def __str__(self) -> str:
        return f"{self.job}: {self.step}"
