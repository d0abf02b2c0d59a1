"""Institutions with seats: staff make and hold them, ask who looks after them, and see people, orders and periods."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.accounts.rules import normal_email
from aapm_site.billing.models import Order
from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import ActionView, LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import NeverDeleted
from aapm_site.core.forms import field_of
from aapm_site.core.templatetags.ui import day

from ..domain import bundle_dues, bundles, seats
from ..models import Bundle, BundleAdministrator, BundlePeriod, BundleSeat, SeatPrice, SeatReminder
from ..queries.dues_orders import MOST_SHOWN, institution_orders

CHANGE = "membership.change_bundle"


class SeatPriceInline(admin.StackedInline):
    """What a category's seats cost, by their number."""

    model = SeatPrice
    extra = 0


class AskAdministratorForm(ActionForm):
    """Whom, and how one knows that they act for the institution."""

    email = forms.EmailField(
        label="E-mail of the administrator",
        max_length=254,
        help_text="They sign in, or make an account, with this very address and say yes.",
    )
    reason = reason_for_colleagues("How do you know?", "Say how you know that they act for it.")

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])


def _ask(bundle: Bundle, form: AskAdministratorForm, by: Any) -> ActionOutcome:
    asked = bundles.ask_administrator(bundle, by=by, email=form.cleaned_data["email"])
    return ActionOutcome((f"Asked to look after the seats: {asked.email}. {form.cleaned_data['reason'].strip()}",))


