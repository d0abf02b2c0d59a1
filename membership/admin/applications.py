"""Applications: read whole, decided by buttons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.admin.actions import ActionsAdmin, MoveAction
from aapm_site.mail.bounce_admin import NO_ADDRESS

from ..domain import applications
from ..models import Application
from ..states import ApplicationStatus

DECIDE = "membership.decide_application"


@admin.register(Application)
class ApplicationAdmin(ActionsAdmin):
    """The applicant's words are not staff's to change; what staff decide goes through the domain."""

    list_display = ("full_name", "plan", "status", "submitted_at", "profession", "state_code")
    list_filter = ("status", "plan", "profession")
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
    )
    fieldsets = (
        (None, {"fields": ("staff_status", "plan", "needed", "submitted_at", "decided_at")}),
        ("Who", {"fields": ("full_name", "degrees", "email", "profession", "specialty", "career_stage")}),
        ("Where", {"fields": ("workplace", "practice_setting", "state_code")}),
        ("Training and papers", {"fields": ("training", "license", "paper_links", "remarks")}),
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
