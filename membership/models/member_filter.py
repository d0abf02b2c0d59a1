"""Lists of members that staff keep by a name, and the record of who took members' data out of the site."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from aapm_site.accounts.models import Specialty
from aapm_site.accounts.people import Visitor

from .. import regions
from ..states import MembershipStatus
from .group import Group
from .lists import CareerStage
from .plan import Plan

FARTHEST_DAYS = 366


class MemberFilterQuerySet(models.QuerySet["MemberFilter"]):
    def for_user(self, user: Visitor) -> "MemberFilterQuerySet":
        """One's own, and those that colleagues share."""
        return self.filter(Q(is_shared=True) | Q(owner_id=user.pk)) if user.pk else self.none()


class MemberFilter(models.Model):
    """Who belongs to a list: everybody who fits each condition that is set. It is asked anew whenever it is used."""

    name = models.CharField(max_length=80, help_text="For you and your colleagues: “Lapsed this year, West”.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    is_shared = models.BooleanField(
        "for all colleagues",
        default=False,
        help_text="Unchecked, only you see it. Colleagues use and change a shared one.",
    )
    statuses = ArrayField(
        models.CharField(max_length=10, choices=MembershipStatus.choices),
        verbose_name="standing today",
        default=list,
        blank=True,
    )
    plans = models.ManyToManyField(Plan, blank=True, related_name="+", verbose_name="categories")
    career_stages = models.ManyToManyField(CareerStage, blank=True, related_name="+")
    specialties = models.ManyToManyField(Specialty, blank=True, related_name="+")
    groups = models.ManyToManyField(Group, blank=True, related_name="+", verbose_name="special interest groups")
    state_codes = ArrayField(
        models.CharField(max_length=2, choices=regions.CHOICES), verbose_name="states", default=list, blank=True
    )
    joined_from = models.DateField("member since, from", null=True, blank=True)
    joined_to = models.DateField("member since, to", null=True, blank=True)
    ends_within = models.PositiveSmallIntegerField(
        "term ends within days",
        null=True,
        blank=True,
        validators=[MaxValueValidator(FARTHEST_DAYS)],
        help_text="The last paid day is today or one of the next so many days.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MemberFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "saved list of members"
        verbose_name_plural = "saved lists of members"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="membership_filter_name_once",
                violation_error_message="You have a list of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(statuses__contained_by=MembershipStatus.values), name="membership_filter_statuses_known"
            ),
            models.CheckConstraint(
                condition=Q(state_codes__contained_by=[code for code, _ in regions.CHOICES]),
                name="membership_filter_states_known",
            ),
            models.CheckConstraint(
                condition=Q(joined_from=None) | Q(joined_to=None) | Q(joined_from__lte=F("joined_to")),
                name="membership_filter_joined_in_order",
                violation_error_message="The last day comes before the first.",
            ),
            models.CheckConstraint(
                condition=Q(ends_within=None) | Q(ends_within__range=(0, FARTHEST_DAYS)),
                name="membership_filter_ends_within",
                violation_error_message="Choose a number of days within a year.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberExport(models.Model):
    """That somebody took a list of members out of the site as a file: who, when, which, how many, and what for."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.TextField("which list")
    purpose = models.CharField("what for", max_length=200)
    number = models.PositiveIntegerField("members in it")

    class Meta:
        verbose_name = "export of members"
        verbose_name_plural = "exports of members"
        ordering = ["-at", "-pk"]
        permissions = [
            ("export_members", "Can export lists of members"),
            ("see_member_reports", "Can see the reports about members"),
        ]

    def __str__(self) -> str:
        return self.what
