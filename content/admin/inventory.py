"""The inventory in the list of pages: what needs care, how often it is read, one change for many, and a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from aapm_site.core.files import csv_export
from content.domain import bulk
from content.forms.bulk import AudienceForm, CategoryForm, PlainForm, ReviewForm
from content.models import Page

RECENT = timedelta(days=30)


class CareFilter(admin.SimpleListFilter):
    """Pages that somebody should look at."""

    title = "what it needs"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("review", "Not reviewed for 12 months"),
            ("links", "Broken links"),
            ("alt", "Pictures without words"),
            ("description", "No description"),
            ("readers", "Never viewed"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        match self.value():
            case "review":
                return queryset.review_due(timezone.localdate())
            case "links":
                return queryset.with_broken_links()
            case "alt":
                return queryset.without_alt()
            case "description":
                return queryset.without_description()
            case "readers":
                return queryset.never_viewed()
        return queryset


@dataclass(frozen=True)
class Bulk:
    """One change: its words, what it asks first, the right it needs, and what it does from the answer."""

    label: str
    words: str
    form: type[forms.Form]
    right: str
    change: Callable[[dict[str, Any], Any], bulk.Change]
    danger: bool = False


BULK = {
    "mark_reviewed": Bulk(
        "Mark as reviewed today…",
        "Their readers see this name and today’s date as the last medical check.",
        ReviewForm,
        "content.change_page",
        lambda said, by: bulk.mark_reviewed(said["reviewer"], by),
    ),
    "add_category": Bulk(
        "Add a category…",
        "They stand on this shelf of the news too; other shelves stay.",
        CategoryForm,
        "content.change_page",
        lambda said, by: bulk.add_category(said["category"], by),
    ),
    "change_audience": Bulk(
        "Change who reads them…",
        "Title and summary can be read by everybody; the text only by those you choose, from now on.",
        AudienceForm,
        "content.change_page",
        lambda said, by: bulk.set_audience(said["audience"], by),
        danger=True,
    ),
    "publish": Bulk(
        "Publish now…",
        "They are public at once. Dates of publication that have passed are kept, so the archives stay right.",
        PlainForm,
        "content.publish_page",
        lambda said, by: bulk.publish_pages(by),
    ),
    "withdraw": Bulk(
        "Withdraw to draft…",
        "Visitors no longer find them. Texts and dates are kept.",
        PlainForm,
        "content.publish_page",
        lambda said, by: bulk.withdraw_pages(by),
        danger=True,
    ),
}


def _action(name: str) -> Callable[..., HttpResponse | None]:
    chosen = BULK[name]

    @admin.action(description=chosen.label)
    def run(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Page]) -> HttpResponse | None:
        return modeladmin.change_many(request, queryset, name)

    run.__name__ = name
    return run


class InventoryAdmin(admin.ModelAdmin):
    """The list of pages as an inventory. A mixin of the pages' admin."""

    change_list_template = "content/admin/page_list.html"
    actions = tuple(_action(name) for name in BULK)

    @admin.display(description="views in 30 days", ordering="views")
    def recent_views(self, page: Page) -> int:
        return page.views

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).with_views(timezone.localdate() - RECENT)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Each person is offered what they may do."""
        offered = super().get_actions(request)
        return {
            name: action
            for name, action in offered.items()
            if name not in BULK or request.user.has_perm(BULK[name].right)
        }

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name="content_page_export")
        return [export, *super().get_urls()]

    def change_many(self, request: HttpRequest, queryset: QuerySet[Page], name: str) -> HttpResponse | None:
        """Ask first; a confirmed change is made page by page, and what could not be changed is named."""
        chosen = BULK[name]
        if not request.user.has_perm(chosen.right):
            raise PermissionDenied
        ids = list(queryset.order_by().values_list("pk", flat=True)[: bulk.MOST + 1])
        if len(ids) > bulk.MOST:
            messages.error(request, f"Choose at most {bulk.MOST} pages at once.")
            return None
        confirmed = "confirmed" in request.POST
        form = chosen.form(request.POST if confirmed else None)
        if confirmed and form.is_valid():
            outcome = bulk.change_each(ids, chosen.change(form.cleaned_data, request.user))
            _tell(request, outcome)
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": chosen.label.rstrip("…"),
            "opts": self.opts,
            "chosen": chosen,
            "name": name,
            "form": form,
            "ids": ids,
            "pages": queryset.order_by("path").only("title", "path", "status")[:50],
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "content/admin/bulk.html", context, status=422 if form.errors else 200)

    def export(self, request: HttpRequest) -> HttpResponse:
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


def _tell(request: HttpRequest, outcome: bulk.BulkResult) -> None:
    if outcome.done:
        messages.success(request, f"{outcome.done} page{'' if outcome.done == 1 else 's'} changed.")
    for refused in outcome.refused[:10]:
        messages.warning(request, f"Not changed: {refused}")
    if len(outcome.refused) > 10:
        messages.warning(request, f"Not changed: {len(outcome.refused) - 10} more.")


HEAD = (
    "Title", "Kind", "Address", "Who reads it", "Status", "Published", "Ends", "Author", "Categories",
    "Reviewer", "Reviewed on", "Description", "Views in 30 days", "Last change",
)  # fmt: skip


def _cells(page: Page) -> Iterator[Any]:
    def minute(at: Any) -> str:
        return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""

    yield from (page.title, page.get_kind_display(), page.path, page.audience, page.get_status_display())
    yield from (minute(page.published_at), minute(page.unpublish_at), page.author or "")
    yield ", ".join(category.name for category in page.categories.all())
    yield from (page.reviewer or "", page.reviewed_on or "", page.description, page.views, minute(page.updated_at))
