"""The versions of a page in the admin: who changed what and when, and any two compared."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.core.forms import whole_number
from content.models import Page
from content.presenters import version_diff

A_PAGE = 30


class VersionsAdmin(admin.ModelAdmin):
    """The pages about versions. A mixin of the pages' admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:object_id>/versions/", view(self.versions), name="content_page_versions"),
            path("<int:object_id>/versions/compare/", view(self.compare), name="content_page_compare"),
            *super().get_urls(),
        ]

    def page_or_404(self, request: HttpRequest, object_id: int, *, change: bool = False) -> Page:
        """The page for those who may see it, or change it."""
        page = self.get_object(request, str(object_id))
        if page is None:
            raise Http404
        allowed = self.has_change_permission(request, page) if change else self.has_view_permission(request, page)
        if not allowed:
            raise PermissionDenied
        return page

    def page_context(self, request: HttpRequest, page: Page, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "subject": page,
            "back": reverse("admin:content_page_change", args=[page.pk]),
            "may_change": self.has_change_permission(request, page),
        }

    def versions(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Newest first, with two marks to choose which ones to compare."""
        page = self.page_or_404(request, object_id)
        rows = page.versions.select_related("by").defer("fields").order_by("-number")
        shown: Any = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        for row in shown:
            row.what = version_diff.labels(row.changed)
        context = {
            **self.page_context(request, page, f"Versions of “{page}”"),
            "page": shown,
            "newest": shown.object_list[0].number if shown.object_list else 0,
            "first": shown.object_list[1].number if len(shown.object_list) > 1 else 0,
        }
        return TemplateResponse(request, "content/admin/versions.html", context)

    def compare(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Two versions, the older one first whatever was asked; without a choice, the last two."""
        page = self.page_or_404(request, object_id)
        chosen = [_number(request.GET.get(name)) for name in ("old", "new")]
        rows = page.versions.select_related("by").order_by("-number")
        found = sorted(rows.filter(number__in=chosen) if all(chosen) else rows[:2], key=lambda row: row.number)
        if len(found) != 2:
            messages.warning(request, "Choose two different versions to compare.")
            return HttpResponseRedirect(reverse("admin:content_page_versions", args=[page.pk]))
        old, new = found
        context = {
            **self.page_context(request, page, f"Version {old.number} and version {new.number} of “{page}”"),
            "old": old,
            "new": new,
            "changes": version_diff.fields_compared(old.fields, new.fields),
        }
        return TemplateResponse(request, "content/admin/compare.html", context)


def _number(text: str | None) -> int | None:
    return whole_number(text or "", digits=9)
