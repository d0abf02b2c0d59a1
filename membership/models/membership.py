"""A member and the terms of the membership. Active, grace and lapsed are computed, never stored."""

from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from .. import regions
from ..rules import Standing, standing_on
from .lists import CareerStage, PracticeSetting
from .plan import Plan


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        """Active or in grace on a day: what rules.standing_on says, for many members in one query."""
        begun = Term.objects.filter(membership=models.OuterRef("pk"), starts_on__lte=on)
        last = begun.order_by("-starts_on")
        return self.annotate(
            last_end=models.Subquery(last.values("ends_on")[:1]),
            last_grace=models.Subquery(last.values("plan__grace_days")[:1]),
        ).filter(closed_at=None, last_end__gte=Value(on, models.DateField()) - F("last_grace"))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """One person's membership, for life: a pause is a gap between terms. Staff may close it; nobody deletes it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership", verbose_name="member"
    )
    number = models.PositiveIntegerField("member number", unique=True, editable=False)
    joined_on = models.DateField()
    career_stage = models.ForeignKey(
        CareerStage, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    practice_setting = models.ForeignKey(
        PracticeSetting, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    state_code = models.CharField("state", max_length=2, choices=regions.CHOICES, blank=True)
    closed_at = models.DateTimeField("closed since", null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        permissions = [("see_access_decision", "Can ask why a member may read something or not")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state_code="") | Q(state_code__in=[code for code, _ in regions.CHOICES]),
                name="membership_membership_state_known",
                violation_error_message="Choose a state from the list.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.display_name} (no. {self.number})"

    def standing(self, on: date | None = None) -> Standing:
        """What the membership is on a day, today unless given. One query, none when terms and plans are prefetched."""
        return standing_on(self.terms.all(), on or timezone.localdate(), is_closed=self.closed_at is not None)


class TermManager(models.Manager["Term"]):
    """Terms always come with their plan, which holds the days of grace."""

    def get_queryset(self) -> models.QuerySet["Term"]:
        return super().get_queryset().select_related("plan")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Term(models.Model):
    """A time of membership in one category; the first and the last day are part of it."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="terms")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="terms", verbose_name="category")
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TermManager()

    class Meta:
        ordering = ["starts_on"]
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="membership_term_dates_in_order",
                violation_error_message="A term cannot end before it begins.",
            ),
            ExclusionConstraint(
                name="membership_term_no_overlap",
                expressions=[
                    (DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("membership", RangeOperators.EQUAL),
                ],
                violation_error_message="These dates overlap another term of this membership.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.starts_on} to {self.ends_on}"

    @property
    def grace_days(self) -> int:
        return self.plan.grace_days


class TermNotice(models.Model):
    """A mail about a term's end that has been queued, once for each step."""

    class Step(models.TextChoices):
        BEFORE = "before", "30 days before the end"
        END = "end", "On the last day"
        GRACE_END = "grace_end", "On the last day of grace"

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="notices")
    step = models.CharField(max_length=10, choices=Step.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["term", "step"], name="membership_notice_once"),
            models.CheckConstraint(
                condition=Q(step__in=["before", "end", "grace_end"]), name="membership_notice_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.term}"
