"""Members, their terms and what has been mailed about them."""

from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import path
from django.utils import formats, timezone

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.closing import ClosedByDecision, closing_actions
from aapm_site.core.forms import field_of
from aapm_site.mail.bounce_admin import NO_ADDRESS

from ..domain import memberships
from ..models import Membership, Term, TermNotice
from ..states import MembershipStatus
from .why import why


class MembershipTermForm(forms.ModelForm):
    """A term that changes its category takes over what that one grants, unless its days of grace were typed too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grace_days"].help_text = ""  # the table has no room for it below each row
        self.fields["grace_days"].widget.attrs["placeholder"] = "as the category"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "A term cannot end before it begins.")
        if "plan" in self.changed_data and "grace_days" not in self.changed_data:
            cleaned["grace_days"] = None
        return cleaned

    def save(self, commit: bool = True) -> Term:
        if "plan" in self.changed_data:
            self.instance.grant()
        return super().save(commit)


class MembershipTermFormSet(BaseInlineFormSet):
    """Terms that are typed together are compared with one another, before the database refuses them."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form.cleaned_data.get("starts_on") and form.cleaned_data.get("ends_on") and not form.instance.is_void
        ]
        kept.sort(key=lambda form: form.cleaned_data["starts_on"])
        for earlier, later in pairwise(kept):
            if later.cleaned_data["starts_on"] <= earlier.cleaned_data["ends_on"]:
                later.add_error("starts_on", "These dates overlap another term of this membership.")


class TermInline(admin.TabularInline):
    model = Term
    form = MembershipTermForm
    formset = MembershipTermFormSet
    extra = 0
    fields = ("plan", "starts_on", "ends_on", "grace_days", "source", "counts")
    readonly_fields = ("counts",)
    can_delete = False  # a term is taken back, with a reason, and stays

    @admin.display(description="counts")
    def counts(self, term: Term) -> str:
        if not term.is_void:
            return "Yes" if term.pk else ""
        return f"No, taken back on {formats.date_format(timezone.localdate(term.void_at))}: {term.void_reason}"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """Categories are written on their own page, not beside a term."""
        formset = super().get_formset(request, obj, **kwargs)
        if "plan" in formset.form.base_fields:
            widget = formset.form.base_fields["plan"].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return formset


class VoidTermForm(ActionForm):
    """Which term, and why."""

    term = forms.ModelChoiceField(
        Term.objects.none(), label="Which term?", error_messages={"required": "Choose the term that is taken back."}
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.valid().filter(membership=self.subject).order_by("-starts_on")
        field_of(self, "term", forms.ModelChoiceField).queryset = terms


def _void(membership: Membership, form: VoidTermForm, by: Any) -> ActionOutcome:
    term = memberships.void_term(form.cleaned_data["term"], reason=form.cleaned_data["reason"])
    return ActionOutcome((f"Taken back: {term}. {term.void_reason}",))


VOID_TERM = AdminAction(
    verb="void-term",
    label="Take a term back",
    permission="membership.change_membership",
    danger=True,
    is_offered=lambda membership: Term.objects.valid().filter(membership=membership).exists(),
    words=(
        "It counts for nothing from now on: what it opened is closed at once, and its days are free for another term. "
        "It stays in the list with your reason. Nobody is written to, and no money moves.",
    ),
    form=VoidTermForm,
    view=LoggedActionView,
    do=_void,
)


class StandingFilter(admin.SimpleListFilter):
    """Current today or not: what the dates say."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("current", "Active or in grace"), ("not", "Lapsed, not begun, closed, or without a term")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        current = Membership.objects.current(timezone.localdate()).values("pk")
        if self.value() == "current":
            return queryset.filter(pk__in=current)
        return queryset.exclude(pk__in=current) if self.value() == "not" else queryset


@admin.register(Membership)
class MembershipAdmin(ClosedByDecision, ActionsAdmin):
    """Who is a member. A membership ends with its terms, or is closed by a decision; the record of it stays."""

    object_actions = (
        VOID_TERM,
        *closing_actions(
            "membership.change_membership",
            memberships.close_membership,
            memberships.reopen_membership,
            words=(
                "At once nothing is open to this person as a member any more, nor what the Journal published during "
                "their terms. Terms and groups are kept. The person gets an e-mail that says so, without your reason."
            ),
            again="Its terms and groups count again, as their dates say. The person gets an e-mail that says so.",
        ),
    )

    list_display = ("number", "name", "email", "standing", "category", "until", "joined_on")
    list_display_links = ("number", "name")
    list_filter = (StandingFilter, "terms__plan", "career_stage", "state_code")
    search_fields = ("number", "user__email", "user__first_name", "user__last_name")
    autocomplete_fields = ("user",)
    readonly_fields = ("number", "standing", "until", "closed_at")
    fields = (
        ("number", "standing", "until", "closed_at"),
        "user", "joined_on", "career_stage", "practice_setting", "state_code",
    )  # fmt: skip
    inlines = (TermInline,)
    list_per_page = 50

    def get_urls(self) -> list[Any]:
        return [path("why/", self.admin_site.admin_view(why), name="membership_why"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user").prefetch_related("terms")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if obj.number is None:
            obj.number = memberships.next_member_number()
        super().save_model(request, obj, form, change)

    def _standing(self, membership: Membership) -> Any:
        return membership.standing() if membership.pk else None

    @admin.display(description="name", ordering="user__last_name")
    def name(self, membership: Membership) -> str:
        return membership.user.display_name

    @admin.display(description="e-mail", ordering="user__email")
    def email(self, membership: Membership) -> str:
        return membership.user.email or NO_ADDRESS

    @admin.display(description="today")
    def standing(self, membership: Membership) -> str:
        found = self._standing(membership)
        return MembershipStatus(found.status).label if found else ""

    @admin.display(description="category")
    def category(self, membership: Membership) -> str:
        found = self._standing(membership)
        return str(found.term.plan) if found and found.term else ""

    @admin.display(description="until")
    def until(self, membership: Membership) -> str:
        found = self._standing(membership)
        if found is None or found.ends_on is None:
            return ""
        text = formats.date_format(found.ends_on)
        if found.status == MembershipStatus.GRACE:
            return f"{text}, grace until {formats.date_format(found.grace_ends_on)}"
        return text


@admin.register(TermNotice)
class TermNoticeAdmin(ReadOnlyAdmin):
    """What has been mailed; only the timed work writes here."""

    list_display = ("at", "step", "term", "member")
    list_filter = ("step",)
    date_hierarchy = "at"
    list_select_related = ("term__plan", "term__membership__user")

    @admin.display(description="member")
    def member(self, notice: TermNotice) -> str:
        return str(notice.term.membership)
