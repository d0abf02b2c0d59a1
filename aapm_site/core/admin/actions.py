"""Actions: what staff do to an object besides editing it, each declared once.

A button leads to a page that asks (GET): what it does, what it needs to know, and, where amounts are agreed to, what
follows. Its press (POST) calls the room's domain function, so that the admin can do nothing which the site could not.
Whoever lacks the permission is refused; a press on a page that somebody has overtaken, and what the domain refuses, is
told in words, with what was typed kept. The same declaration serves several objects chosen in a list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from ..transitions import Move, moves_from, staff_word
from .action_forms import ActionForm, MoveForm
from .action_views import ActionView, ListActionView
from .saving import SavesFirst
from .staff_status import StaffStatus


@dataclass(frozen=True)
class ActionOutcome:
    """What an action did, a sentence each; `sums` are the amounts that a person agreed to, `url` is the page that
    comes next if it is not the object's own. `number` is how many it was done to, where others went along.
    """

    said: tuple[str, ...] = ()
    sums: str = ""
    url: str = ""
    level: int = messages.SUCCESS
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class AdminAction:
    """One button: `do(subject, form, by)` does it. Label and words may be functions of the object.

    `refusal` says why it cannot be pressed now; `is_offered` only takes the button away. One that `is_checked` shows
    first what would follow, and is confirmed then; so does one that is `unusual` as it was filled in.
    """

    verb: str
    permission: str | tuple[str, ...]
    do: Callable[..., Any]
    label: str | Callable[[Any], str] = ""
    button: str = ""  # on the page that asks, if it is another word
    told: str = "changed"  # what has become of those of a list
    words: Sequence[str] | Callable[[Any], Sequence[str]] = ()
    danger: bool = False
    form: type[ActionForm] = ActionForm
    refusal: Callable[[Any], str] = lambda subject: ""
    is_offered: Callable[[Any], bool] = lambda subject: True
    is_checked: bool = False
    unusual: Callable[[Any, Any], bool] = lambda subject, form: False
    view: type[ActionView] | None = None
    route: str = ""  # in the address, if it is more than the verb

    def may(self, user: Any) -> bool:
        return user.has_perms((self.permission,) if isinstance(self.permission, str) else self.permission)

    def is_open(self, subject: Any) -> bool:
        return not self.refusal_of(subject) and self.is_offered(subject)

    def label_of(self, subject: Any) -> str:
        return self.label(subject) if callable(self.label) else self.label

    def words_of(self, subject: Any) -> Sequence[str]:
        return self.words(subject) if callable(self.words) else self.words

    def danger_of(self, subject: Any) -> bool:
        return self.danger

    def refusal_of(self, subject: Any) -> str:
        return self.refusal(subject)

    def asks_twice(self, subject: Any, form: Any) -> bool:
        return self.is_checked or self.unusual(subject, form)

    def perform(self, subject: Any, form: Any, by: Any) -> ActionOutcome:
        return self.do(subject, form, by)

    def path_of(self, opts: Any, view: Callable[..., HttpResponse]) -> URLPattern:
        return path(f"<path:object_id>/{self.route or self.verb}/", view, name=self._url_name(opts))

    def url_of(self, subject: Any) -> str:
        return reverse(f"admin:{self._url_name(subject._meta)}", args=[subject.pk])

    def _url_name(self, opts: Any) -> str:
        return f"{opts.app_label}_{opts.model_name}_{self.verb.replace('-', '_')}"


@dataclass(frozen=True, kw_only=True)
class MoveAction(AdminAction):
    """An action that takes the step of a lifecycle to `to`: label, words, danger and whether a reason is needed are
    those of states.py. `do(subject, by=user, reason=text)` hands back the moved copy.

    In a list, where objects may stand differently, label, words and danger are those that are given here.
    """

    to: str
    form: type[ActionForm] = MoveForm

    def move_of(self, subject: Any) -> Move | None:
        """The step as it is open now; one that is not the staff's is none."""
        return next((move for move in moves_from(subject) if move.to == self.to and move.by_staff), None)

    def label_of(self, subject: Any) -> str:
        move = self.move_of(subject) if subject is not None else None
        return move.label if move else super().label_of(subject)

    def words_of(self, subject: Any) -> Sequence[str]:
        move = self.move_of(subject) if subject is not None else None
        if move is None:
            return super().words_of(subject)
        return (move.confirm or f"It is now “{staff_word(subject)}”.",)

    def danger_of(self, subject: Any) -> bool:
        move = self.move_of(subject) if subject is not None else None
        return move.danger if move else self.danger

    def refusal_of(self, subject: Any) -> str:
        if self.move_of(subject) is None:
            return f"Somebody has decided already: this is now “{staff_word(subject)}”."
        return super().refusal_of(subject)

    def perform(self, subject: Any, form: Any, by: Any) -> ActionOutcome:
        done = self.do(subject, by=by, reason=form.cleaned_data["reason"])
        return ActionOutcome((f"{done}: now “{staff_word(done)}”.",))

    def url_of(self, subject: Any) -> str:
        return reverse(f"admin:{self._url_name(subject._meta)}", args=[subject.pk, self.verb])

    def _url_name(self, opts: Any) -> str:
        return f"{opts.app_label}_{opts.model_name}_decide"


