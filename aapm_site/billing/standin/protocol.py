"""The provider's side of the protocol: form-encoded requests in, JSON out, and what happens on its page.

Written after the real one's documentation, for what this site uses: sessions (create, retrieve, expire), refunds
(create, retrieve), idempotency keys, and the errors that come with them.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from . import signing
from .store import Store

Row = dict[str, Any]
SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60  # how soon and how late a session may end
SMALLEST_USD = 50
KEEPS = "A card for later payments"
GOOD_CARD = "4242"
# What a bank says to a payment while nobody is there, by the last four digits of the card.
REFUSES = {"0341": "card_declined", "3184": "authentication_required", "0069": "expired_card"}
REFUSAL = "Your card was declined."


class NotOpen(Exception):  # noqa: N818 - said to people as it is
    """What was to be done on the provider's page cannot be done any more; the text says why."""


class Problem(Exception):  # noqa: N818 - an answer of the protocol
    """An answer that is not 200."""

    def __init__(self, status: int, message: str, *, kind: str = "invalid_request_error", **more: str) -> None:
        super().__init__(message)
        self.http_status = status
        self.error = {"type": kind, "message": message, **more}


@dataclass(frozen=True)
class StandinReply:
    status: int
    body: Row
    events: list[Row] = field(default_factory=list)  # what is to be told of it, after it is answered
    headers: dict[str, str] = field(default_factory=dict)


