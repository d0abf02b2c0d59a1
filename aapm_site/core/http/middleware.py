"""Middleware of the whole site: health, compression, headers, methods, and a kind page while something is away."""

import gzip
import json
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers
from psycopg_pool import PoolTimeout

from ..files.away import FilesAway
from ..runtime import health
from ..runtime.log_privacy import route_of, scrub
from ..views import errors

log = structlog.get_logger(__name__)

View = Callable[[HttpRequest], HttpResponse]
AWAY = (OperationalError, InterfaceError, PoolTimeout, FilesAway)

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
                    "microphone", "midi", "payment", "usb")
)  # fmt: skip
SMALLEST = 500  # bytes; below this compression costs more than it saves


class HealthMiddleware:
    """/livez, /readyz and /workerz, answered before the host check, so that a probe may call by address."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return self._plain(200, {"status": "alive"})
        if request.path == "/readyz":
            missing = health.not_ready()
            return self._plain(503 if missing else 200, {"status": "not ready" if missing else "ready"})
        if request.path == "/workerz":
            works = health.worker_is_heard()
            return self._plain(200 if works else 503, {"status": "working" if works else "standing still"})
        return self.get_response(request)

    def _plain(self, status: int, body: dict[str, str]) -> HttpResponse:
        response = HttpResponse(json.dumps(body), status=status, content_type="application/json")
        response["Cache-Control"] = "no-store"
        return response


class CompressionMiddleware:
    """Compress what is not cached at level 1: quick enough for each request. The page cache keeps its own at 6.

    Tokens in forms are masked anew for each response, so that its length tells nothing about them.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What the page cache may keep is left to it: it compresses once, and better.
        is_public = getattr(response, "public_keys", None) is not None and response.status_code == 200
        kept = is_public and getattr(request, "is_cacheable", False)
        if kept or response.streaming or response.has_header("Content-Encoding") or len(response.content) < SMALLEST:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response.content = gzip.compress(response.content, compresslevel=1, mtime=0)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        return response


class HeadersMiddleware:
    """The headers that Django's own middleware does not set."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response


class MethodsMiddleware:
    """Nothing here is asked for in any other way than these: views without a word about methods are not reached.

    But where the demonstration stands in for a provider whose interface takes DELETE (DELETES_BELOW).
    """

    TAKEN = ("GET", "HEAD", "POST")

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in self.TAKEN or self._deletes(request):
            return self.get_response(request)
        return HttpResponseNotAllowed(self.TAKEN)

    def _deletes(self, request: HttpRequest) -> bool:
        below = settings.DELETES_BELOW
        return bool(below) and request.method == "DELETE" and request.path.startswith(below)


class FormAddressMiddleware:
    """Somebody who opens the address of a form, as after signing in anew, is told so; Django's answer is empty."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.method != "GET":
            return response
        return errors.form_address(request, response["Allow"])


class UnavailableMiddleware:
    """While the database or the files are away, a kind 503 that keeps what was typed, instead of an error."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except AWAY as away:
            return _unavailable(request, away)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AWAY):
            return _unavailable(request, exception)
        if isinstance(exception, ValueError | DataError) and "\x00" in request.path_info:  # nothing the database takes
            return errors.bad_request(request, exception)
        if isinstance(exception, DisallowedHost):
            return errors.bad_request(request, exception)
        return None


def _unavailable(request: HttpRequest, away: Exception) -> HttpResponse:
    what = "files.away" if isinstance(away, FilesAway) else "database.away"
    log.error(what, route=route_of(request), error=scrub(str(away)))
    return errors.unavailable(request)
