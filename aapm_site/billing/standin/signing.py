"""Messages as the provider sends them: an event around an object, signed with the secret that both sides know."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from ..gateways.card import VERSION


def event(kind: str, about: dict[str, Any], *, event_id: str = "", **changes: Any) -> dict[str, Any]:
    """The event that tells of an object; `changes` replace parts of it, such as `livemode=True` or `created=…`."""
    return {
        "id": event_id or f"evt_{secrets.token_hex(12)}",
        "object": "event",
        "api_version": VERSION,
        "created": int(time.time()),
        "data": {"object": about},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
        **changes,
    }


def body_of(told: dict[str, Any]) -> bytes:
    return json.dumps(told, indent=2).encode()


def signature(body: bytes, secret: str, at: int | None = None) -> str:
    """The value of the header Stripe-Signature for a body sent at this second."""
    moment = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"
