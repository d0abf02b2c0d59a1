"""The pages of actions: GET asks, POST does. What an action of some admin has of its own is a small subclass."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from ..transitions import NotAllowed
from .action_forms import ActionForm

if TYPE_CHECKING:
    from .actions import ActionOutcome, ActionsAdmin, AdminAction

MOST_NAMED = 10
MOST_LISTED = 50
KEPT = "What you typed still stands below: copy what you need."


def change_url(row: Any) -> str:
    """The page of a row in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def counted(opts: Any, number: int) -> str:
    """Rows of a model, with their number."""
    return f"{number} {opts.verbose_name if number == 1 else opts.verbose_name_plural}"


def _sentence(refused: NotAllowed | ValidationError) -> str:
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)


def _put_on(form: Any, refused: NotAllowed | ValidationError) -> None:
    """The refusal stands on the form, at its fields when it names them."""
    named = getattr(refused, "error_dict", {})
    is_about_fields = bool(named) and named.keys() <= form.fields.keys()
    form.add_error(None, refused if is_about_fields else _sentence(refused))


class ActionView:
    """One request to the page of an action on one object."""

    template = "admin/actions/confirm.html"
    in_transaction = True  # what waits for the network may not hold a lock, so it has no transaction
    refused_status = 422
    is_over = False  # it cannot be pressed any more, and is shown for the sake of what was typed

    def __init__(
        self, owner: "ActionsAdmin", request: HttpRequest, action: "AdminAction", subject: Any, **given: Any
    ) -> None:
        self.owner, self.request, self.action, self.subject = owner, request, action, subject
        self.given = given  # what else the address holds

    @cached_property
    def label(self) -> str:
        """What stands on the button; a step that is not open any more is called by its verb."""
        return self.action.label_of(self.subject) or self.action.verb.replace("-", " ").capitalize()

    @property
    def title(self) -> str:
        return f"{self.label}: {self.subject}"

    @property
    def back(self) -> str:
        """Where "Go back" leads."""
        return change_url(self.subject)

    def respond(self) -> HttpResponse:
        if refusal := self.action.refusal_of(self.subject):
            return self.refused(refusal)
        if self.request.method != "POST":
            return self.ask()
        form = self.make_form(self.request.POST)
        return self.press(form) if form.is_valid() else self.show(form)

    def refused(self, refusal: str) -> HttpResponse:
        """It cannot be pressed now. What was typed meanwhile is shown, to be used elsewhere."""
        if self.request.method == "POST":
            form = self.make_form(self.request.POST)
            if any(field.value() for field in form.visible_fields()):
                form.full_clean()
                form.add_error(None, f"{refusal} {KEPT}")
                self.is_over = True
                return self.show(form, status=self.refused_status)
        messages.warning(self.request, refusal)
        return HttpResponseRedirect(change_url(self.subject))

    def ask(self) -> HttpResponse:
        return self.show(self.make_form())

    def make_form(self, data: Any = None) -> Any:
        return self.action.form(data, action=self.action, subject=self.subject, **self.given)

    def press(self, form: Any) -> HttpResponse:
        """Do it, or show what would follow when that has not been agreed to yet; a refusal keeps what was typed."""
        try:
            with self._transaction():
                outcome, is_done = self.attempt(form)
        except (NotAllowed, ValidationError) as refused:
            _put_on(form, refused)
            form.renew()
            return self.show(form, status=self.refused_status)
        return self.done(outcome) if is_done else self.show(form, outcome=outcome)

    def _transaction(self) -> AbstractContextManager[Any]:
        return transaction.atomic() if self.in_transaction else nullcontext()

    def attempt(self, form: Any) -> "tuple[ActionOutcome, bool]":
        """The outcome, and whether it is done: else it was a rehearsal, and nothing of it stays."""
        if self.in_transaction:
            form.refuse_if_changed()
        is_asked_twice = self.action.asks_twice(self.subject, form)
        outcome = self.action.perform(self.subject, form, self.request.user)
        is_done = not is_asked_twice or self.agrees_to(outcome)
        if not is_done:
            transaction.set_rollback(True)
        return outcome, is_done

    def agrees_to(self, outcome: "ActionOutcome") -> bool:
        """Whether the person has seen what follows, and it is still the same."""
        return self.request.POST.get("agreed") == outcome.sums

    def done(self, outcome: "ActionOutcome") -> HttpResponse:
        for said in outcome.said:
            messages.add_message(self.request, outcome.level, said)
        return HttpResponseRedirect(outcome.url or change_url(self.subject))

    def context(self, form: Any) -> dict[str, Any]:
        """What the page of this action shows besides."""
        return {}

    def show(self, form: Any, *, outcome: "ActionOutcome | None" = None, status: int = 0) -> TemplateResponse:
        context = {
            **self.owner.admin_site.each_context(self.request),
            "opts": self.owner.opts,
            "title": self.title,
            "subject": self.subject,
            "label": self.label,
            "button": self.action.button or self.label,
            "danger": self.action.danger_of(self.subject),
            "checks_first": self.action.is_checked,
            "words": self.action.words_of(self.subject),
            "form": form,
            "outcome": outcome,
            "is_over": self.is_over,
            "again": bool(self.request.POST.get("agreed")),
            "back": self.back,
            **self.context(form),
        }
        return TemplateResponse(self.request, self.template, context, status=status or (422 if form.errors else 200))


