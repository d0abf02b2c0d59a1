"""Decisions in the admin: a status is read-only, and each allowed step is a button with its own permission.

A button leads to a confirmation page; the page calls the room's domain function, so that the admin can do nothing
which the site could not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from ..transitions import Move, NotAllowed, moves_from


@dataclass(frozen=True)
class Decision:
    """One button: `do(object, by=user, reason=text)` takes the step to `to`; `permission` is asked of the user."""

    verb: str
    to: str
    do: Callable[..., Any]
    permission: str


def _last_step(subject: Any) -> int | None:
    """Which step of its lifecycle was the last: it tells whether somebody has acted since a page was opened."""
    return subject.status_changes.order_by("-pk").values_list("pk", flat=True).first()


class DecisionsAdmin(admin.ModelAdmin):
    """An admin whose objects have a lifecycle. Subclasses list their decisions."""

    decisions: Sequence[Decision] = ()
    change_form_template = "admin/decisions/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return tuple(dict.fromkeys([*super().get_readonly_fields(request, obj), "status"]))

    def open_decisions(self, request: HttpRequest, subject: Any) -> list[tuple[Decision, Move]]:
        """The buttons that this person may press now."""
        steps = {step.to: step for step in moves_from(subject)}
        return [
            (decision, steps[decision.to])
            for decision in self.decisions
            if decision.to in steps and request.user.has_perm(decision.permission)
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        subject = self.get_object(request, object_id)
        if subject is not None:
            context["decisions"] = [
                {"label": step.label, "danger": step.danger, "url": self._address(subject, decision.verb)}
                for decision, step in self.open_decisions(request, subject)
            ]
            context["status_changes"] = subject.status_changes.select_related("by")
            context["subject"] = subject
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_decide"
        return [
            path("<path:object_id>/decide/<slug:verb>/", self.admin_site.admin_view(self.decide), name=name),
            *super().get_urls(),
        ]

    def _address(self, subject: Any, verb: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_decide"
        return reverse(name, args=[subject.pk, verb], current_app=self.admin_site.name)

    def decide(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """GET asks for confirmation and, where it is needed, the reason; POST decides."""
        subject = self.get_object(request, object_id)
        decision = next((decision for decision in self.decisions if decision.verb == verb), None)
        if subject is None or decision is None:
            raise Http404
        if not request.user.has_perm(decision.permission):
            raise PermissionDenied
        back = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            args=[subject.pk],
            current_app=self.admin_site.name,
        )
        step = next((step for step in moves_from(subject) if step.to == decision.to), None)
        if step is None:
            messages.warning(request, f"Somebody has decided already: this is now “{subject.get_status_display()}”.")
            return HttpResponseRedirect(back)
        error, seen = "", str(_last_step(subject))
        if request.method == "POST":
            try:
                if request.POST.get("seen", seen) != seen:
                    raise NotAllowed("It has changed since you opened this page. Please go back and look at it again.")
                done = decision.do(subject, by=request.user, reason=request.POST.get("reason", ""))
            except NotAllowed as refused:
                error = str(refused)
            else:
                messages.success(request, f"{done}: now “{done.get_status_display()}”.")
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{step.label}: {subject}",
            "opts": self.opts,
            "subject": subject,
            "step": step,
            "error": error,
            "reason": request.POST.get("reason", ""),
            "seen": request.POST.get("seen", seen),
            "back": back,
        }
        return TemplateResponse(request, "admin/decisions/confirm.html", context, status=422 if error else 200)
