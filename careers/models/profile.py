"""What somebody who looks for a position says of themselves, and the places where they would work."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import Place, Profession, Specialty
from aapm_site.accounts.models import User as Person
from aapm_site.accounts.people import Visitor
from aapm_site.accounts.us_states import STATE_NAMES, STATES
from aapm_site.core.files import private
from aapm_site.core.ids import PublicIdField

from ..choices import (
    BoardCertification,
    EmployerKind,
    Procedure,
    RemoteWish,
    SeekerStage,
    Setting,
    SpokenLanguage,
    VisaNeed,
)
from .blocked import BlockedEmployer
from .employer import Employer

MOST_YEARS = 60
HIGHEST_PAY_WISH = 5_000_000
MOST_PLACES = 10
LONG = 3_000


def _several(choices: type[models.TextChoices], label: str) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=30, choices=choices.choices), verbose_name=label, default=list, blank=True
    )


def _one(choices: type[models.TextChoices], label: str) -> models.CharField:
    return models.CharField(label, max_length=20, choices=choices.choices, blank=True, default="")


def _known(field: str, values: list[str], word: str = "contained_by") -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__{word}": values}), name=f"careers_profile_{field}_known")


class ProfileQuerySet(models.QuerySet["Profile"]):
    def for_user(self, user: Visitor) -> "ProfileQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def offered(self) -> "ProfileQuerySet":
        """Those whose people let employers find them. Whom each of them has blocked comes on top."""
        return self.filter(searchable=True, active=True, paused_at=None, hidden_at=None, user__is_active=True)

    def visible_to(self, employer: Employer) -> "ProfileQuerySet":
        """Those of them that this employer may find: nobody who hides from it, by its name or by a domain.

        An agency finds those alone who let agencies find them.
        """
        hides = BlockedEmployer.objects.against(employer).filter(user=OuterRef("user"))
        found = self.offered().filter(~Exists(hides))
        return found.filter(agencies=True) if employer.kind == EmployerKind.AGENCY else found


class Profile(models.Model):
    """One a person, free. What an employer sees of it, before and after the person's yes: careers/profile_sight.py.

    Free texts may name the person, so an employer reads them after the yes. Only domain/profiles.py writes here.
    """

    public_id = PublicIdField()
    user = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="career_profile")

    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, related_name="+")
    specialties = models.ManyToManyField(Specialty, blank=True, related_name="+")
    stage = _one(SeekerStage, "where you stand")
    years = models.PositiveSmallIntegerField("years of practice", null=True, blank=True)
    certifications = _several(BoardCertification, "board certifications")
    # By postal code. Numbers of licenses are asked for nowhere.
    licenses = ArrayField(
        models.CharField(max_length=2, choices=STATES), verbose_name="licensed in", default=list, blank=True
    )
    languages = _several(SpokenLanguage, "languages")
    procedures = _several(Procedure, "procedures")

    training = models.TextField(max_length=LONG, blank=True)
    experience = models.TextField(max_length=LONG, blank=True)
    about = models.TextField("about you", max_length=LONG, blank=True)

    available_on = models.DateField("available from", null=True, blank=True)
    settings_wanted = _several(Setting, "settings wanted")
    remote = _one(RemoteWish, "remote work")
    visa = _one(VisaNeed, "visa")
    pay_wish = models.PositiveIntegerField(
        "pay that you hope for", null=True, blank=True, help_text="Dollars a year. Nobody but the person sees it."
    )

    cv = models.FileField("CV", max_length=200, storage=private.storage, blank=True)
    cv_name = models.CharField("name of the CV's file", max_length=100, blank=True)
    cv_size = models.PositiveIntegerField("size of the CV in bytes", null=True, blank=True)
    cv_uploaded_at = models.DateTimeField(null=True, blank=True, editable=False)

    searchable = models.BooleanField("employers may find it", default=False)
    name_shown = models.BooleanField("your name is shown at once", default=False)
    active = models.BooleanField("you are looking", default=True)
    # So that a site which does not know the column yet can still write rows: db_default.
    agencies = models.BooleanField("recruiting agencies may find it", default=False, db_default=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    # When the person last said that the profile is still wanted, and when it rested by itself for want of an answer.
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When we asked whether it is still wanted. A word of the person's since then is the answer.
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Kept out of employers' searches by staff.
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    hidden_reason = models.TextField("why staff hide it", max_length=2_000, blank=True, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        permissions = [("hide_profile", "Can hide profiles from employers")]
        indexes = [
            models.Index(
                fields=["confirmed_at"],
                name="careers_profile_offered",
                condition=Q(searchable=True, active=True, paused_at=None, hidden_at=None),
            )
        ]
        constraints = [
            _known("stage", SeekerStage.values, "in"),
            _known("remote", RemoteWish.values, "in"),
            _known("visa", VisaNeed.values, "in"),
            _known("certifications", BoardCertification.values),
            _known("licenses", list(STATE_NAMES)),
            _known("languages", SpokenLanguage.values),
            _known("procedures", Procedure.values),
            _known("settings_wanted", Setting.values),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__range=(0, MOST_YEARS)), name="careers_profile_years"
            ),
            models.CheckConstraint(
                condition=Q(pay_wish__isnull=True) | Q(pay_wish__range=(1, HIGHEST_PAY_WISH)),
                name="careers_profile_pay_wish",
            ),
            models.CheckConstraint(
                condition=Q(cv="", cv_name="", cv_size__isnull=True, cv_uploaded_at__isnull=True)
                | (~Q(cv="") & ~Q(cv_name="") & Q(cv_size__gt=0, cv_uploaded_at__isnull=False)),
                name="careers_profile_cv_whole",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                name="careers_profile_hidden_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.user}"

    def get_absolute_url(self) -> str:
        """The person's own page of it."""
        return reverse("careers:profile")

    @property
    def is_offered(self) -> bool:
        """Whether employers may find it; see ProfileQuerySet.offered()."""
        return self.searchable and self.active and not self.paused_at and not self.hidden_at and self.user.is_active


class ProfilePlace(models.Model):
    """A town near which the person would work, or a whole state. Their number holds by the column `order`."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state_code = models.CharField("state", max_length=2, choices=[("", "A town"), *STATES], blank=True, default="")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "place of a profile"
        verbose_name_plural = "places of profiles"
        ordering = ["order", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["profile", "order"], name="careers_profileplace_order_once"),
            models.UniqueConstraint(
                fields=["profile", "place"], condition=Q(place__isnull=False), name="careers_profileplace_town_once"
            ),
            models.UniqueConstraint(
                fields=["profile", "state_code"], condition=~Q(state_code=""), name="careers_profileplace_state_once"
            ),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_PLACES)), name="careers_profileplace_at_most_ten"),
            models.CheckConstraint(
                condition=Q(state_code__in=["", *STATE_NAMES]), name="careers_profileplace_state_known"
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False, state_code="") | (Q(place__isnull=True) & ~Q(state_code="")),
                name="careers_profileplace_town_or_state",
                violation_error_message="A place is a town, or a whole state.",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """Portland, Maine; or the state alone."""
        return self.place.label if self.place else STATE_NAMES.get(self.state_code, self.state_code)
