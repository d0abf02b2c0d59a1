"""Employers in the admin, with their teams."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ..domain import employers
from ..models import Employer, EmployerInvitation, EmployerMember


class MemberInline(admin.StackedInline):
    model = EmployerMember
    fields = ("user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    raw_id_fields = ("user",)
    extra = 0


class InvitationInline(admin.StackedInline):
    model = EmployerInvitation
    fields = ("email", "role", "invited_by", "invited_at")
    readonly_fields = fields
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Employer)
class EmployerAdmin(admin.ModelAdmin):
    """Who posts, and whether staff know that they are who they say."""

    list_display = ("name", "kind", "place", "verified", "job_count")
    list_filter = ("verified", "kind", "is_sample")
    list_select_related = ("place",)
    search_fields = ("name", "slug", "members__user__email")
    raw_id_fields = ("place",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MemberInline, InvitationInline)
    # Its own page is the team's board, which staff are not on.
    view_on_site = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ("name", "slug", "kind", "place", "website", "about", "verified", "is_sample")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        return super().get_queryset(request).annotate(number_of_jobs=Count("jobs"))

    @admin.display(description="jobs", ordering="number_of_jobs")
    def job_count(self, employer: Employer) -> int:
        return employer.number_of_jobs

    def save_model(self, request: HttpRequest, obj: Employer, form: Any, change: bool) -> None:
        """A new name goes to the postings that show it."""
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            employers.spread_name(obj)
