"""What the site itself answers at one of its addresses, asked within the process, as a visitor would."""

from functools import cache
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from .safe_http import AGENT


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def status_of(address: str) -> int:
    """The status of a path with its query, through every middleware and route. It says it is a robot: not counted."""
    path, _, query = address.partition("?")
    origin = urlsplit(settings.SITE_ORIGIN)
    environ = {
        "REQUEST_METHOD": "HEAD",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": origin.hostname,
        "SERVER_PORT": str(origin.port or (443 if origin.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": origin.netloc,
        "HTTP_USER_AGENT": AGENT,
        "HTTP_X_FORWARDED_PROTO": origin.scheme,
        "wsgi.url_scheme": origin.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    return _handler().get_response(WSGIRequest(environ)).status_code
