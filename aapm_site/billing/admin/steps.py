"""Buttons that book: each leads to a page of its own with a form, its own permission, and the words of what follows.

A press is safe to repeat. It is done under the order's lock and only when the books are still as the page showed them:
of two presses the second finds what the first one booked, and says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.core.transitions import NotAllowed

from ..domain import ledger
from ..models import Entry, Order
from ..rules import ZERO
from .forms import StepForm, mark_of


class Changed(NotAllowed):
    """Something was booked since the page was made. Nothing was done."""


@dataclass(frozen=True)
class Outcome:
    """What a step did, a sentence each; `sums` are the amounts that a person agreed to."""

    said: tuple[str, ...]
    sums: str = ""


@dataclass(frozen=True)
class Step:
    """One button: `refusal` says why it cannot be pressed now, `words` what it does, `do(subject, form, by)` does it.

    A step with `checked` shows first what would follow, and is confirmed then; so does one that is `unusual` as it
    was filled in.
    """

    verb: str
    label: str
    permission: str
    form: type[StepForm]
    do: Callable[[Any, Any, Any], Outcome]
    refusal: Callable[[Any], str]
    words: Callable[[Any], Sequence[str]]
    button: str = ""
    danger: bool = False
    checked: bool = False
    unusual: Callable[[Any, Any], bool] | None = None
    label_for: Callable[[Any], str] | None = None
    to_order: bool = False  # ends on the order's page instead of the subject's own

    def name(self, subject: Any) -> str:
        return self.label_for(subject) if self.label_for else self.label


class StepsAdmin(admin.ModelAdmin):
    """An admin whose objects have buttons that book. Subclasses list them, and say which order an object is about."""

    steps: Sequence[Step] = ()

    def order_of(self, subject: Any) -> Order:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:object_id>/{step.verb}/",
                self.admin_site.admin_view(partial(self.press, step=step)),
                name=self._url_name(step),
            )
            for step in self.steps
        ]
        return [*own, *super().get_urls()]

    def _url_name(self, step: Step) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{step.verb.replace('-', '_')}"

    def buttons(self, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
        """What this person may press now, as the decisions' template shows it."""
        return [
            {
                "verb": step.verb,
                "label": step.name(subject),
                "danger": step.danger,
                "url": reverse(f"admin:{self._url_name(step)}", args=[subject.pk]),
            }
            for step in self.steps
            if request.user.has_perm(step.permission) and not step.refusal(subject)
        ]

    def press(self, request: HttpRequest, object_id: int, *, step: Step) -> HttpResponse:
        """GET shows the form, POST does the step, or what is checked first."""
        subject = self.get_object(request, str(object_id))
        if subject is None:
            raise Http404
        if not request.user.has_perm(step.permission):
            raise PermissionDenied
        page = _Page(self, request, step, subject)
        if refusal := step.refusal(subject):
            messages.warning(request, refusal)
            return HttpResponseRedirect(page.back)
        if request.method != "POST":
            return page.show(step.form(order=page.order))
        form = step.form(request.POST, order=page.order)
        return page.press(form) if form.is_valid() else page.show(form, status=422)


class _Page:
    """One request to a step's page."""

    def __init__(self, owner: StepsAdmin, request: HttpRequest, step: Step, subject: Any) -> None:
        self.owner, self.request, self.step, self.subject = owner, request, step, subject
        self.order = owner.order_of(subject)
        self.back = self._page_of(subject)

    def _page_of(self, row: Any) -> str:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        return reverse(name, args=[row.pk], current_app=self.owner.admin_site.name)

    def press(self, form: StepForm) -> HttpResponse:
        """Do it; or show what would follow, when that has not been agreed to yet."""
        agreed = self.request.POST.get("agreed", "")
        asks = self.step.checked or (self.step.unusual is not None and self.step.unusual(self.subject, form))
        try:
            with transaction.atomic():
                outcome = self._do(form)
                is_done = not asks or agreed == outcome.sums
                if not is_done:
                    transaction.set_rollback(True)  # a rehearsal: everything was done, and nothing stays
        except NotAllowed as refused:
            form.add_error(None, str(refused))
            form.renew()
            return self.show(form, status=422)
        if not is_done:
            return self.show(form, outcome=outcome, again=bool(agreed))
        for said in outcome.said:
            messages.success(self.request, said)
        self.owner.log_change(self.request, self.order, f"{self.step.name(self.subject)}: {' '.join(outcome.said)}")
        return HttpResponseRedirect(self._page_of(self.order) if self.step.to_order else self.back)

    def _do(self, form: StepForm) -> Outcome:
        locked = ledger.lock_order(self.order)
        if form.cleaned_data["seen"] != mark_of(locked):
            raise Changed(_what_was_booked(locked))
        return self.step.do(self.subject, form, self.request.user)

    def show(self, form: StepForm, *, status: int = 200, **context: Any) -> HttpResponse:
        owner = self.owner
        known = {
            **owner.admin_site.each_context(self.request),
            "title": f"{self.step.name(self.subject)}: {self.subject}",
            "opts": owner.opts,
            "subject": self.subject,
            "order": self.order,
            "open": max(ledger.amount_owed(self.order), ZERO),
            "step": self.step,
            "label": self.step.name(self.subject),
            "words": self.step.words(self.subject),
            "form": form,
            "back": self.back,
        }
        return TemplateResponse(self.request, "billing/admin/step.html", {**known, **context}, status=status)


def _what_was_booked(order: Order) -> str:
    last = Entry.objects.filter(order=order).order_by("-pk").first()
    booked = f" The last entry is: {last.get_kind_display().lower()} over {last.sum}." if last else ""
    return (
        f"Not done: something was booked on this order since you opened this page.{booked} If that was your own press "
        "of the button, you are done. Otherwise look at the numbers again, and press once more."
    )
