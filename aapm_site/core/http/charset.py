"""What is sent is read as UTF-8, whatever a request calls it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

CHARSET = re.compile(r";\s*charset\*?\s*=[^;]*", re.IGNORECASE)


def as_utf8(application: Application) -> Application:
    """The WSGI application behind a filter that takes the charset off a request's Content-Type.

    Python knows encodings that hold no text, such as rot13: with one of them a request fails before it is one. Browsers
    send forms in the encoding of the page, which is UTF-8, and name none.
    """

    def filtered(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if "charset" in (sent := environ.get("CONTENT_TYPE", "")).lower():
            environ["CONTENT_TYPE"] = CHARSET.sub("", sent)
        return application(environ, start_response)

    return filtered
