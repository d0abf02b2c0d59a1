"""Writing to a member through a directory: at once from an account, for others by the link in our letter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.forms import change_data
from aapm_site.core.http.limits import within_limit
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.search.urgent_help import help_for
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.registry import is_confirmed

from ..directory_parts import DirectoryAudience
from ..domain import directory_messages
from ..forms.directory import DirectoryMessageForm
from ..presenters.directory import ShownEntry, as_shown
from ..queries import directory
from .directory import crumbs_of, members_only, private, reads_slowly, too_quick

AN_HOUR = 3_600
MOST_AN_HOUR = 10
FROM_ELSEWHERE = "We could not see that this came from our page. Nothing was sent; please press the button again."
TOO_MANY = "Many messages came from your connection within an hour. Yours is below; please send it later."
NO_ADDRESS = "Confirm the e-mail address of your account first: the answer goes there."
PUBLIC, MEMBERS = DirectoryAudience.PUBLIC, DirectoryAudience.MEMBERS


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PublicRequest, public_id: str) -> HttpResponse:
    """From “Find a clinician”."""
    return _write(request, PUBLIC, public_id)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def write_to_member(request: PublicRequest, public_id: str) -> HttpResponse:
    """From one member to another."""
    return _write(request, MEMBERS, public_id)


def _write(request: PublicRequest, audience: str, public_id: str) -> HttpResponse:
    if request.method != "POST" and not reads_slowly(request):
        return too_quick(request, audience)
    entry = directory.one_entry(audience, public_id)
    shown = as_shown(entry, audience) if entry else None
    if entry is None or shown is None or not shown.write_url:
        raise Http404
    user = request.user
    knows = bool(user.is_authenticated and user.email and is_confirmed(user.email))
    page = _Page(request, audience, shown)
    sent = request.POST if request.method == "POST" else None
    form = DirectoryMessageForm(sent, knows_address=knows, initial={"name": getattr(user, "full_name", "")})
    if audience == MEMBERS and not knows:
        return page.show(form, status=403 if sent else 200, not_taken=NO_ADDRESS)
    if sent is None:
        return page.show(form)
    if not request.from_here:
        return page.show(form, status=403, not_taken=FROM_ELSEWHERE)
    if not form.is_valid():
        return page.show(form, status=422)
    if (heard := help_for(form.words.text)) and not form.cleaned_data["help_seen"]:
        change_data(form, {"help_seen": "yes"})
        return page.show(form, help=heard)
    if not within_limit(request, "directory-write", times=MOST_AN_HOUR, seconds=AN_HOUR):
        return page.show(form, status=429, not_taken=TOO_MANY)
    try:
        if knows:
            directory_messages.write_at_once(entry, audience, form.words, by=user)  # type: ignore[arg-type]  # signed in
        else:
            email, spam = form.cleaned_data["email"], form.spam_reason
            directory_messages.ask_to_write(entry, audience, form.words, email=email, spam_reason=spam)
    except NotAllowed as refused:
        return page.show(form, status=422, not_taken=str(refused))
    if not knows:
        return redirect("find:asked")
    messages.success(request, f"Your message is on its way to {shown.name}. The answer comes to your own mail.")
    return redirect(shown.url)


class _Page:
    """The page of the form."""

    def __init__(self, request: HttpRequest, audience: str, shown: ShownEntry) -> None:
        self.request, self.audience, self.shown = request, audience, shown

    def show(self, form: DirectoryMessageForm, *, status: int = 200, **more: Any) -> HttpResponse:
        title = f"Write to {self.shown.name}"
        context = {
            "form": form,
            "shown": self.shown,
            "is_public": self.audience == PUBLIC,
            "knows_address": "email" not in form.fields,
            "crumbs": crumbs_of(self.audience, title),
            "meta": PageMeta(title, noindex=True),
            **more,
        }
        return private(render(self.request, "membership/directory/write.html", context, status=status))


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What follows: the same page whatever the address."""
    context = {
        "hours": directory_messages.CONFIRM_HOURS,
        "crumbs": crumbs_of(PUBLIC, "Look into your mail"),
        "meta": PageMeta("Please look into your mail", noindex=True),
    }
    return private(render(request, "membership/directory/asked.html", context))


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PublicRequest, signed: str) -> HttpResponse:
    """GET shows the message and a button, because mail scanners follow links; POST sends it."""
    message = directory_messages.message_to_confirm(signed)
    if message is None:
        gone = PageMeta("This link has expired", noindex=True)
        context = {"crumbs": crumbs_of(PUBLIC, "Your message"), "meta": gone}
        return private(render(request, "membership/directory/confirm_gone.html", context, status=404))
    context = {
        "message": message,
        "name": message.entry.membership.user.signature_name,
        "crumbs": crumbs_of(PUBLIC, "Your message"),
        "meta": PageMeta("Send your message", noindex=True),
    }
    status = 200
    if request.method == "POST" and not request.from_here:
        context["not_taken"], status = FROM_ELSEWHERE, 403
    elif request.method == "POST":
        try:
            directory_messages.confirm_message(message)
        except NotAllowed as refused:
            context["not_taken"], status = str(refused), 422
        else:
            return redirect("find:written")
    return private(render(request, "membership/directory/confirm.html", context, status=status))


@require_safe
def written(request: HttpRequest) -> HttpResponse:
    """It is sent."""
    crumbs = crumbs_of(PUBLIC, "Sent")
    context = {"crumbs": crumbs, "meta": PageMeta("Your message is sent", noindex=True)}
    return private(render(request, "membership/directory/written.html", context))
