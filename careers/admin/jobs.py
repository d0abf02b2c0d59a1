"""Jobs in the admin: the queue of what waits to be read, and the moves that staff decide."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.actions import ActionOutcome, AdminAction, MoveAction
from aapm_site.core.admin.empty import EmptyList
from aapm_site.core.admin.rich_text import RichTextAdmin

from ..domain import jobs, reviews
from ..models import Job
from ..presenters.days import run_in_words
from ..presenters.job_summary import stated_words
from ..presenters.review_hints import warnings_for
from ..queries import boards
from ..states import JobStatus
from ..term_words import stated_terms
from .career_reports import CAREER_REPORTS
from .desk import DESK_ACTIONS, DeskAdmin
from .figures import career_figures
from .job_filters import EmployerFilter, SentFilter, StageFilter, UnreadFilter
from .trusted_desk import TrustedDeskAdmin

OPENS_ON = QueryDict("stage=review")
# What staff may put right; everything else is the employer's.
CORRECTED = ("title", "summary", "body", "benefits", "pay_note", "featured")


def _lines(sentences: Iterable[str]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((sentence,) for sentence in sentences))  # noqa: S308 - our own mark


def _mark_read(job: Job, form: ActionForm, by: User) -> ActionOutcome:
    done = reviews.mark_read(job, by=by)
    return ActionOutcome((f"The words of “{done}” are read.",))


@admin.register(Job)
class JobAdmin(RichTextAdmin, TrustedDeskAdmin, DeskAdmin):
    """Staff read, decide, and put words right; employers write."""

    when_empty = "Employers write their positions on their own board, and send them here to be reviewed."
    list_display = ("title", "employer", "places", "status", "age_in_review", "starts_at", "ends_at", "featured")
    list_filter = (
        StageFilter,
        SentFilter,
        UnreadFilter,
        EmployerFilter,
        "employer__verified",
        "profession",
        "featured",
    )
    list_select_related = ("employer",)
    search_fields = ("title", "employer__name", "public_employer_name", "places_text", "=id")
    show_facets = admin.ShowFacets.NEVER
    object_actions = (
        MoveAction(
            verb="approve", to=JobStatus.APPROVED, do=jobs.approve_or_resume_job, permission="careers.approve_job"
        ),
        MoveAction(verb="return", to=JobStatus.RETURNED, do=jobs.return_job, permission="careers.return_job"),
        MoveAction(verb="pause", to=JobStatus.PAUSED, do=jobs.pause_job, permission="careers.take_down_job"),
        MoveAction(verb="withdraw", to=JobStatus.WITHDRAWN, do=jobs.withdraw_job, permission="careers.take_down_job"),
        AdminAction(
            verb="mark-read",
            label="Its words are read",
            permission="careers.approve_job",
            words=("Its employer has changed its words since staff last read it. Nobody is told of your press.",),
            is_offered=lambda job: bool(job.approved_at and job.has_unread_words),
            do=_mark_read,
        ),
        *DESK_ACTIONS,
    )
    change_list_template = "careers/admin/job_change_list.html"
    fieldsets = (
        ("Read first", {"fields": ("look_at_twice", "staff_status", "employer")}),
        ("Words", {"fields": CORRECTED}),
        (
            "The position",
            {"fields": ("profession", "specialties_text", "setting", "employment_type", "remote", "places_text")},
        ),
        (
            "Pay",
            {"fields": ("pay_min", "pay_max", "pay_currency", "pay_period", "pay_exemption")},
        ),
        ("Terms of work", {"fields": ("terms_of_work",)}),
        ("What its employer states and asks", {"fields": ("stated", "asked_of_applicants")}),
        (
            "How to apply, under which name",
            {"fields": ("takes_applications", "apply_url", "apply_email", "confidential", "public_employer_name")},
        ),
        (
            "Dates",
            {
                "fields": (
                    "wished_start_on", "closes_on", "runs_days", "submitted_at", "approved_at", "starts_at", "ends_at",
                    "runs_in_words", "taken_down_at", "views",
                )
            },
        ),
    )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [path("figures/", wrap(career_figures), name="careers_figures"), *CAREER_REPORTS.urls(wrap)]
        return [*own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        named = [str(field) for _, options in self.fieldsets for field in options["fields"]]
        return tuple(field for field in named if field not in CORRECTED)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Without a question the list opens on what waits to be read."""
        if not request.GET:
            request.GET = OPENS_ON
        return super().changelist_view(request, extra_context)

    def empty_list(self, request: HttpRequest, found: Any) -> EmptyList:
        """The whole list has an address of its own: without a question this one opens on what waits."""
        whole = f"{request.path}?stage=all"
        if request.GET == OPENS_ON:
            return EmptyList(f"No position waits to be read. {self.when_empty}", whole, "Show the whole list")
        said: EmptyList = super().empty_list(request, found)  # type: ignore[misc]  # of every admin, by StaffSite.register
        return replace(said, url=whole) if said.url else said

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return super().get_queryset(request).defer("search")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        if request.GET.get("stage") == "review":
            return ("submitted_at", "pk")
        return ("-created_at", "-pk")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Two sentences are read whole."""
        if db_field.name == "summary":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Job, form: Any, change: bool) -> None:
        """Only the corrected words are written, under the row's lock."""
        changed = {name: form.cleaned_data[name] for name in form.changed_data if name in CORRECTED}
        jobs.correct_job(obj, by=request.user, fields=changed)

    @admin.display(description="places", ordering="places_text")
    def places(self, job: Job) -> str:
        """Which of two positions of one title it is."""
        return job.places_text

    @admin.display(description="waiting", ordering="submitted_at")
    def age_in_review(self, job: Job) -> str:
        return timesince(job.submitted_at, depth=1) if job.status == JobStatus.IN_REVIEW else ""

    @admin.display(description="Look at twice")
    def look_at_twice(self, job: Job) -> SafeString:
        return render_to_string("careers/parts/warnings.html", {"warnings": warnings_for(job)})

    def view_on_site(self, job: Job) -> str:
        """The page as readers see it, or will."""
        return reverse("careers:job-preview", args=[job.public_id])

    @admin.display(description="Statements")
    def stated(self, job: Job) -> SafeString:
        return _lines(stated_words(job))

    @admin.display(description="Questions to applicants")
    def asked_of_applicants(self, job: Job) -> SafeString | str:
        return _lines(one.text for one in job.questions.all()) or "None"

    @admin.display(description="Specialties")
    def specialties_text(self, job: Job) -> str:
        return ", ".join(str(specialty) for specialty in job.specialties.all())

    @admin.display(description="As stated")
    def terms_of_work(self, job: Job) -> SafeString | str:
        """What readers see as “Ask” is left out."""
        stated = [fact for fact in stated_terms(job.stated_terms) if fact[1]]
        return format_html_join(mark_safe("<br>"), "{}: {}", stated) or "The employer states none."  # noqa: S308

    @admin.display(description="Runs")
    def runs_in_words(self, job: Job) -> SafeString | str:
        """Each posting that it used, with its days and what made them more or fewer."""
        lines = [(run_in_words(run),) for run in job.runs.all()]
        return format_html_join(mark_safe("<br>"), "{}", lines) or "None yet."  # noqa: S308

    @admin.display(description="Views")
    def views(self, job: Job) -> int:
        return boards.views_of(job)
