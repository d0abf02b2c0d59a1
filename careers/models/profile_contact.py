"""That an employer asks somebody whose profile it has opened for contact, and what they answer; and what it keeps."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.ids import PublicIdField
from aapm_site.core.transitions import StatusChange

from ..choices import ContactReason
from ..contact_states import CONTACT_LIFECYCLE, CONTACT_OPEN, CONTACT_STAFF_WORDS, ContactStatus
from .employer import Employer
from .job import Job
from .profile import Profile

LONGEST_WORDS = 1_000
LONGEST_NOTE = 1_000


class ProfileContactQuerySet(models.QuerySet["ProfileContact"]):
    def of_person(self, user: Visitor) -> "ProfileContactQuerySet":
        """Who has asked the person; what an employer withdrew is gone for them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(profile__user=user).exclude(status=ContactStatus.WITHDRAWN)

    def for_user(self, user: Visitor) -> "ProfileContactQuerySet":
        """What the employers have asked on whose team the user is."""
        return self.filter(employer__members__user=user) if user.is_authenticated else self.none()


class ProfileContact(models.Model):
    """An employer asks one person about one of its positions. Only domain/profile_contacts.py writes them."""

    LIFECYCLE = CONTACT_LIFECYCLE
    STAFF_WORDS = CONTACT_STAFF_WORDS

    public_id = PublicIdField()
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="contacts")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="profile_contacts")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", verbose_name="position")
    reason = models.CharField("why", max_length=20, choices=ContactReason.choices)
    # Read on the site alone, never in a letter.
    words = models.TextField("in their own words", max_length=LONGEST_WORDS, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    status = models.CharField(max_length=20, choices=ContactStatus.choices, default=ContactStatus.ASKED)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ProfileContactQuerySet.as_manager()

    class Meta:
        verbose_name = "request for contact"
        verbose_name_plural = "requests for contact"
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["employer", "-asked_at"], name="careers_contact_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "employer"], condition=Q(status__in=CONTACT_OPEN), name="careers_contact_one_open"
            ),
            models.CheckConstraint(condition=Q(status__in=ContactStatus.values), name="careers_contact_status_known"),
            models.CheckConstraint(condition=Q(reason__in=ContactReason.values), name="careers_contact_reason_known"),
            models.CheckConstraint(
                condition=Q(status__in=CONTACT_OPEN, closed_at__isnull=True)
                | (~Q(status__in=CONTACT_OPEN) & Q(closed_at__isnull=False)),
                name="careers_contact_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return f"Request about “{self.job}”"

    @property
    def is_agreed(self) -> bool:
        return self.status == ContactStatus.AGREED


class ProfileContactChange(StatusChange):
    """One step in the life of a request."""

    subject = models.ForeignKey(ProfileContact, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        verbose_name = "step of a request for contact"
        verbose_name_plural = "steps of requests for contact"
        default_permissions = ()


class ProfileBookmark(models.Model):
    """A profile that a team keeps in mind. Only domain/profile_bookmarks.py writes them."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="profile_bookmarks")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    note = models.TextField(max_length=LONGEST_NOTE, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "kept profile"
        verbose_name_plural = "kept profiles"
        ordering = ["-kept_at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["employer", "profile"], name="careers_bookmark_once")]

    def __str__(self) -> str:
        return f"Kept by {self.employer}"
