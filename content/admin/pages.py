"""Pages in the admin: written in one form, published by buttons, seen before they are public."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from aapm_site.core.decisions import Decision, DecisionsAdmin
from aapm_site.core.editing import RichTextAdmin
from content.admin.initiatives import EventInline, PartnerInline
from content.domain import pages
from content.forms.page import PageForm
from content.models import Page, RelatedPage
from content.states import PageStatus
from content.views.pages import show

STAFF_ONLY = "Only staff see this; it shows what has been saved."


class RelatedPageInline(admin.TabularInline):
    model = RelatedPage
    fk_name = "page"
    fields = ("to", "order")
    autocomplete_fields = ("to",)
    extra = 1
    verbose_name_plural = "Related pages"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedPage]:
        return super().get_queryset(request).select_related("to")


@admin.register(Page)
class PageAdmin(RichTextAdmin, DecisionsAdmin):
    form = PageForm
    change_form_template = "content/admin/page_change_form.html"
    list_display = ("title", "kind", "path", "audience", "status", "public_now", "published_at")
    list_filter = ("status", "kind", "audience")
    search_fields = ("title", "path", "summary")
    date_hierarchy = "published_at"
    list_per_page = 50
    view_on_site = False  # a draft is not there; the form links to the page or its preview
    ordering = ("path",)
    autocomplete_fields = ("parent", "author", "reviewer")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("path", "created_at", "updated_at")
    inlines = (PartnerInline, EventInline, RelatedPageInline)
    decisions = (
        Decision("publish", PageStatus.PUBLISHED, pages.publish, "content.publish_page"),
        Decision("schedule", PageStatus.SCHEDULED, pages.schedule, "content.publish_page"),
        Decision("withdraw", PageStatus.DRAFT, pages.withdraw, "content.publish_page"),
    )
    fieldsets = (
        (None, {"fields": ("status", "title", "summary", "body")}),
        ("Where it stands", {"fields": ("kind", "parent", "slug", "path", "menu_title", "order", "show_toc")}),
        ("Who reads it, and when", {"fields": ("audience", "published_at", "unpublish_at")}),
        ("Who wrote it, and about what", {"fields": ("author", "categories", "topic")}),
        ("For patients", {"fields": ("for_patients", "reviewer", "reviewed_on")}),
        (
            "An initiative’s days",
            {"fields": ("starts_on", "ends_on", "every_year", "recap"), "classes": ("collapse",)},
        ),
        ("For search engines", {"fields": ("description",), "classes": ("collapse",)}),
        ("Record", {"fields": ("created_at", "updated_at"), "classes": ("collapse",)}),
    )

    @admin.display(boolean=True, description="public now")
    def public_now(self, page: Page) -> bool:
        return page.is_published(timezone.now())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).defer("search")

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        pages.save(obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Page | None = None) -> dict[str, Sequence[str]]:
        """A new page's address word follows its title; that of a page which exists stays as it is."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<path:object_id>/preview/", self.admin_site.admin_view(self.preview), name="content_page_preview"
        )
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page as readers will see it, published or not."""
        page = self.get_object(request, object_id)
        if page is None:
            raise Http404
        if not self.has_view_permission(request, page):
            raise PermissionDenied
        return show(request, page, preview=STAFF_ONLY)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        links = {"preview_url": reverse("admin:content_page_preview", args=[object_id])}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **links})
