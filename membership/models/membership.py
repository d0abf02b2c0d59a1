"""A member and the terms of the membership. Active, grace and lapsed are computed, never stored."""

from datetime import date
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.billing.models import OrderLine

from .. import regions
from ..rules import Standing, standing_on
from .lists import CareerStage, PracticeSetting
from .plan import LONGEST_GRACE_DAYS, Plan


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        """Active or in grace on a day: what rules.standing_on says, for many members in one query.

        The last term that has begun decides. Those whose grace is long over are left out first, by their dates.
        """
        begun = Term.objects.valid().filter(starts_on__lte=on)
        later = begun.filter(membership=models.OuterRef("membership"), starts_on__gt=models.OuterRef("starts_on"))
        still_open = begun.filter(ends_on__gte=Value(on, models.DateField()) - F("grace_days"))
        return self.filter(closed_at=None, pk__in=still_open.exclude(models.Exists(later)).values("membership"))


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
    # The category of the next term, where somebody has chosen another one; and when training ends, which chooses too.
    next_plan = models.ForeignKey(
        Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False,
        verbose_name="next category",
    )  # fmt: skip
    training_ends_on = models.DateField("training ends on", null=True, blank=True)
    deceased_on = models.DateField("died on", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("closed since", null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        permissions = [
            ("see_access_decision", "Can ask why a member may read something or not"),
            ("merge_members", "Can merge two persons who are one"),
        ]
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


class TermQuerySet(models.QuerySet["Term"]):
    def valid(self) -> "TermQuerySet":
        """Those that count: not taken back."""
        return self.filter(void_at=None)


class TermManager(models.Manager.from_queryset(TermQuerySet)):  # type: ignore[misc]  # a class that is made here
    """Terms always come with their plan, by whose name they are called."""

    def get_queryset(self) -> TermQuerySet:
        return super().get_queryset().select_related("plan")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Term(models.Model):
    """A time of membership in one category; the first and the last day are part of it.

    It keeps what the category granted when it was made: a later change of the category rewrites no past. One that was
    taken back is void, and stays. The defaults in the database are for a site that does not know the columns yet.
    """

    class Source(models.TextChoices):
        PAID = "paid", "Paid"
        GIVEN = "given", "Given by the office"
        IMPORTED = "imported", "Imported"
        BUNDLE = "bundle", "By an institution"
        HONORARY = "honorary", "Honorary"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="terms")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="terms", verbose_name="category")
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")
    grace_days = models.PositiveSmallIntegerField(
        "days of grace",
        blank=True,
        default=None,
        db_default=60,
        validators=[MaxValueValidator(LONGEST_GRACE_DAYS)],
        help_text="Days after the end in which everything stays open. Left empty, as the category says.",
    )
    reads_journal = models.BooleanField("reads the Journal", default=None, db_default=True, editable=False)
    source = models.CharField(
        "how it came", max_length=10, choices=Source.choices, default=Source.GIVEN, db_default=Source.GIVEN
    )
    # What was paid for it; a line of several years has as many terms.
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, null=True, blank=True, related_name="membership_terms", editable=False
    )
    note = models.CharField("why it was given", max_length=300, blank=True, default="", db_default="", editable=False)
    # The last day that it had, of one that was ended early.
    was_to = models.DateField("was to end on", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    void_at = models.DateTimeField("taken back", null=True, blank=True, editable=False)
    void_reason = models.TextField("why it was taken back", blank=True, default="", db_default="", editable=False)

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
            # The membership comes first: an index that begins with the dates holds those of all members in one heap,
            # and each new term is compared with most of them.
            ExclusionConstraint(
                name="membership_term_no_overlap",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(void_at=None),
                violation_error_message="These dates overlap another term of this membership.",
            ),
            models.CheckConstraint(
                condition=Q(grace_days__range=(0, LONGEST_GRACE_DAYS)),
                name="membership_term_grace_days",
                violation_error_message="Grace lasts two years at most.",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["paid", "given", "imported", "bundle", "honorary"]),
                name="membership_term_source_known",
            ),
            models.CheckConstraint(
                condition=Q(was_to=None) | Q(was_to__gt=F("ends_on")), name="membership_term_ended_early"
            ),
            models.CheckConstraint(
                condition=Q(void_at=None, void_reason="") | (Q(void_at__isnull=False) & ~Q(void_reason="")),
                name="membership_term_void_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {date_format(self.starts_on)} to {date_format(self.ends_on)}"

    def save(self, **options: Any) -> None:
        if self._state.adding or self.grace_days is None:
            self.grant()
        super().save(**options)

    @property
    def is_void(self) -> bool:
        return self.void_at is not None

    def grant(self) -> None:
        """Keep what the category grants today; days of grace that somebody has written stay."""
        self.reads_journal = self.plan.reads_journal
        if self.grace_days is None:
            self.grace_days = self.plan.grace_days


class TermNotice(models.Model):
    """A mail about a term's end that has been queued, once for each letter: `step` is the short name of its row."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="notices")
    step = models.CharField("letter", max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["term", "step"], name="membership_notice_once")]

    def __str__(self) -> str:
        return f"{self.step}: {self.term}"
