"""What is told each time a response is given out: by the view that makes it, and by the page cache for each reader."""

from collections.abc import Callable, Iterable

import structlog
from django.http import HttpRequest

log = structlog.get_logger(__name__)

# Told of a request that is answered. It does not ask the database, and keeps nothing of the request but plain values.
Teller = Callable[[HttpRequest], None]


def tell(request: HttpRequest, teller: Teller) -> None:
    """Tell of this request now. If the page cache keeps the response, it tells of each reader to whom it gives it."""
    request.__dict__.setdefault("tellers", []).append(teller)
    tell_all((teller,), request)


def tell_all(tellers: Iterable[Teller], request: HttpRequest) -> None:
    """A teller that fails is logged: no page fails because it is counted."""
    for teller in tellers:
        try:
            teller(request)
        except Exception:
            log.exception("given_out.failed")