class Provider:
    """One made-up account. `page` makes the address of a session's page."""

    def __init__(self, store: Store, *, key: str, page: Callable[[str], str]) -> None:
        self.store = store
        self.key = key
        self.page = page

    # Requests ---------------------------------------------------------------------------------------------------------
    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> StandinReply:
        """What the provider answers to a request; `path` begins with /v1/."""
        try:
            if headers.get("Authorization", "") != f"Bearer {self.key}":
                raise Problem(HTTPStatus.UNAUTHORIZED, "Invalid API Key provided.")
            with self.store.locked():
                return self._once(method, path, headers.get("Idempotency-Key", ""), body)
        except Problem as problem:
            return StandinReply(problem.http_status, {"error": problem.error})

    def _once(self, method: str, path: str, key: str, body: bytes) -> StandinReply:
        """Do it, or hand back what was answered when this key did it before."""
        if method != "POST" or not key:
            return self._do(method, path, body)
        sent = hashlib.sha256(b"\0".join([path.encode(), *sorted(body.split(b"&"))])).hexdigest()
        known = self.store.get(f"key:{key}")
        if known is None:
            done = self._do(method, path, body)
            self.store.put(f"key:{key}", {"sent": sent, "body": done.body, "status": done.status})
            return done
        if known["sent"] != sent:
            raise Problem(
                HTTPStatus.BAD_REQUEST,
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                kind="idempotency_error",
            )
        status = known.get("status", HTTPStatus.OK)
        return StandinReply(status, known["body"], headers={"Idempotent-Replayed": "true"})

    def _do(self, method: str, path: str, body: bytes) -> StandinReply:
        path, _, query = path.partition("?")
        form = dict(parse_qsl(body.decode(errors="replace") or query, keep_blank_values=True))
        match method, path.strip("/").split("/")[1:]:
            case "POST", ["checkout", "sessions"]:
                return self._open(form)
            case "GET", ["checkout", "sessions", session_id]:
                return StandinReply(HTTPStatus.OK, self._shown(self._known(session_id), form))
            case "POST", ["checkout", "sessions", session_id, "expire"]:
                return self._expire(session_id)
            case "POST", ["payment_intents"]:
                return self._charge(form)
            case "GET", ["payment_intents"]:
                return StandinReply(HTTPStatus.OK, self._charges_of(_required(form, "customer")))
            case "DELETE", ["customers", customer]:
                return self._forget(customer)
            case "POST", ["refunds"]:
                return self._refund(form)
            case "GET", ["refunds", refund_id]:
                return StandinReply(HTTPStatus.OK, self._found("refund", refund_id))
        raise Problem(HTTPStatus.NOT_FOUND, f"Unrecognized request URL ({method}: {path}).")

    # Sessions ---------------------------------------------------------------------------------------------------------
    def _open(self, form: dict[str, str]) -> StandinReply:
        if form.get("mode") == "setup":
            return self._open_for_a_card(form)
        price = "line_items[0][price_data]"
        currency = _required(form, f"{price}[currency]").lower()
        amount = _count(form, f"{price}[unit_amount]") * _count(form, "line_items[0][quantity]")
        if currency == "usd" and amount < SMALLEST_USD:
            message = "The Checkout Session's total amount must convert to at least 50 cents."
            raise Problem(HTTPStatus.BAD_REQUEST, message, code="amount_too_small")
        title = _required(form, f"{price}[product_data][name]")
        session = self._new_session(form, amount, currency)
        self.store.put(f"session:{session['id']}", {"session": session, "title": title, "by_debit": False})
        return StandinReply(HTTPStatus.OK, session)

    def _open_for_a_card(self, form: dict[str, str]) -> StandinReply:
        """A page that takes a card for later, and no money."""
        nothing = {"amount_subtotal": None, "amount_total": None, "currency": None, "setup_intent": None}
        session = self._new_session(form, 0, "usd") | nothing
        session |= {"payment_status": "no_payment_required", "customer": None, "payment_method_types": ["card"]}
        self.store.put(f"session:{session['id']}", {"session": session, "title": KEEPS, "by_debit": False})
        return StandinReply(HTTPStatus.OK, session)

    def _new_session(self, form: dict[str, str], amount: int, currency: str) -> Row:
        now = int(time.time())
        session_id = f"cs_test_{secrets.token_hex(24)}"
        return {
            "id": session_id,
            "object": "checkout.session",
            "amount_subtotal": amount,
            "amount_total": amount,
            "cancel_url": form.get("cancel_url"),
            "client_reference_id": form.get("client_reference_id"),
            "created": now,
            "currency": currency,
            "customer_details": None,
            "customer_email": form.get("customer_email"),
            "expires_at": _end(form, now),
            "livemode": False,
            "metadata": _metadata(form),
            "mode": _required(form, "mode"),
            "payment_intent": None,
            "payment_method_types": ["card", "us_bank_account"],
            "payment_status": "unpaid",
            "status": "open",
            "success_url": _required(form, "success_url"),
            "url": self.page(session_id),
        }

    def _expire(self, session_id: str) -> StandinReply:
        row = self._known(session_id)
        status = row["session"]["status"]
        if status != "open":
            message = (
                'Only Checkout Sessions with a status in ["open"] can be expired. '
                f"This Checkout Session has a status of `{status}`."
            )
            raise Problem(HTTPStatus.BAD_REQUEST, message)
        session = self._save(row, status="expired", url=None)
        return StandinReply(HTTPStatus.OK, session, [signing.event("checkout.session.expired", session)])

    def _known(self, session_id: str) -> Row:
        """The row of a session, ended when its time is over."""
        row = self._found("session", session_id)
        if row["session"]["status"] == "open" and row["session"]["expires_at"] <= time.time():
            self._save(row, status="expired", url=None)
        return row

    def _shown(self, row: Row, form: dict[str, str]) -> Row:
        """The session, with all of its payment instead of the number where the question asks to expand that."""
        session = row["session"]
        wishes = [value for name, value in form.items() if name.startswith("expand[")]
        if "setup_intent.payment_method" in wishes and session.get("setup_intent"):
            method = self._found("payment_method", session["setup_intent"].replace("seti_", "pm_"))
            setup = {"id": session["setup_intent"], "object": "setup_intent", "status": "succeeded"}
            return session | {"setup_intent": {**setup, "payment_method": method}}
        if "payment_intent" not in wishes or session["payment_intent"] is None:
            return session
        payment = self._found("payment_intent", session["payment_intent"])
        waits = "requires_payment_method" if row.get("debit_failed") else "processing"
        status = "succeeded" if payment["is_paid"] else waits
        parts = {name: payment[name] for name in ("id", "amount", "currency")}
        return session | {"payment_intent": {**parts, "object": "payment_intent", "livemode": False, "status": status}}

    def _save(self, row: Row, **changes: Any) -> Row:
        row["session"].update(changes)
        self.store.put(f"session:{row['session']['id']}", row)
        return row["session"]

    def _found(self, kind: str, name: str) -> Row:
        found = self.store.get(f"{kind}:{name}")
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, f"No such {kind}: '{name}'", code="resource_missing")
        return found

    # Kept cards -------------------------------------------------------------------------------------------------------
    def keep(self, session_id: str, *, last4: str = GOOD_CARD, months: int = 36) -> list[Row]:
        """Somebody gives a card, good for so many months. The events that are to be told."""
        with self.store.locked():
            row = self._known(session_id)
            if row["session"]["status"] != "open":
                raise NotOpen(f"This page is {row['session']['status']} already.")
            name, now = secrets.token_hex(12), time.gmtime()
            years, month = divmod(now.tm_mon - 1 + months, 12)
            card = {"brand": "visa", "last4": last4, "exp_month": month + 1, "exp_year": now.tm_year + years}
            method = {"id": f"pm_{name}", "object": "payment_method", "customer": f"cus_{name}", "card": card}
            self.store.put(f"payment_method:{method['id']}", method)
            self.store.put(f"customer:cus_{name}", {"id": f"cus_{name}", "methods": [method["id"]], "charges": []})
            done = self._save(row, status="complete", setup_intent=f"seti_{name}", customer=f"cus_{name}", url=None)
            return [signing.event("checkout.session.completed", done)]

    def _charge(self, form: dict[str, str]) -> StandinReply:
        """A payment while nobody is there. A refusal is an error that holds the payment, as the real one's is."""
        customer = self._found("customer", _required(form, "customer"))
        method = self._found("payment_method", _required(form, "payment_method"))
        code = REFUSES.get(method["card"]["last4"], "")
        payment = {
            "id": f"pi_{secrets.token_hex(12)}",
            "object": "payment_intent",
            "charge": f"ch_{secrets.token_hex(12)}",
            "amount": _count(form, "amount"),
            "currency": _required(form, "currency"),
            "customer": customer["id"],
            "metadata": _metadata(form),
            "livemode": False,
            "status": "requires_payment_method" if code else "succeeded",
            "last_payment_error": {"type": "card_error", "code": code} if code else None,
            "by_debit": False,
            "is_paid": not code,
            "refunded": 0,
        }
        self.store.put(f"payment_intent:{payment['id']}", payment)
        self.store.put(f"customer:{customer['id']}", customer | {"charges": [payment["id"], *customer["charges"]]})
        if not code:
            return StandinReply(HTTPStatus.OK, payment, [signing.event("payment_intent.succeeded", payment)])
        error = {"type": "card_error", "code": code, "message": REFUSAL, "payment_intent": payment}
        told = [signing.event("payment_intent.payment_failed", payment)]
        return StandinReply(HTTPStatus.PAYMENT_REQUIRED, {"error": error}, told)

    def _charges_of(self, name: str) -> Row:
        charges = self._found("customer", name)["charges"]
        found = [self._found("payment_intent", charge) for charge in charges]
        return {"object": "list", "data": found, "has_more": False, "url": "/v1/payment_intents"}

    def _forget(self, name: str) -> StandinReply:
        customer = self._found("customer", name)
        for method in customer["methods"]:
            self.store.drop(f"payment_method:{method}")
        self.store.drop(f"customer:{name}")
        return StandinReply(HTTPStatus.OK, {"id": name, "object": "customer", "deleted": True})

    # Refunds ----------------------------------------------------------------------------------------------------------
    def _refund(self, form: dict[str, str]) -> StandinReply:
        payment = self._found("payment_intent", _required(form, "payment_intent"))
        amount = _refundable(payment, form)
        refund = {
            "id": f"re_{secrets.token_hex(12)}",
            "object": "refund",
            "amount": amount,
            "charge": payment["charge"],
            "created": int(time.time()),
            "currency": payment["currency"],
            "metadata": _metadata(form),
            "payment_intent": payment["id"],
            "reason": form.get("reason"),
            # A bank takes its time to give money back, too.
            "status": "pending" if payment["by_debit"] else "succeeded",
        }
        self.store.put(f"payment_intent:{payment['id']}", payment | {"refunded": payment["refunded"] + amount})
        self.store.put(f"refund:{refund['id']}", refund)
        return StandinReply(HTTPStatus.OK, refund, [signing.event("refund.created", refund)])

    def finish_refund(self, refund_id: str, *, ok: bool = True) -> list[Row]:
        """The bank has given the money back, or could not: then it is there to be refunded anew."""
        with self.store.locked():
            refund = self._found("refund", refund_id)
            refund["status"] = "succeeded" if ok else "failed"
            self.store.put(f"refund:{refund_id}", refund)
            if ok:
                return [signing.event("refund.updated", refund)]
            payment = self._found("payment_intent", refund["payment_intent"])
            self.store.put(
                f"payment_intent:{payment['id']}", payment | {"refunded": payment["refunded"] - refund["amount"]}
            )
            return [signing.event("refund.updated", refund), signing.event("refund.failed", refund)]

    # The provider's page ----------------------------------------------------------------------------------------------
    def visit(self, session_id: str) -> Row | None:
        """The session with its `title` and whether the debit `is_coming`; None when there is none."""
        with self.store.locked():
            if self.store.get(f"session:{session_id}") is None:
                return None
            row = self._known(session_id)
        is_coming = row["by_debit"] and row["session"]["payment_status"] == "unpaid" and not row.get("debit_failed")
        return {**row, "is_coming": is_coming}

    def pay(self, session_id: str, *, by_debit: bool = False) -> list[Row]:
        """Somebody pays: by card at once, by bank debit later. The events that are to be told."""
        with self.store.locked():
            row = self._known(session_id)
            session = row["session"]
            if session["status"] != "open":
                raise NotOpen(f"This payment is {session['status']} already.")
            payment = {
                "id": f"pi_{secrets.token_hex(12)}",
                "charge": f"ch_{secrets.token_hex(12)}",
                "amount": session["amount_total"],
                "currency": session["currency"],
                "by_debit": by_debit,
                "is_paid": not by_debit,
                "refunded": 0,
            }
            self.store.put(f"payment_intent:{payment['id']}", payment)
            row["by_debit"] = by_debit
            done = self._save(
                row,
                status="complete",
                payment_status="unpaid" if by_debit else "paid",
                payment_intent=payment["id"],
                customer_details={"email": session["customer_email"]},
                url=None,
            )
            return [signing.event("checkout.session.completed", done)]

    def settle(self, session_id: str, *, ok: bool = True) -> list[Row]:
        """The bank's debit arrives, or fails. The events that are to be told."""
        with self.store.locked():
            row = self._known(session_id)
            session = row["session"]
            if not row["by_debit"] or session["payment_status"] == "paid" or row.get("debit_failed"):
                raise NotOpen("No bank debit is on its way for this payment.")
            payment = self._found("payment_intent", session["payment_intent"])
            self.store.put(f"payment_intent:{payment['id']}", payment | {"is_paid": ok})
            row["debit_failed"] = not ok
            done = self._save(row, payment_status="paid" if ok else "unpaid")
            kind = "async_payment_succeeded" if ok else "async_payment_failed"
            return [signing.event(f"checkout.session.{kind}", done)]


