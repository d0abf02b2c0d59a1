"""An application that somebody sent through the site: what they wrote, where it stands, and who has opened it."""

import zlib

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Visitor
from aapm_site.core.files import private
from aapm_site.core.ids import PublicIdField
from aapm_site.core.transitions import StatusChange
from aapm_site.mail.models.subscription import new_token

from ..application_states import (
    APPLICATION_CLOSED,
    APPLICATION_LIFECYCLE,
    APPLICATION_OPEN,
    JobApplicationStatus,
)
from ..reveal import Revealed, revealed
from .job import Job

LONGEST_MESSAGE = 4_000


class JobApplicationQuerySet(models.QuerySet["JobApplication"]):
    def sent(self) -> "JobApplicationQuerySet":
        """What has reached its employer; what waits for a link to be pressed has not."""
        return self.exclude(status=JobApplicationStatus.UNCONFIRMED)

    def open(self) -> "JobApplicationQuerySet":
        return self.filter(status__in=APPLICATION_OPEN)

    def for_user(self, user: Visitor) -> "JobApplicationQuerySet":
        """The person's own, and what they sent from their confirmed address before they had an account."""
        if not user.is_authenticated:
            return self.none()
        addresses = EmailAddress.objects.filter(user=user, verified=True).values(lower=Lower("email"))
        return self.filter(Q(user=user) | Q(user=None, email__in=addresses))

    def of_team(self, user: Visitor) -> "JobApplicationQuerySet":
        """What was sent to the employers on whose team the user is."""
        return self.sent().filter(job__employer__members__user=user) if user.is_authenticated else self.none()


