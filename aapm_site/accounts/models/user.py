"""The user: one sign-in by e-mail for member, job seeker, employer and staff."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ..rules import normal_email, validate_orcid
from .address_field import SignInAddressField
from .lists import Profession, Specialty


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normal_email(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a password, or one who signs in by code and passkey only."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=normal_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@pghistory.track(fields=["is_active", "is_staff", "is_superuser"], model_name="UserEvent")
class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they are here, as a member or an employer, stands in the rooms.

    Whoever signs in has an address; of others whom the office knows it may be missing, and they get no mail.
    """

    email = SignInAddressField("e-mail", max_length=254, unique=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    degrees = models.CharField(max_length=60, blank=True, help_text="For example MD, MPH")
    orcid = models.CharField(
        "ORCID iD",
        max_length=19,
        blank=True,
        validators=[validate_orcid],
    )
    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    specialty = models.ForeignKey(Specialty, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    is_staff = models.BooleanField(default=False, help_text="May enter the staff's admin.")
    is_active = models.BooleanField(default=True, help_text="Uncheck this to end every session and refuse sign-in.")
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    # Of the person of a request: whether this session has shown the second factor that staff need. The middleware says
    # so (accounts.middleware); people who were read for anything else, as by a command, are not asked.
    has_shown_factor = True

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["last_name", "first_name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_once",
                violation_error_message="Somebody has an account with this e-mail address already.",
            )
        ]
        permissions = [("assign_roles", "Can make people staff and give them roles")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def acts_as_staff(self) -> bool:
        """Staff whose rights count now. Outside the admin, ask this and never `is_staff`."""
        return self.is_active and self.is_staff and self.has_shown_factor

    @property
    def acts_as_superuser(self) -> bool:
        return self.is_active and self.is_superuser and self.has_shown_factor

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own. Without the second factor, what roles give does not count: only what anybody may have does."""
        if self.has_shown_factor:
            return super().has_perm(perm, obj)
        own: list[Any] = [backend for backend in get_backends() if getattr(backend, "serves_everybody", False)]
        return self.is_active and any(backend.has_perm(self, perm, obj) for backend in own)

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_shown_factor and super().has_module_perms(app_label)

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        return super().get_all_permissions(obj) if self.has_shown_factor else set()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def display_name(self) -> str:
        """The name, or what stands before the @ while no name is known."""
        return self.full_name or self.email.split("@", 1)[0] or "Without a name"

    @property
    def signature_name(self) -> str:
        """The name with degrees, as it stands under an article."""
        return ", ".join(part for part in (self.full_name, self.degrees) if part)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.first_name or self.display_name
