"""A member's own papers: the card as a page and as PDF, the certificate, the letter of good standing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import papers
from ..forms.papers import LatinNameForm
from ..models import LatinName, MemberPaper, Membership
from ..papers import render_certificate
from ..presenters import papers as presenter
from ..queries import members

CARD, NAME = "Your membership card", "Your name on paper"


def _back(request: SignedInRequest, refused: NotAllowed) -> HttpResponse:
    messages.warning(request, str(refused))
    return redirect(f"{reverse('membership:mine')}#papers")


def _card(request: SignedInRequest) -> MemberPaper:
    """The card that answers today; NotAllowed when there is none, or its membership runs no more."""
    card = papers.card_of(members.membership_of(request.user))
    if card is None or not members.standing_of(request.user).is_current:
        raise NotAllowed("There is no card that is valid today. Make one first.")
    return card


@require_safe
@login_required
def card(request: SignedInRequest) -> HttpResponse:
    """The card as a page, to show on a telephone."""
    try:
        found = _card(request)
    except NotAllowed as refused:
        return _back(request, refused)
    context = {
        "card": presenter.card_words(found),
        "crumbs": crumbs(CARD, ("My membership", reverse("membership:mine"))),
        "meta": PageMeta(CARD, noindex=True),
    }
    return render(request, "membership/papers/card.html", context)


@require_safe
@login_required
def card_pdf(request: SignedInRequest) -> HttpResponse:
    try:
        found = _card(request)
    except NotAllowed as refused:
        return _back(request, refused)
    return presenter.paper_pdf(found)


@login_required
@require_POST
def make_card(request: SignedInRequest) -> HttpResponse:
    """A card; with `anew` one with a new code, and the old code answers no more."""
    try:
        papers.make_card(request.user, anew=request.POST.get("anew") == "1")
    except NotAllowed as refused:
        return _back(request, refused)
    return redirect("membership:card")


@require_safe
@login_required
def certificate(request: SignedInRequest) -> HttpResponse:
    """The certificate for the membership as it is today."""
    membership = members.membership_of(request.user)
    try:
        if membership is None:
            raise NotAllowed(papers.NO_MEMBER)
        facts = papers.facts_of(membership)
    except NotAllowed as refused:
        return _back(request, refused)
    paper = presenter.printed_certificate(facts)
    return presenter.as_pdf("membership-certificate", lambda: render_certificate(paper))


@login_required
@require_POST
def make_letter(request: SignedInRequest) -> HttpResponse:
    try:
        letter = papers.make_letter(request.user)
    except NotAllowed as refused:
        return _back(request, refused)
    return redirect("membership:letter", letter.public_id)


@require_safe
@login_required
def letter(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One's own letter, as it was made; its day stands on it."""
    mine = MemberPaper.objects.filter(membership__user=request.user, kind=MemberPaper.Kind.LETTER)
    found = get_object_or_404(mine.select_related("membership"), public_id=public_id)
    return presenter.paper_pdf(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def latin_name(request: SignedInRequest) -> HttpResponse:
    """How the name is printed, for whose name the papers have no letters."""
    membership = members.membership_of(request.user)
    if membership is None or not papers.needs_latin_name(membership):
        raise Http404
    if request.method == "POST":
        form = LatinNameForm(request.POST)
        if form.is_valid():
            papers.say_latin_name(request.user, form.cleaned_data["name"])
            messages.success(request, "Thank you. Your card and certificate can be made now.")
            return redirect(f"{reverse('membership:mine')}#papers")
    else:
        form = LatinNameForm(initial={"name": _known(membership)})
    context = {
        "form": form,
        "full_name": request.user.full_name,
        "crumbs": crumbs(NAME, ("My membership", reverse("membership:mine"))),
        "meta": PageMeta(NAME, noindex=True),
    }
    return render(request, "membership/papers/name.html", context, status=422 if form.errors else 200)


def _known(membership: Membership) -> str:
    return LatinName.objects.filter(membership=membership).values_list("name", flat=True).first() or ""
