"""The inventory in the list of pages: what needs care, how often it is read, one change for many, and a table."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.files import csv_export
from content.admin.page_actions import MANY_PAGES_ACTIONS, ManyPagesView
from content.models import Page, readers_in_words
from content.models.page import PageQuerySet

RECENT = timedelta(days=30)


class CareFilter(admin.SimpleListFilter):
    """Pages that somebody should look at."""

    title = "what it needs"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("signature", "A clinician’s signature"),
            ("review", "Not reviewed for 12 months"),
            ("links", "Broken links"),
            ("import", "A look, says the import"),
            ("alt", "Pictures without words"),
            ("description", "No description"),
            ("readers", "Never viewed"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> PageQuerySet:
        match self.value():
            case "signature":
                return queryset.unsigned()
            case "review":
                return queryset.review_due(timezone.localdate())
            case "links":
                return queryset.with_broken_links()
            case "import":
                return queryset.with_import_notes()
            case "alt":
                return queryset.without_alt()
            case "description":
                return queryset.without_description()
            case "readers":
                return queryset.never_viewed()
        return queryset


class InventoryAdmin(ActionsAdmin):
    """The list of pages as an inventory. A mixin of the pages' admin."""

    change_list_template = "content/admin/page_list.html"
    list_actions = MANY_PAGES_ACTIONS
    list_action_view = ManyPagesView

    @admin.display(description="views in 30 days", ordering="views")
    def recent_views(self, page: Any) -> int:
        return page.views

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return cast(PageQuerySet, super().get_queryset(request)).with_views(timezone.localdate() - RECENT)

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name="content_page_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The list as it is filtered now, as a table for a spreadsheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:content_page_changelist"))
        rows = rows.select_related("author", "reviewer").prefetch_related("categories")
        cells = (_cells(page) for page in rows.iterator(chunk_size=500))
        return csv_export.download(f"pages-{timezone.localdate()}.csv", HEAD, cells)


HEAD = (
    "Title", "Kind", "Address", "Who reads it", "Status", "Published", "Ends", "Author", "Categories",
    "Reviewer", "Reviewed on", "Description", "Views in 30 days", "Last change",
)  # fmt: skip


def _cells(page: Any) -> Iterator[Any]:
    def minute(at: Any) -> str:
        return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""

    yield from (
        page.title,
        page.get_kind_display(),
        page.path,
        readers_in_words(page.audience),
        page.get_status_display(),
    )
    yield from (minute(page.published_at), minute(page.unpublish_at), page.author or "")
    yield ", ".join(category.name for category in page.categories.all())
    yield from (page.reviewer or "", page.reviewed_on or "", page.description, page.views, minute(page.updated_at))
