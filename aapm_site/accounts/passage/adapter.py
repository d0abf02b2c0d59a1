"""What the library asks the site: who it is, and what it says of a person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings

from ..models import ServiceConsent, User
from ..registry import passage_scopes


class PassageAdapter(DefaultOIDCAdapter):
    """The issuer is never taken from a request, and each service has a name of its own for a person."""

    def get_issuer(self) -> str:
        return settings.SITE_ORIGIN

    def get_signing_key(self) -> Any:
        """The first one of the setting, not the newest: a key has no date of its own."""
        return self.list_private_keys()[0]

    def get_claims(
        self, purpose: str, user: User, client: Any, scopes: Iterable[str], email: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """What is true now. Roles do not count: nobody has shown a second factor to the service that asks."""
        user.has_shown_factor = False
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        for scope in passage_scopes:
            if scope.name in scopes:
                claims |= scope.claims(user)
        return claims

    def get_user_sub(self, client: Any, user: User) -> str:
        """Empty for somebody whom the service does not know."""
        found = ServiceConsent.objects.filter(service_id=client.pk, person_id=user.pk)
        subject = found.values_list("subject", flat=True).first()
        return subject.hex if subject else ""

    def get_user_by_sub(self, client: Any, sub: str) -> User | None:
        """Only for a consent that holds, and an account that does."""
        try:
            subject = UUID(hex=sub)
        except (ValueError, AttributeError, TypeError):
            return None
        given = ServiceConsent.objects.given().filter(service_id=client.pk, subject=subject)
        consent = given.select_related("person").first()
        return consent.person if consent and consent.person.is_active else None
