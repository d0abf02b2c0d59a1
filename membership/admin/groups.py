"""Special interest groups, who belongs to them and leads them, and who asks to join."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.closing import ClosedByDecision, closing_actions
from aapm_site.core.admin.worded_filter import worded
from aapm_site.core.forms import LongTextField, OneLineField, field_of, whole_number
from aapm_site.mail.presenters.mailings import figures_table

from ..domain import group_letters, groups
from ..models import Group, GroupJoinRequest, GroupLetter, GroupMember, Membership
from ..queries.groups import unanswered

CHANGE = "membership.change_group"


class GroupMemberInline(admin.TabularInline):
    model = GroupMember
    extra = 0
    autocomplete_fields = ("membership",)
    readonly_fields = ("chair_since",)


class AppointForm(ActionForm):
    """Who leads the group, and who has decided so."""

    person = OneLineField(
        label="Who?",
        max_length=254,
        help_text="Member number or e-mail address.",
        error_messages={"required": "Say who leads the group."},
    )
    reason = reason_for_colleagues("Who has decided so?", "Say who has decided so, and when.")

    def clean_person(self) -> Membership:
        text = self.cleaned_data["person"].strip()
        wanted = Q(user__email__iexact=text)
        if (number := whole_number(text, digits=9)) is not None:
            wanted |= Q(number=number) | Q(former_numbers__number=number)
        found = Membership.objects.filter(wanted).first()
        if found is None:
            raise forms.ValidationError("No member has this number or e-mail address.")
        return found


def _appoint(group: Group, form: AppointForm, by: Any) -> ActionOutcome:
    row = groups.appoint_chair(group, form.cleaned_data["person"])
    return ActionOutcome((f"{row.membership} leads the group, and is told so. {form.cleaned_data['reason'].strip()}",))


class DismissForm(ActionForm):
    """Which of the chairs, and why."""

    chair = forms.ModelChoiceField(
        GroupMember.objects.none(), label="Which chair?", error_messages={"required": "Choose the chair."}
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chairs = GroupMember.objects.filter(group=self.subject, chair_since__isnull=False)
        field_of(self, "chair", forms.ModelChoiceField).queryset = chairs.select_related("membership__user", "group")


def _dismiss(group: Group, form: DismissForm, by: Any) -> ActionOutcome:
    row = groups.dismiss_chair(form.cleaned_data["chair"])
    return ActionOutcome((f"{row.membership} leads the group no more. {form.cleaned_data['reason'].strip()}",))


def _has_chairs(group: Group) -> bool:
    return GroupMember.objects.filter(group=group, chair_since__isnull=False).exists()


APPOINT = AdminAction(
    verb="appoint-chair",
    label="Appoint a chair",
    permission=CHANGE,
    is_offered=lambda group: group.closed_at is None,
    words=(
        "A chair answers who asks to join, sees the names of the group’s members and no address, writes what the group "
        "is for, and writes letters to it through the site. The group’s page says the name to everybody. They get an "
        "e-mail that says so.",
    ),
    form=AppointForm,
    view=LoggedActionView,
    do=_appoint,
)
DISMISS = AdminAction(
    verb="dismiss-chair",
    label="End a chair’s office",
    permission=CHANGE,
    danger=True,
    is_offered=_has_chairs,
    words=("At once. They stay a member of the group, and nobody is written to.",),
    form=DismissForm,
    view=LoggedActionView,
    do=_dismiss,
)


@admin.register(Group)
class GroupAdmin(ClosedByDecision, ActionsAdmin):
    """A group is closed and never deleted: pages stay its own."""

    object_actions = (
        APPOINT,
        DISMISS,
        *closing_actions(
            CHANGE,
            groups.close_group,
            groups.reopen_group,
            words=(
                "Nobody joins it any more, it is not listed, and its chairs write no letters. Its members keep reading "
                "its pages. Nobody is written to."
            ),
            again="It is listed again, and may be joined as it says.",
        ),
    )
    when_empty = "A group has members, a chair, letters and pages of its own."
    list_display = ("name", "slug", "how_to_join", "size", "closed_at")
    list_filter = ("how_to_join", ("closed_at", worded("closed or not", empty="Open", filled="Closed")))
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("closed_at",)
    fields = ("name", "slug", "summary", "purpose", "how_to_join", "closed_at")
    inlines = (GroupMemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(size=Count("group_members"))

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            groups.rename_letters(obj)

    @admin.display(description="members", ordering="size")
    def size(self, group: Any) -> int:
        return group.size


class DeclineRequestForm(ActionForm):
    """Why not, as the person reads it."""

    reason = LongTextField(
        label="Why not?",
        max_length=1_000,
        help_text="They get it by mail.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why; they read it."},
    )


LIST = "admin:membership_groupjoinrequest_changelist"


def _accept(request: GroupJoinRequest, form: ActionForm, by: Any) -> ActionOutcome:
    row = groups.accept_request(request.pk, request.group, by=by, as_staff=True)
    return ActionOutcome((f"{row.membership} is in the group {row.group}.",), url=reverse(LIST))


def _decline(request: GroupJoinRequest, form: DeclineRequestForm, by: Any) -> ActionOutcome:
    reason = form.cleaned_data["reason"]
    groups.decline_request(request.pk, request.group, by=by, reason=reason, as_staff=True)
    return ActionOutcome((f"{request.membership} is not in the group {request.group}.",), url=reverse(LIST))


class JoinRequestsFilter(admin.SimpleListFilter):
    """Who should answer."""

    title = "who answers"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("office", "The office: there is no chair, or it is two weeks old")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(pk__in=unanswered().values("pk")) if self.value() == "office" else queryset


@admin.register(GroupJoinRequest)
class GroupJoinRequestAdmin(ActionsAdmin, ReadOnlyAdmin):
    """Who asks to join. Chairs answer; the office where a group has none, or they do not."""

    list_display = ("asked_at", "group", "membership")
    list_filter = (JoinRequestsFilter, "group")
    list_select_related = ("group", "membership__user")
    search_fields = ("membership__user__last_name", "membership__number", "group__name")
    fields = readonly_fields = ("group", "membership", "message", "asked_at")
    ordering = ("asked_at", "pk")
    object_actions = (
        AdminAction(
            verb="accept",
            label="Let them in",
            permission=CHANGE,
            words=("They are in the group at once, with its letters, and get an e-mail that says so.",),
            do=_accept,
        ),
        AdminAction(
            verb="decline",
            label="Say no",
            permission=CHANGE,
            danger=True,
            words=("They get your reason by e-mail, and may ask again.",),
            form=DeclineRequestForm,
            do=_decline,
        ),
    )


class StopLetterForm(ActionForm):
    """Why, for whoever asks later."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _stop(letter: GroupLetter, form: StopLetterForm, by: Any) -> ActionOutcome:
    stopped = group_letters.stop_letter(letter, by=by, as_staff=True)
    return ActionOutcome((f"Stopped: “{stopped}”. {form.cleaned_data['reason'].strip()}",))


