"""What an action asks before it is done, and what its page showed when it was made."""

import hashlib
from typing import Any

from django import forms

from ..forms import LongTextField, SiteForm
from ..transitions import NotAllowed


class ActionForm(SiteForm):
    """The form on an action's page; on its own it asks nothing.

    `seen` holds what the page showed of the object, so that a press finds out when somebody has acted since. A form
    whose domain function compares versions itself takes it out: `seen = None`. In a list there is no one subject.
    """

    seen = forms.CharField(required=False, strip=False, max_length=80, widget=forms.HiddenInput)  # exactly the mark
    changed_since = "It has changed since you opened this page. Please go back and look at it again."

    def __init__(self, *args: Any, action: Any = None, subject: Any = None, **kwargs: Any) -> None:
        self.action, self.subject = action, subject
        super().__init__(*args, **kwargs)
        if not self.is_bound and subject is not None and "seen" in self.fields:
            self.initial.setdefault("seen", self.mark())

    def mark(self) -> str:
        """Something that is another after whatever happens to the object: the last step of its lifecycle."""
        steps = getattr(self.subject, "status_changes", None)
        return str(steps.order_by("-pk").values_list("pk", flat=True).first()) if steps is not None else ""

    def refuse_if_changed(self) -> None:
        """Raises NotAllowed when somebody has acted since the page was made.

        It runs in the action's transaction, so a form may lock what it compares. Who presses without having seen the
        page has seen nothing that could have changed.
        """
        if self.cleaned_data.get("seen") and self.cleaned_data["seen"] != self.mark():
            raise NotAllowed(self.changed_since)

    def renew(self) -> None:
        """The page is shown once more after a refusal: here a form may stand on what is true now."""


class AsReadForm(ActionForm):
    """For what goes out to readers: a press finds out also when a colleague has changed the words since.

    Saving a draft is no step that would tell of it, so what the object says is part of the mark. From the comparison
    on its row is locked, as it is while somebody saves it.
    """

    changed_since = "A colleague has changed it since you opened this page. Please go back and read it again."

    def what_it_says(self, newest: Any) -> object:
        """All that goes out, of the object as it is stored now; or what is another with each change of that."""
        raise NotImplementedError

    def mark(self) -> str:
        newest = type(self.subject)._default_manager.filter(pk=self.subject.pk).first()
        said = None if newest is None else self.what_it_says(newest)
        return hashlib.sha256(repr((super().mark(), said)).encode()).hexdigest()

    def refuse_if_changed(self) -> None:
        type(self.subject)._default_manager.select_for_update(of=("self",)).filter(pk=self.subject.pk).first()
        super().refuse_if_changed()


def reason_for_colleagues(label: str, missing: str) -> LongTextField:
    """Why somebody decided so; `missing` is said when it was left out."""
    return LongTextField(
        label=label,
        help_text="For your colleagues: it stands in the history with your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class MoveForm(ActionForm):
    """The reason of a move. Whether one is needed, the lifecycle says."""

    reason = LongTextField(
        label="Reason",
        required=False,
        help_text="It is kept with the step.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Please give a reason; the person concerned will read it."},
    )
    needed_hint = "The person concerned reads it: say plainly why, and what they can do."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        move = self.action.move_of(self.subject) if self.subject is not None else None
        if move is not None and move.needs_reason:
            reason = self.fields["reason"]
            reason.required = reason.widget.is_required = True
            reason.help_text = self.needed_hint
