"""The application desk: one application after another, the oldest first, with the decision beside it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_views import ActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.transitions import staff_word
from aapm_site.core.ui.timeline import row_of_change
from aapm_site.mail.bounce_admin import NO_ADDRESS

from ..domain import applications
from ..forms.desk import ApproveForm, AskForm, DeclineForm, DeskFilterForm
from ..models import Application
from ..presenters.desk import glance_words, waited
from ..queries.desk import glance_at, queue_keys, waiting_for_staff
from ..states import ApplicationStatus

DECIDE = "membership.decide_application"


def _approve(application: Application, form: Any, by: User) -> ActionOutcome:
    done = applications.approve_application(application, by=by, reason=form.cleaned_data["reason"])
    after = "gets the letter about the dues" if done.plan.dues else "is a member from today"
    return ActionOutcome((f"Approved: {done.full_name} {after}.",))


def _ask(application: Application, form: Any, by: User) -> ActionOutcome:
    done = applications.ask_for_information(application, by=by, reason=form.cleaned_data["reason"])
    return ActionOutcome((f"{done.full_name} is asked. The answer brings the application back to this desk.",))


def _decline(application: Application, form: Any, by: User) -> ActionOutcome:
    done = applications.decline_application(application, by=by, reason=form.cleaned_data["reason"])
    return ActionOutcome((f"Declined: {done.full_name} reads your reason.",))


def _refusal(application: Application) -> str:
    if application.status == ApplicationStatus.SUBMITTED:
        return ""
    return f"The application of {application.full_name} does not wait here any more: “{staff_word(application)}”."


def desk_url(key: int | None = None, category: str = "") -> str:
    """The desk, at one application or at whatever waits longest, of one category or of all."""
    one = ("admin:membership_desk_application", [key]) if key else ("admin:membership_desk", [])
    address = reverse(one[0], args=one[1])
    return f"{address}?{urlencode({'category': category})}" if category else address


def next_url(key: int, keys: list[int], category: str = "") -> str:
    """What comes after one that was seen to: the next in the queue, after the last one the first."""
    later = keys[keys.index(key) + 1 :] if key in keys else keys
    others = [one for one in (*later, *keys) if one != key]
    return desk_url(others[0] if others else None, category)


class ApplicationDeskView(ActionView):
    """A press on the desk: it leads to the next application, also when a colleague was faster."""

    template = "membership/admin/desk.html"

    def respond(self) -> HttpResponse:
        self.category = DeskFilterForm(self.request.GET).chosen
        self.keys = queue_keys(self.category)
        return super().respond()

    @property
    def title(self) -> str:
        return str(self.subject)

    @property
    def back(self) -> str:
        return next_url(self.subject.pk, self.keys, self.category)

    def ask(self) -> HttpResponse:
        return HttpResponseRedirect(desk_url(self.subject.pk, self.category))

    def refused(self, refusal: str) -> HttpResponse:
        """What was typed is shown once more; who typed nothing goes on to the next."""
        if self.request.method == "POST" and self.request.POST.get("reason", "").strip():
            self.template = ActionView.template
            return super().refused(refusal)
        messages.warning(self.request, refusal)
        return HttpResponseRedirect(self.back)

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        for told in outcome.said:
            messages.success(self.request, told)
        return HttpResponseRedirect(self.back)

    def context(self, form: Any) -> dict[str, Any]:
        if self.is_over:
            return {}
        return desk_context(self.request, self.subject, self.keys, self.category, {self.action.verb: form})


DESK_ACTIONS = tuple(
    AdminAction(
        verb=f"desk-{verb}",
        route=f"desk/{verb}",
        label=label,
        permission=DECIDE,
        form=form,
        do=do,
        refusal=_refusal,
        is_offered=lambda application: False,  # it stands on the desk, not above the form
        view=ApplicationDeskView,
    )
    for verb, label, form, do in (
        ("approve", "Approve", ApproveForm, _approve),
        ("ask", "Ask for more", AskForm, _ask),
        ("decline", "Decline", DeclineForm, _decline),
    )
)


def desk_context(
    request: HttpRequest, application: Application, keys: list[int], category: str, given: dict[str, Any]
) -> dict[str, Any]:
    """An application with its papers, what was said, who applies, and the forms of the decision."""
    queued: Any = waiting_for_staff().filter(pk=application.pk).first()
    since = queued.waiting_since if queued is not None else application.submitted_at
    return {
        "application": application,
        "email": application.user.email or NO_ADDRESS,
        "papers": list(application.papers.all()),
        "consents": list(application.consents.select_related("version__consent")),
        "history": [row_of_change(change) for change in application.status_changes.select_related("by")],
        "glance": glance_words(glance_at(application)),
        "waited": waited(since),
        "place": keys.index(application.pk) + 1 if application.pk in keys else 0,
        "total": len(keys),
        "next": next_url(application.pk, keys, category) if len(keys) > 1 else "",
        "filter": DeskFilterForm({"category": category}),
        "here": urlencode({"category": category}) if category else "",
        "forms": {
            action.verb.removeprefix("desk-"): given.get(action.verb) or action.form(action=action, subject=application)
            for action in DESK_ACTIONS
        },
    }


class ApplicationDeskAdmin(ActionsAdmin):
    """What the desk adds to the admin of applications."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("desk/", self.admin_site.admin_view(self.desk), name="membership_desk"),
            path("desk/<int:number>/", self.admin_site.admin_view(self.desk_of), name="membership_desk_application"),
            *super().get_urls(),
        ]

    def desk(self, request: HttpRequest) -> HttpResponse:
        """To what waits longest, or a word that nothing does."""
        self._refuse_strangers(request)
        category = DeskFilterForm(request.GET).chosen
        keys = queue_keys(category)
        if keys:
            return HttpResponseRedirect(desk_url(keys[0], category))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Nothing waits to be decided",
            "elsewhere": len(queue_keys()) if category else 0,
        }
        return TemplateResponse(request, "membership/admin/desk_empty.html", context)

    def desk_of(self, request: HttpRequest, number: int) -> HttpResponse:
        """One application. One that does not wait any more leads on, with a word."""
        self._refuse_strangers(request)
        category = DeskFilterForm(request.GET).chosen
        keys = queue_keys(category)
        application = self.get_object(request, str(number))
        refusal = _refusal(application) if application is not None else "This application is not there any more."
        if refusal or application is None:
            messages.warning(request, refusal)
            return HttpResponseRedirect(next_url(number, keys, category))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(application),
            "subject": application,
            **desk_context(request, application, keys, category, {}),
        }
        return TemplateResponse(request, "membership/admin/desk.html", context)

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not request.user.has_perm(DECIDE) or not self.has_view_permission(request):
            raise PermissionDenied