class BundleHoldForm(ActionForm):
    """Why, for whoever asks later."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _hold(bundle: Bundle, form: BundleHoldForm, by: Any) -> ActionOutcome:
    return ActionOutcome((f"{bundles.hold_bundle(bundle)} is on hold. {form.cleaned_data['reason'].strip()}",))


def _release(bundle: Bundle, form: BundleHoldForm, by: Any) -> ActionOutcome:
    return ActionOutcome((f"{bundles.release_bundle(bundle)} is released. {form.cleaned_data['reason'].strip()}",))


class PaidSeatsForm(ActionForm):
    """Which seats, and why."""

    period = forms.ModelChoiceField(
        BundlePeriod.objects.none(), label="Which seats?", error_messages={"required": "Choose the seats."}
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = BundlePeriod.objects.valid().filter(bundle=self.subject).select_related("plan")
        field_of(self, "period", forms.ModelChoiceField).queryset = known.order_by("-starts_on")


def _void(bundle: Bundle, form: PaidSeatsForm, by: Any) -> ActionOutcome:
    done = bundle_dues.void_period(form.cleaned_data["period"], reason=form.cleaned_data["reason"])
    return ActionOutcome((f"Taken back: {done}. {done.void_reason}",))


class EndSeatsForm(PaidSeatsForm):
    """The last day that the seats still have."""

    seats_end_on = forms.DateField(
        label="Their last day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose their last day.", "invalid": "Choose a day."},
    )
    field_order = ("period", "seats_end_on", "reason", "seen")


def _end(bundle: Bundle, form: EndSeatsForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    done = bundle_dues.end_period(said["period"], on=said["seats_end_on"])
    return ActionOutcome((f"Ended early: {done}. {said['reason'].strip()}",))


class TakeOffListForm(ActionForm):
    """Who, and why."""

    person = forms.ModelChoiceField(
        BundleSeat.objects.none(), label="Who?", error_messages={"required": "Choose the person."}
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = BundleSeat.objects.open().filter(bundle=self.subject).select_related("bundle")
        field_of(self, "person", forms.ModelChoiceField).queryset = known


def _take_off(bundle: Bundle, form: TakeOffListForm, by: Any) -> ActionOutcome:
    seat = form.cleaned_data["person"]
    seats.end_seat(seat, by=by)
    return ActionOutcome((f"Off the list: {seat.email}. {form.cleaned_data['reason'].strip()}",))


class PlaceSeatsView(ActionView):
    """Leads on to the billing office's page, where the order is written down."""

    def ask(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:billing_customer_place", args=[self.subject.customer_id]))


def _place(bundle: Bundle, form: ActionForm, by: Any) -> ActionOutcome:
    return ActionOutcome(url=reverse("admin:billing_customer_place", args=[bundle.customer_id]))


def _has_periods(bundle: Bundle) -> bool:
    return bundle.periods.valid().exists()


ACTIONS = (
    AdminAction(
        verb="ask-administrator",
        label="Ask an administrator",
        button="Send the letter",
        permission=CHANGE,
        words=(
            "The person gets a letter. After a yes they invite people, take them off, and order in the name "
            "of the institution.",
        ),
        form=AskAdministratorForm,
        view=LoggedActionView,
        do=_ask,
    ),
    AdminAction(
        verb="order-seats",
        label="Place an order",
        permission="billing.add_order",
        words=("The order is written down on the page of its account with the billing office.",),
        view=PlaceSeatsView,
        do=_place,
    ),
    AdminAction(
        verb="take-off",
        label="Take somebody off the list",
        permission=CHANGE,
        danger=True,
        is_offered=lambda bundle: bundle.people.open().exists(),
        words=("The membership that came with the seat ends today, and the person is told. The seat is free.",),
        form=TakeOffListForm,
        view=LoggedActionView,
        do=_take_off,
    ),
    AdminAction(
        verb="end-seats",
        label="End seats early",
        permission=CHANGE,
        danger=True,
        is_offered=_has_periods,
        words=(
            "They end on the day that you choose, and so do the terms of the people on them, without grace. Nobody is "
            "written to, and no money moves: issue a credit note on the order if something goes back.",
        ),
        form=EndSeatsForm,
        view=LoggedActionView,
        do=_end,
    ),
    AdminAction(
        verb="void-seats",
        label="Take seats back",
        permission=CHANGE,
        danger=True,
        is_offered=_has_periods,
        words=(
            "They count for nothing from now on, and neither do the terms of the people on them: what these opened is "
            "closed at once. Nobody is written to, and no money moves.",
        ),
        form=PaidSeatsForm,
        view=LoggedActionView,
        do=_void,
    ),
    AdminAction(
        verb="hold",
        label="Hold",
        permission=CHANGE,
        danger=True,
        is_offered=lambda bundle: bundle.held_at is None,
        words=(
            "Nobody is invited or admitted, and nothing can be ordered, until a colleague releases it. Who has a seat "
            "keeps it. Its page says that the seats are on hold, without your reason.",
        ),
        form=BundleHoldForm,
        view=LoggedActionView,
        do=_hold,
    ),
    AdminAction(
        verb="release",
        label="Release",
        permission=CHANGE,
        is_offered=lambda bundle: bundle.held_at is not None,
        words=("People can be invited and admitted again, and seats ordered.",),
        form=BundleHoldForm,
        view=LoggedActionView,
        do=_release,
    ),
)


class AdministratorInline(admin.TabularInline):
    """Who looks after the seats, or was asked; taken off here."""

    model = BundleAdministrator
    fields = readonly_fields = ("email", "user", "invited_by", "invited_at", "accepted_at")
    extra = 0
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BundlePeriodInline(admin.TabularInline):
    """What was bought."""

    model = BundlePeriod
    fields = readonly_fields = ("seats", "plan", "starts_on", "ends_on", "was_to", "paid_with", "counts")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[BundlePeriod]:
        return super().get_queryset(request).select_related("plan", "order_line__order__invoice")

    @admin.display(description="order")
    def paid_with(self, period: BundlePeriod) -> SafeString:
        order = period.order_line.order
        return format_html('<a href="{}">{}</a>', reverse("admin:billing_order_change", args=[order.pk]), order)

    @admin.display(description="counts")
    def counts(self, period: BundlePeriod) -> str:
        return f"No, taken back: {period.void_reason}" if period.is_void else "Yes"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BundleSeatInline(admin.TabularInline):
    """Everybody who is or was on the list."""

    model = BundleSeat
    fields = readonly_fields = (
        *("email", "person", "invited_by", "invited_at", "accepted_at", "declined_at", "ended_at", "ended_by"),
    )
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[BundleSeat]:
        return super().get_queryset(request).select_related("user__membership", "invited_by", "ended_by")

    @admin.display(description="member")
    def person(self, seat: BundleSeat) -> SafeString | str:
        membership = getattr(seat.user, "membership", None)
        if membership is None:
            return seat.shown_name
        address = reverse("admin:membership_membership_change", args=[membership.pk])
        return format_html('<a href="{}">{}</a>', address, seat.shown_name)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class HeldFilter(admin.SimpleListFilter):
    """On hold or not."""

    title = "hold"
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "On hold"), ("no", "Not on hold")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Bundle]) -> QuerySet[Bundle]:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(held_at__isnull=self.value() == "no")