@admin.register(GroupLetter)
class GroupLetterAdmin(ActionsAdmin, ReadOnlyAdmin):
    """What chairs write to their groups. Staff read it, and may stop what is being sent."""

    list_display = ("subject", "group", "by", "written_at", "sent_from", "all_sent", "stopped")
    list_filter = (
        "group",
        ("mailing", worded("sent or not", empty="Being written", filled="Sent or being sent")),
        "written_at",
    )
    list_select_related = ("group", "by", "mailing")
    search_fields = ("subject", "group__name")
    fields = readonly_fields = (
        "group", "by", "subject", "text", "written_at", "sent_from", "next_portion", "all_sent", "stopped", "readers",
    )  # fmt: skip
    object_actions = (
        AdminAction(
            verb="stop",
            label="Stop it",
            permission=CHANGE,
            danger=True,
            is_offered=lambda letter: letter.is_going,
            words=("Nobody gets it any more who has not got it. Who has it keeps it.",),
            form=StopLetterForm,
            view=LoggedActionView,
            do=_stop,
        ),
    )

    @admin.display(description="sent from", ordering="mailing__begun_at")
    def sent_from(self, letter: GroupLetter) -> datetime | None:
        return letter.mailing.begun_at if letter.mailing else None

    @admin.display(description="next portion")
    def next_portion(self, letter: GroupLetter) -> datetime | None:
        return letter.mailing.next_at if letter.mailing else None

    @admin.display(description="all sent", ordering="mailing__done_at")
    def all_sent(self, letter: GroupLetter) -> datetime | None:
        return letter.mailing.done_at if letter.mailing else None

    @admin.display(description="stopped", ordering="mailing__stopped_at")
    def stopped(self, letter: GroupLetter) -> datetime | None:
        return letter.mailing.stopped_at if letter.mailing else None

    @admin.display(description="readers")
    def readers(self, letter: GroupLetter) -> SafeString | str:
        return figures_table(letter.mailing, "In the group when it was sent")
