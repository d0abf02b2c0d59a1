"""New owners of organizations whose only owner is gone: named on the employer's page, stopped on their own."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.contrib import admin

from aapm_site.accounts.models import User
from aapm_site.accounts.recovery_admin import StopForm
from aapm_site.accounts.rules import normal_email
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.states import by_value
from aapm_site.core.forms import LongTextField

from ..domain import owner_recoveries
from ..models import Employer, OwnerRecovery

SHORT = forms.Textarea(attrs={"rows": 4})


class NewOwnerForm(ActionForm):
    """Who, why, and by what evidence."""

    to = forms.EmailField(
        label="E-mail of the new owner",
        max_length=254,
        help_text="Somebody of the team, or with a confirmed address at the organization's own domain.",
    )
    reason = LongTextField(
        label="Reason", max_length=2_000, widget=SHORT, help_text="What became of the owner, and who asks."
    )
    evidence = LongTextField(
        label="What you have seen",
        max_length=2_000,
        widget=SHORT,
        help_text="A letter from the organization, a call back to it.",
    )

    def clean_to(self) -> str:
        return normal_email(self.cleaned_data["to"])


def _words(employer: Employer) -> Sequence[str]:
    return (
        f"Everybody on the team of {employer}, its former owner too, gets a letter with a link to object.",
        f"If nobody does for {settings.RECOVERY_HOURS} hours, this person becomes an owner. Nobody is removed.",
    )


def _open(employer: Employer, form: NewOwnerForm, by: User) -> ActionOutcome:
    values = {name: form.cleaned_data[name] for name in ("to", "reason", "evidence")}
    opened = owner_recoveries.open_owner_recovery(employer, **values, by=by)
    return ActionOutcome(
        (f"The team is told. {opened.new_owner} becomes an owner unless it objects.",), url=change_url(opened)
    )


NAME_OWNER = AdminAction(
    verb="name-owner",
    label="Name a new owner",
    button="Tell the team",
    permission="careers.open_ownerrecovery",
    words=_words,
    form=NewOwnerForm,
    danger=True,
    view=LoggedActionView,
    do=_open,
)


def _stop(recovery: OwnerRecovery, form: StopForm, by: User) -> ActionOutcome:
    stopped = owner_recoveries.stop_owner_recovery(recovery, why=form.cleaned_data["why"], by=by)
    return ActionOutcome((f"The team of {stopped.employer} stays as it is, and is told.",))


@admin.register(OwnerRecovery)
class OwnerRecoveryAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Who asked, what was seen, how it ended."""

    states_in_lists = {"outcome": by_value("outcome", open="wait", done="live", stopped="end")}
    list_display = ("employer", "new_owner", "outcome", "due_at", "opened_by", "opened_at", "ended_at")
    list_filter = ("outcome", "opened_at")
    list_select_related = ("employer", "new_owner", "opened_by")
    search_fields = ("employer__name", "new_owner__email")
    fields = readonly_fields = (
        *("employer", "new_owner", "outcome", "due_at", "reason", "evidence", "opened_by", "opened_at"),
        *("ended_at", "ended_by", "why_ended"),
    )
    object_actions = (
        AdminAction(
            verb="stop",
            label="Stop",
            permission="careers.open_ownerrecovery",
            words=lambda recovery: (f"The team of {recovery.employer} stays as it is, and is told.",),
            danger=True,
            form=StopForm,
            refusal=lambda recovery: "" if recovery.is_open else owner_recoveries.ENDED,
            do=_stop,
        ),
    )
