"""The terms of work of a job, as facts. What is not stated is null or empty, and readers see “Ask”."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from aapm_site.core.cache.revisions import revised_where

from ..choices import LoanRepayment, OpioidShare, PayModel, Procedure, TailPayer, YesNo
from ..terms import FARTHEST, LONGEST, MOST_HOURS, MOST_RARE, MOST_WRVU
from .seen import SEEN_JOBS


def _choice(choices: type[models.TextChoices], label: str) -> models.CharField:
    return models.CharField(label, max_length=20, choices=choices.choices, blank=True, default="")


def _known(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=f"careers_terms_{field}_known")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class JobTerms(models.Model):
    """One row beside a job, or none where nobody was asked. Nought says “none”: no call, no partnership, no clause."""

    job = models.OneToOneField("careers.Job", on_delete=models.CASCADE, primary_key=True, related_name="terms")
    hours_a_week = models.PositiveSmallIntegerField("hours a week", null=True, blank=True)
    call_one_in = models.PositiveSmallIntegerField("call, 1 in", null=True, blank=True)
    weekend_one_in = models.PositiveSmallIntegerField("weekends, 1 in", null=True, blank=True)
    pay_model = _choice(PayModel, "how pay is reckoned")
    wrvu_threshold = models.PositiveIntegerField("wRVU threshold", null=True, blank=True)
    partnership_months = models.PositiveSmallIntegerField("months to partnership", null=True, blank=True)
    non_compete_miles = models.PositiveSmallIntegerField("miles of the non-compete", null=True, blank=True)
    non_compete_months = models.PositiveSmallIntegerField("months of the non-compete", null=True, blank=True)
    tail = _choice(TailPayer, "malpractice tail")
    loan_repayment = _choice(LoanRepayment, "loan repayment")
    start_by_on = models.DateField("start by", null=True, blank=True)
    procedures = ArrayField(
        models.CharField(max_length=30, choices=Procedure.choices), verbose_name="procedures wanted", default=list,
        blank=True,
    )  # fmt: skip
    opioid_share = _choice(OpioidShare, "share of opioid management")
    new_graduates = _choice(YesNo, "new graduates and fellows welcome")
    j1_waiver = _choice(YesNo, "J-1 waiver")
    h1b = _choice(YesNo, "H-1B")

    class Meta:
        verbose_name = "terms of a position"
        verbose_name_plural = "terms of positions"
        triggers = [*revised_where(f"changed.job_id IN ({SEEN_JOBS})")]
        constraints = [
            _known("pay_model", PayModel),
            _known("tail", TailPayer),
            _known("loan_repayment", LoanRepayment),
            _known("opioid_share", OpioidShare),
            _known("new_graduates", YesNo),
            _known("j1_waiver", YesNo),
            _known("h1b", YesNo),
            models.CheckConstraint(
                condition=Q(procedures__contained_by=Procedure.values), name="careers_terms_procedures_known"
            ),
            models.CheckConstraint(
                condition=Q(hours_a_week__isnull=True) | Q(hours_a_week__range=(1, MOST_HOURS)),
                name="careers_terms_hours",
            ),
            models.CheckConstraint(
                condition=Q(call_one_in__isnull=True) | Q(call_one_in__range=(0, MOST_RARE)), name="careers_terms_call"
            ),
            models.CheckConstraint(
                condition=Q(weekend_one_in__isnull=True) | Q(weekend_one_in__range=(0, MOST_RARE)),
                name="careers_terms_weekends",
            ),
            models.CheckConstraint(
                condition=Q(wrvu_threshold__isnull=True)
                | Q(pay_model=PayModel.WRVU, wrvu_threshold__range=(1, MOST_WRVU)),
                name="careers_terms_threshold_of_wrvu",
                violation_error_message="A threshold belongs to pay by wRVU.",
            ),
            models.CheckConstraint(
                condition=Q(partnership_months__isnull=True) | Q(partnership_months__range=(0, LONGEST)),
                name="careers_terms_partnership",
            ),
            models.CheckConstraint(
                condition=Q(non_compete_miles__isnull=True, non_compete_months__isnull=True)
                | Q(non_compete_miles=0, non_compete_months=0)
                | Q(
                    non_compete_miles__isnull=False, non_compete_miles__range=(1, FARTHEST),
                    non_compete_months__isnull=False, non_compete_months__range=(1, LONGEST),
                ),
                name="careers_terms_non_compete",
                violation_error_message="A non-compete has its miles and its months.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Terms of {self.job}"

    @property
    def are_stated(self) -> bool:
        """Whether the employer has stated any of them."""
        columns = (field for field in self._meta.concrete_fields if not field.primary_key)
        return any(getattr(self, field.attname) not in (None, "", []) for field in columns)
