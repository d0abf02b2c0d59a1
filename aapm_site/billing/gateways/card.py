"""Payment by card through Stripe: its own page takes the card, so no card number ever reaches this site.

Amounts are Decimals here and in all that calls this; the provider's minor units (cents) exist in this file only.
Each call waits for the network, for twenty seconds at worst: never make one while a row is locked.
"""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from aapm_site.core.first_use import on_first_use

from . import shapes

if TYPE_CHECKING:
    import stripe
else:
    stripe = on_first_use("stripe")

VERSION = "2026-10-28.endive"  # of the provider's interface: what it answers keeps its shape until this is changed
RETRIES = 1
TOLERANCE = 300  # seconds that a signed message may be old
TITLE_LENGTH = 250
# UGX and ISK have no cents either, but the provider counts them in hundredths.
WITHOUT_CENTS = {
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
}  # fmt: skip
WITH_THOUSANDTHS = {"BHD", "JOD", "KWD", "OMR", "TND"}
REFUND_STATES = {"succeeded": "done", "failed": "failed", "canceled": "failed"}  # any other is pending
DISPUTE_STATES = {"lost": "lost", "won": "won", "warning_closed": "won"}  # any other is open
NOT_PAID_AFTER_ALL = {"requires_payment_method", "canceled"}  # what a payment is once the bank has not paid it


class Unavailable(Exception):  # noqa: N818 - said to people as it is
    """No answer, or not a clear one: nobody knows whether it was done. The same key may be tried again."""


class Misconfigured(Unavailable):
    """The secret key is wrong or may not do this. It says nothing of what was asked about; the text is for staff."""


class CardRefused(Exception):  # noqa: N818 - said to staff as it is
    """The provider said no; the text is a sentence for staff."""


class BadSignature(Exception):  # noqa: N818 - what it is about
    """A message that was not proved to come from the provider, or is no message at all."""


@dataclass(frozen=True)
class Session:
    """One visit to the provider's page for one payment. `is_paid` alone says that the money is there.

    `is_failed` says that a bank did not pay after all; only an answer to `look_up` can tell.
    """

    id: str
    url: str  # empty once it has ended
    state: str  # open, complete, expired
    is_paid: bool
    amount: Decimal
    currency: str
    reference: str
    payment_reference: str  # empty until somebody pays
    livemode: bool
    is_failed: bool = False


@dataclass(frozen=True)
class CardRefund:
    """A refund at the provider; `reference` is the one that this site gave, empty for one begun at the provider."""

    id: str
    state: str  # done, pending, failed
    amount: Decimal
    currency: str
    payment_reference: str
    reference: str


@dataclass(frozen=True)
class Disputed:
    """A payment that its payer disputes with the bank."""

    id: str
    state: str  # open, won, lost
    amount: Decimal
    currency: str
    payment_reference: str


@dataclass(frozen=True)
class CardEvent:
    """A signed message of the provider. `raw` is all of it, as JSON would keep it."""

    id: str
    type: str
    created_at: datetime
    livemode: bool
    object: Mapping[str, Any]
    raw: dict[str, Any]


# Minor units ---------------------------------------------------------------------------------------------------------
def _places(currency: str) -> int:
    if currency.upper() in WITHOUT_CENTS:
        return 0
    return 3 if currency.upper() in WITH_THOUSANDTHS else 2


def to_minor(amount: Decimal, currency: str) -> int:
    """222.75 USD are 22275, 1200 JPY are 1200. ValueError for what is not above zero or would have to be rounded."""
    units = amount.scaleb(_places(currency))
    if not units.is_finite() or units != units.to_integral_value() or units <= 0:
        raise ValueError(f"{amount} {currency} cannot be paid: it is not a whole number of the smallest unit.")
    return int(units)


def from_minor(units: int, currency: str) -> Decimal:
    """22275 are 222.75 in USD and 22275 in JPY, exactly."""
    return Decimal(units).scaleb(-_places(currency))


