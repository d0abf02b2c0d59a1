"""Members are let in elsewhere: the page that asks them, and what the services' machines ask."""

import functools
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.internal import jwkkit
from allauth.idp.oidc import app_settings
from allauth.idp.oidc.adapter import get_adapter
from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, FatalClientError, InvalidScopeError, OAuth2Error
from oauthlib.openid.connect.core.exceptions import LoginRequired

from aapm_site.core.http.limits import within_limit
from aapm_site.core.seo import PageMeta

from ..domain import services
from ..models import Service
from ..passage.scopes import OPENID
from ..passage.server import PassageServer, is_too_long_ago, may_know
from ..registry import passage_scopes

View = Callable[..., HttpResponse]
# What a service may say when it sends somebody; whatever else stands in the address is not read.
SAID = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "prompt", "max_age", "id_token_hint",
    "code_challenge", "code_challenge_method",
)  # fmt: skip
LONGEST = 4_000  # characters of all of it
JUST_NOW = 60  # seconds: whoever signed in since has done what prompt=login asks for
CODE = re.compile(r"[A-Za-z0-9]{1,100}")
PUBLISHED_FOR = 3_600  # seconds
LOCK_OF_A_CODE = 53
OF_ALL = ("iss", "aud", "exp", "iat", "auth_time")  # claims of every token


def _only_with_keys(view: View) -> View:
    """Without a key to sign with, nobody is let in anywhere and there is no such page."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OPENID_KEYS:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


# For a person ----------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@_only_with_keys
def authorize(request: HttpRequest) -> HttpResponse:
    """A service has sent somebody here: they sign in, are asked once, and go back with a code."""
    uri = f"{request.path}?{urlencode([(name, value) for name in SAID for value in request.GET.getlist(name)])}"
    server = PassageServer()
    try:
        if len(uri) > LONGEST or "\x00" in "".join(request.GET.getlist("state")):
            raise FatalClientError
        scopes, info = server.validate_authorization_request(uri, "GET")
        return _answer(request, server, uri, scopes, info["request"].client)
    except FatalClientError:
        return render(request, "accounts/passage_error.html", status=HTTPStatus.BAD_REQUEST)
    except OAuth2Error as refused:
        return _leave(request, refused.in_uri(_with_state(request, refused)), None)


def _with_state(request: HttpRequest, refused: OAuth2Error) -> str:
    refused.state = refused.state or request.GET.get("state")
    return refused.redirect_uri or request.GET["redirect_uri"]


def _answer(request: HttpRequest, server: PassageServer, uri: str, scopes: list[str], service: Service) -> HttpResponse:
    if OPENID not in scopes:
        raise InvalidScopeError
    prompts = request.GET.get("prompt", "").split()
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': uri})}")
    if first := _shown_again_first(request, prompts, uri):
        return first
    if request.method == "POST":
        if request.POST.get("answer") != "yes":
            raise AccessDeniedError
        services.let_in(request.user, service, scopes)
    elif "consent" in prompts or not may_know(request, service, scopes):
        return _ask(request, scopes, service)
    headers, _, _ = server.create_authorization_response(uri, "GET", scopes=scopes, credentials={"user": request.user})
    return _leave(request, headers["Location"], service)


def _shown_again_first(request: HttpRequest, prompts: list[str], uri: str) -> HttpResponse | None:
    """To where they show once more that it is they, if the service wants that to be fresher than it is."""
    allowed = [int(asked)] if (asked := request.GET.get("max_age", "")).isascii() and asked.isdecimal() else []
    allowed += [JUST_NOW] if "login" in prompts else []
    if not allowed or not is_too_long_ago(request, max(min(allowed), JUST_NOW)):
        return None
    if "none" in prompts or not get_reauthentication_flows(request.user):
        raise LoginRequired
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': uri})}")


def _ask(request: HttpRequest, scopes: list[str], service: Service) -> HttpResponse:
    context = {
        "service": service,
        "host": urlsplit(request.GET["redirect_uri"]).netloc,
        "told": [scope.words for scope in passage_scopes if scope.name in scopes],
        "meta": PageMeta(f"Let {service} know who you are?", noindex=True),
    }
    return render(request, "accounts/passage.html", context)


def _leave(request: HttpRequest, address: str, service: Service | None) -> HttpResponse:
    """Back to the service. After a form of ours by a page of its own: the policy lets no form lead to another site, by
    whichever turns.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" or "none" in request.GET.get("prompt", ""):
        response: HttpResponse = HttpResponseRedirect(address)
    else:
        host = urlsplit(address).netloc
        response = render(request, "accounts/passage_on.html", {"address": address, "host": host, "service": service})
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


