"""Services of others that let our people in with their sign-in here, and who let which of them know what."""

import hashlib
from uuid import uuid4

from allauth.idp.oidc.models import Client
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare


class Service(Client):
    """A site of somebody else, such as the journal's publisher. The library's client is its first part.

    Only this class is looked up when somebody comes from a service: a client without it opens nothing.
    """

    purpose = models.CharField(
        max_length=200, help_text="One sentence for the person who is asked, such as “Where you read Pain Medicine.”"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "service"
        verbose_name_plural = "services"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether it can keep no secret, as a program on people's own devices."""
        return self.type == Client.Type.PUBLIC

    @property
    def has_secret(self) -> bool:
        return self.secret.startswith("sha256$")

    def set_secret(self, secret: str) -> None:
        """Kept as a plain hash: a text of fifty random characters needs no slow one, and each sign-in asks it."""
        self.secret = _hashed(secret)

    def check_secret(self, secret: str) -> bool:
        return self.has_secret and constant_time_compare(self.secret, _hashed(secret))


def _hashed(secret: str) -> str:
    return f"sha256${hashlib.sha256(secret.encode()).hexdigest()}"


class ServiceConsentQuerySet(models.QuerySet["ServiceConsent"]):
    def given(self) -> "ServiceConsentQuerySet":
        """Those that hold: not withdrawn, of a service that is open."""
        return self.filter(withdrawn_at=None, service__closed_at=None)


class ServiceConsent(models.Model):
    """What one person lets one service know. The subject is what the service calls them by: nobody else knows it, and
    it stays when consent is withdrawn and given again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="service_consents")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="consents")
    subject = models.UUIDField(unique=True, default=uuid4, editable=False)
    scopes = models.JSONField(default=list)
    given_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField("let in last", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "consent to a service"
        verbose_name_plural = "consents to services"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "service"], name="accounts_serviceconsent_one_a_service")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.service}"

    def covers(self, scopes: list[str]) -> bool:
        return self.withdrawn_at is None and set(scopes) <= set(self.scopes)
