"""The stand-in on the demonstration's own address: the interface that the gateway asks, and the page for people."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aapm_site.core.money import Money
from aapm_site.core.seo import PageMeta

from ..gateways.card import from_minor
from ..views.cardpage import SeeOther
from .delivery import deliver, deliver_later
from .protocol import NotOpen, Provider
from .store import CacheStore

# Which card a button gives: its last four digits, and for how many months it is good.
CARDS = {"keep": ("4242", 36), "keep-declined": ("0341", 36), "keep-asks": ("3184", 36), "keep-expiring": ("0069", 0)}
DECLINED = "Your card was declined. Try another card, or ask your bank why."


def provider() -> Provider:
    return Provider(
        CacheStore(),
        key=settings.STRIPE_SECRET_KEY,
        page=lambda session_id: f"{settings.SITE_ORIGIN}{reverse('standin:pay', args=[session_id])}",
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def api(request: HttpRequest, rest: str) -> HttpResponse:
    """The provider's interface. Messages about what was done follow a moment after the answer."""
    account = provider()
    query = request.META.get("QUERY_STRING", "")
    path = f"/v1/{rest}?{query}" if query else f"/v1/{rest}"
    answer = account.answer(request.method, path, request.headers, request.body)
    events = list(answer.events)
    if answer.body.get("object") == "refund" and answer.body["status"] == "pending" and events:
        events += account.finish_refund(answer.body["id"])
    deliver_later(events)
    return JsonResponse(answer.body, status=answer.status, headers=answer.headers)


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, session_id: str) -> HttpResponse:
    """The page that takes no card: buttons for all that can happen on the real one."""
    account = provider()
    visited = account.visit(session_id)
    if visited is None:
        raise Http404
    session = visited["session"]
    if request.method != "POST":
        return _page(request, visited)
    chosen = request.POST.get("do", "")
    if chosen == "back":
        return SeeOther(_here(session["cancel_url"]))
    if chosen == "decline" and session["status"] == "open":
        return _page(request, visited, declined=DECLINED)
    try:
        events = _done(account, session_id, chosen)
    except NotOpen:
        return redirect("standin:pay", session_id)  # which shows how it stands
    deliver(events)
    if chosen == "debit":
        return redirect("standin:pay", session_id)
    return SeeOther(_success(session))


def _done(account: Provider, session_id: str, chosen: str) -> list[dict[str, Any]]:
    """What a button does at the provider; NotOpen for one that is not there."""
    is_for_a_card = chosen in CARDS
    visited = account.visit(session_id) or {}
    if is_for_a_card != (visited["session"]["mode"] == "setup"):
        raise NotOpen("Choose one of the buttons.")
    if chosen in {"pay", "debit"}:
        return account.pay(session_id, by_debit=chosen == "debit")
    if chosen in CARDS:
        last4, months = CARDS[chosen]
        return account.keep(session_id, last4=last4, months=months)
    if chosen in {"arrive", "fail"}:
        return account.settle(session_id, ok=chosen == "arrive")
    raise NotOpen("Choose one of the buttons.")


def _page(request: HttpRequest, visited: dict[str, Any], *, declined: str = "") -> HttpResponse:
    session = visited["session"]
    if session["mode"] == "setup":
        return _card_page(request, session)
    currency = session["currency"].upper()
    amount = Money(from_minor(session["amount_total"], currency), currency)
    context = {
        "session": session,
        "heading": _heading(visited) or f"Pay {amount}",
        "title": visited["title"],
        "is_coming": visited["is_coming"],
        "amount": amount,
        "declined": declined,
        "success_url": _success(session),
        "cancel_url": _here(session["cancel_url"]),
        "meta": PageMeta("Pay by card: a demonstration", noindex=True),
    }
    return render(request, "billing/standin/pay.html", context, status=422 if declined else 200)


def _card_page(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    """The page that keeps a card which nobody gives: a button for each that can be there."""
    context = {
        "session": session,
        "success_url": _success(session),
        "cancel_url": _here(session["cancel_url"]),
        "meta": PageMeta("Let a card be kept: a demonstration", noindex=True),
    }
    return render(request, "billing/standin/keep.html", context)


def _heading(visited: dict[str, Any]) -> str:
    """How a payment ended, or that it is on its way; empty while it is to be made."""
    session = visited["session"]
    if session["payment_status"] == "paid":
        return "This is paid"
    if visited["is_coming"]:
        return "The bank debit is on its way"
    return {"complete": "The bank debit failed", "expired": "This payment page has ended"}.get(session["status"], "")


def _success(session: dict[str, Any]) -> str:
    return _here((session["success_url"] or "").replace("{CHECKOUT_SESSION_ID}", session["id"]))


def _here(address: str | None) -> str:
    """The address if it lies on this site, else the home page: this page sends nobody elsewhere."""
    return address if address and address.startswith(f"{settings.SITE_ORIGIN}/") else "/"
