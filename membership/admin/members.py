"""Members, their terms and what has been mailed about them."""

from functools import partial
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.billing.models import Order
from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.closing import ClosedByDecision, closing_actions
from aapm_site.core.templatetags.ui import TONE_OF, day
from aapm_site.core.transitions import staff_word
from aapm_site.mail.bounce_admin import NO_ADDRESS
from aapm_site.mail.models import OutgoingEmail

from ..access import MEMBERS
from ..domain import memberships
from ..models import Application, Membership, PastTerm, Term, TermNotice
from ..presenters.automatic import for_staff
from ..queries.dues_orders import dues_orders
from ..rules import FOR_LIFE, term_end
from ..states import MembershipStatus
from .automatic import STOP_AUTOMATIC
from .honors import GRANT_HONOR, TAKE_BACK_HONOR
from .leaving import LEAVING_ACTIONS, leaving_of
from .member_actions import DEATH, NOT_DEAD, NOTE
from .member_lists import SavedListFilter, conditions_in, export_members
from .member_reports import MEMBER_REPORTS
from .merging import MERGE
from .office import OFFICE_ACTIONS, office_rows
from .papers import MAKE_CARD, MAKE_LETTER, papers_of
from .term_actions import CHANGE_CATEGORY, END_TERM, RECORD_TERM, VOID_TERM
from .viewing import VIEW_AS
from .what_if import what_if
from .why import why

MOST_ORDERS = 12


LONGEST_MONTHS = 120  # of a category's term


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
        is_written = bool({"starts_on", "ends_on"} & set(self.changed_data))
        is_for_life = cleaned.get("source") == Term.Source.HONORARY
        if begins and ends and is_written and not is_for_life and ends > term_end(begins, LONGEST_MONTHS):
            self.add_error("ends_on", "A term runs for ten years at most, as categories do. Is the year right?")
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
    fields = ("plan", "starts_on", "ends_on", "grace_days", "source", "paid_with", "counts")
    readonly_fields = ("paid_with", "counts")
    can_delete = False  # a term is taken back, with a reason, and stays

    def get_queryset(self, request: HttpRequest) -> QuerySet[Term]:
        return super().get_queryset(request).select_related("order_line__order__invoice")

    @admin.display(description="order, or why")
    def paid_with(self, term: Term) -> SafeString | str:
        """The order that paid it, or why it was given."""
        if term.order_line is None:
            return term.note
        order = term.order_line.order
        return format_html('<a href="{}">{}</a>', reverse("admin:billing_order_change", args=[order.pk]), order)

    @admin.display(description="counts")
    def counts(self, term: Term) -> str:
        if term.was_to and not term.is_void:
            return f"Yes, ended early: it was to end on {formats.date_format(term.was_to)}"
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


def _called(order: Order) -> SafeString | str:
    if order.is_offer:
        return "Offer by card"
    return format_html('<a href="{}">{}</a>', reverse("admin:billing_order_change", args=[order.pk]), order)


def _stands(order: Order) -> SafeString | str:
    placed = day(order.placed_at)
    if order.is_payable and order.offered_until:
        return format_html("not paid yet, until {}, placed {}", day(order.offered_until), placed)
    return format_html("{}, placed {}", order.get_status_display().lower(), placed)


