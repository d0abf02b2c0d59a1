"""Cards that the provider keeps for a customer, and payments with them while their owner is not there."""

from django.db import models
from django.utils import timezone

from aapm_site.core import ids
from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import Money, amount_field, currency_field

from ..states import ChargeState, KeptCardState
from .base import never_deleted
from .customer import Customer
from .order import Order


class KeptCard(models.Model):
    """One card. The row is there before the provider is asked for its page, so no answer is lost. What leads to the
    card at the provider is blank again once it is gone.
    """

    public_id = PublicIdField()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="kept_cards")
    state = models.CharField(max_length=10, choices=KeptCardState.choices, default=KeptCardState.OPENING)
    key = models.CharField(max_length=40, unique=True, default=ids.public_id, editable=False)
    page_id = models.CharField(max_length=120, null=True, unique=True, editable=False)  # null: not answered yet
    # With what the page was asked for, until it is over: asked again, it must be the same.
    payer_email = models.EmailField(blank=True, editable=False)
    success_path = models.CharField(max_length=200, editable=False)
    cancel_path = models.CharField(max_length=200, editable=False)
    expires_at = models.DateTimeField("the page ends")
    provider_customer = models.CharField(max_length=100, blank=True, editable=False)
    provider_method = models.CharField(max_length=100, blank=True, editable=False)
    brand = models.CharField(max_length=100, blank=True, editable=False)
    last4 = models.CharField(max_length=100, blank=True, editable=False)
    expires_on = models.DateField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    kept_at = models.DateTimeField(null=True, blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "kept card"
        ordering = ["-opened_at", "-pk"]
        triggers = [never_deleted()]
        indexes = [
            models.Index(
                fields=["opened_at"],
                name="billing_kept_card_unfinished",
                condition=models.Q(state__in=[KeptCardState.OPENING, KeptCardState.GOING]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=KeptCardState.values), name="billing_kept_card_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=KeptCardState.KEPT)
                | (~models.Q(provider_method="") & models.Q(kept_at__isnull=False, expires_on__isnull=False)),
                name="billing_kept_card_has_its_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As people know it: “Visa ending in 4242”."""
        return f"{self.brand.title()} ending in {self.last4}" if self.last4 else "Card"


class KeptCharge(models.Model):
    """One payment of an order with a kept card. Committed before the provider is asked, with the question's key."""

    card = models.ForeignKey(KeptCard, on_delete=models.PROTECT, related_name="charges")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="kept_charge")
    key = models.CharField(max_length=40, unique=True, default=ids.public_id, editable=False)
    state = models.CharField(max_length=10, choices=ChargeState.choices, default=ChargeState.REQUESTED)
    amount = amount_field()
    currency = currency_field()
    why = models.CharField(max_length=20, blank=True, editable=False)  # it failed; one of gateways.kept
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)  # from then on nobody takes it back
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "payment with a kept card"
        verbose_name_plural = "payments with kept cards"
        ordering = ["-requested_at", "-pk"]
        triggers = [never_deleted()]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ChargeState.values), name="billing_kept_charge_state_known"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="billing_kept_charge_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{Money(self.amount, self.currency)} with {self.card.name}"
