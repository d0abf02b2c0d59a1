"""The two decisions on a row that is closed and never deleted. Who, when and why stands in its history."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from .action_forms import ActionForm, reason_for_colleagues
from .action_views import LoggedActionView
from .actions import ActionOutcome, AdminAction
from .base import NeverDeleted


class ClosedByDecision(NeverDeleted):
    """A mixin: a form that was read before a decision, and is saved after it, does not take the decision back."""

    decided: tuple[str, ...] = ("closed_at",)  # columns that decisions write, and no form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            return
        columns = [field.name for field in obj._meta.concrete_fields if not field.primary_key]
        obj.save(update_fields=[name for name in columns if name not in self.decided])


class ClosingForm(ActionForm):
    """Why, for whoever asks later."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def closing_actions(
    permission: str, close: Callable[[Any], Any], reopen: Callable[[Any], Any], *, words: str, again: str
) -> tuple[AdminAction, AdminAction]:
    """“Close” and “Open again”; `words` and `again` say what follows from each."""

    def closed(row: Any, form: ClosingForm, by: Any) -> ActionOutcome:
        return ActionOutcome((f"{close(row)} is closed: {form.cleaned_data['reason']}",))

    def reopened(row: Any, form: ClosingForm, by: Any) -> ActionOutcome:
        return ActionOutcome((f"{reopen(row)} is open again: {form.cleaned_data['reason']}",))

    return (
        AdminAction(
            verb="close",
            label="Close",
            permission=permission,
            danger=True,
            is_offered=lambda row: row.closed_at is None,
            words=(words,),
            form=ClosingForm,
            view=LoggedActionView,
            do=closed,
        ),
        AdminAction(
            verb="reopen",
            label="Open again",
            permission=permission,
            is_offered=lambda row: row.closed_at is not None,
            words=(again,),
            form=ClosingForm,
            view=LoggedActionView,
            do=reopened,
        ),
    )
