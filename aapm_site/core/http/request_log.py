"""A number for each request, which every line of the log about it carries, and one line when it has been answered."""

import logging
import os
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from ..forms import client_ip
from ..runtime.log_privacy import route_of

log = structlog.get_logger(__name__)
_stdlib = logging.getLogger(__name__)
LEVELS = {4: logging.WARNING, 5: logging.ERROR}


class RequestLogMiddleware:
    """Binds the number and writes the line, which names the route: a path may hold a token, and a query typed words.

    Whose request it was is told only where the session has been read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        bind_contextvars(request_id=os.urandom(12).hex())
        try:
            response = self.get_response(request)
            level = LEVELS.get(response.status_code // 100, logging.INFO)
            if _stdlib.isEnabledFor(level):
                _tell(request, response, level)
            return response
        finally:
            clear_contextvars()


def _tell(request: HttpRequest, response: HttpResponse, level: int) -> None:
    user = getattr(request, "_cached_user", None)  # where Django keeps who is signed in, once it has looked
    log.log(
        level,
        "request_finished",
        code=response.status_code,
        method=request.method,
        route=route_of(request),
        ip=client_ip(request),
        user_id=user.pk if user else None,
        user_agent=request.META.get("HTTP_USER_AGENT"),
    )