# For machines ----------------------------------------------------------------------------------------------------
def _of_machines(view: View) -> View:
    """What proves itself by a secret, a code or a token in the message; asked often, and never endlessly."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not within_limit(request, "passage", times=1_200, seconds=60):
            return _json({"error": "temporarily_unavailable", "error_description": "Too many requests."}, 429)
        return view(request, *args, **kwargs)

    return csrf_exempt(_only_with_keys(checked))


def _json(data: dict[str, Any], status: int) -> HttpResponse:
    return JsonResponse(data, status=status, headers={"Cache-Control": "no-store"})


def _of_oauthlib(answer: tuple[dict[str, str], Any, int]) -> HttpResponse:
    headers, body, status = answer
    content_type = headers.pop("Content-Type", "application/json")
    return HttpResponse(
        body or "", status=status, headers=headers | {"Cache-Control": "no-store"}, content_type=content_type
    )


def _said(request: HttpRequest) -> tuple[str, str, str, dict[str, str]]:
    """The message as oauthlib takes it; the address and its query are not read."""
    return (
        request.path,
        request.method or "",
        urlencode(request.POST, doseq=True),
        {
            "Authorization": request.headers.get("Authorization", ""),
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )


@require_POST
@_of_machines
@transaction.atomic
def token(request: HttpRequest) -> HttpResponse:
    """A code for tokens, once: whoever comes second with it waits for the first, and finds it used."""
    code = request.POST.get("code", "")
    if code and not CODE.fullmatch(code):
        return _json({"error": "invalid_grant"}, 400)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [code, LOCK_OF_A_CODE])
    return _of_oauthlib(PassageServer().create_token_response(*_said(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@_of_machines
def userinfo(request: HttpRequest) -> HttpResponse:
    """What is true of the person of a token now."""
    try:
        return _of_oauthlib(PassageServer().create_userinfo_response(*_said(request)))
    except OAuth2Error as refused:
        response = _json({"error": refused.error, "error_description": refused.description}, refused.status_code)
        for name, value in refused.headers.items():
            response[name] = value
        return response


@require_POST
@_of_machines
def revoke(request: HttpRequest) -> HttpResponse:
    """A service gives back a token."""
    return _of_oauthlib(PassageServer().create_revocation_response(*_said(request)))


@require_safe
@_only_with_keys
def discovery(request: HttpRequest) -> HttpResponse:
    """What a service's program needs to know of us, as OpenID Connect Discovery 1.0 has it."""
    endpoints = {
        f"{name}_endpoint": settings.SITE_ORIGIN + reverse(f"passage:{view}")
        for name, view in (
            ("authorization", "authorize"), ("token", "token"), ("userinfo", "userinfo"), ("revocation", "revoke")
        )
    }  # fmt: skip
    return _published(
        {
            "issuer": settings.SITE_ORIGIN,
            "jwks_uri": settings.SITE_ORIGIN + reverse("passage:keys"),
            **endpoints,
            "scopes_supported": [scope.name for scope in passage_scopes],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": list(app_settings.AUTH_METHODS),
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": [*OF_ALL, *(name for scope in passage_scopes for name in scope.tells)],
            "claims_parameter_supported": False,
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
        }
    )


@require_safe
@_only_with_keys
def keys(request: HttpRequest) -> HttpResponse:
    """The public halves of the keys, the one that signs first."""
    return _published({"keys": [_public_half(key) for key in get_adapter().list_private_keys()]})


def _public_half(key: Any) -> dict[str, Any]:
    found: dict[str, Any] = jwkkit.load_jwk_from_pem(key.pem)[0]
    return found | {"use": "sig", "alg": "RS256"}


def _published(data: dict[str, Any]) -> HttpResponse:
    """For every program, also for one in a browser on another site."""
    headers = {"Cache-Control": f"public, max-age={PUBLISHED_FOR}", "Access-Control-Allow-Origin": "*"}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return JsonResponse(data, headers=headers)
