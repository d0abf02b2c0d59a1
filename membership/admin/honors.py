"""Honorary membership, from the member's page: who decided it and why, and taking it back."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.forms import OneLineField, field_of

from ..domain import honors
from ..models import Membership, Plan
from .term_actions import CHANGE


class HonorForm(ActionForm):
    """In which category, who decided it, and why."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label="Category",
        help_text="It says what they read.",
        error_messages={"required": "Choose the category."},
    )
    decided_by = OneLineField(
        label="Who has decided it?",
        max_length=160,
        help_text="“The board, on November 12, 2026”.",
        error_messages={"required": "Say who has decided it, and when."},
    )
    reason = reason_for_colleagues("What for?", "Say what for; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "plan", forms.ModelChoiceField).queryset = Plan.objects.filter(dues=0)
        self.initial.setdefault("plan", Plan.objects.filter(slug="honorary").values_list("pk", flat=True).first())


def _grant(membership: Membership, form: HonorForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    honor = honors.grant_honor(
        membership, said["plan"], by=by, decided_by=said["decided_by"].strip(), reason=said["reason"].strip()
    )
    return ActionOutcome(
        (f"Honorary member for life, from {honor.term.starts_on}. Decided by {honor.decided_by}: {honor.reason}",)
    )


class TakeBackHonorForm(ActionForm):
    """Who has decided so, and why."""

    reason = reason_for_colleagues("Who has decided so, and why?", "Say who has decided so, and why.")


def _take_back(membership: Membership, form: TakeBackHonorForm, by: Any) -> ActionOutcome:
    honor = honors.take_back_honor(membership, by=by, reason=form.cleaned_data["reason"].strip())
    return ActionOutcome((f"The honorary membership is taken back. {honor.why_taken_back}",))


GRANT_HONOR = AdminAction(
    verb="grant-honor",
    label="Make an honorary member",
    permission=CHANGE,
    is_offered=lambda membership: membership.closed_at is None and honors.honor_of(membership) is None,
    words=(
        "For life, without dues, and no letter asks them to renew. It begins the day after the last day that is paid, "
        "or today; no money moves. An offer for dues that is not paid ends. Nobody is written to: the letter that "
        "tells them is yours to write.",
    ),
    form=HonorForm,
    view=LoggedActionView,
    do=_grant,
)
TAKE_BACK_HONOR = AdminAction(
    verb="take-back-honor",
    label="Take the honorary membership back",
    permission=CHANGE,
    danger=True,
    is_offered=lambda membership: honors.honor_of(membership) is not None,
    words=(
        "It ends with today, without grace; one that has not begun never does. The record stays, with your reason. "
        "Nobody is written to.",
    ),
    form=TakeBackHonorForm,
    view=LoggedActionView,
    do=_take_back,
)
