"""Requests for contact and kept profiles: the employer's pages of them, and the person's."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..choices import OpenedFrom
from ..contact_states import ContactStatus
from ..domain import profile_bookmarks, profile_contacts
from ..domain.profile_contacts import WantedContact
from ..forms.profile_contact import BookmarkForm, ContactAnswerForm, ContactForm
from ..models import EmployerMember, ProfileContact
from ..presenters.profile_contacts import bookmark_rows, own_contacts, team_contacts
from ..queries.profile_contacts import bookmarks_of, contacts_of_person, contacts_of_team, shown_after_yes
from ..queries.profiles import listed_profiles, shown_profile
from ..rules import may_write_jobs
from .access import confirmed_user, limited, membership_of, writer_of
from .downloads import cv_download
from .profile_search import TITLE, crumbs_of, locked_page, profile_or_404, search_url

ASKED, KEPT, OWN = "People you have asked", "Kept profiles", "Who asks for you"
PAGE = 50
PRESSES = {"times": 120, "seconds": 3_600}


# The employer's side -------------------------------------------------------------------------------------------------
@require_safe
@confirmed_user
def profile_contact_list(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """Whom the team has asked, and what they said. It stays open to a team that may not search any more."""
    member = membership_of(request, employer_id)
    employer = member.employer
    page = Paginator(contacts_of_team(employer), PAGE).get_page(request.GET.get("page"))
    shown = shown_after_yes([one.profile_id for one in page.object_list if one.is_agreed], employer)
    there = listed_profiles([one.profile_id for one in page.object_list if not one.is_agreed], employer)
    context = {
        "employer": employer,
        "page": page,
        "rows": team_contacts(page.object_list, employer, shown, there),
        "may_write": may_write_jobs(member.role),
        "search_url": search_url(employer),
        "crumbs": crumbs_of(employer, (TITLE, search_url(employer)), title=ASKED),
        "meta": PageMeta(ASKED, noindex=True),
    }
    return render(request, "careers/talent/contacts.html", context)


@confirmed_user
@limited("contact-ask", **PRESSES)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_ask(request: SignedInRequest, employer_id: str, alias: str) -> HttpResponse:
    """Ask somebody whose profile was opened today."""
    member = writer_of(request, employer_id)
    if locked := locked_page(request, member):
        return locked
    employer = member.employer
    profile = shown_profile(profile_or_404(employer, alias).pk, employer)
    if profile is None:
        return redirect("careers:profile-of", employer.public_id, alias)
    form = ContactForm(request.POST or None, employer=employer)
    if request.method == "POST" and form.is_valid():
        wanted = WantedContact(*(form.cleaned_data[name] for name in ("job", "reason", "words")))
        try:
            profile_contacts.ask_for_contact(profile, employer, wanted, by=request.user)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "They have your request. You hear from us when they answer.")
            return redirect("careers:profile-contacts", employer.public_id)
    back = reverse("careers:profile-of", args=[employer.public_id, alias])
    context = {
        "employer": employer,
        "form": form,
        "has_positions": form.fields["job"].queryset.exists(),  # type: ignore[attr-defined]  # a ModelChoiceField
        "back": back,
        "crumbs": crumbs_of(
            employer, (TITLE, search_url(employer)), ("A career profile", back), title="Ask for contact"
        ),
        "meta": PageMeta("Ask for contact", noindex=True),
    }
    return render(request, "careers/talent/ask.html", context, status=422 if form.is_bound else 200)


@require_POST
@confirmed_user
def contact_withdraw(request: SignedInRequest, employer_id: str, contact_id: str) -> HttpResponse:
    """Take back what nobody has answered yet."""
    member = writer_of(request, employer_id)
    contact = get_object_or_404(ProfileContact, employer=member.employer, public_id=contact_id)
    try:
        profile_contacts.withdraw_contact(contact, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Your request is withdrawn.")
    return redirect("careers:profile-contacts", member.employer.public_id)


@require_POST
@confirmed_user
@limited("profile-yes-cv", **PRESSES)  # type: ignore[arg-type]  # a file is an answer too
def profile_of_cv(request: SignedInRequest, employer_id: str, alias: str) -> HttpResponseBase:
    """The CV of somebody who said yes; they read that it was opened."""
    employer = membership_of(request, employer_id).employer
    profile = profile_or_404(employer, alias)
    try:
        opened = profile_contacts.open_after_yes(profile, employer, request.user, part=OpenedFrom.CV)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("careers:profile-of", employer.public_id, alias)
    return cv_download(opened.cv, opened.cv_name)


# What a team keeps ---------------------------------------------------------------------------------------------------
@require_safe
@confirmed_user
def profile_kept(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """The team's list, with its notes. What is not to be found any more stays grey, without a word why."""
    member = membership_of(request, employer_id)
    if locked := locked_page(request, member):
        return locked
    employer = member.employer
    page = Paginator(bookmarks_of(employer), PAGE).get_page(request.GET.get("page"))
    there = listed_profiles([one.profile_id for one in page.object_list], employer)
    context = {
        "employer": employer,
        "page": page,
        "rows": bookmark_rows(page.object_list, there, employer),
        "limit": profile_bookmarks.LIMIT,
        "may_write": may_write_jobs(member.role),
        "search_url": search_url(employer),
        "crumbs": crumbs_of(employer, (TITLE, search_url(employer)), title=KEPT),
        "meta": PageMeta(KEPT, noindex=True),
    }
    return render(request, "careers/talent/kept.html", context)


