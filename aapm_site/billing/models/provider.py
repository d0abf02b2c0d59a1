"""What is known of payments at the card provider: what was opened there, and what it told us."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from aapm_site.core.ids import public_id
from aapm_site.core.money import amount_field, currency_field

from ..states import UNFINISHED, CardState
from .base import kept_history, never_deleted
from .order import Order

LATELY = timedelta(days=30)


class CardSessionQuerySet(models.QuerySet["CardSession"]):
    def unfinished(self) -> "CardSessionQuerySet":
        return self.filter(state__in=UNFINISHED)

    def to_ask_about(self, at: datetime) -> "CardSessionQuerySet":
        """Pages that exist at the provider and are not finished, or ended less than a month ago without a payment."""
        recent = models.Q(state=CardState.ENDED, expires_at__gt=at - LATELY)
        return self.exclude(session_id=None).filter(models.Q(state__in=UNFINISHED) | recent)


@kept_history("key", "session_id", "payer_email")
class CardSession(models.Model):
    """One try to pay an order by card. The row is there before the provider is asked, so no answer is lost."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="card_sessions")
    key = models.CharField(max_length=40, unique=True, default=public_id, editable=False)
    session_id = models.CharField(max_length=120, null=True, unique=True, editable=False)  # null: not answered yet
    state = models.CharField(max_length=10, choices=CardState.choices, default=CardState.OPENING)
    amount = amount_field()
    currency = currency_field()
    url = models.URLField(max_length=2000, blank=True, editable=False)
    payment_reference = models.CharField(max_length=100, blank=True, db_index=True, editable=False)
    # What the provider was asked with, until it answers: asked again, it must be the same.
    payer_email = models.EmailField(blank=True, editable=False)
    # Why its answer could not be booked; staff are told of each reason once.
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CardSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        triggers = [never_deleted()]
        indexes = [
            models.Index(fields=["opened_at"], name="billing_card_unfinished", condition=models.Q(state__in=UNFINISHED))
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=CardState.values), name="billing_card_state_known"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="billing_card_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.order}, {self.get_state_display().lower()}"


class ProviderEvent(models.Model):
    """One message of the card provider, kept as it came. Its number is unique: a repeat finds it and does nothing."""

    event_id = models.CharField(max_length=120, unique=True)
    type = models.CharField(max_length=80)
    payment_reference = models.CharField(max_length=100, blank=True, db_index=True)
    payload = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now)
    # Empty while it waits, such as a refund that was told before its payment.
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    needs_a_look = models.BooleanField(default=False)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "message of the card provider"
        verbose_name_plural = "messages of the card provider"
        triggers = [never_deleted()]
        constraints = [models.CheckConstraint(condition=~models.Q(event_id=""), name="billing_event_has_id")]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
