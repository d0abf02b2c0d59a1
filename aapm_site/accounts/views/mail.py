"""The list mail that a person gets, and what we have mailed them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import bounces, subscriptions
from aapm_site.mail.domain.undeliverable import is_undeliverable
from aapm_site.mail.models import Subscription
from aapm_site.mail.registry import mail_kinds
from aapm_site.mail.states import Frequency

from ..requests import SignedInRequest
from .crumbs import crumbs

LATEST = 20


@require_safe
@login_required
def preferences(request: SignedInRequest) -> HttpResponse:
    context = {
        "subscriptions": [(one, _own_page(one)) for one in request.user.subscriptions.all()],
        "frequencies": Frequency.choices,
        "came_back": is_undeliverable(request.user.email),
        "emails": request.user.emails.exclude(state="suppressed")[:LATEST],
        "crumbs": crumbs("Mail"),
        "meta": PageMeta("Mail", noindex=True),
    }
    return render(request, "accounts/mail.html", context)


@require_POST
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pause, resume or change how often; somebody else's subscription is a 404."""
    subscription = get_object_or_404(request.user.subscriptions, pk=pk)
    match request.POST.get("do"):
        case "pause":
            subscriptions.pause_subscription(subscription)
            messages.success(request, f"“{subscription.title}” is paused.")
        case "resume":
            subscriptions.resume_subscription(subscription)
            messages.success(request, f"“{subscription.title}” comes again.")
        case "frequency" if request.POST.get("frequency") in Frequency.values:
            subscriptions.set_frequency(subscription, request.POST["frequency"])
            messages.success(request, f"“{subscription.title}” now comes {_rhythm(request.POST['frequency'])}.")
        case _:
            messages.error(request, "We did not understand that. Please press one of the buttons below.")
    return HttpResponseRedirect(reverse("accounts:mail"))


@require_POST
@login_required
def try_again(request: SignedInRequest) -> HttpResponse:
    """Mail a link to the person's own address that shows that mail arrives there."""
    try:
        bounces.try_address(request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"A letter to {request.user.email} is on its way. Please press the button in it.")
    return HttpResponseRedirect(reverse("accounts:mail"))


def _own_page(subscription: Subscription) -> str:
    """Where the person says how often this mail comes, if not here. A kind that is gone has no page."""
    kind = mail_kinds.get(subscription.kind.partition(".")[0])
    return reverse(kind.own_page) if kind and kind.own_page else ""


def _rhythm(frequency: str) -> str:
    return Frequency(frequency).label.lower()