class ActionsAdmin(StaffStatus, SavesFirst):
    """An admin whose objects have actions. Subclasses list them: those of one object, and those of a choice in the
    list. A status is read-only: it changes by moves, and forms show it as `staff_status`.
    """

    object_actions: Sequence[AdminAction] = ()
    list_actions: Sequence[AdminAction] = ()
    action_view: type[ActionView] = ActionView
    list_action_view: type[ListActionView] = ListActionView
    change_form_template = "admin/actions/change_form.html"

    @property
    def moves(self) -> dict[str, MoveAction]:
        """Those that take a step of the lifecycle, by their verbs."""
        return {action.verb: action for action in self.object_actions if isinstance(action, MoveAction)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        return tuple(dict.fromkeys([*fields, "status", "staff_status"])) if self.moves else tuple(fields)

    # One object -------------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        decide = path(
            "<path:object_id>/decide/<slug:verb>/",
            self.admin_site.admin_view(self.decide),
            name=f"{self.opts.app_label}_{self.opts.model_name}_decide",
        )
        own = [
            action.path_of(self.opts, self.admin_site.admin_view(partial(self.act, action=action)))
            for action in self.object_actions
            if not isinstance(action, MoveAction)
        ]
        return [*([decide] if self.moves else []), *own, *super().get_urls()]

    def decide(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """The page of a move."""
        if verb not in self.moves:
            raise Http404
        return self.act(request, object_id, action=self.moves[verb])

    def act(self, request: HttpRequest, object_id: str, *, action: AdminAction, **given: Any) -> HttpResponse:
        """The page of an action, for those who may; `given` is what else its address holds."""
        if not action.may(request.user):
            raise PermissionDenied
        subject = self.get_object(request, object_id)
        if subject is None:
            raise Http404
        if not self.has_view_permission(request, subject):
            raise PermissionDenied
        return (action.view or self.action_view)(self, request, action, subject, **given).respond()

    def buttons(self, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
        """What this person may press now."""
        return [
            {
                "verb": action.verb,
                "label": action.label_of(subject),
                "danger": action.danger_of(subject),
                "url": action.url_of(subject),
            }
            for action in self.object_actions
            if action.may(request.user) and action.is_open(subject)
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The buttons stand above the form, what happened below it."""
        subject = context.get("original")
        if subject is not None:
            steps = getattr(subject, "status_changes", None)
            context |= {
                "subject": subject,
                "buttons": self.buttons(request, subject),
                "status_changes": list(steps.select_related("by")) if steps is not None else None,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    # A choice in the list ---------------------------------------------------------------------------------------------
    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's own, and those that this person may take on what is chosen in the list."""
        offered: dict[str, Any] = super().get_actions(request)
        for action in self.list_actions:
            if action.may(request.user) and IS_POPUP_VAR not in request.GET:
                run = partial(_act_on_chosen, action=action)
                offered[action.verb] = (run, action.verb, f"{action.label_of(None)}…")
        return offered


def _act_on_chosen(
    owner: ActionsAdmin, request: HttpRequest, chosen: QuerySet[Any], *, action: AdminAction
) -> HttpResponse | None:
    return owner.list_action_view(owner, request, action, chosen).respond()
