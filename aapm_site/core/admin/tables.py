"""The ground floor's tables in the admin: what was counted and held, and the background jobs."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

from ..background.due import due_work
from ..models import Count, Hold
from .base import ReadOnlyAdmin
from .states import by_value


@admin.register(Count)
class CountAdmin(ReadOnlyAdmin):
    is_technical = True
    list_display = ("kind", "key", "on", "times")
    list_filter = ("kind", "on")
    search_fields = ("key",)
    date_hierarchy = "on"


class WorkFilter(admin.SimpleListFilter):
    """The kinds of due work, in words."""

    title = "work"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(work.name, work.label) for work in due_work]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(work=self.value()) if self.value() else queryset


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    is_technical = True
    list_display = ("work_words", "key", "reason", "by", "at")
    list_filter = (WorkFilter,)
    list_select_related = ("by",)
    fields = readonly_fields = ("work_words", "key", "reason", "by", "at")

    @admin.display(description="work", ordering="work")
    def work_words(self, hold: Hold) -> str:
        """What a room that is gone has left behind stands as it is."""
        work = due_work.get(hold.work)
        return work.label if work else hold.work


admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class BackgroundJobAdmin(ProcrastinateJobAdmin):
    """The library's own admin of background jobs, without what a strict content security policy refuses."""

    states_in_lists = {
        "status": by_value("status", todo="wait", doing="wait", succeeded="live", failed="back", cancelled="end")
    }
    list_display = ["pk", "task_name", "arguments", "status", "queue_name", "summary"]
    fields = [
        *("task_name", "arguments", "status", "queue_name", "lock", "queueing_lock"),
        *("priority", "scheduled_at", "attempts"),
    ]
    list_filter = ["status", "queue_name", "task_name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "arguments"]

    @admin.display(description="Arguments")
    def arguments(self, job: ProcrastinateJob) -> SafeString:
        return format_html("<code>{}</code>", json.dumps(job.args)[:500])
