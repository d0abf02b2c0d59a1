"""Undeliverable addresses for staff: seen beside letters, entered, and lifted, each with who, when and why."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.forms import LongTextField
from aapm_site.core.templatetags.ui import status
from aapm_site.core.transitions import NotAllowed

from .domain.bounces import enter_undeliverable, lift_undeliverable
from .domain.queue import NotAnAddress, one_address
from .domain.undeliverable import is_undeliverable, undeliverable_rows
from .models import UndeliverableAddress
from .states import BounceSource

NO_ADDRESS = "–"
ENTERED = (BounceSource.STAFF, BounceSource.COMPLAINT)


def with_marks(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Each row with `is_undeliverable`, of the address in this field."""
    marks = UndeliverableAddress.objects.filter(address=Lower(OuterRef(field)), lifted_at=None)
    return rows.annotate(is_undeliverable=Exists(marks))


def shown_address(address: str, *, is_marked: bool) -> SafeString | str:
    """An address as lists and pages show it, with the mark beside it; a dash for none."""
    if not address:
        return NO_ADDRESS
    return format_html("{} {}", address, status("failed", "Undeliverable")) if is_marked else address


class UndeliverableForm(forms.ModelForm):
    """What staff were told: the mailbox is gone, or the reader wants no mail."""

    class Meta:
        model = UndeliverableAddress
        fields = ("address", "source", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source" not in self.fields:
            return  # a row that is only read
        source: Any = self.fields["source"]
        source.choices = [(entered.value, entered.label) for entered in ENTERED]
        self.fields["reason"].help_text = "How you know: who called, or what the letter to the office said."

    def clean_address(self) -> str:
        try:
            address = one_address(self.cleaned_data["address"]).lower()
        except NotAnAddress as refused:
            raise forms.ValidationError("That is not one plain e-mail address.") from refused
        if is_undeliverable(address):
            raise forms.ValidationError("This address is marked already.")
        return address


class LiftForm(ActionForm):
    """Why list mail may go there again."""

    why = LongTextField(label="Why", max_length=1_000, help_text="It is kept with your name.")

    def mark(self) -> str:
        return str(UndeliverableAddress.objects.get(pk=self.subject.pk).lifted_at)


def _lift(row: UndeliverableAddress, form: LiftForm, by: Any) -> ActionOutcome:
    done = lift_undeliverable(row, why=form.cleaned_data["why"], by=by)
    return ActionOutcome((f"List mail goes to {done} again.",))


class MarkFilter(admin.SimpleListFilter):
    """Those that hold, and those that were lifted."""

    title = "mark"
    parameter_name = "mark"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("holds", "Gets no list mail"), ("lifted", "Lifted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(lifted_at__isnull=self.value() == "holds") if self.value() else queryset


@admin.register(UndeliverableAddress)
class UndeliverableAddressAdmin(ActionsAdmin, ReadOnlyAdmin):
    """Staff see those of the letters that they may see, and those that staff entered."""

    when_empty = (
        "Addresses whose letters came back for good are added by the site. Add one when a letter to the office says so."
    )
    form = UndeliverableForm
    list_display = ("address", "standing", "source", "since", "entered_by", "lifted_at", "lifted_by")
    list_filter = (MarkFilter, "source", "since")
    list_select_related = ("entered_by", "lifted_by")
    search_fields = ("address",)
    date_hierarchy = "since"
    shown = ("address", "standing", "source", "reason", "since", "entered_by", "lifted_at", "lifted_by", "why_lifted")
    object_actions = (
        AdminAction(
            verb="lift",
            label="Let list mail go there again",
            permission="mail.lift_undeliverableaddress",
            words=lambda row: (
                f"News, alerts and reminders go to {row.address} again. Do so only if you know that the mailbox works, "
                "or that the reader wants them: mail that keeps coming back harms all our mail.",
            ),
            form=LiftForm,
            refusal=lambda row: "It is lifted already." if row.lifted_at else "",
            do=_lift,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[UndeliverableAddress]:
        every = UndeliverableAddress.objects.all()
        return every.seen_by(request.user) | every.filter(kind="")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return UndeliverableForm.Meta.fields if obj is None else self.shown

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else self.shown

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mail.add_undeliverableaddress")

    def save_model(self, request: HttpRequest, obj: UndeliverableAddress, form: Any, change: bool) -> None:
        """Somebody may have entered it in the same moment: then theirs stands."""
        try:
            done = enter_undeliverable(obj.address, obj.source, obj.reason, by=request.user)
        except NotAllowed:
            done = undeliverable_rows(obj.address).get()
        obj.pk = done.pk

    @admin.display(description="mark")
    def standing(self, row: UndeliverableAddress) -> SafeString:
        return status("closed", "Lifted") if row.lifted_at else status("failed", "Undeliverable")
