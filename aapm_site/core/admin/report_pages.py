"""The pages of a room's reports: one that names them, one for each, and each as a table for spreadsheets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..files import csv_export
from ..periods import (
    ReportDayForm,
    ReportMonthsForm,
    ReportPeriod,
    ReportPeriodForm,
    month_of,
    months_before,
    usual_periods,
)
from ..report_tables import Report


@dataclass(frozen=True)
class ReportPages:
    """The reports of one room, under `name` in addresses, for those who hold the permission."""

    name: str
    title: str
    permission: str
    reports: Sequence[Report]
    more: Sequence[tuple[str, str, str]] = ()  # pages besides: what they are called, what they say, their name

    def urls(self, wrap: Callable[..., Any]) -> list[URLPattern]:
        """The addresses, for the admin whose tables they are about."""
        return [
            path("reports/", wrap(self.index), name=f"{self.name}_reports"),
            path("reports/<slug:slug>/", wrap(self.page), name=f"{self.name}_report"),
            path("reports/<slug:slug>/table.csv", wrap(self.file), name=f"{self.name}_report_file"),
        ]

    def index(self, request: HttpRequest) -> HttpResponse:
        """Which reports there are, and what each answers."""
        self._check(request)
        listed = [(report.title, report.question, self._url(report)) for report in self.reports]
        listed += [(title, said, reverse(name)) for title, said, name in self.more]
        context = {**admin.site.each_context(request), "title": self.title, "listed": listed, "reports": self.reports}
        return TemplateResponse(request, "admin/reports.html", context)

    def page(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One report; with days that are none, the form with what is wrong."""
        self._check(request)
        return self._page(request, self._called(slug))

    def file(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """The table of a report, under the names of its columns."""
        self._check(request)
        report = self._called(slug)
        period = _form(report, request.GET).period
        if period is None:
            return self._page(request, report)
        table = report.of(period).file
        days = "-".join(_asked(report, period).values())
        return csv_export.download(f"{slug}-{days}.csv", table.head, table.plain_rows)

    def _check(self, request: HttpRequest) -> None:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied

    def _called(self, slug: str) -> Report:
        found = next((report for report in self.reports if report.slug == slug), None)
        if found is None:
            raise Http404
        return found

    def _url(self, report: Report) -> str:
        return reverse(f"admin:{self.name}_report", args=[report.slug])

    def _page(self, request: HttpRequest, report: Report) -> HttpResponse:
        form = _form(report, request.GET)
        period = form.period
        asked = _asked(report, period) if period else {}
        if period:
            form = _form(report, asked)  # the fields say which days are shown
        query = urlencode(asked)
        context: dict[str, Any] = {
            **admin.site.each_context(request),
            "title": report.title,
            "room": (self.title, reverse(f"admin:{self.name}_reports")),
            "report": report,
            "others": [
                (other.title, f"{self._url(other)}{_same_days(other, report, query)}")
                for other in self.reports
                if other is not report
            ]
            + [(title, reverse(name)) for title, _, name in self.more],
            "form": form,
            "period": period,
            "usual": _usual(report),
            "is_usual": not request.GET,
            "query": query,
            "file": reverse(f"admin:{self.name}_report_file", args=[report.slug]),
            "found": report.of(period) if period else None,
        }
        return TemplateResponse(request, "admin/report.html", context, status=200 if period else 422)


def _form(report: Report, data: Any) -> ReportPeriodForm | ReportDayForm:
    if report.is_of_a_day:
        return ReportDayForm(data)
    return ReportMonthsForm(data) if report.is_of_months else ReportPeriodForm(data)


def _asked(report: Report, period: ReportPeriod) -> dict[str, str]:
    """What an address says of the days."""
    if report.is_of_a_day:
        return {"on": f"{period.last}"}
    return {"first": f"{period.first}", "last": f"{period.last}"}


def _same_days(other: Report, report: Report, query: str) -> str:
    return f"?{query}" if query and other.is_of_a_day == report.is_of_a_day else ""


def _usual(report: Report) -> list[tuple[str, str, ReportPeriod]]:
    """The days that a link leads to: its words, what its address says, and the days."""
    today = timezone.localdate()
    if report.is_of_a_day:
        ends = (("End of last month", month_of(months_before(today, 1))[1]), *_ends_of_years(today))
        periods = [(label, ReportPeriod(day, day)) for label, day in ends]
    else:
        periods = [(label, ReportPeriod(first, last)) for label, first, last in usual_periods(today)]
    return [(label, urlencode(_asked(report, period)), period) for label, period in periods]


def _ends_of_years(today: date) -> list[tuple[str, date]]:
    return [(f"End of {year}", date(year, 12, 31)) for year in range(today.year - 1, today.year - 4, -1)]
