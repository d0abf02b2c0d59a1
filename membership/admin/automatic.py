"""Stopping a member's automatic renewal, for staff: somebody has called, or a card must not be charged."""

from typing import Any

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.transitions import NotAllowed

from ..domain import automatic_renewals
from ..models import Membership
from ..states import StopReason
from .term_actions import CHANGE


class StopAutomaticForm(ActionForm):
    """Why it stops."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _stop(membership: Membership, form: StopAutomaticForm, by: Any) -> ActionOutcome:
    found = automatic_renewals.running(membership)
    if found is None or not automatic_renewals.stop_and_tell(found, StopReason.STAFF):
        raise NotAllowed("It is stopped already.")
    return ActionOutcome((f"Automatic renewal is stopped. {form.cleaned_data['reason'].strip()}",))


STOP_AUTOMATIC = AdminAction(
    verb="stop-automatic-renewal",
    label="Stop automatic renewal",
    permission=CHANGE,
    danger=True,
    is_offered=lambda membership: automatic_renewals.running(membership) is not None,
    words=(
        "Nothing is charged to the member’s card any more, and the card provider forgets it. The member gets an e-mail "
        "that says so, without your reason; only they can begin it again.",
    ),
    form=StopAutomaticForm,
    view=LoggedActionView,
    do=_stop,
)
