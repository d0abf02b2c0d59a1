"""Pages for when something is not as it should be: each says what to do next, in the site's look."""

from itertools import accumulate
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import requires_csrf_token

from ..search.urgent_help import UrgentHelp, help_for

SHORT = 20  # characters: what is shorter is typed again sooner than copied
HIDDEN = {"csrfmiddlewaretoken", "shown_at", "next", "seen", "read_version"}
ECHOED = 500_000  # characters that a page gives back: more than the longest text that any form takes


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
    return _page(request, 403, template="stale_form", typed=typed(request))


def session_ended(request: HttpRequest) -> HttpResponse | None:
    """A form sent after the session's end: the words, and the way back. None when there is nothing to lose."""
    found = typed(request)
    if not any(len(value) > SHORT and " " in value.strip() for _, value in found):
        return None
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    return _page(request, 403, template="session_ended", typed=found, sign_in=sign_in)


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


def _is_shown(name: str) -> bool:
    """No secret, none of the site's own fields, no button of the staff's forms, nothing that counts rows of a table."""
    is_ours = name in HIDDEN or name.startswith("_") or name.endswith("_FORMS") or "__prefix__" in name
    return not (is_ours or "password" in name or "code" in name)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person typed into the refused form, to be copied out; secrets, hidden fields and buttons are left out.

    The last of it is cut where somebody sent more than any form takes: megabytes get no megabytes back.
    """
    found = [
        (name.replace("_", " ").capitalize()[:100], value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and _is_shown(name)
    ]
    before = accumulate((len(value) for _, value in found), initial=0)
    placed = zip(found, before, strict=False)
    return [(name, value[: ECHOED - start]) for (name, value), start in placed if start < ECHOED]
