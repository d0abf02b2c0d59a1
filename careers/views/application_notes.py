"""What a team notes about an applicant. Everybody on the team reads it; those who write positions write."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import application_notes
from ..forms.application_note import ApplicantNoteForm
from ..models import JobApplication
from ..presenters.application_notes import NoteOfTeam, note_of_team
from .access import confirmed_user, limited
from .applicants import PRESSES, applicant_crumbs, applicant_page, opened_application, place_on_team


@require_POST
@confirmed_user
@limited("applicant-note", **PRESSES)
def applicant_note(request: SignedInRequest, application_id: str) -> HttpResponse:
    """Keep a note for the team."""
    application = opened_application(request, application_id)
    form = ApplicantNoteForm(request.POST)
    if form.is_valid():
        try:
            made = application_notes.add_note(application, form.cleaned_data["note"], by=request.user)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{_page_of(application)}#note-{made.pk}")
    if application.is_withdrawn:
        messages.error(request, application_notes.WITHDRAWN)
        return redirect(_page_of(application))
    return applicant_page(request, application, note=form)


def _page_of(application: JobApplication) -> str:
    return reverse("careers:applicant-detail", args=[application.public_id])


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
@limited("applicant-note", **PRESSES)
def applicant_note_edit(request: SignedInRequest, application_id: str, note_id: int) -> HttpResponse:
    """Change a note of one's own, or remove it. Owners remove those of others; for the rest those are a 404."""
    application = opened_application(request, application_id)
    said = _note(request, application, note_id)
    note = said.note
    form = ApplicantNoteForm(request.POST if request.method == "POST" else None, initial={"note": note.text})
    if request.method == "POST" and request.POST.get("do") == "remove":
        application_notes.remove_note(note)
        messages.success(request, "The note is removed.")
        return redirect(f"{_page_of(application)}#notes")
    if request.method == "POST" and not said.may_change:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            application_notes.change_note(note, form.cleaned_data["note"])
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{_page_of(application)}#note-{note.pk}")
    context = {
        "application": application,
        "said": said,
        "form": form,
        "crumbs": applicant_crumbs(application, "A note"),
        "meta": PageMeta("A note for your team", noindex=True),
    }
    return render(request, "careers/applicants/note.html", context, status=422 if form.errors else 200)


def _note(request: HttpRequest, application: JobApplication, note_id: int) -> NoteOfTeam:
    if application.is_withdrawn:
        raise Http404
    notes = application.team_notes.select_related("by")
    said = note_of_team(get_object_or_404(notes, pk=note_id), place_on_team(request, application.job))
    if not said.may_remove:
        raise Http404
    return said
