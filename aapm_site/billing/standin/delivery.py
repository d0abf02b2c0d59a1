"""Telling the site what happened, as the provider would: signed messages to its webhook, over the network."""

import threading
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPException
from typing import Any

from django.conf import settings

from . import signing

SECONDS = 5.0
AFTER_THE_ANSWER = 1.0  # seconds: who asked for a refund has kept the answer before the message comes
WEBHOOK = "/webhooks/stripe/"
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def deliver(events: Sequence[dict[str, Any]]) -> None:
    """Send each message once. One that is not taken is let go: the nightly comparison finds what it was about."""
    _send(_signed(events))


def deliver_later(events: Sequence[dict[str, Any]]) -> None:
    """The same from a thread of its own, once the request that caused it is answered."""
    if events:
        sending = threading.Timer(AFTER_THE_ANSWER, _send, [_signed(events)])
        sending.daemon = True
        sending.start()


def _signed(events: Sequence[dict[str, Any]]) -> list[urllib.request.Request]:
    requests = []
    for told in events:
        body = signing.body_of(told)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signing.signature(body, settings.STRIPE_WEBHOOK_SECRET),
        }
        requests.append(urllib.request.Request(f"{settings.SITE_ORIGIN}{WEBHOOK}", body, headers))  # noqa: S310 - ours
    return requests


def _send(requests: Sequence[urllib.request.Request]) -> None:
    for request in requests:
        with suppress(OSError, HTTPException):
            _direct.open(request, timeout=SECONDS).close()
