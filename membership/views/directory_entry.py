"""A member's own entry: the form with what each audience sees of it, deleting it; a message that came through it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import Crumb, PageMeta
from aapm_site.core.transitions import NotAllowed

from ..directory_parts import DirectoryAudience
from ..domain import directory, directory_messages
from ..forms.directory import DirectoryEntryForm, MessageReportForm
from ..models import DirectoryEntry, DirectoryMessage
from ..presenters.directory import as_shown, part_rows
from ..queries import members
from .directory import private

TITLE = "Your entry in the directory"


def _way() -> Crumb:
    return ("My membership", reverse("membership:mine"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """GET shows the form and what is public now; POST saves, or shows first what would be seen (`do=preview`)."""
    entry = DirectoryEntry.objects.for_user(request.user).with_person().first()
    sent = request.POST if request.method == "POST" else None
    form = DirectoryEntryForm(sent, initial=DirectoryEntryForm.initial_of(entry))
    is_tried = request.POST.get("do") == "preview"
    if form.is_valid():
        try:
            if not is_tried:
                directory.keep_entry(request.user, form.words)
                messages.success(request, "Saved. Below is what each audience sees from now on.")
                return redirect(f"{reverse('membership:directory-mine')}#seen")
            entry = directory.draft_entry(request.user, form.words)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
    return _form(request, form, entry, is_tried=is_tried and form.is_valid())


def _form(
    request: SignedInRequest, form: DirectoryEntryForm, entry: DirectoryEntry | None, *, is_tried: bool
) -> HttpResponse:
    standing = members.standing_of(request.user)
    context: dict[str, Any] = {
        "form": form,
        "rows": part_rows(form),
        "entry": entry,
        "seen": _seen(entry) if entry and not form.errors else [],
        "is_tried": is_tried,
        "is_current": standing.is_current,
        "has_been_member": standing.term is not None or entry is not None,
        "is_hidden": bool(entry and entry.hidden_at),
        "reason": entry.hidden_reason if entry else "",
        "person": request.user,
        "crumbs": crumbs(TITLE, _way()),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return private(render(request, "membership/directory/mine.html", context, status=422 if form.errors else 200))


def _seen(entry: DirectoryEntry) -> list[dict[str, Any]]:
    """What members and what everybody sees: by the very functions that make their pages."""
    headings = {
        DirectoryAudience.PUBLIC: "What everybody sees",
        DirectoryAudience.MEMBERS: "What members see",
    }
    return [
        {"heading": heading, "shown": as_shown(entry, audience) if entry.is_listed(audience) else None}
        for audience, heading in headings.items()
    ]


@login_required
@require_POST
def delete(request: SignedInRequest) -> HttpResponse:
    """Out of both directories, with all that was typed."""
    try:
        done = directory.delete_entry(request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        said = "Your entry is deleted. Nobody finds you in a directory any more."
        messages.success(request, said if done else "There was no entry any more.")
    return redirect("membership:directory-mine")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A message that the member has got, and how to report it."""
    received = get_object_or_404(DirectoryMessage.objects.for_user(request.user), public_id=public_id)
    sent = request.POST if request.method == "POST" else None
    form = MessageReportForm(sent)
    if form.is_valid():
        directory_messages.report_message(received, **form.cleaned_data)
        messages.success(request, "Thank you. Our staff read it and decide about its sender.")
        return redirect(received.get_report_url())
    context = {
        "received": received,
        "form": form,
        "crumbs": crumbs("A message", _way()),
        "meta": PageMeta("A message to you", noindex=True),
    }
    return private(render(request, "membership/directory/message.html", context, status=422 if form.errors else 200))