# Asking --------------------------------------------------------------------------------------------------------------
def open_session(
    *,
    key: str,
    reference: str,
    amount: Decimal,
    currency: str,
    title: str,
    email: str,
    success_url: str,
    cancel_url: str,
    expires_at: datetime,
) -> Session:
    """A page where this amount can be paid once, until `expires_at` (30 minutes to 24 hours from now).

    The same key and the same particulars give the same session, however often and after whatever answer was lost; the
    same key with others is Refused. `{CHECKOUT_SESSION_ID}` in the success address is replaced by the session's id.
    """
    price = {
        "currency": currency.lower(),
        "unit_amount": to_minor(amount, currency),
        "product_data": {"name": title[:TITLE_LENGTH]},
    }
    params: dict[str, Any] = {
        "mode": "payment",
        "client_reference_id": reference,
        "metadata": {"order": reference},
        "payment_intent_data": {"metadata": {"order": reference}, "description": title[:TITLE_LENGTH]},
        "line_items": [{"quantity": 1, "price_data": price}],
        # The books are kept in the currency of the price, so nobody is asked for another.
        "adaptive_pricing": {"enabled": False},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
    }
    return _session(open_page(params, key=key, email=email))


def open_page(params: dict[str, Any], *, key: str, email: str) -> dict[str, Any]:
    """A page of the provider's, as it answers. The same key with the same particulars gives the same page."""
    if email:
        params = {**params, "customer_email": email}
    with asking():
        page: dict[str, Any] = client().v1.checkout.sessions.create(params, {"idempotency_key": key}).to_dict()
        return page


def look_up(session_id: str) -> Session:
    """The session as the provider has it now, with how its payment stands."""
    with asking():
        found = client().v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
        return _session(found.to_dict())


def expire(session_id: str) -> None:
    """Close a session, so that an old tab cannot pay it any more. One that has ended already stays as it is."""
    try:
        with asking():
            client().v1.checkout.sessions.expire(session_id)
    except CardRefused:
        if look_up(session_id).state == "open":
            raise


def refund(*, key: str, payment_reference: str, amount: Decimal, currency: str, reference: str) -> CardRefund:
    """Give back a payment or a part of it, once for each key. Refused when it is more than what is left of it."""
    params = {
        "payment_intent": payment_reference,
        "amount": to_minor(amount, currency),
        "metadata": {"refund": reference},
    }
    with asking():
        return _returned(client().v1.refunds.create(params, {"idempotency_key": key}).to_dict())


def look_up_refund(refund_id: str) -> CardRefund:
    """The refund as the provider has it now."""
    with asking():
        return _returned(client().v1.refunds.retrieve(refund_id).to_dict())


# Being told ----------------------------------------------------------------------------------------------------------
def read_event(body: bytes, signature: str) -> CardEvent:
    """The message in a webhook's body, once its signature is proved and was made less than five minutes from now."""
    if _signed_at(signature) > time.time() + TOLERANCE:  # the SDK refuses old ones only
        raise BadSignature("The signature is of the future.")
    try:
        told = client().construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE)
        return event_of(told.to_dict())
    except stripe.SignatureVerificationError as wrong:
        raise BadSignature("The signature is missing, wrong or too old.") from wrong
    except (AttributeError, KeyError, OSError, OverflowError, RecursionError, TypeError, ValueError) as wrong:
        raise BadSignature("This is not a message of the card provider.") from wrong


def _signed_at(signature: str) -> int:
    """The moment that the header names (`t=1700000000,v1=…`), in seconds; 0 for none."""
    named = re.search(r"(?:^|,)t=(\d{1,11})(?:,|$)", signature)
    return int(named[1]) if named else 0


def event_of(raw: dict[str, Any]) -> CardEvent:
    """The message again from what was kept of it: it was proved when it came. ValueError for a wrong shape.

    No message is of the future, whatever its clock says.
    """
    told = shapes.storable(raw)
    return CardEvent(
        id=shapes.text(told, "id"),
        type=shapes.text(told, "type"),
        created_at=min(datetime.fromtimestamp(shapes.whole(told, "created"), UTC), datetime.now(UTC)),
        livemode=shapes.flag(told, "livemode"),
        object=shapes.part(shapes.part(told, "data"), "object"),
        raw=told,
    )


