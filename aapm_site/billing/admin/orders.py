"""Orders and invoices: who owes what, the page of an order with its buttons, and its papers."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from aapm_site.billing.models.order import OrderQuerySet
from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.templatetags.ui import status
from aapm_site.core.transitions import staff_word

from ..models import Order
from ..presenters import documents
from ..queries import aging
from ..views.documents import as_pdf
from . import order_actions, order_page
from .actions import OrderActionView
from .fields import as_amount
from .reports import aging_file, aging_page, orders_file


class AgeFilter(admin.SimpleListFilter):
    """Open invoices by how long they have been due."""

    title = "age"
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        overdue = [(bucket.name, f"{bucket.label} overdue") for bucket in aging.BUCKETS if bucket.name != aging.NOT_DUE]
        return [(aging.NOT_DUE, "Open, not due yet"), ("overdue", "Overdue, all"), *overdue]

    def queryset(self, request: HttpRequest, queryset: Any) -> OrderQuerySet:
        on = timezone.localdate()
        if self.value() == "overdue":
            return queryset.unpaid().filter(invoice__due_on__lt=on)
        if self.value() not in aging.BY_NAME:
            return queryset
        return queryset.unpaid().filter(aging.BY_NAME[self.value()].due(on))


class TooMuchFilter(admin.SimpleListFilter):
    """Orders on which more came than was owed."""

    title = "money kept"
    parameter_name = "kept"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "More came than was owed")]

    def queryset(self, request: HttpRequest, queryset: Any) -> OrderQuerySet:
        return queryset.filter(owed__lt=0) if self.value() == "yes" else queryset


class OrderWayFilter(admin.ChoicesFieldListFilter):
    """How the buyer wished to pay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "way to pay"


@admin.register(Order)
class OrderAdmin(ActionsAdmin):
    """Nothing here is typed over but a note for staff: money moves by actions."""

    when_empty = "What somebody orders on the site stands here with its invoice."
    change_form_template = "billing/admin/order_change_form.html"
    change_list_template = "billing/admin/order_list.html"
    list_display = ("number", "customer", "po_number", "total", "owed_now", "state", "due_on", "overdue")
    list_display_links = ("number",)
    list_filter = ("status", AgeFilter, TooMuchFilter, ("pay_by", OrderWayFilter))
    linked_by = ("customer__id__exact",)
    empty_value_display = ""
    list_select_related = ("invoice", "customer")
    list_per_page = 50
    search_fields = (
        "invoice__number", "customer__name", "invoice__bill_name", "invoice__po_number", "payments__reference",
        "payments__number",
    )  # fmt: skip
    search_help_text = "Number of the invoice, receipt or check, customer, purchase order, or the invoice's total."
    show_facets = admin.ShowFacets.NEVER
    fields = ("note",)
    action_view = OrderActionView
    object_actions = order_actions.ORDER_ACTIONS

    def view_on_site(self, order: Order) -> str:
        """The page of the mail's link: what the customer, or its finance office, sees."""
        return reverse("billing:pay", args=[order.pay_token])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return cast(OrderQuerySet, super().get_queryset(request).select_related("invoice", "customer")).with_owed()

    def get_ordering(self, request: HttpRequest) -> Any:
        """What is overdue comes longest first."""
        if request.GET.get("age") in ("overdue", *aging.BY_NAME):
            return ("invoice__due_on", "pk")
        return super().get_ordering(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Order, form: Any, change: bool) -> None:
        """Only the note: the rest of the row may have moved on since it was read."""
        obj.save(update_fields=["note"])

    # The list ---------------------------------------------------------------------------------------------------------
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Orders and invoices", **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        """What is an amount finds the orders of that total as well."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if (amount := as_amount(search_term)) is None:
            return found, may_repeat
        return queryset.filter(Q(invoice__total=amount) | Q(pk__in=found.order_by().values("pk"))), False

    @admin.display(description="invoice", ordering="invoice__number")
    def number(self, order: Order) -> str:
        return order.invoice.number

    @admin.display(description="purchase order", ordering="invoice__po_number")
    def po_number(self, order: Order) -> str:
        return order.invoice.po_number

    @admin.display(description="total", ordering="invoice__total")
    def total(self, order: Order) -> str:
        return order_actions.money(order.invoice.total, order)

    @admin.display(description="owed", ordering="owed")
    def owed_now(self, order: Order) -> str:
        return order_actions.money(order.owed, order) if order.owed else ""

    @admin.display(description="status", ordering="status")
    def state(self, order: Order) -> SafeString:
        if order_page.overdue_now(order):
            return status("overdue", "Overdue", tone="back")
        return status(order.status, staff_word(order))

    @admin.display(description="due", ordering="invoice__due_on")
    def due_on(self, order: Order) -> Any:
        return order.invoice.due_on

    @admin.display(description="overdue", ordering="invoice__due_on")
    def overdue(self, order: Order) -> str:
        return order_page.in_words(order_page.overdue_now(order))

    # The page ---------------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("by-age/", view(aging_page), name="billing_aging"),
            path("by-age/open.csv", view(aging_file), name="billing_aging_file"),
            path("orders.csv", view(self.file), name="billing_orders_file"),
            path("<int:object_id>/papers/<slug:kind>/<int:paper>/", view(self.document), name="billing_order_document"),
            *super().get_urls(),
        ]

    def buttons(self, request: HttpRequest, subject: Order) -> list[dict[str, Any]]:
        """Once it is paid, a payment is hardly what comes next: the button is the last one then."""
        found = super().buttons(request, subject)
        return found if subject.is_unpaid else sorted(found, key=lambda one: one["verb"] == "record-payment")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        order = context.get("original")
        if order is not None:
            may_record = request.user.has_perm(order_actions.RECORD)
            context["pay_url"] = order_page.pay_url(order) if may_record else ""
            context |= {**order_page.facts(order), "may_record": may_record, "standing": order_actions.standing(order)}
        return super().render_change_form(request, context, *args, **kwargs)

    def file(self, request: HttpRequest) -> HttpResponseBase:
        """The list as it is filtered and sorted, all its pages, for a spreadsheet."""
        if not request.user.has_perm("billing.view_order"):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup):
            return HttpResponseRedirect(reverse("admin:billing_order_changelist"))
        return orders_file(listed.get_queryset(request))

    def document(self, request: HttpRequest, object_id: int, kind: str, paper: int) -> HttpResponse:
        """The same PDF as the customer's: the invoice, a receipt or a credit note of this order."""
        order = self.get_object(request, str(object_id))
        if order is None:
            raise Http404
        if not request.user.has_perm("billing.view_order"):
            raise PermissionDenied
        if kind == "invoice" and paper == order.invoice.pk:
            return as_pdf(documents.invoice_document(order.invoice), kind)
        if kind == "receipt":
            return as_pdf(documents.receipt_document(get_object_or_404(order.payments, pk=paper)), kind)
        if kind == "credit-note":
            return as_pdf(documents.credit_note_document(get_object_or_404(order.invoice.credit_notes, pk=paper)), kind)
        raise Http404
