"""Views that anybody may post to: proof of the same origin instead of a token.

A public page is cached and carries no token, so its forms prove their origin by the Origin or Sec-Fetch-Site header
that every browser sends. A request with neither is refused kindly and shown its text again.
"""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


class PublicRequest(HttpRequest):
    """A request to a view for everybody's POST; `from_here` says whether the form stood on this site."""

    from_here: bool


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this site. A request that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None or origin == "null":
        return False
    said = urlsplit(origin)
    return f"{said.scheme}://{said.netloc}" in {settings.SITE_ORIGIN, f"{request.scheme}://{request.get_host()}"}


def public_form(view: View) -> View:
    """A view for everybody's POST; it must look at `request.from_here` before it stores anything."""

    @functools.wraps(view)
    def checked(request: PublicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.from_here = request.method != "POST" or same_origin(request)
        return view(request, *args, **kwargs)

    return csrf_exempt(never_cache(checked))
