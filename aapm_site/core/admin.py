"""The ground floor's tables in the admin: what was counted and held, read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Count, Hold


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the site itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Count)
class CountAdmin(ReadOnlyAdmin):
    list_display = ("kind", "key", "on", "times")
    list_filter = ("kind", "on")
    search_fields = ("key",)
    date_hierarchy = "on"


@admin.register(Hold)
class HoldAdmin(ReadOnlyAdmin):
    list_display = ("work", "key", "reason", "by", "at")
    list_filter = ("work",)
