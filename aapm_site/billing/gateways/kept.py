"""Cards that the provider keeps: one is given on its own page, and paid with later while its owner is not there.

Amounts are Decimals here and in all that calls this. Each call waits for the network, for twenty seconds at worst:
never make one while a row is locked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from aapm_site.core.first_use import on_first_use

from . import shapes
from .card import TITLE_LENGTH, CardEvent, CardRefused, asking, client, open_page, to_minor

if TYPE_CHECKING:
    import stripe
else:
    stripe = on_first_use("stripe")

PAID, PENDING, FAILED = "paid", "pending", "failed"
DECLINED, EXPIRED, NEEDS_PERSON = "declined", "expired", "needs-person"
# Why a bank refused, as far as somebody can act upon it; whatever else it says is a card that was declined.
REASONS = {"authentication_required": NEEDS_PERSON, "expired_card": EXPIRED}
STATES = {"succeeded": PAID, "processing": PENDING}  # any other is failed: nobody is there to go on with it
MOST_LISTED = 100


@dataclass(frozen=True)
class SavedCard:
    """What may be told of a card, and the provider's numbers for it and for whom it keeps it."""

    customer: str
    method: str
    brand: str
    last4: str
    expires_on: date  # its last day


@dataclass(frozen=True)
class CardPage:
    """One visit to the provider's page for giving a card. `card` is there once it was given."""

    id: str
    url: str  # empty once it has ended
    state: str  # open, complete, expired
    reference: str
    card: SavedCard | None = None


@dataclass(frozen=True)
class CardCharge:
    """What became of a payment with a kept card. `why` is one of the reasons above, for one that failed."""

    state: str  # paid, pending, failed
    payment_reference: str = ""
    why: str = ""


def open_card_page(
    *, key: str, reference: str, email: str, success_url: str, cancel_url: str, expires_at: datetime
) -> CardPage:
    """A page where a card can be given for later payments, until `expires_at`. The same key gives the same page."""
    params: dict[str, Any] = {
        "mode": "setup",
        "payment_method_types": ["card"],
        "customer_creation": "always",
        "client_reference_id": reference,
        "metadata": {"card": reference},
        "setup_intent_data": {"metadata": {"card": reference}},
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(expires_at.timestamp()),
    }
    return _page(open_page(params, key=key, email=email))


def look_up_card_page(page_id: str) -> CardPage:
    """The page as the provider has it now, with the card that was given on it."""
    with asking():
        found = client().v1.checkout.sessions.retrieve(page_id, {"expand": ["setup_intent.payment_method"]})
        return _page(found.to_dict())


def charge(
    *, key: str, customer: str, method: str, amount: Decimal, currency: str, reference: str, title: str
) -> CardCharge:
    """Pay with a kept card, once for each key. A bank that refuses is an answer (`failed`), and no exception."""
    params: dict[str, Any] = {
        "amount": to_minor(amount, currency),
        "currency": currency.lower(),
        "customer": customer,
        "payment_method": method,
        "payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "metadata": {"charge": reference},
        "description": title[:TITLE_LENGTH],
    }
    with asking():
        try:
            return _charge(client().v1.payment_intents.create(params, {"idempotency_key": key}).to_dict())
        except stripe.CardError as refused:
            return CardCharge(FAILED, why=REASONS.get(refused.code or "", DECLINED))


def find_charge(customer: str, reference: str) -> CardCharge | None:
    """The payment of this reference, if the provider has one: asked when an earlier answer was lost.

    A card that is kept pays once a year, so the newest hundred of its owner are all there are.
    """
    with asking():
        listed = client().v1.payment_intents.list({"customer": customer, "limit": MOST_LISTED}).to_dict()
        found = [row for row in listed["data"] if _reference_of(row) == reference]
        return _charge(found[0]) if found else None


def forget(customer: str) -> None:
    """Have the provider forget a customer with all cards. One that it does not know any more is forgotten."""
    try:
        with asking():
            client().v1.customers.delete(customer)
    except CardRefused as refused:
        if not isinstance(refused.__cause__, stripe.InvalidRequestError):
            raise
        if refused.__cause__.code != "resource_missing":
            raise


def is_about_a_card(event: CardEvent) -> bool:
    """Whether a message about a page is about one that takes a card for later, and no money."""
    return event.object.get("mode") == "setup"


def charge_of(event: CardEvent) -> tuple[str, CardCharge]:
    """Our reference and what became of a payment that a payment_intent.… message is about; no reference: not of a
    kept card.
    """
    if event.object.get("object") != "payment_intent":
        raise ValueError(f"{event.type} is not about a payment.")
    return _reference_of(event.object), _charge(event.object)


def _reference_of(found: Mapping[str, Any]) -> str:
    metadata = found.get("metadata") or {}
    return shapes.text(metadata, "charge", may_lack=True) if isinstance(metadata, dict) else ""


def _charge(found: Mapping[str, Any]) -> CardCharge:
    state = STATES.get(shapes.text(found, "status"), FAILED)
    wrong = found.get("last_payment_error")
    code = str((wrong or {}).get("code") or "") if isinstance(wrong, dict) else ""
    why = REASONS.get(code, DECLINED) if state == FAILED else ""
    return CardCharge(state, shapes.text(found, "id"), why)


def _page(found: Mapping[str, Any]) -> CardPage:
    return CardPage(
        id=shapes.text(found, "id"),
        url=shapes.text(found, "url", may_lack=True, longest=shapes.LONGEST_TEXT),
        state=shapes.text(found, "status"),
        reference=shapes.text(found, "client_reference_id", may_lack=True),
        card=_saved(found),
    )


def _saved(found: Mapping[str, Any]) -> SavedCard | None:
    """The card of a page that is complete, where the question asked for it."""
    setup, customer = found.get("setup_intent"), found.get("customer")
    method = setup.get("payment_method") if isinstance(setup, dict) else None
    if not isinstance(method, dict) or not customer:
        return None
    told = shapes.part(method, "card")
    return SavedCard(
        customer=shapes.text(found, "customer"),
        method=shapes.text(method, "id"),
        brand=shapes.text(told, "brand"),
        last4=shapes.text(told, "last4"),
        expires_on=_last_day(shapes.whole(told, "exp_year"), shapes.whole(told, "exp_month")),
    )


def _last_day(year: int, month: int) -> date:
    """A card is good to the end of the month that stands on it."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
