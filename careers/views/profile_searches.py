"""Saved searches of profiles: a team member saves one from the results, and renames, pauses and removes it.

The whole team sees what its twenty are. Each tells the person who saved it; an owner may remove a colleague's.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import profile_searches as domain
from ..domain.profile_searches import WantedSearch
from ..forms.profile_filters import read_profile_criteria
from ..forms.profile_search import ProfileSearchForm, SearchChoiceForm
from ..models import EmployerMember, ProfileSearch
from ..presenters.profile_searches import criteria_in_words, ids_of, pace_in_words, proposed_name, search_rows
from ..queries.profile_access import search_standing
from ..queries.profile_searches import are_stopped, searches_of_team
from ..rules import may_manage_employer
from .access import confirmed_user, limited, membership_of
from .profile_search import TITLE, crumbs_of, locked_page, search_url

SAVED, SAVE = "Saved searches", "Tell me of new profiles"
NOT_UNDERSTOOD = "We did not understand that. Please press one of the buttons below."
PRESSES = {"times": 120, "seconds": 3_600}

Refused = tuple[str, ProfileSearchForm]


def searches_url(member: EmployerMember) -> str:
    return reverse("careers:profile-searches", args=[member.employer.public_id])


@require_safe
@login_required
def own_profile_searches(request: SignedInRequest) -> HttpResponse:
    """From a letter or from My account to the newest of the person's searches."""
    newest = ProfileSearch.objects.for_user(request.user).select_related("member__employer").order_by("-pk").first()
    return redirect(searches_url(newest.member) if newest else "careers:employer-home")


@confirmed_user
@limited("profile-search-save", **PRESSES)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_search_save(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """The search of this address is saved under a name."""
    member = membership_of(request, employer_id)
    if locked := locked_page(request, member):
        return locked
    criteria = read_profile_criteria(request.GET).without("since")
    form = ProfileSearchForm(request.POST or None, initial={"name": proposed_name(criteria)})
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.save_profile_search(member, WantedSearch(**form.cleaned_data), criteria)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{made}” is saved. We write {pace_in_words(made.pace)} when somebody new fits.")
            return redirect(searches_url(member))
    address = criteria.to_query()
    context = {
        "form": form,
        "words": criteria_in_words(criteria),
        "back": f"{search_url(member.employer)}?{address}" if address else search_url(member.employer),
        "limit": domain.LIMIT,
        "crumbs": crumbs_of(member.employer, (TITLE, search_url(member.employer)), title=SAVE),
        "meta": PageMeta(SAVE, noindex=True),
    }
    return render(request, "careers/talent/save.html", context, status=422 if form.is_bound else 200)


@confirmed_user
@limited("profile-searches", **PRESSES)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_searches(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """The team's saved searches. They stay to be read and removed while the team may not search."""
    member = membership_of(request, employer_id)
    refused = _do(request, member) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return redirect(searches_url(member))
    employer = member.employer
    rows = search_rows(searches_of_team(member), member, refused)
    context = {
        "employer": employer,
        "rows": rows,
        "has_own": any(row.form for row in rows),
        "is_stopped": are_stopped(request.user),
        "may_search": search_standing(employer, timezone.now()).is_open,
        "limit": domain.LIMIT,
        "search_url": search_url(employer),
        "crumbs": crumbs_of(employer, (TITLE, search_url(employer)), title=SAVED),
        "meta": PageMeta(SAVED, noindex=True),
    }
    return render(request, "careers/talent/searches.html", context, status=422 if refused else 200)


def _do(request: SignedInRequest, member: EmployerMember) -> Refused | None:
    """What one of the buttons asks for; the form of what could not be taken. What is gone meanwhile needs nothing."""
    do = request.POST.get("do", "")
    if do == "stop":
        domain.stop_profile_letters(request.user)
        messages.success(request, "All of your searches rest. Nothing is sent before you take them up again.")
        return None
    if do == "go-on":
        domain.resume_profile_letters(request.user)
        messages.success(request, "Good. We go on telling you of new profiles.")
        return None
    search = _chosen(request, member)
    if search is None or do not in {"change", "pause", "resume", "remove"}:
        messages.error(request, NOT_UNDERSTOOD)
        return None
    try:
        return _do_with(request, do, search)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return None


def _chosen(request: HttpRequest, member: EmployerMember) -> ProfileSearch | None:
    """One of the member's own; an owner may choose a colleague's, too, to remove it."""
    form = SearchChoiceForm(request.POST)
    public_id = form.cleaned_data["search"] if form.is_valid() else ""
    rows = ProfileSearch.objects.of_team(member.employer).select_related("member__employer")
    removes = request.POST.get("do") == "remove" and may_manage_employer(member.role)
    return (rows if removes else rows.filter(member=member)).filter(public_id=public_id).first()


def _do_with(request: SignedInRequest, do: str, search: ProfileSearch) -> Refused | None:
    if do == "change":
        return _change(request, search)
    if do == "pause":
        domain.pause_profile_search(search)
        messages.success(request, f"“{search}” rests.")
    elif do == "resume":
        domain.resume_profile_search(search)
        messages.success(request, f"“{search}” tells you of new profiles again.")
    else:
        domain.remove_profile_search(search)
        messages.success(request, f"“{search}” is removed.")
    return None


def _change(request: SignedInRequest, search: ProfileSearch) -> Refused | None:
    form = ProfileSearchForm(request.POST, auto_id=ids_of(search))
    if not form.is_valid():
        return search.public_id, form
    try:
        changed = domain.change_profile_search(search, WantedSearch(**form.cleaned_data))
    except NotAllowed as refused:
        form.add_error("name", str(refused))
        return search.public_id, form
    rests = changed.paused_at or changed.subscription.paused_at
    pace = pace_in_words(changed.pace)
    told = f"tells you {pace}, once you take it up again" if rests else f"tells you {pace}"
    messages.success(request, f"“{changed}” {told}.")
    return None