@require_POST
@confirmed_user
@limited("profile-keep", **PRESSES)
def profile_keep(request: SignedInRequest, employer_id: str, alias: str) -> HttpResponse:
    """Keep one with a note, change the note, or take it off the list."""
    member = writer_of(request, employer_id)
    if locked := locked_page(request, member):
        return locked
    _keep(request, member, alias)
    if request.POST.get("back") == "list" or request.POST.get("do") == "forget":
        return redirect("careers:profile-kept", member.employer.public_id)
    return redirect("careers:profile-of", member.employer.public_id, alias)


def _keep(request: SignedInRequest, member: EmployerMember, alias: str) -> None:
    profile = profile_or_404(member.employer, alias)
    if request.POST.get("do") == "forget":
        if profile_bookmarks.forget_profile(member.employer, profile):
            messages.success(request, "It is off your team’s list.")
        return
    form = BookmarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["note"])))
        return
    try:
        profile_bookmarks.keep_profile(member.employer, profile, note=form.cleaned_data["note"], by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Your team’s list has it.")


# The person's side ---------------------------------------------------------------------------------------------------
@require_safe
@login_required
def contact_list(request: SignedInRequest) -> HttpResponse:
    """Who has asked the person for contact, and what they said."""
    page = Paginator(contacts_of_person(request.user), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": own_contacts(page.object_list),
        "left_alone": profile_contacts.LEFT_ALONE,
        "crumbs": crumbs(OWN, ("Career profile", reverse("careers:profile"))),
        "meta": PageMeta(OWN, noindex=True),
    }
    return render(request, "careers/profile/contacts.html", context)


SAID = {
    ContactStatus.AGREED: "They can see now who you are. You may take that back here at any time.",
    ContactStatus.DECLINED: f"They hear that you said no, and may not ask for {profile_contacts.LEFT_ALONE} days.",
    ContactStatus.TAKEN_BACK: "They see from now on what they saw before. What they have read they may remember.",
}


@require_POST
@login_required
@limited("contact-answer", **PRESSES)
def contact_answer(request: SignedInRequest, contact_id: str) -> HttpResponse:
    """Yes, no, or the yes taken back."""
    contact = get_object_or_404(ProfileContact.objects.of_person(request.user), public_id=contact_id)
    form = ContactAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please press one of the buttons.")
        return redirect("careers:contact-list")
    try:
        done = profile_contacts.answer_contact(contact, form.cleaned_data["to"], by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, SAID[ContactStatus(done.status)])
    return redirect("careers:contact-list")
