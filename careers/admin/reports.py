"""Positions that readers have reported: what they say, and the decision."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.states import by_value
from aapm_site.core.admin.waiting_filter import WaitingFilter
from aapm_site.core.forms import LongTextField

from ..domain import job_reports
from ..models import JobReport, ReportedJob

DECIDE = "careers.take_down_job"
SHORT = forms.Textarea(attrs={"rows": 4})


class WaitsForDecision(WaitingFilter):
    """What the queue of the front page counts."""

    choice = ("decision", "To be decided")

    @staticmethod
    def waiting(user: Any) -> QuerySet[ReportedJob]:
        return ReportedJob.objects.waiting()


class ReportDecisionForm(ActionForm):
    """A report that came meanwhile is read before the decision."""

    changed_since = "Another report has come, or somebody has decided. Please go back and look at it again."

    def mark(self) -> str:
        case = ReportedJob.objects.get(pk=self.subject.pk)
        return f"{case.outcome}, {case.reports.count()} reports"


class KeepForm(ReportDecisionForm):
    """Words to the employer, where there is something to say."""

    words = LongTextField(
        label="Words to the employer",
        required=False,
        max_length=2_000,
        widget=SHORT,
        help_text="Its team gets them by e-mail. Say nothing about who reported.",
    )


class TakeDownForm(ReportDecisionForm):
    """Why: the employer reads it."""

    reason = LongTextField(
        label="Reason",
        max_length=2_000,
        widget=SHORT,
        help_text="The employer's team reads it word for word. Say nothing about who reported.",
        error_messages={"required": "Please give a reason; the employer's team will read it."},
    )


def _keep_words(case: ReportedJob) -> tuple[str, ...]:
    if not case.hidden_at:
        return ("The position stays as it is. The employer hears of it only if you write something below.",)
    return (
        "The position is shown again, and the time that it was hidden is added to its last day. Its team is told.",
        "From now on reports do not hide it by themselves any more.",
    )


def _keep(case: ReportedJob, form: KeepForm, by: User) -> ActionOutcome:
    job = job_reports.keep_reported_job(case, by=by, words=form.cleaned_data["words"])
    return ActionOutcome((f"“{job}” stays.",))


def _take_down(case: ReportedJob, form: TakeDownForm, by: User) -> ActionOutcome:
    job = job_reports.take_down_reported_job(case, by=by, reason=form.cleaned_data["reason"])
    return ActionOutcome((f"“{job}” is taken down, and its employer is told why.",))


def _refusal(case: ReportedJob) -> str:
    return "" if case.is_waiting else job_reports.DECIDED


class ReportInline(admin.TabularInline):
    model = JobReport
    fields = readonly_fields = ("reported_at", "reason", "note")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ReportedJob)
class ReportedJobAdmin(ReadOnlyAdmin, ActionsAdmin):
    """What readers say about a position, until staff decide and afterwards."""

    states_in_lists = {"outcome": by_value("outcome", open="wait", kept="live", taken_down="end")}
    list_display = ("job", "employer", "report_count", "opened_at", "hidden_at", "outcome", "decided_at")
    list_filter = (WaitsForDecision, "outcome", "opened_at")
    list_select_related = ("job__employer",)
    search_fields = ("job__title", "job__employer__name", "=job__id")
    fields = readonly_fields = (
        *("position", "employer", "opened_at", "hidden_at", "outcome", "words", "decided_at", "decided_by"),
    )
    inlines = (ReportInline,)
    view_on_site = False
    object_actions = (
        AdminAction(
            verb="keep",
            label="Keep the position",
            permission=DECIDE,
            words=_keep_words,
            form=KeepForm,
            refusal=_refusal,
            view=LoggedActionView,
            do=_keep,
        ),
        AdminAction(
            verb="take-down",
            label="Take it down",
            permission=DECIDE,
            words=("The position ends now and does not come back. Its team gets your reason by e-mail.",),
            danger=True,
            form=TakeDownForm,
            refusal=_refusal,
            is_offered=lambda case: not case.job.is_ended,
            view=LoggedActionView,
            do=_take_down,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportedJob]:
        return (
            super()
            .get_queryset(request)
            .annotate(number_of_reports=Count("reports"), number_of_reporters=job_reports.reporters())
        )

    @admin.display(description="reports", ordering="number_of_reports")
    def report_count(self, case: Any) -> str:
        """One reader may report four times, which is no more than once. After the decision nobody knows any more."""
        by = f" by {readers} reader{'' if readers == 1 else 's'}" if (readers := case.number_of_reporters) else ""
        return f"{case.number_of_reports}{by}"

    @admin.display(description="employer", ordering="job__employer__name")
    def employer(self, case: ReportedJob) -> str:
        employer = case.job.employer
        return str(employer) if employer.verified else f"{employer} (not verified)"

    @admin.display(description="position")
    def position(self, case: ReportedJob) -> SafeString:
        """The way to what readers see, and to the position in the staff's pages."""
        job = case.job
        return format_html(
            '<a href="{}">{}</a> (position {}, {}), <a href="{}">as readers see it</a>',
            change_url(job),
            job,
            job.pk,
            "open" if job.is_live(timezone.now()) else job.get_status_display().lower(),
            job.get_absolute_url(),
        )
