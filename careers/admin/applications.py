"""Applications in the admin: where each stands. Nobody of the staff reads what was written there."""

from django.contrib import admin

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.staff_status import StaffStatus

from ..models import ApplicationOpening, JobApplication, JobApplicationChange


class StepInline(admin.TabularInline):
    model = JobApplicationChange
    fields = readonly_fields = ("at", "from_status", "to_status", "by")
    extra = 0
    can_delete = False
    verbose_name_plural = "steps"


class LookInline(admin.TabularInline):
    model = ApplicationOpening
    fields = readonly_fields = ("at", "part", "by")
    extra = 0
    can_delete = False
    verbose_name_plural = "who opened it"


@admin.register(JobApplication)
class JobApplicationAdmin(StaffStatus, ReadOnlyAdmin):
    """Staff see that something was sent, when, and where it stands: neither the message nor the CV."""

    list_display = ("job", "name", "status", "sent_at", "closed_at")
    list_filter = ("status", "sent_at")
    list_select_related = ("job",)
    search_fields = ("job__title", "job__employer__name", "=job__id", "name", "email")
    fields = readonly_fields = (
        *("job", "name", "email", "user", "status", "created_at", "sent_at", "closed_at"),
        *("named_at", "agreed_at", "wants_letters"),
    )
    inlines = (StepInline, LookInline)
    view_on_site = False
