"""Terms of people who asked us to forget them: who it was is gone, and the counts of past years stay true."""

import uuid

from django.db import models
from django.db.models import F, Q

from .. import regions
from .lists import CareerStage
from .membership import Term
from .plan import Plan


class PastTerm(models.Model):
    """One term without a person. `member` is drawn by chance when they are forgotten, the same for all terms of one."""

    member = models.UUIDField(default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", verbose_name="category")
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")
    grace_days = models.PositiveSmallIntegerField("days of grace")
    source = models.CharField("how it came", max_length=10, choices=Term.Source.choices)
    state_code = models.CharField("state", max_length=2, choices=regions.CHOICES, blank=True)
    career_stage = models.ForeignKey(CareerStage, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "term without a name"
        verbose_name_plural = "terms without a name"
        ordering = ["-ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="membership_past_term_in_order"),
            models.CheckConstraint(condition=Q(source__in=Term.Source.values), name="membership_past_term_source"),
            models.CheckConstraint(
                condition=Q(state_code="") | Q(state_code__in=[code for code, _ in regions.CHOICES]),
                name="membership_past_term_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.starts_on} to {self.ends_on}"


class FormerNumber(models.Model):
    """A member number that led to another record of the same person before the two were merged. It still finds them."""

    number = models.PositiveIntegerField("member number", unique=True)
    membership = models.ForeignKey("membership.Membership", on_delete=models.CASCADE, related_name="former_numbers")
    record = models.BigIntegerField(editable=False)  # the key of the record that is gone: its history is found by it
    at = models.DateTimeField("merged", auto_now_add=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)
