"""The protocol, by oauthlib with the library's checks, of which some are stricter here.

Addresses to come back to are compared letter by letter, the proof (PKCE, S256) is asked of everybody, consent is that
of this very service, and no token outlives it. There are no refresh tokens, no implicit and no password grants: what is
not built in cannot be switched on by a row.
"""

import re
import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.idp.oidc import app_settings
from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from allauth.idp.oidc.internal.oauthlib.server import generate_opaque_token
from allauth.idp.oidc.internal.oauthlib.utils import get_validator_context
from allauth.idp.oidc.models import Token
from django.http import HttpRequest
from django.utils import timezone
from oauthlib.oauth2.rfc6749.endpoints import (
    AuthorizationEndpoint,
    ResourceEndpoint,
    RevocationEndpoint,
    TokenEndpoint,
)
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError
from oauthlib.oauth2.rfc6749.tokens import BearerToken
from oauthlib.openid.connect.core.endpoints.userinfo import UserInfoEndpoint
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant

from ..domain.services import lock_consent
from ..models import Service, ServiceConsent
from ..requests import SignedInRequest

SERVICE_ID = re.compile(r"[0-9a-f]{32}")
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # a SHA-256 in base64 for addresses


class PassageValidator(OAuthLibRequestValidator):
    """Who is asked what, for each step of the protocol."""

    def _lookup_client(self, request: Any, client_id: str) -> Service | None:
        known: dict[str, Service | None] = get_validator_context().clients
        if client_id not in known:
            is_one = isinstance(client_id, str) and SERVICE_ID.fullmatch(client_id)
            known[client_id] = Service.objects.filter(pk=client_id, closed_at=None).first() if is_one else None
        return known[client_id]

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Any, *args: Any, **kwargs: Any) -> bool:
        return redirect_uri in request.client.get_redirect_uris()

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        return True

    def validate_silent_authorization(self, request: Any) -> bool:
        """Only what was consented to for this service; the library would take a token of any."""
        return may_know(context.request, request.client, request.scopes)

    def validate_user_match(self, id_token_hint: Any, scopes: Any, claims: Any, request: Any) -> bool:
        """Nobody is signed in yet when the hint is read, unless there is to be no page at all."""
        return not context.request.user.is_authenticated or super().validate_user_match(
            id_token_hint, scopes, None, request
        )

    def save_authorization_code(self, client_id: str, code: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """With the moment of the sign-in, which the token will say; the library has no place of its own for it."""
        request.claims = {"auth_time": signed_in_at(context.request)}
        super().save_authorization_code(client_id, code, request, *args, **kwargs)

    def validate_code(self, client_id: str, code: str, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Good only while the consent is, which is locked from here on."""
        if not super().validate_code(client_id, code, client, request, *args, **kwargs):
            return False
        consent = lock_consent(request.user, client.pk)
        if consent is None or not consent.covers(request.scopes):
            return False
        ServiceConsent.objects.filter(pk=consent.pk).update(used_at=timezone.now())
        return True

    def finalize_id_token(self, id_token: dict[str, Any], token: Any, token_handler: Any, request: Any) -> str:
        if (request.claims or {}).get("auth_time"):
            id_token["auth_time"] = request.claims["auth_time"]
        return super().finalize_id_token(id_token, token, token_handler, request)

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        """Good only while the consent is: the library asks the account alone."""
        if not super().validate_bearer_token(token, scopes, request) or request.user is None:
            return False
        given = ServiceConsent.objects.given().filter(person=request.user, service_id=request.client.pk).first()
        return given is not None and given.covers(request.scopes)

    def revoke_token(self, token: str, token_type_hint: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """A service gives back its own tokens only."""
        Token.objects.by_value(token).filter(client_id=request.client.pk).delete()


def _asks_for_proof(request: Any) -> dict[str, Any]:
    """Refuses a challenge that is none, or one that is sent in the clear."""
    if request.code_challenge_method != "S256" or not CHALLENGE.fullmatch(request.code_challenge or ""):
        raise InvalidRequestError(description="A code_challenge by the method S256 is needed.", request=request)
    return {}


class PassageServer(AuthorizationEndpoint, TokenEndpoint, ResourceEndpoint, RevocationEndpoint, UserInfoEndpoint):
    """The one grant that there is, and what belongs to it."""

    def __init__(self) -> None:
        validator = PassageValidator()
        grant = AuthorizationCodeGrant(validator, refresh_token=False, pre_auth=[_asks_for_proof])
        bearer = BearerToken(
            validator, generate_opaque_token, app_settings.ACCESS_TOKEN_EXPIRES_IN, generate_opaque_token
        )
        AuthorizationEndpoint.__init__(
            self, default_response_type="code", default_token_type=bearer, response_types={"code": grant}
        )
        TokenEndpoint.__init__(
            self,
            default_grant_type="authorization_code",
            default_token_type=bearer,
            grant_types={"authorization_code": grant},
        )
        ResourceEndpoint.__init__(self, default_token="Bearer", token_types={"Bearer": bearer})  # noqa: S106 - a kind
        RevocationEndpoint.__init__(self, validator)
        UserInfoEndpoint.__init__(self, validator)


def may_know(request: HttpRequest, service: Any, scopes: list[str]) -> bool:
    """Whether the person of the request has let the service know this before."""
    given = ServiceConsent.objects.given().filter(person_id=request.user.pk, service_id=service.pk).first()
    return given is not None and given.covers(scopes)


def signed_in_at(request: HttpRequest | SignedInRequest) -> int:
    """When this session last showed that it is the person: seconds since 1970, 0 when nobody knows."""
    records = get_authentication_records(request, request.user)
    return int(max((record.get("at", 0) for record in records), default=0))


def is_too_long_ago(request: HttpRequest, seconds: int) -> bool:
    return time.time() - signed_in_at(request) > seconds
