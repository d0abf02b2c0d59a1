"""Applications: read whole, decided by buttons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.admin.actions import MoveAction
from aapm_site.mail.bounce_admin import NO_ADDRESS

from ..domain import applications
from ..models import Application
from ..presenters.desk import waited
from ..queries.desk import sent_before
from ..states import ApplicationStatus
from .desk import DECIDE, DESK_ACTIONS, ApplicationDeskAdmin

AGES = {"1": "More than a day", "7": "More than a week", "30": "More than a month"}


class OpenForFilter(admin.SimpleListFilter):
    """How long an application that is not decided has been with us."""

    title = "open for"
    parameter_name = "open_for"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(AGES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.open().filter(sent_before(int(self.value()))) if self.value() in AGES else queryset


@admin.register(Application)
class ApplicationAdmin(ApplicationDeskAdmin):
    """The applicant's words are not staff's to change; what staff decide goes through the domain."""

    when_empty = "Whoever joins on the site stands here, to be decided on."
    list_display = ("full_name", "plan", "status", "submitted_at", "age", "profession", "state_code")
    list_filter = ("status", OpenForFilter, "plan", "profession")
    search_fields = ("first_name", "last_name", "user__email", "workplace")
    date_hierarchy = "submitted_at"
    list_select_related = ("plan", "profession")
    view_on_site = False  # its page is the applicant's own
    object_actions = (
        MoveAction(
            verb="approve", to=ApplicationStatus.APPROVED, do=applications.approve_application, permission=DECIDE
        ),
        MoveAction(verb="ask", to=ApplicationStatus.INFO_ASKED, do=applications.ask_for_information, permission=DECIDE),
        MoveAction(
            verb="decline", to=ApplicationStatus.DECLINED, do=applications.decline_application, permission=DECIDE
        ),
        *DESK_ACTIONS,
    )
    fieldsets = (
        (None, {"fields": ("staff_status", "plan", "needed", "submitted_at", "decided_at")}),
        ("Who", {"fields": ("full_name", "degrees", "email", "profession", "specialty", "career_stage")}),
        ("Where", {"fields": ("workplace", "practice_setting", "state_code")}),
        ("Training and papers", {"fields": ("training", "training_ends_on", "license", "paper_links", "remarks")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(str(name) for _, part in self.fieldsets for name in part["fields"])

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """What waits to be decided comes oldest first."""
        waits = request.GET.get("status__exact") == ApplicationStatus.SUBMITTED
        return ("submitted_at", "pk") if waits else ("-submitted_at", "-pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="name", ordering="last_name")
    def full_name(self, application: Application) -> str:
        return application.full_name

    @admin.display(description="waiting")
    def age(self, application: Application) -> str:
        return waited(application.submitted_at) if application.is_open else ""

    @admin.display(description="e-mail")
    def email(self, application: Application) -> str:
        return application.user.email or NO_ADDRESS

    @admin.display(description="the category asks for")
    def needed(self, application: Application) -> str:
        return f"{application.plan.eligibility} {application.plan.papers_needed}".strip()

    @admin.display(description="papers")
    def paper_links(self, application: Application) -> SafeString | str:
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse("membership:paper-detail", args=[paper.public_id]), paper.name)
                for paper in application.papers.all()
            ),
        )
        return links or "None"
