"""Recoveries of accounts for staff: asked for on a person's page, approved and stopped on their own."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.states import by_value
from aapm_site.core.forms import LongTextField

from .domain import recoveries
from .models import AccountRecovery, User
from .rules import normal_email
from .second_person import SecondPersonFilter
from .staff_tasks import recoveries_to_approve

SHORT = forms.Textarea(attrs={"rows": 4})


class RecoveryForm(ActionForm):
    """Why, by what evidence, and to which address."""

    to = forms.EmailField(label="New address", max_length=254, help_text="Its reader has to confirm it by a link.")
    reason = LongTextField(
        label="Reason", max_length=2_000, widget=SHORT, help_text="What was lost, and how they reached you."
    )
    evidence = LongTextField(
        label="What you have seen",
        max_length=2_000,
        widget=SHORT,
        help_text="Say what shows that it is they: an ID on a video call, a call back to the number on file.",
    )

    def mark(self) -> str:
        return User.objects.get(pk=self.subject.pk).email[:80]

    def clean_to(self) -> str:
        return normal_email(self.cleaned_data["to"])


def _open_words(person: User) -> Sequence[str]:
    return (
        f"{person.email} and every other confirmed address of this account get a letter with a link that stops it.",
        f"Nothing happens for {settings.RECOVERY_HOURS} hours, nor before the new address is confirmed and a second "
        "member of staff has approved. Then the account gets the new address, and loses its factors, its password and "
        "all sessions.",
    )


def _open(person: User, form: RecoveryForm, by: User) -> ActionOutcome:
    values = {name: form.cleaned_data[name] for name in ("to", "reason", "evidence")}
    opened = recoveries.open_recovery(person, **values, by=by)
    return ActionOutcome((f"{opened.from_email} is told, {opened.to_email} asked to confirm.",), url=change_url(opened))


RECOVER = AdminAction(
    verb="recover",
    label="Recover the account",
    button="Ask for the recovery",
    permission="accounts.open_accountrecovery",
    is_offered=lambda person: person.is_active and bool(person.email),
    words=_open_words,
    form=RecoveryForm,
    danger=True,
    do=_open,
    view=LoggedActionView,
)


class StopForm(ActionForm):
    """Why it is stopped."""

    why = LongTextField(label="Why", max_length=1_000, widget=SHORT, help_text="It is kept with your name.")

    def mark(self) -> str:
        return type(self.subject)._default_manager.get(pk=self.subject.pk).outcome


def _ended(recovery: AccountRecovery) -> str:
    return "" if recovery.is_open else recoveries.ENDED


def _approve(recovery: AccountRecovery, form: ActionForm, by: User) -> ActionOutcome:
    approved = recoveries.approve_recovery(recovery, by=by)
    return ActionOutcome((f"Approved. {approved.waits_for}.",))


def _stop(recovery: AccountRecovery, form: StopForm, by: User) -> ActionOutcome:
    stopped = recoveries.stop_recovery(recovery, why=form.cleaned_data["why"], by=by)
    return ActionOutcome((f"The account keeps {stopped.from_email}.",))


class ToApproveFilter(SecondPersonFilter):
    """The recoveries that the front page counts."""

    waiting = staticmethod(recoveries_to_approve)


@admin.register(AccountRecovery)
class AccountRecoveryAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Who asked, what was seen, who approved, how it ended."""

    states_in_lists = {"waits_for": by_value("outcome", open="wait", done="live", stopped="end")}
    list_display = ("person", "from_email", "to_email", "waits_for", "due_at", "opened_by", "approved_by")
    list_filter = (ToApproveFilter, "outcome", "opened_at")
    list_select_related = ("person", "opened_by", "approved_by")
    search_fields = ("from_email", "to_email", "person__last_name")
    fields = readonly_fields = (
        *("person", "from_email", "to_email", "waits_for", "due_at", "reason", "evidence", "opened_by", "opened_at"),
        *("confirmed_at", "approved_by", "approved_at", "ended_at", "ended_by", "why_ended"),
    )
    object_actions = (
        AdminAction(
            verb="approve",
            label="Approve",
            permission="accounts.approve_accountrecovery",
            words=lambda recovery: (
                f"Seen: {recovery.evidence}",
                f"{recovery.person} will sign in with {recovery.to_email}, without the factors of before. Whoever "
                "reads that mailbox holds the account. Make sure yourself that it is theirs.",
            ),
            refusal=_ended,
            is_offered=lambda recovery: recovery.approved_at is None,
            do=_approve,
        ),
        AdminAction(
            verb="stop",
            label="Stop",
            permission="accounts.open_accountrecovery",
            words=lambda recovery: (f"{recovery.person} keeps {recovery.from_email}, and is told.",),
            danger=True,
            form=StopForm,
            refusal=_ended,
            do=_stop,
        ),
    )

    def buttons(self, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
        """Whoever cannot approve it is not offered to."""
        by: Any = request.user
        refused = bool(recoveries.refusal_to_approve(subject, by))
        return [one for one in super().buttons(request, subject) if one["verb"] != "approve" or not refused]

    @admin.display(description="stands")
    def waits_for(self, recovery: Any) -> str:
        return recovery.waits_for
