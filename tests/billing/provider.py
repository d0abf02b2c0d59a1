"""The card provider for tests: the stand-in's protocol behind a port of its own, asked by the real SDK.

A test module takes the fixture by `provider = at_provider.provider` after `from tests.billing import provider as
at_provider`; a conftest imports it. The provider sends nothing by itself: a test takes signed messages from `event()`
and posts them with Django's client, as often and in whatever order it likes.
"""

import secrets
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from aapm_site.billing.gateways import card
from aapm_site.billing.standin import signing
from aapm_site.billing.standin.protocol import Provider as Protocol
from aapm_site.billing.standin.protocol import StandinReply
from aapm_site.billing.standin.store import MemoryStore

KEY = "sk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"
TIMEOUT = (5.0, 5.0)  # seconds to connect, and to answer: a busy machine is no reason to fail
ERRORS = {
    400: ("invalid_request_error", "Something about this request is wrong."),
    402: ("card_error", "Your card was declined."),
    409: ("idempotency_error", "There is currently another in-progress request using this key."),
    429: ("rate_limit_error", "Too many requests."),
    500: ("api_error", "An unknown error occurred."),
}


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: str

    @property
    def key(self) -> str:
        return self.headers.get("Idempotency-Key", "")


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: an error for an answer, or none, the connection closed after some silence."""

    status: int = 0  # 0: no answer
    after: bool = False  # the work is done all the same
    silence: float = 0.0  # seconds


class TestProvider:
    """The account at the provider, and what a test can make happen there."""

    __test__ = False

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.protocol = Protocol(MemoryStore(), key=KEY, page=lambda session_id: f"{self.url}/pay/{session_id}/")
        self._faults: list[Fault] = []
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False  # server_close() waits for them
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/account"

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # What goes wrong --------------------------------------------------------------------------------------------------
    def hang_next(self, *, after: bool = False, silence: float = 0.0, times: int = 1 + card.RETRIES) -> None:
        """Leave the next call without an answer, the SDK's own second try included, `after` the work or before it.

        The connection is closed after `silence` seconds; to see the asker give up, set STRIPE_TIMEOUT lower than that.
        """
        self._faults += [Fault(after=after, silence=silence)] * times

    def fail_next(self, status: int, *, times: int = 1 + card.RETRIES) -> None:
        """Answer the next call with an error. The SDK tries again by itself after 409 and from 500 on."""
        self._faults += [Fault(status=status)] * (times if status == 409 or status >= 500 else 1)

    def reply(self, asked: Asked) -> StandinReply | None:
        """The answer to a request; None for no answer."""
        self.asked.append(asked)
        fault = self._faults.pop(0) if self._faults else None
        if fault and fault.status:
            kind, message = ERRORS[fault.status]
            return StandinReply(fault.status, {"error": {"type": kind, "message": message}})
        answer = None
        if fault is None or fault.after:
            answer = self.protocol.answer(asked.method, asked.path, asked.headers, asked.body.encode())
        if fault is None:
            return answer
        self._over.wait(fault.silence)
        return None

    # What people and banks do -----------------------------------------------------------------------------------------
    def pay(self, session_id: str) -> None:
        """By card: the session is complete and paid."""
        self.protocol.pay(session_id)

    def pay_later(self, session_id: str) -> None:
        """By bank debit: complete, and unpaid until `settle` or `fail`."""
        self.protocol.pay(session_id, by_debit=True)

    def settle(self, session_id: str) -> None:
        self.protocol.settle(session_id)

    def fail(self, session_id: str) -> None:
        self.protocol.settle(session_id, ok=False)

    def lapse(self, session_id: str) -> None:
        """Let the session's time pass."""
        row = self.protocol.store.get(f"session:{session_id}")
        assert row is not None
        row["session"]["expires_at"] = 1
        self.protocol.store.put(f"session:{session_id}", row)

    def finish_refund(self, refund_id: str, *, ok: bool = True) -> None:
        """A refund to a bank is pending until this; with ok=False the bank sends it back."""
        self.protocol.finish_refund(refund_id, ok=ok)

    def dispute(self, session_id: str, *, dispute_id: str = "", status: str = "needs_response") -> str:
        """The payer disputes the whole payment; the same again with its id and `won` or `lost` ends it. Its id."""
        session = self.session(session_id)
        payment = self.protocol.store.get(f"payment_intent:{session['payment_intent']}")
        assert payment is not None
        found = {
            "id": dispute_id or f"dp_{secrets.token_hex(12)}",
            "object": "dispute",
            "amount": payment["amount"],
            "charge": payment["charge"],
            "currency": payment["currency"],
            "livemode": False,
            "metadata": {},
            "payment_intent": payment["id"],
            "reason": "fraudulent",
            "status": status,
        }
        self.protocol.store.put(f"dispute:{found['id']}", found)
        return found["id"]

    def refund_by_hand(self, session_id: str, minor_units: int) -> str:
        """Staff refund on the provider's own pages, so the refund has no reference of the site. Its id."""
        body = f"payment_intent={self.session(session_id)['payment_intent']}&amount={minor_units}"
        answer = self.protocol.answer("POST", "/v1/refunds", {"Authorization": f"Bearer {KEY}"}, body.encode())
        assert answer.status == 200, answer.body
        return answer.body["id"]

    # What the site is told --------------------------------------------------------------------------------------------
    def session(self, session_id: str) -> dict[str, Any]:
        visited = self.protocol.visit(session_id)
        assert visited is not None
        return visited["session"]

    def about(self, kind: str, object_id: str) -> dict[str, Any]:
        """The object of an event as it is now: of a session for checkout.session.…, a refund, a dispute."""
        if kind.startswith("checkout.session."):
            return self.session(object_id)
        stored = "refund" if kind.startswith("refund.") else "dispute"
        found = self.protocol.store.get(f"{stored}:{object_id}")
        assert found is not None
        return found

    def event(
        self,
        kind: str,
        object_id: str,
        *,
        event_id: str = "",
        at: int | None = None,
        secret: str = WEBHOOK_SECRET,
        event_parts: dict[str, Any] | None = None,
        **changes: Any,
    ) -> tuple[bytes, str]:
        """Body and signature of a message about an object.

        `event_id` makes it the same message again; `at` is the second it was signed; `event_parts` replace parts of
        the event (livemode, created), `changes` parts of the object (amount_total, currency, …).
        """
        told = signing.event(kind, self.about(kind, object_id) | changes, event_id=event_id, **(event_parts or {}))
        body = signing.body_of(told)
        return body, signing.signature(body, secret, at)


def _handler(provider: TestProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self._reply()

        def do_DELETE(self) -> None:
            self._reply()

        def _reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            path = self.path.removeprefix("/account")
            answer = provider.reply(
                Asked(self.command, path, dict(self.headers.items()), self.rfile.read(length).decode())
            )
            if answer is None:
                self.close_connection = True
                return
            body = signing.body_of(answer.body)
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """A request is no news in a test."""

    return Handler


@pytest.fixture
def provider(settings):
    """A provider that the site's settings lead to."""
    made = TestProvider()
    settings.STRIPE_API_BASE = made.url
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
    settings.STRIPE_TIMEOUT = TIMEOUT
    settings.CARD_PAYMENTS = True
    settings.CARD_STANDIN = False
    settings.STRIPE_CHECKOUT_ORIGIN = "https://checkout.stripe.com"
    yield made
    made.close()
