"""Resignations and pauses: what a member asked for, when, and what it changed, so that it can be taken back."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..leaving import PauseReason, When
from .membership import Membership, Term


class ResignationQuerySet(models.QuerySet["Resignation"]):
    def standing(self) -> "ResignationQuerySet":
        """Those that count: neither taken back, nor overtaken by a term that ends later."""
        later = Term.objects.valid().filter(
            membership=models.OuterRef("membership"), ends_on__gt=models.OuterRef("last_day")
        )
        return self.filter(~models.Exists(later), withdrawn_at=None)


class Resignation(models.Model):
    """One resignation. `undo` is what the terms were before, until its last day is over."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="resignations")
    when = models.CharField("from when", max_length=3, choices=When.choices)
    last_day = models.DateField("last day of membership")
    reason = models.TextField(max_length=1_000, blank=True, default="")
    asked_at = models.DateTimeField("resigned", default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undo = models.JSONField(default=list, editable=False)
    withdrawn_at = models.DateTimeField("taken back", null=True, blank=True)

    objects = ResignationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(when__in=["end", "now"]), name="membership_resignation_when_known"),
            models.UniqueConstraint(
                fields=["membership", "last_day"],
                condition=Q(withdrawn_at=None),
                name="membership_resignation_once",
                violation_error_message="This resignation is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Resignation, last day {self.last_day}"


class PauseQuerySet(models.QuerySet["Pause"]):
    def waiting(self) -> "PauseQuerySet":
        """Those that staff decide on."""
        return self.filter(granted_at=None, declined_at=None, cancelled_at=None)

    def granted(self) -> "PauseQuerySet":
        return self.filter(granted_at__isnull=False, cancelled_at=None)

    def ahead_or_running(self, on: date) -> "PauseQuerySet":
        return self.granted().filter(back_on__gt=on)

    def running(self, on: date) -> "PauseQuerySet":
        return self.ahead_or_running(on).filter(starts_on__lte=on)


class Pause(models.Model):
    """A pause: the days from `starts_on` on, until the member is back on `back_on`. They are kept for afterwards."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=8, choices=PauseReason.choices)
    note = models.TextField("what else we should know", max_length=1_000, blank=True, default="")
    starts_on = models.DateField("from")
    back_on = models.DateField("back on")
    was_back_on = models.DateField("was to be back on", null=True, blank=True)
    asked_at = models.DateTimeField("asked for", default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField("granted", null=True, blank=True)
    declined_at = models.DateTimeField("declined", null=True, blank=True)
    answer = models.TextField("why it was declined", max_length=1_000, blank=True, default="")
    cancelled_at = models.DateTimeField("taken back", null=True, blank=True)
    # The term that it cut, the part that follows, and the days of grace that the former had.
    cut_term = models.ForeignKey(
        Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    rest_term = models.ForeignKey(
        Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["parental", "illness", "service", "other"]),
                name="membership_pause_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("back_on")),
                name="membership_pause_in_order",
                violation_error_message="Whoever pauses is back after the first day of the pause.",
            ),
            models.CheckConstraint(
                condition=Q(granted_at=None) | Q(declined_at=None), name="membership_pause_one_answer"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(granted_at=None, declined_at=None, cancelled_at=None),
                name="membership_pause_one_waits",
                violation_error_message="A pause of this member is being decided already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Pause, {self.starts_on} to {self.back_on}"

    @property
    def is_waiting(self) -> bool:
        return self.granted_at is None and self.declined_at is None and self.cancelled_at is None
