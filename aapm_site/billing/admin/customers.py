"""Customers: their terms, the address of the next invoice, and their statement of account."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.admin.worded_filter import worded

from ..models import BILL_FIELDS, Customer
from .placing import PLACE
from .reports import statement_page


@admin.register(Customer)
class CustomerAdmin(ActionsAdmin):
    """A customer who has an account is never deleted: the books name it."""

    change_form_template = "billing/admin/customer_change_form.html"
    object_actions = (PLACE,)
    is_named_in_lists = True
    list_display = ("name", "user", "bill_city", "net_days", "tax_exempt_number")
    list_filter = ("net_days", ("tax_exempt_number", worded("tax exemption", empty="None", filled="With a number")))
    list_select_related = ("user",)
    list_per_page = 50
    search_fields = ("name", "bill_name", "bill_email", "user__email", "tax_exempt_number")
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    autocomplete_fields = ("user",)
    readonly_fields = ("created_at",)
    fieldsets = (
        (None, {"fields": ("name", "user", "note")}),
        ("Terms", {"fields": ("net_days", "tax_exempt_number")}),
        (
            "The next invoice",
            {
                "fields": BILL_FIELDS,
                "description": "What the next order starts with; the buyer may change it. Invoices that were issued "
                "stay as they are.",
            },
        ),
        ("Record", {"fields": ("created_at",)}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:object_id>/statement/", view(self.statement), name="billing_customer_statement"),
            *super().get_urls(),
        ]

    def statement(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """What was invoiced and paid in a year, with the balance after each line."""
        customer = self.get_object(request, str(object_id))
        if customer is None:
            raise Http404
        if not self.has_view_permission(request, customer):
            raise PermissionDenied
        return statement_page(request, customer)