@admin.register(Membership)
class MembershipAdmin(ClosedByDecision, ActionsAdmin):
    """Who is a member. A membership ends with its terms, or is closed by a decision; the record of it stays."""

    object_actions = (
        RECORD_TERM,
        CHANGE_CATEGORY,
        END_TERM,
        VOID_TERM,
        STOP_AUTOMATIC,
        GRANT_HONOR,
        TAKE_BACK_HONOR,
        *LEAVING_ACTIONS,
        *OFFICE_ACTIONS,
        MAKE_CARD,
        MAKE_LETTER,
        NOTE,
        VIEW_AS,
        MERGE,
        DEATH,
        NOT_DEAD,
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

    decided = ("closed_at", "next_plan", "deceased_on")
    when_empty = "They come with an application that is approved, or with a list of members that is imported."
    is_named_in_lists = True
    states_in_lists = {"standing": lambda membership: TONE_OF.get(str(membership.standing().status), "")}
    list_display = ("number", "name", "email", "standing", "category", "until", "joined_on")
    list_display_links = ("number", "name")
    list_filter = (SavedListFilter, StandingFilter, "terms__plan", "career_stage", "state_code")
    search_fields = ("number", "former_numbers__number", "user__email", "user__first_name", "user__last_name")
    autocomplete_fields = ("user",)
    readonly_fields = (
        "number", "former", "standing", "until", "closed_at", "deceased_on", "next_plan", "automatic", "dues",
        "applied", "mails", "noted", "access", "papers", "leaving", "office", "ahead",
    )  # fmt: skip
    fields = (
        ("number", "former", "standing", "until", "closed_at", "deceased_on"),
        "user", "joined_on", ("career_stage", "practice_setting", "state_code"),
        ("training_ends_on", "next_plan"), "automatic", "leaving", "noted", "dues", "office", "papers",
        "applied", "mails", "access", "ahead",
    )  # fmt: skip
    inlines = (TermInline,)
    list_per_page = 50

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        export = path("export/", wrap(partial(export_members, self)), name="membership_membership_export")
        ahead = path("<int:object_id>/what-if/", wrap(what_if), name="membership_what_if")
        own = [path("why/", wrap(why), name="membership_why"), ahead, export]
        return [*own, *MEMBER_REPORTS.urls(wrap), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What narrows the list goes along to its export, and into a list that is saved."""
        ways = {"query": request.GET.urlencode(), "kept": urlencode(conditions_in(request))}
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user", "next_plan").prefetch_related("terms")

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if obj.number is None:
            obj.number = memberships.next_member_number()
        super().save_model(request, obj, form, change)

    def _standing(self, membership: Membership) -> Any:
        return membership.standing() if membership.pk else None

    @admin.display(description="orders for dues")
    def dues(self, membership: Membership) -> SafeString | str:
        """Each with its state; an offer that nobody paid has no page here."""
        found = dues_orders(membership.user)[:MOST_ORDERS] if membership.pk else []
        return (
            format_html_join(SafeString("<br>"), "{}, {}", ((_called(order), _stands(order)) for order in found))
            or "None"
        )

    @admin.display(description="former numbers")
    def former(self, membership: Membership) -> str:
        """Those that other records of this person had, before they were merged."""
        return ", ".join(map(str, membership.former_numbers.all())) if membership.pk else ""

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[Any]:
        """Mails and access decisions are shown to those who may see them; of a new member there is nothing yet."""
        hidden = set() if request.user.has_perm("mail.view_outgoingemail") else {"mails"}
        if obj is None or not request.user.has_perm("membership.see_access_decision"):
            hidden |= {"access"}
        if obj is None:
            hidden |= {"automatic", "ahead", "leaving", "office", "noted", "dues", "papers", "applied", "mails"}
        return [field for field in self.fields if field not in hidden]

    @admin.display(description="automatic renewal")
    def automatic(self, membership: Membership) -> str:
        return for_staff(membership)

    @admin.display(description="notes")
    def noted(self, membership: Membership) -> SafeString | str:
        rows = ((day(note.at), note.by or "Somebody", note.text) for note in membership.notes.select_related("by"))
        return format_html_join(SafeString("<br>"), "{}, {}: {}", rows) or "None"

    @admin.display(description="resignations and pauses")
    def leaving(self, membership: Membership) -> SafeString | str:
        return leaving_of(membership) if membership.pk else "None"

    @admin.display(description="receipts to the office")
    def office(self, membership: Membership) -> SafeString | str:
        return office_rows(membership) if membership.pk else "None"

    @admin.display(description="cards and letters")
    def papers(self, membership: Membership) -> SafeString | str:
        return papers_of(membership)

    @admin.display(description="applications")
    def applied(self, membership: Membership) -> SafeString | str:
        found = Application.objects.filter(user=membership.user_id).select_related("plan")[:MOST_ORDERS]
        rows = (
            (
                reverse("admin:membership_application_change", args=[one.pk]),
                one.plan,
                staff_word(one),
                day(one.submitted_at),
            )
            for one in found
        )
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>, {}, {}', rows) or "None"

    @admin.display(description="mails, the newest")
    def mails(self, membership: Membership) -> SafeString | str:
        found = OutgoingEmail.objects.filter(user=membership.user_id)[:MOST_ORDERS]
        rows = (
            (
                reverse("admin:mail_outgoingemail_change", args=[mail.pk]),
                mail.subject,
                mail.state_words.lower(),
                day(mail.created_at),
            )
            for mail in found
        )
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>, {}, {}', rows) or "None"

    @admin.display(description="access")
    def access(self, membership: Membership) -> SafeString:
        """Where the site says itself why they may read something, or not."""
        query = urlencode({"person": membership.number, "what": MEMBERS})
        return format_html('<a href="{}?{}">Why can they read, or not?</a>', reverse("admin:membership_why"), query)

    @admin.display(description="ahead")
    def ahead(self, membership: Membership) -> SafeString:
        """Where staff read what would follow from something, before it is done."""
        url = reverse("admin:membership_what_if", args=[membership.pk])
        return format_html('<a href="{}">What would happen if …?</a>', url)

    @admin.display(description="name", ordering="user__last_name")
    def name(self, membership: Membership) -> str:
        return membership.user.display_name

    @admin.display(description="e-mail", ordering="user__email")
    def email(self, membership: Membership) -> str:
        return membership.user.email or NO_ADDRESS

    @admin.display(description="status")
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
        if found.ends_on == FOR_LIFE:
            return "For life"
        text = formats.date_format(found.ends_on)
        if found.status == MembershipStatus.GRACE:
            return f"{text}, grace until {formats.date_format(found.grace_ends_on)}"
        return text


@admin.register(PastTerm)
class PastTermAdmin(ReadOnlyAdmin):
    """Terms of people whom we have forgotten, for the counts of past years."""

    list_display = ("plan", "starts_on", "ends_on", "source", "state_code", "career_stage")
    list_filter = ("plan", "source", "career_stage")
    list_select_related = ("plan", "career_stage")
    fields = readonly_fields = list_display
    date_hierarchy = "starts_on"


@admin.register(TermNotice)
class TermNoticeAdmin(ReadOnlyAdmin):
    """What has been mailed; only the timed work writes here."""

    names_in_lists = {"member": "term__membership"}
    list_display = ("at", "step", "term", "member")
    list_filter = ("step",)
    date_hierarchy = "at"
    list_select_related = ("term__plan", "term__membership__user")

    @admin.display(description="member")
    def member(self, notice: TermNotice) -> str:
        return str(notice.term.membership)
