"""A table of one row in the admin: its list leads to the row, or to the form that writes it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


class OnlyRow(admin.ModelAdmin):
    """A mixin: one row that is written once and changed then, never added to, never deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not self.model._default_manager.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """To the row; to an empty form while there is none, for who may write it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        names = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if row := self.model._default_manager.first():
            return HttpResponseRedirect(reverse(f"{names}_change", args=[quote(row.pk)]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse(f"{names}_add"))
        return super().changelist_view(request, extra_context)
