"""Employers and the people who post for them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import Place
from aapm_site.accounts.people import Visitor
from aapm_site.billing.models import Customer
from aapm_site.core.cache.revisions import revised_where
from aapm_site.core.ids import PublicIdField

from ..choices import EmployerKind, MemberRole
from ..rules import BUYERS
from .seen import SEEN_EMPLOYERS


class EmployerQuerySet(models.QuerySet["Employer"]):
    def for_user(self, user: Visitor) -> "EmployerQuerySet":
        """The employers on whose team the user is."""
        return self.filter(members__user=user) if user.is_authenticated else self.none()

    def managed_by(self, user: Visitor) -> "EmployerQuerySet":
        """The employers whose details and team the user may change."""
        return self.filter(members__user=user, members__role=MemberRole.OWNER) if user.is_authenticated else self.none()

    def billed_to(self, user: Visitor) -> "EmployerQuerySet":
        """The employers whose orders and invoices the user sees and may pay; those that are closed as well."""
        return self.filter(members__user=user, members__role__in=BUYERS) if user.is_authenticated else self.none()

    def bought_for_by(self, user: Visitor) -> "EmployerQuerySet":
        """The employers for whom the user may buy credits; none that is closed."""
        return self.billed_to(user).filter(closed_at=None)


class Employer(models.Model):
    """An organization that posts jobs."""

    public_id = PublicIdField()
    name = models.CharField(max_length=120)
    slug = models.SlugField("address word", max_length=140, unique=True)
    kind = models.CharField(max_length=20, choices=EmployerKind.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    website = models.URLField(max_length=300, blank=True)
    about = models.TextField(max_length=1500, blank=True, help_text="Two or three sentences, beside each position.")
    verified = models.BooleanField(default=False, help_text="Staff know that this organization is who it says it is.")
    # So that a site which does not know the column yet can still write rows: db_default.
    trusted = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Staff may approve its positions together."
    )
    is_sample = models.BooleanField("sample", default=False, help_text="Invented for the demonstration; pages say so.")
    customer = models.OneToOneField(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="employer", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField("closed since", null=True, blank=True, editable=False)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        # What is bought must find its employer when it is paid.
        triggers = [
            *revised_where(f"changed.id IN ({SEEN_EMPLOYERS})"),
            pgtrigger.Protect(
                name="kept_with_account", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__customer__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=EmployerKind.values), name="careers_employer_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="careers_employer_has_name"),
            models.CheckConstraint(
                condition=models.Q(trusted=False) | models.Q(verified=True), name="careers_employer_trusted_verified"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The employer's own board."""
        return reverse("careers:employer-board", args=[self.public_id])

    @property
    def public_url(self) -> str:
        """Where everybody reads about it; whether there is such a page says queries.organizations."""
        return reverse("careers:organization-detail", args=[self.slug])

    @property
    def is_agency(self) -> bool:
        return self.kind == EmployerKind.AGENCY


class EmployerMember(models.Model):
    """A person on an employer's team."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="employer_memberships", verbose_name="person"
    )
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.POSTER)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # A letter for each new application. So that a site which does not know the column yet can still write: db_default.
    wants_applications = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "user"],
                name="careers_member_once",
                violation_error_message="This person is on the team already.",
            ),
            models.CheckConstraint(condition=models.Q(role__in=MemberRole.values), name="careers_member_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()} of {self.employer}"


class EmployerInvitationQuerySet(models.QuerySet["EmployerInvitation"]):
    def for_user(self, user: Visitor) -> "EmployerInvitationQuerySet":
        """The invitations of the user's address; whether it was confirmed is the caller's to ask."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(email__iexact=user.email).select_related("employer", "invited_by")


class EmployerInvitation(models.Model):
    """A place on the team kept for whoever proves to own an e-mail address by signing in with it."""

    public_id = PublicIdField()
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail", max_length=254)
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.POSTER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    # As the first owner. So that a site which does not know the column yet can still write rows: db_default.
    by_staff = models.BooleanField(default=False, db_default=False, editable=False)

    objects = EmployerInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "employer",
                Lower("email"),
                name="careers_invitation_once",
                violation_error_message="This address is invited already.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=MemberRole.values), name="careers_invitation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.employer}"
