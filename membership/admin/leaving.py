"""Resignations and pauses of members: what staff record, decide, and take back."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.forms import LongTextField

from ..domain import pauses, resignations
from ..forms.leaving import MONTHS, back_after
from ..leaving import PauseReason, When
from ..models import Membership, Pause, Resignation
from .term_actions import CHANGE


class RecordResignationForm(ActionForm):
    """From when, and how we know."""

    when = forms.ChoiceField(
        label="From when?",
        choices=When.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say from when."},
    )
    reason = LongTextField(
        label="How do you know, and why do they leave?",
        max_length=1_000,
        help_text="It stands with the resignation; the member finds it in the export of their data.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how you know."},
    )


def _resign(membership: Membership, form: RecordResignationForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    done = resignations.resign(membership.user, when=said["when"], seen=None, by=by, reason=said["reason"])
    return ActionOutcome((f"Resigned, the last day is {date_format(done.last_day)}. {done.reason}",))


class LeavingWhyForm(ActionForm):
    """Why staff do it."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _take_back(membership: Membership, form: LeavingWhyForm, by: Any) -> ActionOutcome:
    resignations.withdraw_resignation(membership.user, by=by)
    return ActionOutcome((f"The resignation is taken back. {form.cleaned_data['reason'].strip()}",))


def has_resigned(membership: Membership) -> bool:
    return resignations.resignation_of(membership) is not None


class RecordPauseForm(ActionForm):
    """What for, from when and for how long."""

    pause_reason = forms.ChoiceField(
        label="What is it for?", choices=PauseReason.choices, error_messages={"required": "Say what it is for."}
    )
    starts_on = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose its first day.", "invalid": "Choose a day."},
    )
    months = forms.TypedChoiceField(
        label="For how many months?",
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MONTHS + 1)],
        error_messages={"required": "Choose for how long."},
    )
    reason = reason_for_colleagues("How do you know?", "Say how you know; your colleagues will read it.")
    field_order = ("pause_reason", "starts_on", "months", "reason", "seen")


def _pause(membership: Membership, form: RecordPauseForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    done = pauses.ask_for_pause(
        membership.user,
        reason=said["pause_reason"],
        starts_on=said["starts_on"],
        back_on=back_after(said["starts_on"], said["months"]),
        by=by,
        is_granted=True,
    )
    return ActionOutcome((f"{_days(done)} {said['reason'].strip()}",))


def _days(pause: Pause) -> str:
    return f"Paused from {date_format(pause.starts_on)}, back on {date_format(pause.back_on)}."


def waiting_pause(membership: Membership) -> Pause | None:
    return Pause.objects.waiting().filter(membership=membership).first()


def _grant(membership: Membership, form: ActionForm, by: Any) -> ActionOutcome:
    waiting = waiting_pause(membership)
    if waiting is None:
        raise pauses.NotAllowed("Somebody has decided on this pause already.")
    return ActionOutcome((_days(pauses.grant_pause(waiting, by=by)),))


class DeclinePauseForm(ActionForm):
    """Why not; the member reads it."""

    reason = LongTextField(
        label="Why not?",
        max_length=1_000,
        help_text="The member reads it in the letter.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why; the member reads it."},
    )


def _decline(membership: Membership, form: DeclinePauseForm, by: Any) -> ActionOutcome:
    waiting = waiting_pause(membership)
    if waiting is None:
        raise pauses.NotAllowed("Somebody has decided on this pause already.")
    done = pauses.decline_pause(waiting, reason=form.cleaned_data["reason"], by=by)
    return ActionOutcome((f"The pause is declined. {done.answer}",))


def _pause_runs(membership: Membership) -> bool | None:
    """Whether the pause has begun; None without one."""
    pause = pauses.pause_of(membership)
    return None if pause is None else not pause.is_waiting and pause.starts_on <= timezone.localdate()


def _end(membership: Membership, form: LeavingWhyForm, by: Any) -> ActionOutcome:
    done = pauses.end_pause(membership.user, by=by)
    said = "The pause is taken back." if done.cancelled_at else "The pause is over, and the term goes on from today."
    return ActionOutcome((f"{said} {form.cleaned_data['reason'].strip()}",))


def _waiting_words(membership: Membership) -> tuple[str, ...]:
    """What was asked for, and what granting it does."""
    waiting = waiting_pause(membership)
    if waiting is None:
        return ()
    days = f"{waiting.get_reason_display()}: {date_format(waiting.starts_on)} to {date_format(waiting.back_on)}."
    note = (f"They write: {waiting.note}",) if waiting.note else ()
    return (days, *note, "The member gets a letter that says so.")


