"""The association's own details: one row, which foot, contact page, papers, letters and structured data read."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ..models import Association
from .base import NeverDeleted


@admin.register(Association)
class AssociationAdmin(NeverDeleted):
    """A change shows on every page within two seconds; papers that were issued keep what they said."""

    fieldsets = (
        ("Who we are", {"fields": ("name", "legal_line", "founded")}),
        ("The letter box", {"fields": ("street", "city", "state", "postal_code")}),
        ("How we are reached", {"fields": ("telephone", "email", "hours", "website", "social")}),
        ("Demonstration", {"fields": ("is_sample",), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one row, so the list leads to it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:core_association_change", args=[Association.ONLY]))