def _required(form: dict[str, str], name: str) -> str:
    if not form.get(name):
        message = f"Missing required param: {name}."
        raise Problem(HTTPStatus.BAD_REQUEST, message, code="parameter_missing", param=name)
    return form[name]


def _count(form: dict[str, str], name: str) -> int:
    raw = _required(form, name)
    if not (raw.isascii() and raw.isdecimal() and int(raw) > 0):
        raise Problem(HTTPStatus.BAD_REQUEST, f"Invalid positive integer: {raw}", param=name)
    return int(raw)


def _refundable(payment: Row, form: dict[str, str]) -> int:
    """How much goes back: what was asked for, else all that is left."""
    left = payment["amount"] - payment["refunded"]
    if not payment["is_paid"]:
        message = f"This PaymentIntent ({payment['id']}) does not have a successful charge to refund."
        raise Problem(HTTPStatus.BAD_REQUEST, message)
    if left <= 0:
        message = f"Charge {payment['charge']} has already been refunded."
        raise Problem(HTTPStatus.BAD_REQUEST, message, code="charge_already_refunded")
    amount = _count(form, "amount") if "amount" in form else left
    if amount > left:
        message = f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})."
        raise Problem(HTTPStatus.BAD_REQUEST, message, param="amount")
    return amount


def _end(form: dict[str, str], now: int) -> int:
    """When a session ends. As strict as the real one, which counts from when the request arrives."""
    end = _count(form, "expires_at") if "expires_at" in form else now + LONGEST
    if not now + SHORTEST <= end <= now + LONGEST:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise Problem(HTTPStatus.BAD_REQUEST, message, param="expires_at")
    return end


def _metadata(form: dict[str, str]) -> dict[str, str]:
    beginning = "metadata["
    return {name[len(beginning) : -1]: value for name, value in form.items() if name.startswith(beginning)}
