"""The directory in the admin: entries as members wrote them, hidden with a reason; and messages that were reported."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.waiting_filter import WaitingFilter
from aapm_site.core.forms import LongTextField

from ..directory_parts import DirectoryAudience, DirectoryPart
from ..domain import directory, directory_messages
from ..models import DirectoryEntry, DirectoryMessage

HIDE, DECIDE = "membership.hide_directoryentry", "membership.decide_directorymessage"


class HideEntryForm(ActionForm):
    """Why: the member reads it."""

    reason = LongTextField(
        label="Reason",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The member gets it by e-mail, word for word. Say what should change.",
        error_messages={"required": "Please give a reason; the member will read it."},
    )

    def mark(self) -> str:
        return str(DirectoryEntry.objects.filter(pk=self.subject.pk).values_list("updated_at", "hidden_at").first())[
            :80
        ]


class ShowEntryForm(ActionForm):
    """Why it may be seen again."""

    reason = reason_for_colleagues("What has changed?", "Say what has changed; your colleagues will read it.")


def _hide(entry: DirectoryEntry, form: HideEntryForm, by: Any) -> ActionOutcome:
    directory.hide_entry(entry, by=by, reason=form.cleaned_data["reason"])
    return ActionOutcome(
        (f"Hidden: nobody finds {entry.membership.user.display_name} in a directory. They are told why.",)
    )


def _show(entry: DirectoryEntry, form: ShowEntryForm, by: Any) -> ActionOutcome:
    directory.show_entry_again(entry, by=by)
    return ActionOutcome((f"Shown again, and the member is told. {form.cleaned_data['reason'].strip()}",))


class SeenFilter(admin.SimpleListFilter):
    """What people find today: by the very condition of the directories."""

    title = "found today"
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("public", "By everybody"), ("members", "By members"), ("nobody", "By nobody")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in DirectoryAudience.values:
            return queryset.filter(pk__in=DirectoryEntry.objects.shown_to(str(self.value())).order_by().values("pk"))
        if self.value() == "nobody":
            for audience in DirectoryAudience.values:
                queryset = queryset.exclude(pk__in=DirectoryEntry.objects.shown_to(audience).order_by().values("pk"))
        return queryset


class HiddenFilter(admin.SimpleListFilter):
    """Hidden by staff or not."""

    title = "hidden by staff"
    parameter_name = "hidden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Hidden"), ("no", "Not hidden")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = {"yes": False, "no": True}.get(str(self.value()))
        return queryset if wanted is None else queryset.filter(hidden_at__isnull=wanted)


@admin.register(DirectoryEntry)
class DirectoryEntryAdmin(ReadOnlyAdmin, ActionsAdmin):
    """What members show. They write it themselves; staff hide it where it should not stand, and say why."""

    list_display = ("member", "for_public", "for_members", "place", "updated_at", "hidden_at")
    list_filter = (SeenFilter, HiddenFilter, "for_public", "for_members", "takes_new_patients")
    list_select_related = ("membership__user", "place")
    search_fields = ("membership__user__last_name", "membership__user__first_name", "practice", "=membership__number")
    ordering = ("-updated_at", "-pk")
    fields = readonly_fields = (
        *("membership", "practice", "where", "telephone", "website", "spoken"),
        *(
            "takes_new_patients",
            "takes_referrals",
            "for_public",
            "shown_publicly",
            "for_members",
            "shown_among_members",
        ),
        *("created_at", "updated_at", "hidden_at", "hidden_by", "hidden_reason"),
    )
    view_on_site = False
    object_actions = (
        AdminAction(
            verb="hide",
            label="Hide it",
            permission=HIDE,
            danger=True,
            is_offered=lambda entry: entry.hidden_at is None,
            words=("It is gone from both directories at once, and nobody can write to the member through it.",),
            form=HideEntryForm,
            view=LoggedActionView,
            do=_hide,
        ),
        AdminAction(
            verb="show",
            label="Show it again",
            permission=HIDE,
            is_offered=lambda entry: entry.hidden_at is not None,
            words=("It stands again where the member wants it, and the member is told.",),
            form=ShowEntryForm,
            view=LoggedActionView,
            do=_show,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DirectoryEntry]:
        return super().get_queryset(request).select_related("membership__user", "place", "hidden_by")

    @admin.display(description="member", ordering="membership__user__last_name")
    def member(self, entry: DirectoryEntry) -> str:
        return str(entry.membership)

    @admin.display(description="town and ZIP code")
    def where(self, entry: DirectoryEntry) -> str:
        return entry.place_text

    @admin.display(description="languages")
    def spoken(self, entry: DirectoryEntry) -> str:
        field: Any = DirectoryEntry._meta.get_field("languages")
        return ", ".join(str(dict(field.base_field.choices)[one]) for one in entry.languages)

    @admin.display(description="shown to everybody")
    def shown_publicly(self, entry: DirectoryEntry) -> str:
        return ", ".join(DirectoryPart(one).label for one in entry.public_parts)

    @admin.display(description="shown to members")
    def shown_among_members(self, entry: DirectoryEntry) -> str:
        return ", ".join(DirectoryPart(one).label for one in entry.members_parts)


class WaitsForBarring(WaitingFilter):
    """What the queue of the front page counts."""

    choice = ("decision", "To be decided")

    @staticmethod
    def waiting(user: Any) -> QuerySet[DirectoryMessage]:
        return DirectoryMessage.objects.waiting()


class DecideMessageForm(ActionForm):
    """Somebody may have decided meanwhile, or the member may have reported what was only kept apart."""

    def mark(self) -> str:
        row = DirectoryMessage.objects.filter(pk=self.subject.pk).values_list("reported_at", "decided_at").first()
        return str(row)[:80]


def _bar(message: DirectoryMessage, form: DecideMessageForm, by: Any) -> ActionOutcome:
    directory_messages.bar_sender(message, by=by)
    return ActionOutcome((f"Nothing from {message.email} is passed on to members any more.",))


def _let_be(message: DirectoryMessage, form: DecideMessageForm, by: Any) -> ActionOutcome:
    directory_messages.let_message_be(message, by=by)
    return ActionOutcome(("Decided: no harm in it.",))


def _decided(message: DirectoryMessage) -> str:
    return directory_messages.DECIDED if message.decided_at else ""


def _let_be_words(message: DirectoryMessage) -> tuple[str, ...]:
    if message.spam_reason and not message.sent_at:
        return ("It goes its usual way: we mail its sender the link that sends it.",)
    return ("Its sender may go on writing to members. Nobody is told.",)


@admin.register(DirectoryMessage)
class DirectoryMessageAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Messages that a member has reported, or that look like spam. All others are between two people."""

    names_in_lists = {"to_member": "entry__membership"}
    list_display = ("created_at", "name", "email", "to_member", "audience", "report_reason", "decided_at", "is_barred")
    list_filter = (WaitsForBarring, "audience", "report_reason", "is_barred", "created_at")
    list_select_related = ("entry__membership__user",)
    search_fields = ("name", "email", "entry__membership__user__last_name")
    fields = readonly_fields = (
        *("to_member", "audience", "name", "email", "text", "created_at", "sent_at", "spam_reason"),
        *("reported_at", "report_reason", "report_note", "is_barred", "decided_at", "decided_by"),
    )
    view_on_site = False
    object_actions = (
        AdminAction(
            verb="bar",
            label="Bar its sender",
            permission=DECIDE,
            danger=True,
            refusal=_decided,
            words=(
                "Nothing from this address is passed on to any member from now on. Its sender reads so when they try.",
            ),
            form=DecideMessageForm,
            view=LoggedActionView,
            do=_bar,
        ),
        AdminAction(
            verb="let-be",
            label="No harm in it",
            permission=DECIDE,
            refusal=_decided,
            words=_let_be_words,
            form=DecideMessageForm,
            view=LoggedActionView,
            do=_let_be,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DirectoryMessage]:
        found = super().get_queryset(request).filter(pk__in=DirectoryMessage.objects.for_staff().values("pk"))
        return found.select_related("entry__membership__user", "decided_by")

    @admin.display(description="to")
    def to_member(self, message: DirectoryMessage) -> str:
        return str(message.entry.membership)
