"""Who wants which list mail."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from ..states import Frequency
from .of_kinds import OfKinds


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Subscription(models.Model):
    """One kind of list mail to one person: a user, or an address that has been confirmed by a mailed link.

    `key` tells several of one kind apart, such as saved searches. The token stands in the unsubscribe link.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name="reader",
    )
    email = models.EmailField(max_length=254, blank=True)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200, help_text="What the reader gets, in words: “News and statements”.")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.AT_ONCE)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    objects = OfKinds["Subscription"].as_manager()

    class Meta:
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")),
                name="mail_subscription_user_or_email",
                violation_error_message="A subscription belongs to a user or to an address, not to both.",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="mail_subscription_frequency_known"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "key"], condition=Q(user__isnull=False), name="mail_subscription_user_once"
            ),
            models.UniqueConstraint(
                Lower("email"), "kind", "key", condition=~Q(email=""), name="mail_subscription_email_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.address}"

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.email

    @property
    def wants_mail(self) -> bool:
        """Confirmed, not paused, and, if it is a user's, of somebody who may still sign in."""
        allowed = self.user.is_active if self.user else self.confirmed_at is not None
        return allowed and self.paused_at is None

    @property
    def unsubscribe_url(self) -> str:
        return f"{settings.SITE_ORIGIN}{reverse('mail:unsubscribe', args=[self.token])}"
