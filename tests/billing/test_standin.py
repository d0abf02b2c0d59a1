"""The stand-in on the site's own address: what people see and do there, and what the site is told of it."""

import re
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from pytest_django.live_server_helper import LiveServer

from aapm_site import urls as roof
from aapm_site.billing.gateways import card, kept
from aapm_site.billing.standin import delivery
from aapm_site.billing.standin.store import CacheStore, MemoryStore
from tests.racing import at_once


def webhook(request):
    """Takes a message as the site does: what is not signed is refused. Here nothing comes of it."""
    told.append(card.read_event(request.body, request.headers["Stripe-Signature"]))
    return HttpResponse()


told: list[card.CardEvent] = []
urlpatterns = [path("webhooks/stripe/", csrf_exempt(webhook)), *roof.urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

KEY = "sk_test_standin"
PARTICULARS = {
    "mode": "payment",
    "client_reference_id": "order-1",
    "customer_email": "buyer@example.org",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "usd",
    "line_items[0][price_data][unit_amount]": "22275",
    "line_items[0][price_data][product_data][name]": "Job posting, 30 days",
}


class Site:
    """A port that takes what is sent to the site's webhook and keeps it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.taken.append((self.path, body, self.headers["Stripe-Signature"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_) -> None:
                """A request is no news in a test."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def events(self) -> list[card.CardEvent]:
        """Everything that came, read as the site would, which proves the signatures."""
        assert {where for where, _, _ in self.taken} <= {"/webhooks/stripe/"}
        return [card.read_event(body, signature) for _, body, signature in self.taken]

    def waited_for(self, count: int) -> list[card.CardEvent]:
        """The same once so many have come."""
        until = time.monotonic() + 30
        while len(self.taken) < count and time.monotonic() < until:
            time.sleep(0.05)
        return self.events()


@pytest.fixture
def site(settings):
    made = Site()
    settings.SITE_ORIGIN = made.url
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_WEBHOOK_SECRET = "whsec_standin"
    settings.CARD_STANDIN = True
    yield made
    made.close()


def ask(client, method, rest, *, key="", bearer=KEY, **form):
    headers = {"Authorization": f"Bearer {bearer}"} | ({"Idempotency-Key": key} if key else {})
    return client.generic(
        method,
        f"/demo-card/v1/{rest}",
        urlencode(form),
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def opened(client, site, **changes):
    """A new session's id."""
    addresses = {"success_url": f"{site.url}/paid/?id={{CHECKOUT_SESSION_ID}}", "cancel_url": f"{site.url}/order/"}
    answer = ask(client, "POST", "checkout/sessions", **PARTICULARS | addresses | changes)
    assert answer.status_code == 200, answer.content
    return answer.json()["id"]


def page_of(session_id):
    return f"/demo-card/pay/{session_id}/"


def press(client, session_id, button):
    return client.post(page_of(session_id), {"do": button})


def headings(response):
    return re.findall(r"<h1>(.*?)</h1>", response.content.decode())


def buttons(response):
    return re.findall(r'name="do" value="(\w+)"', response.content.decode())


# The page ------------------------------------------------------------------------------------------------------------
def test_the_page_says_that_no_money_moves_and_what_is_bought(client, site):
    response = client.get(page_of(opened(client, site)))

    text = response.content.decode()
    assert headings(response) == ["Pay $222.75"]
    assert "This is a demonstration. No money moves, and no card is asked for." in text
    assert "Job posting, 30 days" in text
    assert buttons(response) == ["pay", "debit", "decline", "back"]
    assert "<input" not in re.sub(r'<input type="hidden"[^>]*>', "", text.split("<main")[1].split("</main>")[0])
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex' in text


def test_paying_tells_the_site_and_leads_back_to_it(client, site):
    session_id = opened(client, site)

    response = press(client, session_id, "pay")

    (event,) = site.events()
    assert (response.status_code, response["Location"]) == (303, f"{site.url}/paid/?id={session_id}")
    assert event.type == "checkout.session.completed"
    told = card.session_of(event)
    assert (told.id, told.is_paid, told.amount, told.reference) == (session_id, True, Decimal("222.75"), "order-1")
    assert told.payment_reference.startswith("pi_")


def test_paying_twice_pays_once(client, site):
    session_id = opened(client, site)
    press(client, session_id, "pay")

    again = press(client, session_id, "pay")

    assert again["Location"] == page_of(session_id)
    assert headings(client.get(page_of(session_id))) == ["This is paid"]
    assert buttons(client.get(page_of(session_id))) == []
    assert len(site.taken) == 1


@pytest.mark.parametrize(
    ("button", "kind", "is_paid", "heading"),
    [
        ("arrive", "checkout.session.async_payment_succeeded", True, "This is paid"),
        ("fail", "checkout.session.async_payment_failed", False, "The bank debit failed"),
    ],
)
def test_a_bank_debit_is_told_twice(client, site, button, kind, is_paid, heading):
    session_id = opened(client, site)

    first = press(client, session_id, "debit")
    waiting = client.get(page_of(session_id))
    second = press(client, session_id, button)

    completed, settled = site.events()
    assert first["Location"] == page_of(session_id)
    assert headings(waiting) == ["The bank debit is on its way"]
    assert buttons(waiting) == ["arrive", "fail"]
    assert (completed.type, card.session_of(completed).is_paid) == ("checkout.session.completed", False)
    assert (settled.type, card.session_of(settled).is_paid) == (kind, is_paid)
    assert second["Location"] == f"{site.url}/paid/?id={session_id}"
    assert headings(client.get(page_of(session_id))) == [heading]


def test_a_declined_card_stays_on_the_page_and_can_be_tried_again(client, site):
    session_id = opened(client, site)

    response = press(client, session_id, "decline")

    assert response.status_code == 422
    assert "Your card was declined. Try another card, or ask your bank why." in response.content.decode()
    assert buttons(response) == ["pay", "debit", "decline", "back"]
    assert site.taken == []
    assert press(client, session_id, "pay").status_code == 303


def test_going_back_pays_nothing(client, site):
    session_id = opened(client, site)

    response = press(client, session_id, "back")

    assert (response.status_code, response["Location"]) == (303, f"{site.url}/order/")
    assert ask(client, "GET", f"checkout/sessions/{session_id}").json()["status"] == "open"
    assert site.taken == []


@pytest.mark.parametrize("button", ["", "other", "arrive", "fail"])
def test_a_button_that_is_not_there_does_nothing(client, site, button):
    session_id = opened(client, site)

    assert press(client, session_id, button)["Location"] == page_of(session_id)
    assert ask(client, "GET", f"checkout/sessions/{session_id}").json()["status"] == "open"
    assert site.taken == []


def test_a_closed_session_cannot_be_paid(client, site):
    session_id = opened(client, site)
    ask(client, "POST", f"checkout/sessions/{session_id}/expire")

    press(client, session_id, "pay")

    assert headings(client.get(page_of(session_id))) == ["This payment page has ended"]
    (event,) = site.waited_for(1)
    assert event.type == "checkout.session.expired"


def test_the_page_leads_to_this_site_only(client, site):
    for elsewhere in ("https://evil.example/", f"{site.url}.evil.example/", "//evil.example/", "javascript:alert(1)"):
        session_id = opened(client, site, success_url=elsewhere, cancel_url=elsewhere)
        assert press(client, session_id, "back")["Location"] == "/"
        assert press(client, session_id, "pay")["Location"] == "/"
        assert "evil.example" not in client.get(page_of(session_id)).content.decode()


def test_a_site_that_does_not_answer_is_no_reason_to_fail(client, site):
    session_id = opened(client, site)
    site.close()

    assert press(client, session_id, "pay").status_code == 303
    assert ask(client, "GET", f"checkout/sessions/{session_id}").json()["payment_status"] == "paid"


def test_an_unknown_session_has_no_page(client, site):
    assert client.get(page_of("cs_test_unknown")).status_code == 404
    assert press(client, "cs_test_unknown", "pay").status_code == 404


def test_the_page_asks_for_its_token_and_the_interface_does_not(site):
    strict = Client(enforce_csrf_checks=True)
    session_id = opened(strict, site)

    assert strict.post(page_of(session_id), {"do": "pay"}).status_code == 403
    assert ask(strict, "GET", f"checkout/sessions/{session_id}").json()["status"] == "open"


# The interface -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_key_the_interface_is_shut(client, site, method):
    answer = ask(client, method, "checkout/sessions", bearer="sk_test_other")

    assert answer.status_code == 401
    assert answer.json() == {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided."}}


def test_an_address_that_the_provider_does_not_have(client, site):
    answer = ask(client, "POST", "charges")

    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "Unrecognized request URL (POST: /v1/charges)."


@pytest.mark.parametrize(
    "missing",
    ["mode", "success_url", "line_items[0][price_data][unit_amount]", "line_items[0][price_data][currency]"],
)
def test_what_a_session_needs(client, site, missing):
    form = PARTICULARS | {"success_url": f"{site.url}/paid/"} | {missing: ""}

    answer = ask(client, "POST", "checkout/sessions", **form)

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == missing


def test_a_key_is_good_for_one_thing(client, site):
    form = PARTICULARS | {"success_url": f"{site.url}/paid/"}

    first = ask(client, "POST", "checkout/sessions", key="k", **form)
    again = ask(client, "POST", "checkout/sessions", key="k", **dict(reversed(form.items())))
    other = ask(client, "POST", "checkout/sessions", key="k", **form | {"client_reference_id": "order-2"})

    assert again.json() == first.json()
    assert (first.headers.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert (other.status_code, other.json()["error"]["type"]) == (400, "idempotency_error")


@pytest.mark.parametrize(
    ("button", "kinds"),
    [("pay", ["refund.created"]), ("debit", ["refund.created", "refund.updated"])],
)
def test_a_refund_is_told_after_its_answer(client, site, button, kinds, monkeypatch):
    monkeypatch.setattr(delivery, "AFTER_THE_ANSWER", 2.0)
    session_id = opened(client, site)
    press(client, session_id, button)
    if button == "debit":
        press(client, session_id, "arrive")
    before = len(site.taken)
    payment = ask(client, "GET", f"checkout/sessions/{session_id}").json()["payment_intent"]

    answer = ask(client, "POST", "refunds", payment_intent=payment, amount="100", **{"metadata[refund]": "r-1"})

    assert len(site.taken) == before  # the message comes when the answer is kept
    events = site.waited_for(before + len(kinds))[before:]
    assert [event.type for event in events] == kinds
    assert card.refund_of(events[-1]) == card.CardRefund(
        answer.json()["id"], "done", Decimal("1.00"), "USD", payment, "r-1"
    )
    assert ask(client, "GET", f"refunds/{answer.json()['id']}").json()["status"] == "succeeded"


# Where it remembers --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("make", [MemoryStore, CacheStore])
def test_a_store_hands_out_copies(make):
    store = make()
    with store.locked():
        store.put("session:1", {"inner": {"state": "open"}})
        store.get("session:1")["inner"]["state"] = "paid"

    assert store.get("session:1") == {"inner": {"state": "open"}}
    assert store.get("session:2") is None


def test_the_demonstrations_store_is_shared_by_all_processes():
    CacheStore().put("session:1", {"state": "open"})

    assert CacheStore().get("session:1") == {"state": "open"}
    cache.clear()
    assert CacheStore().get("session:1") is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_a_key_at_once_all_get_the_same_session(site):
    form = PARTICULARS | {"success_url": f"{site.url}/paid/"}

    answers = at_once(*[lambda: ask(Client(), "POST", "checkout/sessions", key="k", **form).json()["id"]] * 6)

    assert len(set(answers)) == 1
    assert answers[0].startswith("cs_test_")


# All of it, over the network -----------------------------------------------------------------------------------------
@pytest.fixture
def served(transactional_db, settings):
    """This very site behind a port, for as long as a test."""
    server = LiveServer("localhost")
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    settings.SITE_ORIGIN = server.url
    settings.STRIPE_API_BASE = f"{server.url}/demo-card"
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_TIMEOUT = (5, 30)
    told.clear()
    yield server.url
    server.stop()


def test_the_gateway_has_a_kept_card_forgotten_at_the_demonstration(served, settings):
    """Over the whole site, which takes no DELETE anywhere else."""
    settings.DELETES_BELOW = "/demo-card/v1/"
    opened = kept.open_card_page(
        key="key-9", reference="card-9", email="", success_url=f"{served}/a/", cancel_url=f"{served}/b/",
        expires_at=datetime.now(UTC) + timedelta(hours=2),
    )  # fmt: skip
    Client().post(opened.url.removeprefix(served), {"do": "keep"})
    customer = kept.look_up_card_page(opened.id).card.customer
    assert CacheStore().get(f"customer:{customer}")

    for _ in range(2):  # safe to repeat
        kept.forget(customer)

    assert CacheStore().get(f"customer:{customer}") is None


def test_the_gateway_pays_at_the_demonstration(served, client):
    order = {
        "key": "key-1",
        "reference": "order-1",
        "amount": Decimal("222.75"),
        "currency": "USD",
        "title": "Job posting, 30 days",
        "email": "buyer@example.org",
        "success_url": f"{served}/paid/",
        "cancel_url": f"{served}/order/",
        "expires_at": datetime.now(UTC) + timedelta(hours=2),
    }

    begun, again = card.open_session(**order), card.open_session(**order)
    response = client.post(begun.url.removeprefix(served), {"do": "pay"})
    found, heard = card.look_up(begun.id), list(told)
    back = card.refund(
        key="back-1", payment_reference=found.payment_reference, amount=Decimal("22.75"), currency="USD", reference="r"
    )

    assert [(event.type, card.session_of(event)) for event in heard] == [("checkout.session.completed", found)]
    assert begun == again
    assert begun.url == f"{served}{page_of(begun.id)}"
    assert response["Location"] == f"{served}/paid/"
    assert (found.is_paid, found.amount) == (True, Decimal("222.75"))
    assert (back.state, back.amount) == ("done", Decimal("22.75"))
    with pytest.raises(card.CardRefused, match="greater than"):
        card.refund(
            key="back-2",
            payment_reference=found.payment_reference,
            amount=Decimal("200.01"),
            currency="USD",
            reference="r",
        )