class JobApplication(models.Model):
    """What one person sent to the employer of one job. Only domain/applications.py writes them."""

    LIFECYCLE = APPLICATION_LIFECYCLE

    public_id = PublicIdField()
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications", verbose_name="position")
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="job_applications", verbose_name="account"
    )
    email = models.EmailField("e-mail", max_length=254)
    name = models.CharField(max_length=120)
    message = models.TextField(max_length=LONGEST_MESSAGE)
    # What was asked when they applied, and what they answered. So that older code can write rows: db_default.
    answers = models.JSONField(default=list, db_default=[], blank=True, editable=False)
    cv = models.FileField("CV", storage=private.storage, max_length=200, blank=True)
    cv_name = models.CharField("name of the CV", max_length=100, blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    wants_letters = models.BooleanField(default=True, editable=False)

    status = models.CharField(
        max_length=20, choices=JobApplicationStatus.choices, default=JobApplicationStatus.UNCONFIRMED
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # On a confidential posting: when the employer has named itself to this person, and when they said yes to that.
    named_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when the person shows their address, to whom of the employer's team shows one.
    person_shows_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The employer's first answer: a decision or a message. That it was opened is none.
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = JobApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "application for a position"
        verbose_name_plural = "applications for positions"
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["job", "-sent_at", "-id"], name="careers_application_newest"),
            models.Index(fields=["email"], name="careers_application_email"),
            models.Index(
                fields=["created_at"],
                name="careers_application_waiting",
                condition=Q(status=JobApplicationStatus.UNCONFIRMED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=JobApplicationStatus.values), name="careers_application_status_known"
            ),
            models.UniqueConstraint(
                fields=["user", "job"],
                condition=Q(status__in=APPLICATION_OPEN),
                name="careers_application_user_once",
            ),
            models.UniqueConstraint(
                fields=["email", "job"],
                condition=Q(status__in=APPLICATION_OPEN),
                name="careers_application_email_once",
            ),
            models.CheckConstraint(
                condition=Q(status=JobApplicationStatus.UNCONFIRMED, sent_at__isnull=True)
                | (~Q(status=JobApplicationStatus.UNCONFIRMED) & Q(sent_at__isnull=False)),
                name="careers_application_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(status__in=APPLICATION_CLOSED, closed_at__isnull=False)
                | (~Q(status__in=APPLICATION_CLOSED) & Q(closed_at__isnull=True)),
                name="careers_application_closed_at",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="careers_application_email_lower"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(named_at__isnull=False), name="careers_application_yes_to_whom"
            ),
            models.CheckConstraint(
                condition=Q(cv="", cv_name="") | (~Q(cv="") & ~Q(cv_name="")), name="careers_application_cv_named"
            ),
        ]

    def __str__(self) -> str:
        return f"Application for “{self.job}”"

    def get_absolute_url(self) -> str:
        """The page of whoever sent it."""
        if self.user_id is None:
            return reverse("careers:application-by-link", args=[self.token])
        return reverse("careers:application-detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.status in APPLICATION_OPEN

    @property
    def is_withdrawn(self) -> bool:
        return self.status == JobApplicationStatus.WITHDRAWN

    @property
    def revealed(self) -> Revealed:
        """What the two sides know of each other by now."""
        return revealed(
            confidential=self.job.confidential, named=self.named_at is not None, agreed=self.agreed_at is not None
        )

    @property
    def alias(self) -> str:
        """What the employer calls the person before it may know the name. It is another one for each application."""
        return f"Applicant {zlib.crc32(self.public_id.encode()) % 9_000 + 1_000}"

    @property
    def name_for_employer(self) -> str:
        return self.name if self.revealed.employer_knows_person else self.alias

    @property
    def employer_for_person(self) -> str:
        """What the person calls the employer: its name, once they may know it."""
        return self.job.employer.name if self.revealed.person_knows_employer else self.job.public_employer_name

    @property
    def employer_within(self) -> str:
        """The same in the middle of a sentence: “a health system by the sea”."""
        name = self.employer_for_person
        is_description = not self.revealed.person_knows_employer
        return f"{name[:1].lower()}{name[1:]}" if is_description and name.startswith(("A ", "An ", "The ")) else name

    @property
    def team_shows(self) -> str:
        """The address that somebody of the team is ready to show; empty while nobody is."""
        shown = getattr(self, "team_address", None)
        return shown.member.user.email if shown is not None and shown.member.user.is_active else ""

    @property
    def person_shows(self) -> bool:
        """Whether the person shows their address: by the button, or by the yes on a confidential posting."""
        return self.person_shows_at is not None or self.agreed_at is not None

    @property
    def addresses_shown(self) -> bool:
        """Whether both sides show theirs, and know each other."""
        is_wanted = bool(self.team_shows) and self.person_shows
        return is_wanted and self.revealed.employer_knows_person and not self.is_withdrawn

    @property
    def email_for_employer(self) -> str:
        """The person's address as far as the team may read it: once both are shown, or after the yes to that."""
        is_agreed = self.addresses_shown or (self.agreed_at is not None and self.revealed.employer_knows_person)
        return self.email if is_agreed and not self.is_withdrawn else ""

    @property
    def email_for_person(self) -> str:
        """The address of whoever of the team shows theirs, once both do."""
        return self.team_shows if self.addresses_shown else ""

    @property
    def shows_cv(self) -> bool:
        """Whether there is a CV that the employer may open."""
        return bool(self.cv) and self.revealed.employer_knows_person and not self.is_withdrawn


class JobApplicationChange(StatusChange):
    """One step in the life of an application; the reason is what the employer said with it."""

    subject = models.ForeignKey(JobApplication, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        verbose_name = "step of an application"
        verbose_name_plural = "steps of applications"
        default_permissions = ("view",)


class OpenedPart(models.TextChoices):
    """What of an application somebody has opened."""

    APPLICATION = "application", "Application"
    CV = "cv", "CV"
    LISTED = "listed", "Name, and address where it was shown, in a list for a spreadsheet"


class ApplicationOpening(models.Model):
    """Somebody of the employer has opened an application or its CV. The applicant reads when."""

    application = models.ForeignKey(JobApplication, on_delete=models.CASCADE, related_name="looks")
    part = models.CharField("what was opened", max_length=20, choices=OpenedPart)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "look at an application"
        verbose_name_plural = "looks at applications"
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=OpenedPart.values), name="careers_opening_part_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}, opened"
