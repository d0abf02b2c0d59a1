"""Credits that employers own and have not used yet, and the ledger of how they came and went."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.billing.models import OrderLine
from aapm_site.billing.models.base import kept_history, never_changed, never_deleted

from ..choices import ARRIVES, LEAVES, CreditReason
from ..credit_types import CreditType
from .employer import Employer
from .job import Job


class OfCreditTypeQuerySet(models.QuerySet):
    def of_kind(self, kind: CreditType) -> "OfCreditTypeQuerySet":
        return self.filter(runs_days=kind.runs_days, featured=kind.featured)


class OfCreditType(models.Model):
    """The kind of credit that a row counts."""

    runs_days = models.PositiveSmallIntegerField("days live")
    featured = models.BooleanField(default=False)

    objects = OfCreditTypeQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def credit_type(self) -> CreditType:
        return CreditType(self.runs_days, self.featured)


@kept_history()
class CreditBalance(OfCreditType):
    """How many credits of one kind an employer has left. Only the credit ledger writes it, with an entry each time."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="balances")
    left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["featured", "runs_days"]
        verbose_name = "postings left"
        verbose_name_plural = "postings left"
        triggers = [never_deleted()]
        constraints = [
            models.UniqueConstraint(fields=["employer", "runs_days", "featured"], name="careers_balance_once_a_kind"),
            models.CheckConstraint(condition=models.Q(left__gte=0), name="careers_balance_not_negative"),
            models.CheckConstraint(condition=models.Q(runs_days__range=(1, 365)), name="careers_balance_runs"),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.left} × {self.credit_type}"


@kept_history()
class CreditEntry(OfCreditType):
    """One line of the ledger: credits came or went. Lines are added, never changed; together they are the balance."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="credit_entries")
    kind = models.CharField("what happened", max_length=10, choices=CreditReason.choices)
    change = models.IntegerField()
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, null=True, blank=True, related_name="credit_entries"
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="credit_entries")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "entry of postings"
        verbose_name_plural = "postings bought and used"
        permissions = [("give_credits", "Can give postings to an employer, and take them back")]
        triggers = [never_changed(but=("by",)), never_deleted()]
        indexes = [models.Index(fields=["employer", "-id"], name="careers_credit_history")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=CreditReason.values), name="careers_credit_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ARRIVES, change__gte=1) | models.Q(kind__in=LEAVES, change__lte=-1),
                name="careers_credit_sign_fits",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=(CreditReason.SPENT, CreditReason.RETURNED), job__isnull=False, change__range=(-1, 1)
                )
                | (~models.Q(kind__in=(CreditReason.SPENT, CreditReason.RETURNED)) & models.Q(job__isnull=True)),
                name="careers_credit_one_for_a_job",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CreditReason.BOUGHT, order_line__isnull=False)
                | models.Q(kind=CreditReason.TAKEN_BACK)
                | (~models.Q(kind=CreditReason.BOUGHT) & models.Q(order_line__isnull=True)),
                name="careers_credit_bought_by_an_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=(CreditReason.GIVEN, CreditReason.TAKEN_BACK))
                | models.Q(order_line__isnull=False)
                | ~models.Q(reason=""),
                name="careers_credit_has_reason",
            ),
            models.CheckConstraint(condition=models.Q(runs_days__range=(1, 365)), name="careers_credit_runs"),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.change:+d} × {self.credit_type}"
