"""A person's own pages on who may see the profile: from whom it is hidden, and who has seen it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import Crumb, PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import blocking, profile_rest
from ..forms.blocked import EmployerChoiceForm, HideFromForm, UnblockForm
from ..models import Employer
from ..presenters.profile_rest import TITLES, rest_state
from ..presenters.seen import sights
from ..queries import blocked
from ..queries.seen import PAGE, rows_of, seen_keys
from ..web_domains import domain_of
from .alerts import FROM_ELSEWHERE
from .jobs import CAREERS

HIDDEN_FROM = "Hidden from"
SEEN = "Who has seen you"
NOT_UNDERSTOOD = "We did not understand that. Please press one of the buttons below."
UNKNOWN = (
    "No organization that has posted here under its own name is called that. Give its web or mail domain instead, such "
    "as hospital.org: that also holds when it comes later, or under another name."
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hidden_from(request: SignedInRequest) -> HttpResponse:
    """The person's list; a name that is typed is looked for, a domain is taken at once."""
    match request.POST.get("do") if request.method == "POST" else "":
        case "":
            return _hidden_from(request, HideFromForm())
        case "employer":
            return _hide_from_chosen(request)
        case "remove":
            return _show_again(request)
        case _:
            return _hide_from_typed(request, HideFromForm(request.POST))


def _hide_from_typed(request: SignedInRequest, form: HideFromForm) -> HttpResponse:
    if not form.is_valid():
        return _hidden_from(request, form)
    if domain := domain_of(form.cleaned_data["what"]):
        try:
            entry = blocking.block_domain(request.user, domain)
        except NotAllowed as refused:
            form.add_error("what", str(refused))
            return _hidden_from(request, form)
        return _done(request, f"Your profile is hidden from everybody with {entry}.")
    found = blocked.find_employers(form.cleaned_data["what"])
    if not found:
        form.add_error("what", UNKNOWN)
    return _hidden_from(request, form, found=found)


def _hide_from_chosen(request: SignedInRequest) -> HttpResponse:
    """One that was found by its name, or whose team the person is on: no other can be chosen by trying."""
    form = EmployerChoiceForm(request.POST)
    slug = form.cleaned_data["employer"] if form.is_valid() else ""
    known = blocked.publicly_named() | Employer.objects.for_user(request.user)
    employer = known.filter(slug=slug).distinct().first()
    if employer is None:
        messages.error(request, NOT_UNDERSTOOD)
        return redirect("careers:profile-hidden-from")
    try:
        entry = blocking.block_employer(request.user, employer)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("careers:profile-hidden-from")
    return _done(request, f"Your profile is hidden from {entry}.")


def _show_again(request: SignedInRequest) -> HttpResponse:
    form = UnblockForm(request.POST)
    if not form.is_valid():
        messages.error(request, NOT_UNDERSTOOD)
        return redirect("careers:profile-hidden-from")
    if blocking.unblock(request.user, form.cleaned_data["entry"]):
        return _done(request, "That entry is off your list.")
    return redirect("careers:profile-hidden-from")


def _crumbs(title: str) -> list[Crumb]:
    return crumbs(title, ("My profile", reverse("careers:profile")))


def _done(request: SignedInRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("careers:profile-hidden-from")


def _hidden_from(request: SignedInRequest, form: HideFromForm, *, found: Any = ()) -> HttpResponse:
    listed = blocked.blocked_list(request.user)
    context = {
        "form": form,
        "found": found,
        "listed": listed,
        "limit": blocking.LIMIT,
        "proposals": blocked.proposals(request.user, listed),
        "crumbs": _crumbs(HIDDEN_FROM),
        "meta": PageMeta("From whom your profile is hidden", noindex=True),
    }
    return render(request, "careers/profile/hidden_from.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
def profile_seen(request: SignedInRequest) -> HttpResponse:
    """Which employers have opened the person's profile, applications and CVs, the last one first."""
    page = Paginator(seen_keys(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "sights": sights(rows_of(request.user, page.object_list)),
        "crumbs": _crumbs(SEEN),
        "meta": PageMeta(SEEN, noindex=True),
    }
    return render(request, "careers/profile/who_saw.html", context)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def profile_confirm(request: PublicRequest, signed: str) -> HttpResponse:
    """GET shows where the profile stands and a button, because mail scanners follow links; POST keeps or revives it."""
    profile = profile_rest.profile_by_token(signed)
    if profile is None:
        gone = PageMeta("This link leads nowhere any more", noindex=True)
        return render(request, "careers/profile/confirm_gone.html", {"meta": gone}, status=404)
    if request.method == "POST" and request.from_here:
        if rest_state(profile) != "hidden":
            profile_rest.confirm_profile(profile)
        return redirect(request.path)
    state = rest_state(profile)
    context = {
        "state": state,
        "rests_on": profile_rest.rests_on(profile),
        "not_taken": FROM_ELSEWHERE if request.method == "POST" else "",
        "crumbs": [*CAREERS, (TITLES[state], None)],
        "meta": PageMeta(TITLES[state], noindex=True),
    }
    return render(request, "careers/profile/confirm.html", context, status=403 if request.method == "POST" else 200)
