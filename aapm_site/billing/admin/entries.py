"""The ledger, entry by entry, and the way to its reports."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from aapm_site.core.admin.base import ReadOnlyAdmin

from ..models import Entry
from ..presenters.ledger import METHODS
from . import reports
from .display import link_to, money, sum_of


class EntryWayFilter(admin.SimpleListFilter):
    """How the money came or went, in words."""

    title = "method"
    parameter_name = "method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(METHODS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return queryset.filter(method=self.value()) if self.value() in METHODS else queryset


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    change_list_template = "billing/admin/entry_list.html"
    list_display = ("booked_on", "kind", "invoice_number", "customer", "way", "raises", "lowers", "tax_part")
    list_display_links = ("booked_on", "kind")
    list_filter = ("kind", EntryWayFilter, "currency")
    list_select_related = ("order__invoice", "customer")
    list_per_page = 100
    empty_value_display = ""
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("order__invoice__number", "customer__name")
    search_help_text = "Number of the invoice, or customer."
    ordering = ("-booked_on", "-pk")
    date_hierarchy = "booked_on"
    fields = readonly_fields = (
        "booked_on", "kind", "sum", "tax_part", "way", "invoice_number", "customer", "paper", "booked_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).select_related("order__invoice", "customer")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("report/", view(reports.ledger_page), name="billing_ledger"),
            path("report/entries.csv", view(reports.entries_file), name="billing_ledger_entries"),
            path("report/report.csv", view(reports.report_file), name="billing_ledger_report"),
            *super().get_urls(),
        ]

    @admin.display(description="amount", ordering="amount")
    def sum(self, entry: Entry) -> str:
        return sum_of(entry)

    @admin.display(description="charges", ordering="amount")
    def raises(self, entry: Entry) -> str:
        return sum_of(entry) if entry.raises else ""

    @admin.display(description="credits", ordering="amount")
    def lowers(self, entry: Entry) -> str:
        return "" if entry.raises else sum_of(entry)

    @admin.display(description="tax", ordering="tax")
    def tax_part(self, entry: Entry) -> str:
        return money(entry.tax, entry.currency) if entry.tax else ""

    @admin.display(description="method", ordering="method")
    def way(self, entry: Entry) -> str:
        return METHODS.get(entry.method, "")

    @admin.display(description="invoice", ordering="order__invoice__number")
    def invoice_number(self, entry: Entry) -> SafeString:
        return link_to(entry.order)

    @admin.display(description="paper")
    def paper(self, entry: Entry) -> Any:
        return entry.paper