class LoggedActionView(ActionView):
    """What was done, by whom and when, is written into the object's history."""

    def done(self, outcome: "ActionOutcome") -> HttpResponse:
        self.owner.log_change(self.request, self.subject, " ".join(outcome.said))
        return super().done(outcome)


class ListActionView:
    """One request to an action on several objects, chosen in the list. Each is done by itself: one that is refused
    stops no other, and is named.
    """

    template = "admin/actions/confirm_many.html"
    most = 500

    def __init__(
        self, owner: "ActionsAdmin", request: HttpRequest, action: "AdminAction", chosen: QuerySet[Any]
    ) -> None:
        self.owner, self.request, self.action, self.chosen = owner, request, action, chosen
        self.names = str(owner.opts.verbose_name_plural)

    def respond(self) -> HttpResponse | None:
        """None leads back to the list."""
        ids = list(self.chosen.order_by().values_list("pk", flat=True)[: self.most + 1])
        if len(ids) > self.most:
            messages.error(self.request, f"Choose at most {self.most} {self.names} at once.")
            return None
        is_confirmed = "confirmed" in self.request.POST
        form = self.action.form(self.request.POST if is_confirmed else None, action=self.action)
        if is_confirmed and form.is_valid():
            self.tell(*self.do_each(ids, form))
            return HttpResponseRedirect(self.request.get_full_path())
        return self.show(form, ids)

    def do_each(self, ids: Sequence[int], form: ActionForm) -> tuple[int, list[str]]:
        """How many were done, and why the others were not. Each is read anew."""
        done, refused = 0, []
        for subject in self.owner.get_queryset(self.request).filter(pk__in=ids).iterator(chunk_size=50):
            try:
                done += self._do(subject, form)
            except (NotAllowed, ValidationError) as why:
                refused.append(f"{subject}: {_sentence(why)}")
        return done, refused

    def _do(self, subject: Any, form: ActionForm) -> int:
        """To how many it was done: one, unless the action says that others went along, or that nothing was left."""
        if refusal := self.action.refusal_of(subject):
            raise NotAllowed(refusal)
        with transaction.atomic():
            outcome = self.action.perform(subject, form, self.request.user)
        return getattr(outcome, "number", 1)

    def tell(self, done: int, refused: Sequence[str]) -> None:
        if done:
            messages.success(self.request, f"{counted(self.owner.opts, done)} {self.action.told}.")
        for said in refused[:MOST_NAMED]:
            messages.warning(self.request, f"Not {self.action.told}: {said}")
        if len(refused) > MOST_NAMED:
            messages.warning(self.request, f"Not {self.action.told}: {len(refused) - MOST_NAMED} more.")
        if not done and not refused:
            messages.info(self.request, "Nothing was left to do: somebody has done it already.")

    def show(self, form: ActionForm, ids: Sequence[int]) -> TemplateResponse:
        label = self.action.label_of(None)
        context = {
            **self.owner.admin_site.each_context(self.request),
            "opts": self.owner.opts,
            "title": label,
            "label": label,
            "button": self.action.button or label,
            "danger": self.action.danger_of(None),
            "words": self.action.words_of(None),
            "form": form,
            "verb": self.action.verb,
            "ids": ids,
            "chosen": self.chosen[:MOST_LISTED],
            "more": max(len(ids) - MOST_LISTED, 0),
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": self.request.get_full_path(),
        }
        return TemplateResponse(self.request, self.template, context, status=422 if form.errors else 200)
