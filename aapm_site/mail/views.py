"""The links in list mail: confirm, stop, take up again. None asks for a sign-in; the random token is the proof."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from aapm_site.core.seo import PageMeta

from .domain import bounces, subscriptions
from .presenters.subscriptions import unsubscribe_page

ONE_CLICK = "One-Click"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a kind of mail (RFC 8058). GET only asks, because mail scanners follow links; POST stops it, or resumes.

    A mail program posts without cookie, session or token of the form, and must get no redirect.
    """
    subscription = subscriptions.find_subscription(token)
    if subscription is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "resume":
            subscriptions.resume_subscription(subscription)
        else:
            subscriptions.pause_subscription(subscription)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse("You are unsubscribed.\n", content_type="text/plain; charset=utf-8")
        subscription.refresh_from_db()
    context = {
        "page": unsubscribe_page(subscription, resumed=request.method == "POST"),
        "meta": PageMeta("Your mail from us", noindex=True),
    }
    return render(request, "mail/unsubscribe.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """Confirm an address: GET shows the button, POST confirms."""
    subscription = subscriptions.subscription_to_confirm(signed)
    if subscription is None:
        return render(
            request, "mail/confirm_gone.html", {"meta": PageMeta("This link has expired", noindex=True)}, status=404
        )
    if request.method == "POST":
        subscriptions.confirm_subscription(subscription)
    context = {
        "subscription": subscription,
        "done": request.method == "POST",
        "meta": PageMeta("Confirm your address", noindex=True),
    }
    return render(request, "mail/confirm.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def arrives(request: HttpRequest, signed: str) -> HttpResponse:
    """Mail to an address arrives again: GET shows the button, since mail scanners follow links, POST says so."""
    address = bounces.address_to_try(signed)
    if address is None:
        gone = {"meta": PageMeta("This link has expired", noindex=True)}
        return render(request, "mail/arrives_gone.html", gone, status=404)
    if request.method == "POST":
        bounces.address_works(address)
    context = {
        "address": address,
        "done": request.method == "POST",
        "meta": PageMeta("Mail to your address", noindex=True),
    }
    return render(request, "mail/arrives.html", context)
