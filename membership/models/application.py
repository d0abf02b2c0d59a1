"""An application for membership, its papers, and the history of its status."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.accounts.people import Visitor
from aapm_site.core.files import private
from aapm_site.core.ids import PublicIdField, public_id
from aapm_site.core.transitions import StatusChange

from .. import regions
from ..states import APPLICATION_LIFECYCLE, APPLICATION_STAFF_WORDS, OPEN, ApplicationStatus
from .lists import CareerStage, PracticeSetting
from .membership import Term
from .plan import Plan

APPROVAL_HOLDS = timedelta(days=180)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def for_user(self, user: Visitor) -> "ApplicationQuerySet":
        return self.filter(user_id=user.pk) if user.pk else self.none()

    def open(self) -> "ApplicationQuerySet":
        """Not decided and not withdrawn; a person has one at most."""
        return self.filter(status__in=OPEN)

    def waiting_for_dues(self) -> "ApplicationQuerySet":
        """Approved for a category with dues, and no term has been given since; the newest first.

        An approval that nobody paid on for a long time waits no more.
        """
        lately = self.filter(decided_at__gt=timezone.now() - APPROVAL_HOLDS)
        return lately.filter(_is_unpaid()).order_by("-decided_at")

    def open_or_unpaid(self) -> "ApplicationQuerySet":
        """Not decided, or approved and waiting for dues, for however long; what is open comes first."""
        newest = models.F("decided_at").desc(nulls_first=True)
        return self.filter(models.Q(status__in=OPEN) | _is_unpaid()).order_by(newest)


def _is_unpaid() -> models.Q:
    since = Term.objects.valid().filter(
        membership__user=models.OuterRef("user"), created_at__gte=models.OuterRef("decided_at")
    )
    return models.Q(status=ApplicationStatus.APPROVED, plan__dues__gt=0) & ~models.Q(models.Exists(since))


class Application(models.Model):
    """What a person wrote when applying, kept as it was even if the account changes later."""

    LIFECYCLE = APPLICATION_LIFECYCLE
    STAFF_WORDS = APPLICATION_STAFF_WORDS

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership_applications")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="applications", verbose_name="category")
    status = models.CharField(max_length=20, choices=ApplicationStatus.choices, default=ApplicationStatus.SUBMITTED)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    degrees = models.CharField(max_length=60, blank=True)
    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, related_name="+")
    specialty = models.ForeignKey(Specialty, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    career_stage = models.ForeignKey(CareerStage, on_delete=models.PROTECT, related_name="+")
    practice_setting = models.ForeignKey(
        PracticeSetting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state_code = models.CharField("state", max_length=2, choices=regions.CHOICES)
    workplace = models.CharField(max_length=200)
    training = models.TextField(max_length=2000)
    license = models.CharField("license or registration", max_length=120, blank=True)
    remarks = models.TextField(max_length=2000, blank=True)
    training_ends_on = models.DateField("training ends on", null=True, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at"]
        permissions = [("decide_application", "Can decide applications")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=OPEN),
                name="membership_application_one_open",
                violation_error_message="You have an open application already.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="membership_application_status_known"
            ),
            models.CheckConstraint(
                condition=Q(state_code__in=[code for code, _ in regions.CHOICES]),
                name="membership_application_state_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN) | Q(decided_at__isnull=False),
                name="membership_application_decided_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}: {self.plan}"

    def get_absolute_url(self) -> str:
        return reverse("membership:application-detail", args=[self.public_id])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def holds(self) -> bool:
        """Whether it was approved so lately that its dues can be paid."""
        return self.decided_at is not None and self.decided_at > timezone.now() - APPROVAL_HOLDS

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def waits_for_dues(self) -> bool:
        """Whether it is approved and its dues have not come yet. One query."""
        return type(self).objects.filter(pk=self.pk).waiting_for_dues().exists()

    def as_profile(self) -> dict[str, Any]:
        """What it says about the person, as fields of the membership that it becomes."""
        said = {name: getattr(self, name) for name in ("career_stage", "practice_setting", "state_code")}
        return {**said, "training_ends_on": self.training_ends_on} if self.training_ends_on else said


class ApplicationStatusChange(StatusChange):
    subject = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="status_changes")


def paper_path(paper: "ApplicationPaper", filename: str) -> str:
    """A random name; the person's own file name is kept in the row and never on the disk."""
    return f"membership/papers/{public_id()}.pdf"


class ApplicationPaper(models.Model):
    """A PDF that an applicant sent: a license, a letter, a CV."""

    public_id = PublicIdField()
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="papers")
    file = models.FileField(upload_to=paper_path, storage=private.storage)
    name = models.CharField(max_length=150)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "paper"
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
