"""Pages for when something is not as it should be: each says what to do next, in the site's look."""

from typing import Any
from urllib.parse import urlsplit

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.csrf import requires_csrf_token

from ..search.urgent_help import UrgentHelp, help_for
from .typed_words import typed


def _page(request: HttpRequest, status: int, *, template: str = "", **context: Any) -> HttpResponse:
    response = render(request, f"errors/{template or status}.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, without the request's own context: its host may be the very thing that is wrong."""
    response = HttpResponse(render_to_string("errors/400.html"), status=400)
    response["Cache-Control"] = "private, no-store"
    return response


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, often one that stood open for long: the typed text is shown to be kept."""
    return _page(request, 403, template="stale_form", typed=typed(request), form_page=form_page(request))


def session_ended(request: HttpRequest) -> HttpResponse | None:
    """A form sent after the session's end: the words, and the way back. None when there is nothing to lose."""
    return _asked_first(request, "session_ended", reverse("account_login"))


def second_step_missing(request: HttpRequest, asking: str) -> HttpResponse | None:
    """A form of the staff from a session without its second step, which `asking` asks for; None as above."""
    return _asked_first(request, "second_step_missing", asking)


def _asked_first(request: HttpRequest, template: str, asking: str) -> HttpResponse | None:
    found = typed(request)
    if not found:
        return None
    page = form_page(request)
    way = f"{asking}?{urlencode({'next': page})}"
    return _page(request, 403, template=template, typed=found, way=way, form_page=page)


def form_page(request: HttpRequest) -> str:
    """Where the form stood, of this site only: some are sent to an address that nobody can open."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return request.path
    split = urlsplit(came_from)
    path = f"/{split.path.lstrip('/')}"  # two slashes would begin another site's address
    return f"{path}?{split.query}" if split.query else path


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, urgent_help=_urgent_help(request.path))


def _urgent_help(address: str) -> list[UrgentHelp]:
    """Help for the words of an address; none while the database is away, of which the page itself knows nothing."""
    try:
        return help_for(address)
    except DatabaseError:
        return []


def gone(request: HttpRequest, **context: Any) -> HttpResponse:
    return _page(request, 410, **context)


def form_address(request: HttpRequest, allowed: str) -> HttpResponse:
    response = _page(request, 405)
    response["Allow"] = allowed
    return response


def too_many(request: HttpRequest, **context: Any) -> HttpResponse:
    return _page(request, 429, **context)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a template that needs neither database nor context."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 while the database or the files are away: nothing here may ask them."""
    context = {"typed": typed(request), "sent": [file.name for _, files in request.FILES.lists() for file in files]}
    response = HttpResponse(render_to_string("errors/503.html", context), status=503)
    response["Retry-After"] = "10"
    response["Cache-Control"] = "private, no-store"
    return response
