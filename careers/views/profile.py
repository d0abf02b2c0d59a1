"""A seeker's own profile: written, switched, with its CV, looked at as employers see it, taken away and deleted."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.accounts.place_field import unknown_places
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.us_states import STATE_NAMES
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta

from ..choices import SpokenLanguage
from ..domain import profiles
from ..forms.profile import CvForm, SeekerProfileForm, SeekerTowns, SwitchesForm, towns_of, wanted_places
from ..models import Profile
from ..presenters.profile import advice_for, as_seen, doubt_in_words, headline, standing_of
from ..presenters.profile_data import as_data
from ..profile_sight import Openness, ProfileReader
from ..queries.profiles import own_profile, positions_that_pay
from .access import confirmed_user, limited
from .downloads import cv_download, packed

TITLE = "Career profile"


def _or_404(request: HttpRequest) -> Profile:
    found = own_profile(request.user)
    if found is None:
        raise Http404
    return found


@require_safe
@confirmed_user
def profile(request: HttpRequest) -> HttpResponse:
    """Where it stands, what would help, the switches, the CV; or how to begin."""
    found = own_profile(request.user)
    return _page(request, found) if found else render(request, "careers/profile/none.html", _context(TITLE))


def _context(title: str, *, below: bool = False, **more: Any) -> dict[str, Any]:
    between = [(TITLE, reverse("careers:profile"))] if below else []
    return {"crumbs": crumbs(title, *between), "meta": PageMeta(title, noindex=True), **more}


def _page(request: HttpRequest, found: Profile, cv_form: CvForm | None = None) -> HttpResponse:
    switches = SwitchesForm(initial={name: getattr(found, name) for name in profiles.SWITCHES})
    context = _context(
        TITLE,
        profile=found,
        headline=headline(found),
        standing=standing_of(found),
        advice=advice_for(found, timezone.localdate()),
        paying=positions_that_pay(found, timezone.now()),
        switches=switches,
        cv_form=cv_form or CvForm(),
    )
    return render(request, "careers/profile/own.html", context, status=422 if cv_form else 200)


@confirmed_user
@limited("profile-edit", times=60, seconds=60 * 60)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: SignedInRequest) -> HttpResponse:
    """Write it. Numbers and addresses in its texts are asked about once before they are kept."""
    found = own_profile(request.user)
    data = request.POST if request.method == "POST" else None
    own = found or Profile(user=request.user, profession=request.user.profession)
    form = SeekerProfileForm(data, instance=own)
    towns = SeekerTowns(data, initial=towns_of(own), prefix="places")
    doubts: list[str] = []
    if data is not None:
        fits = all([form.is_valid(), towns.is_valid()])
        note_unknown_places(unknown_places(*towns.forms))
        wanted = wanted_places(form, towns) if fits else []
        doubts = [doubt_in_words(*doubt) for doubt in form.doubts]
        if fits and form.is_valid() and not doubts:
            profiles.save_profile(request.user, form.values, form.cleaned_data["specialties"], wanted)
            messages.success(request, "Your profile is saved.")
            return redirect("careers:profile")
    return _form(request, form, towns, is_new=found is None, doubts=doubts)


def _form(
    request: HttpRequest, form: SeekerProfileForm, towns: Any, *, is_new: bool, doubts: list[str]
) -> HttpResponse:
    error_count = len(form.errors) + (towns.total_error_count() if towns.is_bound else 0)
    context = _context(
        "Write your career profile" if is_new else "Change your career profile",
        below=True,
        form=form,
        towns=towns,
        town_forms=list(towns),
        error_count=error_count,
        doubts=doubts,
        licensed=_chosen(form, "licenses", STATE_NAMES),
        states=_chosen(form, "states_wanted", STATE_NAMES),
        languages=_chosen(form, "languages", dict(SpokenLanguage.choices)),
        is_new=is_new,
    )
    return render(request, "careers/profile/edit.html", context, status=422 if error_count or doubts else 200)


def _chosen(form: SeekerProfileForm, name: str, labels: Mapping[str, str]) -> str:
    """What is marked in a long list, in words, so that it can stay folded."""
    return ", ".join(labels[value] for value in form[name].value() or () if value in labels)


@require_POST
@confirmed_user
def profile_switches(request: HttpRequest) -> HttpResponse:
    """Keep the switches as they were sent."""
    found = _or_404(request)
    form = SwitchesForm(request.POST)
    form.is_valid()  # a box is ticked or not: nothing can be wrong with it
    profiles.set_switches(found, **form.cleaned_data)
    messages.success(request, "Your switches are saved.")
    return redirect("careers:profile")


@confirmed_user
@limited("profile-cv", times=30, seconds=60 * 60)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_cv(request: HttpRequest) -> HttpResponse:
    """Keep a CV by POST, in place of the one before it."""
    found = _or_404(request)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}#cv")
    form = CvForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    profiles.keep_cv(found, form.cleaned_data["cv"])
    messages.success(request, f"“{form.cleaned_data['cv'].name}” is kept with your profile.")
    return redirect(f"{found.get_absolute_url()}#cv")


@require_safe
@login_required
def profile_cv_file(request: HttpRequest) -> HttpResponseBase:
    """The person's own CV, as a download."""
    found = _or_404(request)
    if not found.cv:
        raise Http404
    return cv_download(found.cv, found.cv_name)


@confirmed_user
@require_http_methods(["GET", "HEAD", "POST"])
def profile_cv_remove(request: HttpRequest) -> HttpResponse:
    """GET asks, POST removes the CV."""
    found = _or_404(request)
    if request.method == "POST":
        profiles.remove_cv(found)
        messages.success(request, "Your CV is removed, and we keep no copy.")
        return redirect("careers:profile")
    if not found.cv:
        return redirect("careers:profile")
    return render(request, "careers/profile/cv_remove.html", _context("Remove your CV?", below=True, profile=found))


@require_safe
@confirmed_user
def profile_preview(request: HttpRequest) -> HttpResponse:
    """As employers see it before and after the person's yes, as if they could find it now."""
    found = _or_404(request)
    openness = Openness(searchable=True, name_shown=found.name_shown, active=True)
    context = _context(
        "As employers see you",
        below=True,
        profile=found,
        standing=standing_of(found),
        before=as_seen(found, ProfileReader.BEFORE, openness),
        after=as_seen(found, ProfileReader.AFTER, openness),
    )
    return render(request, "careers/profile/preview.html", context)


@require_safe
@confirmed_user
def profile_export(request: HttpRequest) -> HttpResponse:
    """All of the profile in one archive: what it says, and the CV."""
    found = _or_404(request)
    return packed("profile", as_data(found), found.cv, found.cv_name)


@confirmed_user
@require_http_methods(["GET", "HEAD", "POST"])
def profile_delete(request: HttpRequest) -> HttpResponse:
    """GET asks, POST forgets the profile and its CV."""
    found = _or_404(request)
    if request.method == "POST":
        profiles.delete_profile(found)
        messages.success(request, "Your profile is deleted, and we keep no copy.")
        return redirect("careers:profile")
    return render(
        request, "careers/profile/delete.html", _context("Delete your career profile?", below=True, profile=found)
    )
