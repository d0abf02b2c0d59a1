"""The office of a member's practice: where receipts may go once its reader agreed, and each that went there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.billing.models import Payment

from .membership import Membership


class OfficeAddress(models.Model):
    """One address a member. Nothing goes there but the question, until its reader says yes."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="office")
    email = models.EmailField("e-mail of the office", max_length=254)
    asked_at = models.DateTimeField("asked", default=timezone.now)
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)

    class Meta:
        verbose_name = "address of an office"
        verbose_name_plural = "addresses of offices"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="membership_office_has_address")]

    def __str__(self) -> str:
        return self.email


class OfficeSending(models.Model):
    """One receipt that went to an office by a press: which, where to, when and by whom."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="office_sendings")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+", verbose_name="receipt")
    email = models.EmailField("sent to", max_length=254)
    on = models.DateField("sent on", default=timezone.localdate)
    at = models.DateTimeField("sent", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "receipt sent to an office"
        verbose_name_plural = "receipts sent to offices"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "payment", "email", "on"],
                name="membership_office_sending_once_a_day",
                violation_error_message="This receipt has gone there today.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment} to {self.email}"