@admin.register(Bundle)
class BundleAdmin(NeverDeleted, ActionsAdmin):
    """Who pays for seats. What it has bought, and who is on its list, stands below."""

    object_actions = ACTIONS
    list_display = ("name", "plan", "seats", "people", "held_at")
    list_filter = (HeldFilter, "plan")
    list_select_related = ("plan",)
    search_fields = ("name", "administrators__email", "people__email")
    fields = ("name", "plan", "note", "standing", "held_at", "account", "orders", "letters")
    readonly_fields = ("standing", "held_at", "account", "orders", "letters")
    inlines = (AdministratorInline, BundlePeriodInline, BundleSeatInline)
    view_on_site = False  # its own page is the administrators'

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bundle]:
        is_open = Q(people__declined_at=None, people__ended_at=None)
        running = BundlePeriod.objects.valid().filter(
            bundle=OuterRef("pk"), starts_on__lte=timezone.localdate(), ends_on__gte=timezone.localdate()
        )
        bought = running.order_by().values("bundle").annotate(sum=Sum("seats")).values("sum")
        return (
            super()
            .get_queryset(request)
            .annotate(
                number_of_people=Count("people", filter=is_open), seats_today=Coalesce(Subquery(bought), Value(0))
            )
        )

    def get_fields(self, request: HttpRequest, obj: Bundle | None = None) -> tuple[str, ...]:
        return self.fields if obj else ("name", "plan", "note")

    def get_inlines(self, request: HttpRequest, obj: Bundle | None) -> tuple[type[admin.TabularInline], ...]:
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Bundle, form: Any, change: bool) -> None:
        if change:
            bundles.edit_bundle(obj, name=obj.name, plan=obj.plan, note=obj.note)
            return
        made = bundles.make_bundle(obj.name, obj.plan, note=obj.note)
        obj.pk, obj.public_id, obj.customer = made.pk, made.public_id, made.customer

    @admin.display(description="seats today")
    def seats(self, bundle: Any) -> int:
        return bundle.seats_today

    @admin.display(description="people", ordering="number_of_people")
    def people(self, bundle: Any) -> int:
        return bundle.number_of_people

    @admin.display(description="how the seats stand")
    def standing(self, bundle: Bundle) -> str:
        count = seats.count_seats(bundle)
        if not count.bought:
            return "No seats are bought for today or later."
        stand = (f"{count.bought} bought", f"{count.used} with a member", f"{count.kept} kept for invited people")
        return ", ".join((*stand, f"{count.free} free"))

    @admin.display(description="account with the billing office")
    def account(self, bundle: Bundle) -> SafeString:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:billing_customer_change", args=[bundle.customer_id]), bundle.customer
        )

    @admin.display(description="orders")
    def orders(self, bundle: Bundle) -> SafeString | str:
        found = institution_orders(bundle.customer)[:MOST_SHOWN]
        return format_html_join(SafeString("<br>"), "{}, {}", ((_called(one), _stands(one)) for one in found)) or "None"

    @admin.display(description="letters about the end")
    def letters(self, bundle: Bundle) -> SafeString | str:
        names = dict(SeatReminder.objects.values_list("slug", "name"))
        sent = bundle.notices.all()[:MOST_SHOWN]
        rows = ((names.get(one.step, one.step), day(one.ends_on), day(one.at)) for one in sent)
        return format_html_join(SafeString("<br>"), "{}, of seats to {}: {}", rows) or "None yet"


def _called(order: Order) -> SafeString | str:
    if order.is_offer:
        return "Offer by card"
    return format_html('<a href="{}">{}</a>', reverse("admin:billing_order_change", args=[order.pk]), order)


def _stands(order: Order) -> SafeString:
    return format_html("{}, placed {}", order.get_status_display().lower(), day(order.placed_at))
