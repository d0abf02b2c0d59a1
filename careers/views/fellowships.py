"""The fellowship corner: the board for everybody, and a program's own offers with their steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.accounts.place_field import unknown_places
from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from aapm_site.core.transitions import NotAllowed, moves_from

from ..domain import fellowships
from ..forms.fellowship import FellowshipOfferForm
from ..models import Employer, FellowshipOffer
from ..queries.fellowships import fellowship_board
from ..rules import may_write_jobs
from .access import confirmed_user, limited, membership_of, writer_of
from .jobs import CAREERS
from .steps import StepPage, take_step

BOARD = "/career-center/fellowships/"
CORNER = [*CAREERS, ("Fellowships", BOARD)]
STEPS = {"fill": fellowships.fill_offer, "withdraw": fellowships.withdraw_offer}
DONE = {"fill": "it is marked as filled and off the board.", "withdraw": "it is withdrawn."}
EXPLAINED = {
    "fill": "It leaves the board: every place is taken. This cannot be undone.",
    "withdraw": "It leaves the board and does not come back. This cannot be undone.",
}


@require_safe
@public_page()
def fellowship_list(request: HttpRequest) -> HttpResponse:
    """The open places by state, or when the board opens; what helps at each stage."""
    crumbs = [*CAREERS, ("Fellowships", None)]
    context = {
        "board": fellowship_board(timezone.now()),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Fellowships in pain medicine",
            "Open fellowship places after the match, free to read and free to post for verified programs.",
            path=BOARD,
            jsonld=(breadcrumb_ld(crumbs),),
            feeds=[("Open fellowship places", reverse("careers:fellowship-feed"))],
        ),
    }
    return render(request, "careers/fellowships/board.html", context)


@require_safe
@confirmed_user
def fellowship_own(request: HttpRequest, employer_id: str) -> HttpResponse:
    """A program's own offers, where each stands and what it may become."""
    member = membership_of(request, employer_id)
    may_write = may_write_jobs(member.role)
    rows = member.employer.offers.select_related("round", "place").prefetch_related("status_changes")
    context = {
        "employer": member.employer,
        "rows": [_row(offer, may_write=may_write) for offer in rows],
        "may_write": may_write,
        "refusal": fellowships.refusal(member.employer),
        "round": fellowships.round_to_post_for(),
        "crumbs": [*CAREERS, (member.employer.name, member.employer.get_absolute_url()), ("Fellowships", None)],
        "meta": PageMeta("My fellowship places", noindex=True),
    }
    return render(request, "careers/fellowships/own.html", context)


def _row(offer: FellowshipOffer, *, may_write: bool) -> dict[str, Any]:
    last = next(iter(offer.status_changes.all()), None)
    return {
        "offer": offer,
        "reason": last.reason if last and last.to_status == offer.status else "",
        "steps": [step for step in moves_from(offer) if step.verb in STEPS] if may_write else [],
        "may_edit": may_write and not offer.is_ended and not offer.is_past and not offer.employer.closed_at,
    }


@confirmed_user
@limited("fellowship-new", times=30, seconds=24 * 60 * 60)
def fellowship_new(request: HttpRequest, employer_id: str) -> HttpResponse:
    """Write an offer and send it to the staff."""
    employer = writer_of(request, employer_id).employer
    if why := fellowships.refusal(employer):
        messages.warning(request, why)
        return redirect("careers:fellowship-own", employer.public_id)
    form = FellowshipOfferForm(request.POST if request.method == "POST" else None)
    if _fits(form):
        try:
            fellowships.post_offer(employer, by=request.user, fields=form.values)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Sent. You get an e-mail when our staff have read it.")
            return redirect("careers:fellowship-own", employer.public_id)
    return _form(request, employer, form, "Post fellowship places")


@confirmed_user
def fellowship_edit(request: HttpRequest, offer_id: str) -> HttpResponse:
    """Change an offer; what staff have read goes back to them."""
    offer = _own_offer(request, offer_id)
    form = FellowshipOfferForm(request.POST if request.method == "POST" else None, instance=offer)
    if not form.is_bound and offer.is_ended:
        messages.warning(request, f"“{offer}” is now “{offer.get_status_display()}” and cannot be changed.")
        return redirect("careers:fellowship-own", offer.employer.public_id)
    if not form.is_bound and offer.is_past:
        messages.warning(request, fellowships.ROUND_OVER)
        return redirect("careers:fellowship-own", offer.employer.public_id)
    if _fits(form):
        try:
            fellowships.edit_offer(offer, by=request.user, fields=form.values)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved. Our staff read it before it stands on the board.")
            return redirect("careers:fellowship-own", offer.employer.public_id)
    return _form(request, offer.employer, form, "Change fellowship places", offer=offer, round=offer.round)


def _fits(form: FellowshipOfferForm) -> bool:
    """Whether the form was sent and is right. A town that nobody knows is noted for the staff."""
    fits = form.is_valid()
    note_unknown_places(unknown_places(form))
    return fits


def _own_offer(request: HttpRequest, offer_id: str) -> FellowshipOffer:
    """One that the person may change; everybody else's is a 404."""
    found = FellowshipOffer.objects.writable_by(request.user).select_related("employer", "place", "round")
    return get_object_or_404(found, public_id=offer_id)


def _form(request: HttpRequest, employer: Employer, form: FellowshipOfferForm, title: str, **more: Any) -> HttpResponse:
    own = f"/career-center/employers/{employer.public_id}/fellowships/"
    context = {
        "employer": employer,
        "form": form,
        "round": fellowships.round_to_post_for(),
        "crumbs": [*CAREERS, (employer.name, employer.get_absolute_url()), ("Fellowships", own), (title, None)],
        "meta": PageMeta(title, noindex=True),
        **more,
    }
    return render(request, "careers/fellowships/form.html", context, status=422 if form.errors else 200)


@confirmed_user
@limited("fellowship-step", times=60, seconds=60 * 60)
def fellowship_step(request: HttpRequest, offer_id: str, verb: str) -> HttpResponse:
    """Filled or withdrawn: GET asks for confirmation, POST takes the step."""
    offer = _own_offer(request, offer_id)
    if verb not in STEPS:
        raise Http404
    back = f"/career-center/employers/{offer.employer.public_id}/fellowships/"
    page = StepPage(offer.employer, back, STEPS[verb], DONE[verb], lambda: EXPLAINED[verb])
    return take_step(request, offer, verb, page)
