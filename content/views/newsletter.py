"""The newsletter for its readers: asked for, confirmed, stopped, exported, forgotten.

With a letter of theirs nobody needs an account: the random token in it is the proof, as in the link that stops mail.
What is answered is the same whether an address is known or not.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.http.limits import within_limit
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from aapm_site.mail.domain import subscriptions
from aapm_site.mail.domain.undeliverable import is_undeliverable
from aapm_site.mail.models import Subscription
from content.domain import newsletter_readers as readers
from content.forms.newsletter import NewsletterSignUpForm, NewsletterSwitchForm
from content.privacy import newsletter_of
from content.queries.newsletters import past_newsletters

PATH = "/newsletter/"
CRUMB: Crumb = ("Newsletter", PATH)
CRUMBS: list[Crumb] = [("Home", "/"), ("Newsletter", None)]
META = PageMeta(
    "Newsletter",
    description="News and statements of the Academy by mail, for everybody. One press stops it, and nobody is tracked.",
    path=PATH,
    jsonld=(breadcrumb_ld(CRUMBS),),
)
LATEST = 3
AN_HOUR = {"times": 20, "seconds": 3600}
FROM_ELSEWHERE = "We could not see that this came from our page. Nothing was changed; please press the button again."
NO_BUTTON = "We did not understand that. Please press one of the buttons below."
TOO_MANY = "The newsletter was asked for many times from your connection within an hour. Please try again later."


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: PublicRequest) -> HttpResponse:
    """What it is and the form; for who is signed in with a confirmed address a switch."""
    if readers.may_have_at_once(request.user):
        return _switch(request)
    if request.method != "POST":
        known = {"email": request.user.email} if request.user.is_authenticated else {}
        return _shown(request, NewsletterSignUpForm(initial=known))
    form = NewsletterSignUpForm(request.POST)
    if not request.from_here:
        return _shown(request, form, status=403, not_taken=FROM_ELSEWHERE)
    if not form.is_valid():
        return _shown(request, form, status=422)
    if not within_limit(request, "newsletter", **AN_HOUR):
        return _shown(request, form, status=429, not_taken=TOO_MANY)
    if not form.is_trapped:
        readers.ask_to_confirm_newsletter(form.cleaned_data["email"])
    return redirect("content:newsletter-asked")


def _switch(request: PublicRequest) -> HttpResponse:
    """On or off at once: the address is confirmed by the account."""
    person: Any = request.user
    if request.method != "POST":
        return _stands(request)
    if not request.from_here:
        return _stands(request, status=403, not_taken=FROM_ELSEWHERE)
    form = NewsletterSwitchForm(request.POST)
    # The short form beside the news may have been shown before its reader signed in: it asks for the newsletter.
    wants = form.cleaned_data["do"] if form.is_valid() else "on" if request.POST.get("email") else ""
    if not wants:
        return _stands(request, status=422, not_taken=NO_BUTTON)
    if wants == "on":
        readers.want_newsletter(person)
        messages.success(request, f"The newsletter comes to {person.email}.")
    else:
        readers.stop_newsletter(person)
        messages.success(request, "The newsletter does not come any more.")
    return redirect("content:newsletter")


def _stands(request: PublicRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """Whether it comes to who is signed in, and whether our mail reaches them."""
    person: Any = request.user
    comes = readers.gets_newsletter(person)
    return _shown(request, status=status, comes=comes, came_back=comes and is_undeliverable(person.email), **more)


def _shown(
    request: HttpRequest, form: NewsletterSignUpForm | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "past": past_newsletters()[:LATEST], "crumbs": CRUMBS, "meta": META, **more}
    return render(request, "content/newsletter/newsletter.html", context, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What follows: the same page whether the address is known or not."""
    meta = PageMeta("A letter is on its way", noindex=True)
    context = {"crumbs": _way("Confirm your address"), "meta": meta}
    return render(request, "content/newsletter/asked.html", context)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PublicRequest, signed: str) -> HttpResponse:
    """GET shows the button, because mail scanners follow links; POST begins it."""
    email = readers.address_to_confirm(signed)
    if email is None:
        gone = {"crumbs": _way("Confirm your address"), "meta": PageMeta("This link has expired", noindex=True)}
        return render(request, "content/newsletter/confirm_gone.html", gone, status=404)
    if request.method == "POST" and request.from_here:
        return redirect(_own_page(readers.confirm_newsletter(email)))
    not_taken = FROM_ELSEWHERE if request.method == "POST" else ""
    context = {
        "email": email,
        "not_taken": not_taken,
        "crumbs": _way("Confirm your address"),
        "meta": PageMeta("Confirm the newsletter", noindex=True),
    }
    return render(request, "content/newsletter/confirm.html", context, status=403 if not_taken else 200)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PublicRequest, token: str) -> HttpResponse:
    """Whether it comes to whoever has this link, and the switch."""
    subscription = _reader_or_404(token)
    form = NewsletterSwitchForm(request.POST if request.method == "POST" else None)
    not_taken, status = "", 200
    if request.method == "POST" and not request.from_here:
        not_taken, status = FROM_ELSEWHERE, 403
    elif request.method == "POST" and not form.is_valid():
        not_taken, status = NO_BUTTON, 422
    elif request.method == "POST":
        if form.cleaned_data["do"] == "on":
            subscriptions.resume_subscription(subscription)
        else:
            subscriptions.pause_subscription(subscription)
        return redirect(_own_page(subscription))
    context = {
        "subscription": subscription,
        "came_back": is_undeliverable(subscription.address),
        "not_taken": not_taken,
        "crumbs": _way("Yours"),
        "meta": PageMeta("Your newsletter", noindex=True),
    }
    return render(request, "content/newsletter/mine.html", context, status=status)


@require_safe
def export(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept for this reader, as a file."""
    found = newsletter_of(_reader_or_404(token))
    answer = JsonResponse(found, json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="newsletter.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PublicRequest, token: str) -> HttpResponse:
    """GET asks once more; POST forgets the reader."""
    subscription = _reader_or_404(token)
    if request.method == "POST" and request.from_here:
        readers.forget_readers(Subscription.objects.filter(pk=subscription.pk))
        return redirect("content:newsletter-erased")
    not_taken = FROM_ELSEWHERE if request.method == "POST" else ""
    context = {
        "subscription": subscription,
        "not_taken": not_taken,
        "crumbs": [*_way("Yours")[:-1], ("Yours", _own_page(subscription)), ("Erase it", None)],
        "meta": PageMeta("Erase what we keep?", noindex=True),
    }
    return render(request, "content/newsletter/erase.html", context, status=403 if not_taken else 200)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Nothing is left."""
    context = {"crumbs": _way("Erased"), "meta": PageMeta("Your address is erased", noindex=True)}
    return render(request, "content/newsletter/erased.html", context)


def _reader_or_404(token: str) -> Subscription:
    found = readers.reader_by_token(token)
    if found is None:
        raise Http404
    return found


def _own_page(subscription: Subscription) -> str:
    return reverse("content:newsletter-mine", args=[subscription.token])


def _way(last: str) -> list[Crumb]:
    return [("Home", "/"), CRUMB, (last, None)]
