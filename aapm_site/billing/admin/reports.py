"""What finance reads: open invoices by age, the ledger of a period, a customer's statement, and their tables."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from aapm_site.core.files import csv_export
from aapm_site.core.periods import PeriodForm, usual_periods, year_of
from aapm_site.core.transitions import staff_word

from ..forms.statement import YearForm
from ..models import Customer, Order
from ..presenters import ledger as ledger_tables
from ..presenters.statement import statements_in_words
from ..queries import aging, ledger, statements

PER_PAGE = 50


def _chosen(request: HttpRequest) -> tuple[PeriodForm, tuple[date, date] | None]:
    form = PeriodForm(request.GET)
    return form, (form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else None


@permission_required("billing.see_reports", raise_exception=True)
def ledger_page(request: HttpRequest) -> HttpResponse:
    """The report; with a period that is none, the form with what is wrong."""
    form, period = _chosen(request)
    if period:
        form = PeriodForm({"first": period[0], "last": period[1]})  # the fields say which period is shown
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Ledger report",
        "form": form,
        "periods": usual_periods(timezone.localdate()),
        "period": period,
        "file_query": urlencode({"first": period[0], "last": period[1]}) if period else "",
        "reports": ledger.report(*period) if period else [],
    }
    return TemplateResponse(request, "billing/admin/ledger.html", context, status=200 if period else 422)


def _file(request: HttpRequest, name: str, head: tuple[str, ...], rows: Any) -> HttpResponseBase:
    _, period = _chosen(request)
    if period is None:
        return ledger_page(request)
    first, last = period
    return csv_export.download(f"{name}-{first}-{last}.csv", head, rows(first, last))


@permission_required("billing.see_reports", raise_exception=True)
def entries_file(request: HttpRequest) -> HttpResponseBase:
    """Every entry of the period, sent while it is read."""
    return _file(request, "ledger", ledger_tables.ENTRY_HEAD, ledger_tables.entry_rows)


@permission_required("billing.see_reports", raise_exception=True)
def report_file(request: HttpRequest) -> HttpResponseBase:
    """The report as a table, under the period that it is of."""
    _, period = _chosen(request)

    def rows(first: date, last: date) -> Iterator[tuple[Any, ...]]:
        return chain([ledger_tables.REPORT_HEAD], ledger_tables.report_rows(first, last))

    return _file(request, "report", ("Period", *(period or ())), rows)


@permission_required("billing.view_order", raise_exception=True)
def aging_page(request: HttpRequest) -> HttpResponse:
    """Who owes what, and for how long; the totals are of all pages."""
    today = timezone.localdate()
    page = Paginator(aging.customers(today), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Open invoices by age",
        "today": today,
        "buckets": aging.BUCKETS,
        "page": page,
        "rows": aging.rows(page.object_list),
        "totals": aging.totals(today),
    }
    return TemplateResponse(request, "billing/admin/aging.html", context)


@permission_required("billing.view_order", raise_exception=True)
def aging_file(request: HttpRequest) -> HttpResponseBase:
    """The same for a spreadsheet, all customers."""
    today = timezone.localdate()
    head = ("Customer", *(bucket.label for bucket in aging.BUCKETS), "Together", "Currency")
    found = (*aging.rows(aging.customers(today)), *aging.totals(today))
    rows = ((row.name or "All customers", *row.parts, row.total, row.currency) for row in found)
    return csv_export.download(f"open-invoices-{today}.csv", head, rows)


ORDERS_HEAD = (
    "Invoice", "Customer", "Purchase order", "Issued", "Due", "Status", "Days overdue", "Total", "Owed", "Currency",
)  # fmt: skip


def orders_file(orders: QuerySet[Order]) -> HttpResponseBase:
    """Orders as a table, read a few thousand at a time; they come with their invoice, customer and `owed`."""
    rows = (_order_row(order, timezone.localdate()) for order in orders.iterator(ledger.CHUNK))
    return csv_export.download(f"orders-{timezone.localdate()}.csv", ORDERS_HEAD, rows)


def _order_row(order: Order, today: date) -> tuple[Any, ...]:
    invoice = order.invoice
    days = aging.days_overdue_of(order, today)
    return (
        invoice.number, order.customer.name, invoice.po_number, invoice.issued_on, invoice.due_on,
        "Overdue" if days else staff_word(order), days, invoice.total, order.owed, order.currency,
    )  # fmt: skip


def statement_page(request: HttpRequest, customer: Customer) -> HttpResponse:
    """A customer's account in a year, as the customer sees it."""
    today = timezone.localdate()
    form = YearForm(request.GET or None, years=statements.years(customer) or [today.year])
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Statement of account: {customer}",
        "customer": customer,
        "form": form,
        "year": form.chosen,
        "statements": statements_in_words(customer, *year_of(form.chosen)),
    }
    return TemplateResponse(request, "billing/admin/statement.html", context, status=422 if form.errors else 200)
