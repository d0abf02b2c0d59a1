"""What staff note about a member, and record of a death."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.forms import LongTextField

from ..domain import deaths
from ..models import MemberNote, Membership
from .term_actions import CHANGE


class NoteForm(ActionForm):
    """One note, as it will stand on the member's page."""

    text = LongTextField(
        label="Note",
        max_length=2_000,
        help_text="Your colleagues read it, and the member in the export of their data.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write the note."},
    )


def _note(membership: Membership, form: NoteForm, by: Any) -> ActionOutcome:
    MemberNote.objects.create(membership=membership, by=by, text=form.cleaned_data["text"].strip())
    return ActionOutcome(("Noted.",))


class DeathForm(ActionForm):
    """When, if it is known, and how we know."""

    died_on = forms.DateField(
        label="Day of death",
        required=False,
        help_text="Left empty, if you do not know it: today.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Choose a day."},
    )
    reason = reason_for_colleagues("How do you know?", "Say how you know; your colleagues will read it.")


def _record_death(membership: Membership, form: DeathForm, by: Any) -> ActionOutcome:
    deaths.record_death(membership, on=form.cleaned_data["died_on"])
    return ActionOutcome((f"Recorded: {membership} has died. No mail goes out. {form.cleaned_data['reason'].strip()}",))


class NotDeadForm(ActionForm):
    """How we know that it was somebody else."""

    reason = reason_for_colleagues("How do you know?", "Say how you know; your colleagues will read it.")


def _take_back(membership: Membership, form: NotDeadForm, by: Any) -> ActionOutcome:
    is_closed = deaths.take_back_death(membership).closed_at is not None
    how = "stays closed, as it was before," if is_closed else "is open"
    said = f"The membership {how} and they may sign in. Their subscriptions rest until they take them up."
    return ActionOutcome((f"{said} {form.cleaned_data['reason'].strip()}",))


NOTE = AdminAction(
    verb="note",
    label="Write a note",
    permission=CHANGE,
    words=("It stands on this page with your name and the day. It cannot be changed afterwards.",),
    form=NoteForm,
    do=_note,
)
DEATH = AdminAction(
    verb="record-death",
    label="Record a death",
    permission=CHANGE,
    danger=True,
    is_offered=lambda membership: membership.deceased_on is None,
    words=(
        "All mail to this person stops at once, what waits to be sent too. The membership is closed, and nobody signs "
        "in to the account any more. Terms and orders stay as they are; nobody is written to.",
        "If an invoice is open, tell finance what should become of it.",
    ),
    form=DeathForm,
    view=LoggedActionView,
    do=_record_death,
)
NOT_DEAD = AdminAction(
    verb="take-back-death",
    label="Take back the record of a death",
    permission=CHANGE,
    is_offered=lambda membership: membership.deceased_on is not None,
    words=(
        "It was somebody else: the person may sign in, and the membership is open again as its dates say, unless it "
        "was closed before.",
    ),
    form=NotDeadForm,
    view=LoggedActionView,
    do=_take_back,
)
