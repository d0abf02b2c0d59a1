"""Automatic renewal: what a member agreed to, and each payment that was announced."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.billing.models import KeptCard, KeptCharge
from aapm_site.billing.states import KeptCardState
from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import Money, amount_field, currency_field

from ..states import StopReason
from .membership import Membership, Term
from .plan import Plan


class AutomaticRenewalQuerySet(models.QuerySet["AutomaticRenewal"]):
    def on(self) -> "AutomaticRenewalQuerySet":
        """Those that run: the card is there, and nobody stopped it."""
        return self.filter(stopped_at=None, confirmed_at__isnull=False, card__state=KeptCardState.KEPT)


class AutomaticRenewal(models.Model):
    """What a member agreed to, as they read it, and the card for it. It runs from when the card was given."""

    public_id = PublicIdField()
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="automatic_renewals")
    card = models.OneToOneField(KeptCard, on_delete=models.PROTECT, related_name="automatic_renewal")
    consent_version = models.CharField(max_length=20, editable=False)
    consent_text = models.TextField(editable=False)
    agreed_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", editable=False)
    agreed_price = amount_field(editable=False)
    currency = currency_field()
    agreed_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_why = models.CharField(
        max_length=12, choices=StopReason.choices, blank=True, default="", editable=False
    )  # fmt: skip

    objects = AutomaticRenewalQuerySet.as_manager()

    class Meta:
        verbose_name = "automatic renewal"
        ordering = ["-agreed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(stopped_at=None, confirmed_at__isnull=False),
                name="membership_automatic_one_runs",
            ),
            models.CheckConstraint(condition=Q(agreed_price__gte=0), name="membership_automatic_price_not_negative"),
            models.CheckConstraint(
                condition=(Q(stopped_at=None, stopped_why="") | Q(stopped_at__isnull=False))
                & (Q(stopped_why="") | Q(stopped_why__in=StopReason.values)),
                name="membership_automatic_stopped_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Automatic renewal of {self.membership}"


class AnnouncedRenewal(models.Model):
    """One payment that a member was told of, for the term after one that ends: what was said, and what became of it."""

    automatic = models.ForeignKey(AutomaticRenewal, on_delete=models.CASCADE, related_name="announced")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="announced_renewals")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    price = amount_field()
    currency = currency_field()
    told_on = models.DateField()
    told_again_on = models.DateField(null=True, blank=True)
    charge = models.OneToOneField(
        KeptCharge, on_delete=models.PROTECT, null=True, blank=True, related_name="announced_renewal"
    )

    class Meta:
        verbose_name = "announced renewal"
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["automatic", "term"], name="membership_announced_once_a_term"),
            models.CheckConstraint(condition=Q(price__gte=0), name="membership_announced_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{Money(self.price, self.currency)} after {self.term}"
