"""What the staff's admins of all rooms stand on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class NeverDeleted(admin.ModelAdmin):
    """A mixin: rows that others point at, or that tell what was. They are closed; nobody deletes them here."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(NeverDeleted):
    """Rows that only the site itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
