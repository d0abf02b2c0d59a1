"""Automatic renewal: agreeing to it, coming back from the card's page, and stopping it, signed in or by a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.billing.domain import kept_cards
from aapm_site.billing.gateways import card as provider
from aapm_site.billing.states import KeptCardState
from aapm_site.billing.views.cardpage import SeeOther, leads_to_card_page
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import automatic_letters, automatic_renewals
from ..forms.automatic import AutomaticForm
from ..models import AutomaticRenewal
from ..queries import members
from ..states import StopReason

TITLE = "Automatic renewal"
BEGUN = "Your membership renews by itself now. An e-mail says what you agreed to."
LATER = "Your card is on its way to us. We write to you as soon as your membership renews by itself."
NO_CARD = "No card was given, so nothing renews by itself."
STOPPED = "Automatic renewal is stopped, and your card is removed. Nothing will be charged."


@require_http_methods(["GET", "HEAD", "POST"])
@leads_to_card_page
@login_required
def agree(request: SignedInRequest) -> HttpResponse:
    """What is agreed to, and the tick; a POST leads on to the page where the card is given."""
    person = request.user
    today = timezone.localdate()
    found = automatic_renewals.may_begin(members.membership_of(person), members.terms_of(person), today)
    if found is None:
        messages.warning(request, automatic_renewals.NOT_OPEN)
        return redirect("membership:mine")
    form = AutomaticForm(request.POST if request.method == "POST" else None, consent=found.consent)
    if form.is_bound and form.is_valid():
        try:
            made = automatic_renewals.agree(person, seen=form.cleaned_data["seen"])
            return SeeOther(kept_cards.open_page(made.card))
        except NotAllowed as refused:
            form = AutomaticForm(None, consent=found.consent)
            messages.warning(request, str(refused))
    context = {
        "form": form,
        "found": found,
        "crumbs": crumbs(TITLE, ("My membership", reverse("membership:mine"))),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "membership/automatic.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Back from the card's page: what was given there is asked for, and “My membership” says how it stands."""
    own = AutomaticRenewal.objects.filter(membership__user=request.user).select_related("card")
    automatic = own.filter(public_id=public_id).first()
    if automatic is None:
        raise Http404
    try:
        card = kept_cards.look_at(automatic.card)
    except (provider.Unavailable, provider.CardRefused):
        card = automatic.card
    automatic_renewals.begin(automatic)
    told = {KeptCardState.KEPT: BEGUN, KeptCardState.OPENING: LATER}
    messages.info(request, told.get(KeptCardState(card.state), NO_CARD))
    return redirect("membership:mine")


@login_required
@require_POST
def stop(request: SignedInRequest) -> HttpResponse:
    """One press; a second one finds nothing to do."""
    automatic = automatic_renewals.running(members.membership_of(request.user))
    if automatic is not None:
        automatic_renewals.stop_and_tell(automatic, StopReason.MEMBER)
    messages.success(request, STOPPED)
    return redirect("membership:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def stop_by_link(request: HttpRequest, signed: str) -> HttpResponse:
    """The link of a letter: GET shows, POST stops, and it can do nothing else. Whoever has it sees no name."""
    automatic = automatic_letters.read_stop_link(signed)
    if automatic is None:
        return _link_page(request, {"is_unknown": True}, status=404)
    if request.method == "POST":
        automatic_renewals.stop_and_tell(automatic, StopReason.LETTER)
        automatic.refresh_from_db()
    return _link_page(request, {"automatic": automatic})


def _link_page(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    meta = PageMeta("Stop automatic renewal", noindex=True)
    response = render(request, "membership/automatic_stop.html", {**context, "meta": meta}, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
