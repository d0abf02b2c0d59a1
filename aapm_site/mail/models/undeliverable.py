"""Addresses that get no list mail, because mail to them came back or a reader complained."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..states import BounceSource
from .of_kinds import OfKinds
from .outgoing import OutgoingEmail


class UndeliverableAddress(models.Model):
    """One such address, in small letters, with how it is known; when it is lifted, by whom and why. Rows stay.

    Only domain/bounces.py writes them. Letters about a person's own account and orders still go.
    """

    address = models.EmailField(max_length=254)
    source = models.CharField("how it is known", max_length=12, choices=BounceSource)
    reason = models.TextField("what was said")
    letter = models.ForeignKey(
        OutgoingEmail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="letter"
    )
    kind = models.CharField("kind of letter", max_length=60, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why_lifted = models.TextField(blank=True)

    objects = OfKinds["UndeliverableAddress"].as_manager()

    class Meta:
        verbose_name = "undeliverable address"
        verbose_name_plural = "undeliverable addresses"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=BounceSource.values), name="mail_undeliverable_source_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="mail_undeliverable_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, why_lifted="") | (Q(lifted_at__isnull=False) & ~Q(why_lifted="")),
                name="mail_undeliverable_lifted_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["address"], condition=Q(lifted_at__isnull=True), name="mail_undeliverable_once"
            ),
        ]
        permissions = [("lift_undeliverableaddress", "Can let list mail go to an address again")]

    def __str__(self) -> str:
        return self.address
