"""How the journal is used: reports for its editors, those of COUNTER as files, and agents that are no readers."""

import csv
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from aapm_site.core.admin.report_pages import ReportPages
from aapm_site.core.files.csv_export import MARK, Echo

from ..counter_views import BY_SLUG
from ..forms.counter import EACH_MONTH, CounterForm
from ..models import RobotAgent
from ..presenters.counter_reports import counter_report
from ..presenters.usage_reports import REPORTS

MAY_SEE = "membership.see_journal_usage"
COUNTER = "Reports of COUNTER"
USAGE_REPORTS = ReportPages(
    "journal", "How the Journal is read", MAY_SEE, REPORTS,
    ((COUNTER, "Title, item and platform reports, release 5.1, as files for libraries.", "admin:journal_counter"),),
)  # fmt: skip


def counter_page(request: HttpRequest) -> HttpResponse:
    """Which report, of which months."""
    _check(request)
    return _asked(request, CounterForm(request.GET))


def counter_file(request: HttpRequest) -> HttpResponseBase:
    """The report as a table with tabs; with months that are none, the form with what is wrong."""
    _check(request)
    form = CounterForm(request.GET)
    period = form.period
    if period is None:
        return _asked(request, form)
    view, by_month = BY_SLUG[form.cleaned_data["report"]], form.cleaned_data["columns"] == EACH_MONTH
    rows = counter_report(view, period, by_month=by_month, at=timezone.now())
    writer = csv.writer(Echo(), delimiter="\t", lineterminator="\r\n")
    lines = (f"{'' if number else MARK}{writer.writerow(row)}" for number, row in enumerate(rows))
    response = StreamingHttpResponse(lines, content_type="text/tab-separated-values; charset=utf-8")
    name = f"{view.id}-{period.first:%Y-%m}-{period.last:%Y-%m}.tsv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_SEE):
        raise PermissionDenied


def _asked(request: HttpRequest, form: CounterForm) -> HttpResponse:
    """The form with what it takes, filled in."""
    is_valid = form.is_valid()
    if is_valid:
        cleaned = form.cleaned_data
        form = CounterForm({**cleaned, "first": f"{cleaned['first']}", "last": f"{cleaned['last']}"})
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": COUNTER,
        "room": (USAGE_REPORTS.title, reverse("admin:journal_reports")),
        "form": form,
        "file": reverse("admin:journal_counter_file"),
    }
    return TemplateResponse(request, "membership/admin/counter.html", context, status=200 if is_valid else 422)


@admin.register(RobotAgent)
class RobotAgentAdmin(admin.ModelAdmin):
    list_display = ("fragment", "note", "added_at")
    list_filter = ("added_at",)
    search_fields = ("fragment", "note")
    fields = ("fragment", "note", "added_at")
    readonly_fields = ("added_at",)

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("reports/counter/", wrap(counter_page), name="journal_counter"),
            path("reports/counter/report.tsv", wrap(counter_file), name="journal_counter_file"),
        ]
        return [*own, *USAGE_REPORTS.urls(wrap), *super().get_urls()]
