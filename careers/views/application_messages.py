"""Messages between an employer and an applicant: the employer's presses, and what both sides share."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.transitions import NotAllowed

from ..domain import addresses, application_messages
from ..forms.application_message import MessageForm
from .access import confirmed_user, limited
from .applicants import PRESSES, applicant_page, opened_application

REPORTED = "Our staff read this message now. Nobody else is told that you have reported it."


@require_POST
@confirmed_user
@limited("applicant-message", **PRESSES)
def applicant_message(request: SignedInRequest, application_id: str) -> HttpResponse:
    """Write to the applicant, who gets a letter without the text."""
    application = opened_application(request, application_id)
    page = reverse("careers:applicant-detail", args=[application.public_id])
    if application.is_withdrawn:
        messages.error(request, application_messages.WITHDRAWN)
        return redirect(page)
    form = MessageForm(request.POST, application=application, writer=request.user)
    if sends(form, by=request.user, by_employer=True):
        messages.success(request, f"Sent. {application.name_for_employer} reads it on their page.")
        return redirect(f"{page}#talk")
    return applicant_page(request, application, talk=form)


def sends(form: MessageForm, *, by: Any, by_employer: bool) -> bool:
    """Send what is typed; False where the form has to be shown again, with what is wrong or is asked about."""
    if not form.is_valid() or form.doubt:
        return False
    try:
        text = form.cleaned_data["text"]
        application_messages.write_message(form.application, text, by=by, by_employer=by_employer)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_POST
@confirmed_user
@limited("applicant-report", times=20, seconds=3_600)
def applicant_report(request: SignedInRequest, application_id: str, message_id: int) -> HttpResponse:
    """Show a message of the applicant to our staff."""
    application = opened_application(request, application_id)
    message = get_object_or_404(application.talk, pk=message_id, by_employer=False)
    report(request, message, by_employer=True)
    return redirect(f"{reverse('careers:applicant-detail', args=[application.public_id])}#talk")


@require_POST
@confirmed_user
@limited("applicant-address", **PRESSES)
def applicant_address(request: SignedInRequest, application_id: str) -> HttpResponse:
    """Show one's address to the applicant, as soon as they show theirs, or take that back."""
    application = opened_application(request, application_id)
    press_address(request, application, by=request.user, by_employer=True)
    return redirect(f"{reverse('careers:applicant-detail', args=[application.public_id])}#contact")


def press_address(request: HttpRequest, application: Any, *, by: Any, by_employer: bool) -> None:
    """What the button of either side asks for: `hide`, or else to show it."""
    try:
        if "hide" in request.POST:
            addresses.hide_address(application, by_employer=by_employer)
            said = "Your address stays hidden."
        elif addresses.show_address(application, by=by, by_employer=by_employer).addresses_shown:
            said = "You read each other's address now."
        else:
            said = "Your address is shown as soon as the other side shows theirs."
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


def report(request: HttpRequest, message: Any, *, by_employer: bool) -> None:
    try:
        application_messages.report_message(message, by_employer=by_employer)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, REPORTED)