LEAVING_ACTIONS = (
    AdminAction(
        verb="grant-pause",
        label="Grant the pause",
        permission=CHANGE,
        is_offered=lambda membership: waiting_pause(membership) is not None,
        words=_waiting_words,
        view=LoggedActionView,
        do=_grant,
    ),
    AdminAction(
        verb="decline-pause",
        label="Decline the pause",
        permission=CHANGE,
        is_offered=lambda membership: waiting_pause(membership) is not None,
        words=_waiting_words,
        form=DeclinePauseForm,
        view=LoggedActionView,
        do=_decline,
    ),
    AdminAction(
        verb="record-pause",
        label="Record a pause",
        permission=CHANGE,
        is_offered=lambda membership: pauses.pause_of(membership) is None,
        words=(
            "The term stops on the day before, and goes on afterwards with the days that it had left; what follows "
            "moves along. Benefits and reminders rest. The member gets a letter that says the days.",
        ),
        form=RecordPauseForm,
        view=LoggedActionView,
        do=_pause,
    ),
    AdminAction(
        verb="end-pause",
        label="End the pause",
        permission=CHANGE,
        is_offered=lambda membership: _pause_runs(membership) is True,
        words=("It ends today, and the term goes on with the days that it has left.",),
        form=LeavingWhyForm,
        view=LoggedActionView,
        do=_end,
    ),
    AdminAction(
        verb="take-back-pause",
        label="Take the pause back",
        permission=CHANGE,
        is_offered=lambda membership: _pause_runs(membership) is False,
        words=("It has not begun, so that nothing has changed yet: the terms stay, or are again, what they were.",),
        form=LeavingWhyForm,
        view=LoggedActionView,
        do=_end,
    ),
    AdminAction(
        verb="record-resignation",
        label="Record a resignation",
        permission=CHANGE,
        danger=True,
        is_offered=lambda membership: not has_resigned(membership),
        words=(
            "Terms end on the last day, without grace, and no reminder goes out any more. The member gets a letter "
            "that confirms it, and can take it back until then. No money moves: finance issues what goes back.",
        ),
        form=RecordResignationForm,
        view=LoggedActionView,
        do=_resign,
    ),
    AdminAction(
        verb="take-back-resignation",
        label="Take the resignation back",
        permission=CHANGE,
        is_offered=has_resigned,
        words=("The terms are what they were. The member gets a letter that says so.",),
        form=LeavingWhyForm,
        view=LoggedActionView,
        do=_take_back,
    ),
)


def leaving_of(membership: Membership) -> SafeString | str:
    """Each resignation and pause of a member, with how it stands."""
    rows = [(str(one), _stands_resigned(one)) for one in membership.resignations.all()]
    rows += [(str(one), _stands_paused(one)) for one in membership.pauses.all()]
    return format_html_join(SafeString("<br>"), "{}: {}", rows) or "None"


def _stands_resigned(one: Resignation) -> str:
    state = "taken back" if one.withdrawn_at else "counts, unless a later term was given"
    return f"{state}. {one.reason}".strip()


def _stands_paused(one: Pause) -> str:
    if one.is_waiting:
        return "to be decided"
    if one.cancelled_at:
        return "taken back"
    return "granted" if one.granted_at else f"declined. {one.answer}"


def _tone(one: Pause) -> str:
    if one.is_waiting:
        return "wait"
    return "end" if one.cancelled_at else "live" if one.granted_at else "back"


class WaitingPauseFilter(admin.SimpleListFilter):
    """Those that staff decide on."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "To be decided")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.waiting() if self.value() == "waiting" else queryset


@admin.register(Pause)
class PauseAdmin(ReadOnlyAdmin):
    """Pauses; they are decided on the member's page."""

    names_in_lists = {"member": "membership"}
    states_in_lists = {"stands": _tone}
    list_display = ("asked_at", "member", "reason", "starts_on", "back_on", "stands")
    list_filter = (WaitingPauseFilter, "reason")
    list_select_related = ("membership__user",)
    date_hierarchy = "asked_at"
    fields = readonly_fields = (
        "member", "reason", "note", "starts_on", "back_on", "was_back_on", "asked_at", "stands",
    )  # fmt: skip

    @admin.display(description="member")
    def member(self, pause: Pause) -> SafeString:
        url = reverse("admin:membership_membership_change", args=[pause.membership_id])
        return format_html('<a href="{}">{}</a>', url, pause.membership)

    @admin.display(description="stands")
    def stands(self, pause: Pause) -> str:
        return capfirst(_stands_paused(pause))


@admin.register(Resignation)
class ResignationAdmin(ReadOnlyAdmin):
    """Resignations with their reasons; they are recorded and taken back on the member's page."""

    names_in_lists = {"member": "membership"}
    list_display = ("asked_at", "member", "when", "last_day", "withdrawn_at")
    list_filter = ("when",)
    list_select_related = ("membership__user",)
    date_hierarchy = "last_day"
    fields = readonly_fields = ("member", "when", "last_day", "reason", "asked_at", "withdrawn_at")

    @admin.display(description="member")
    def member(self, resignation: Resignation) -> SafeString:
        url = reverse("admin:membership_membership_change", args=[resignation.membership_id])
        return format_html('<a href="{}">{}</a>', url, resignation.membership)
