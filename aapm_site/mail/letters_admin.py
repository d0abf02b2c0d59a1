"""What the pages of all letters that staff write to many share: sending, watching, stopping, and what is fixed."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest

from aapm_site.core.admin.action_forms import AsReadForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction, MoveAction

from .domain import staff_letters
from .letter_states import LetterStatus

BEING_SENT = "It is being sent. The figures below say how far it is."
SENT_ALREADY = "A colleague has sent it already."
Words = Callable[[Any], tuple[str, ...]]


def stands(*statuses: LetterStatus) -> Callable[[Any], bool]:
    """Whether a letter stands there, for `is_offered`."""
    return lambda letter: letter.status in statuses


def refusal_of_sent(letter: Any) -> str:
    """Why what is for drafts cannot be done; empty for a draft."""
    return "" if letter.is_draft else SENT_ALREADY


def letter_actions(
    *, send: Callable[..., Any], agree: Callable[..., Any], words: Words, words_to_agree: Words, may_send: str,
    may_agree: str, says: Callable[[Any], object],
) -> tuple[AdminAction, ...]:  # fmt: skip
    """From sending to the end, by the kind's own `send` and `agree`, which get the letter and `by`.

    `says` is all that a letter says, and to whom: who sends it has read this, or is told to read it again.
    """

    class ReadLetterForm(AsReadForm):
        def what_it_says(self, newest: Any) -> object:
            return says(newest)

    def do_send(letter: Any, form: Any, by: Any) -> ActionOutcome:
        if send(letter, by=by).status == LetterStatus.WAITING:
            return ActionOutcome(("It waits for a second person, who finds it on the front page.",))
        return ActionOutcome((BEING_SENT,))

    def do_agree(letter: Any, form: Any, by: Any) -> ActionOutcome:
        agree(letter, by=by)
        return ActionOutcome((BEING_SENT,))

    return (
        AdminAction(
            verb="send",
            label="Send",
            permission=may_send,
            words=words,
            is_offered=stands(LetterStatus.DRAFT),
            refusal=refusal_of_sent,
            form=ReadLetterForm,
            view=LoggedActionView,
            do=do_send,
        ),
        AdminAction(
            verb="agree",
            label="Agree, and send it",
            permission=may_agree,
            words=words_to_agree,
            is_offered=stands(LetterStatus.WAITING),
            refusal=lambda letter: "" if letter.status == LetterStatus.WAITING else "A colleague has decided already.",
            form=ReadLetterForm,
            view=LoggedActionView,
            do=do_agree,
        ),
        MoveAction(verb="return", to=LetterStatus.DRAFT, do=staff_letters.return_letter, permission=may_agree),
        MoveAction(verb="pause", to=LetterStatus.PAUSED, do=staff_letters.pause_letter, permission=may_send),
        AdminAction(
            verb="go-on",
            label="Go on",
            permission=may_send,
            words=("The next portion is written within five minutes.",),
            is_offered=stands(LetterStatus.PAUSED),
            refusal=lambda letter: "" if letter.status == LetterStatus.PAUSED else "It is not paused any more.",
            view=LoggedActionView,
            do=_go_on,
        ),
        MoveAction(verb="stop", to=LetterStatus.STOPPED, do=staff_letters.stop_letter, permission=may_send),
    )


def _go_on(letter: Any, form: Any, by: Any) -> ActionOutcome:
    staff_letters.go_on_with_letter(letter, by=by)
    return ActionOutcome(("It goes on within five minutes.",))


class StaffLetterAdmin(ActionsAdmin):
    """A draft is written here; what is sent is only looked at."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft may go. What was sent tells what readers got."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def buttons(self, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
        """Whoever wrote or sent it is not offered to agree: that is for somebody else."""
        is_theirs = request.user.pk in {subject.written_by_id, subject.asked_by_id}
        return [one for one in super().buttons(request, subject) if one["verb"] != "agree" or not is_theirs]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A draft is saved; one that a colleague has sent meanwhile stays as it went, and `form.was_sent` says so.

        Whoever wrote in it last has written it: nobody agrees to their own words below a colleague's name.
        """
        if not change or form.changed_data:
            obj.written_by = request.user
        with transaction.atomic():
            locked = self.model.objects.select_for_update(of=("self",)).filter(pk=obj.pk).first()
            form.was_sent = locked is not None and not locked.is_draft
            if form.was_sent:
                messages.error(request, "A colleague has sent it meanwhile: what you typed was not saved.")
                return
            super().save_model(request, obj, form, change)

    @admin.display(description="by")
    def who(self, letter: Any) -> str:
        people = (("Written", letter.written_by), ("sent", letter.asked_by), ("agreed to", letter.agreed_by))
        said = ", ".join(f"{did} by {person.display_name}" for did, person in people if person)
        return said or "Somebody whose account is gone"