def session_of(event: CardEvent) -> Session:
    """The session that a checkout.session.… event is about, as it was then."""
    return _session(_about(event, "checkout.session"))


def refund_of(event: CardEvent) -> CardRefund:
    """The refund that a refund.… event is about, as it was then."""
    return _returned(_about(event, "refund"))


def dispute_of(event: CardEvent) -> Disputed:
    """The dispute that a charge.dispute.… event is about, as it was then."""
    found = _about(event, "dispute")
    currency = shapes.currency(found)
    return Disputed(
        id=shapes.text(found, "id"),
        state=DISPUTE_STATES.get(shapes.text(found, "status"), "open"),
        amount=from_minor(shapes.units(found, "amount"), currency),
        currency=currency,
        payment_reference=shapes.text(found, "payment_intent", may_lack=True),
    )


def payment_of(event: CardEvent) -> str:
    """The provider's number of the payment that a message is about; empty when it names none."""
    return shapes.text(event.object, "payment_intent", may_lack=True)


def _about(event: CardEvent, kind: str) -> Mapping[str, Any]:
    if event.object.get("object") != kind:
        raise ValueError(f"{event.type} is not about a {kind}.")
    return event.object


# The provider's objects ----------------------------------------------------------------------------------------------
def _session(found: Mapping[str, Any]) -> Session:
    currency, state = shapes.currency(found), shapes.text(found, "status")
    is_paid = shapes.text(found, "payment_status") == "paid"
    payment = found.get("payment_intent")
    # Told by its number alone, or with all of it when that was asked for.
    seen = payment if isinstance(payment, dict) else {"id": payment}
    return Session(
        id=shapes.text(found, "id"),
        url=shapes.text(found, "url", may_lack=True, longest=shapes.LONGEST_TEXT),
        state=state,
        is_paid=is_paid,
        amount=from_minor(shapes.units(found, "amount_total"), currency),
        currency=currency,
        reference=shapes.text(found, "client_reference_id", may_lack=True),
        payment_reference=shapes.text(seen, "id", may_lack=True),
        livemode=shapes.flag(found, "livemode"),
        is_failed=state == "complete" and not is_paid and seen.get("status") in NOT_PAID_AFTER_ALL,
    )


def _returned(found: Mapping[str, Any]) -> CardRefund:
    currency = shapes.currency(found)
    metadata = shapes.part(found, "metadata") if found.get("metadata") else {}
    return CardRefund(
        id=shapes.text(found, "id"),
        state=REFUND_STATES.get(shapes.text(found, "status"), "pending"),
        amount=from_minor(shapes.units(found, "amount"), currency),
        currency=currency,
        payment_reference=shapes.text(found, "payment_intent", may_lack=True),
        reference=shapes.text(metadata, "refund", may_lack=True),
    )


# The connection ------------------------------------------------------------------------------------------------------
def client() -> "stripe.StripeClient":
    return _connected(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_TIMEOUT)


@lru_cache(maxsize=4)
def _connected(key: str, base: str, timeout: tuple[float, float]) -> "stripe.StripeClient":
    """One client for each set of settings; it may be used by several threads, each with connections of its own."""
    return stripe.StripeClient(
        key,
        stripe_version=VERSION,
        base_addresses={"api": base},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


@contextmanager
def asking() -> Iterator[None]:
    """Turn the SDK's many errors into the three that callers act upon."""
    try:
        yield
    except stripe.AuthenticationError as wrong:
        raise Misconfigured("The card provider does not know the secret key: check STRIPE_SECRET_KEY.") from wrong
    except stripe.PermissionError as wrong:
        words = "The secret key may not do this: give it the rights that docs/operations.md names."
        raise Misconfigured(words) from wrong
    except stripe.IdempotencyError as wrong:
        raise CardRefused("The card provider was asked for this once before, with other particulars.") from wrong
    except (stripe.InvalidRequestError, stripe.CardError) as wrong:
        raise CardRefused(f"The card provider says: {wrong.user_message}") from wrong
    except stripe.StripeError as wrong:
        raise Unavailable("The card provider gives no answer. Please try again in a few minutes.") from wrong
