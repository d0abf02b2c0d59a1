"""The reports of the career center: a page that names them, one for each, and each as a table for spreadsheets."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from aapm_site.core.files import csv_export
from aapm_site.core.periods import usual_periods

from ..forms.report_period import ReportPeriodForm
from ..presenters.report_tables import Report
from ..presenters.reports import REPORTS, report_called

RIGHT = "careers.see_career_reports"


def _report(slug: str) -> Report:
    report = report_called(slug)
    if report is None:
        raise Http404
    return report


@permission_required(RIGHT, raise_exception=True)
def career_reports(request: HttpRequest) -> HttpResponse:
    """Which reports there are, and what each answers."""
    context = {**admin.site.each_context(request), "title": "Career center reports", "reports": REPORTS}
    return TemplateResponse(request, "careers/admin/reports.html", context)


@permission_required(RIGHT, raise_exception=True)
def career_report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report of a period; with a period that is none, the form with what is wrong."""
    return _page(request, _report(slug))


def _page(request: HttpRequest, report: Report) -> HttpResponse:
    form = ReportPeriodForm(request.GET)
    period = form.period
    if period:
        days = {"first": period.first, "last": period.last}
        form = ReportPeriodForm(days)  # the fields say which period is shown
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": report.title,
        "report": report,
        "reports": REPORTS,
        "form": form,
        "period": period,
        "periods": usual_periods(timezone.localdate()),
        "is_usual": not request.GET,
        "query": urlencode(days) if period else "",
        "found": report.of(period) if period else None,
    }
    return TemplateResponse(request, "careers/admin/report.html", context, status=200 if period else 422)


@permission_required(RIGHT, raise_exception=True)
def career_report_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The table of a report, under the names of its columns."""
    report, period = _report(slug), ReportPeriodForm(request.GET).period
    if period is None:
        return _page(request, report)
    table = report.of(period).file
    return csv_export.download(f"{slug}-{period.first}-{period.last}.csv", table.head, table.plain_rows)
