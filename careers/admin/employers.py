"""Employers in the admin, with their teams."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from aapm_site.core.admin.actions import ActionsAdmin

from ..domain import employers
from ..models import Employer, EmployerInvitation, EmployerMember
from ..queries import credits
from .employer_actions import EMPLOYER_ACTIONS


class MemberInline(admin.StackedInline):
    model = EmployerMember
    fields = ("user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    autocomplete_fields = ("user",)
    extra = 0


class InvitationInline(admin.StackedInline):
    model = EmployerInvitation
    fields = ("email", "role", "invited_by", "invited_at")
    readonly_fields = fields
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Employer)
class EmployerAdmin(ActionsAdmin):
    """Who posts, and whether staff know that they are who they say."""

    list_display = ("name", "kind", "place", "verified", "job_count")
    list_filter = ("verified", "kind", "is_sample")
    list_select_related = ("place",)
    search_fields = ("name", "slug", "members__user__email")
    autocomplete_fields = ("place",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MemberInline, InvitationInline)
    # Its own page is the team's board, which staff are not on.
    view_on_site = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ("name", "slug", "kind", "place", "website", "about", "verified", "is_sample", "customer", "owned")
    readonly_fields = ("verified", "customer", "owned")  # by a decision, with its reason
    change_form_template = "careers/admin/employer_change_form.html"
    object_actions = EMPLOYER_ACTIONS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        return super().get_queryset(request).annotate(number_of_jobs=Count("jobs"))

    @admin.display(description="positions", ordering="number_of_jobs")
    def job_count(self, employer: Any) -> int:
        return employer.number_of_jobs

    def save_model(self, request: HttpRequest, obj: Employer, form: Any, change: bool) -> None:
        """A new name goes to the jobs that show it."""
        if change:
            employers.lock_account(obj)
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            employers.spread_name(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who has bought, or began to, stays: an order must find its employer when it is paid."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.customer_id is None)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Name those that stay, instead of a right that staff lack."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept = [employer for employer in objs if employer.customer_id is not None]
        if kept and self.has_delete_permission(request):
            lacking = lacking - {self.opts.verbose_name}
            protected = [*protected, *(f"Account with the billing office: {employer}" for employer in kept)]
        return deleted, counts, lacking, protected

    @admin.display(description="Postings left")
    def owned(self, employer: Employer) -> str:
        rows = credits.owned(employer) if employer.pk else []
        return "; ".join(f"{row.kind}: {row.left}" for row in rows) or "None"
