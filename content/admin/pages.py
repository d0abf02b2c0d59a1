"""Pages in the admin: written in one form, published by buttons, seen before they are public."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from aapm_site.core.admin.rich_text import RichTextAdmin
from aapm_site.core.richtext import clean
from content.admin.audiences import AudienceFilter, readers
from content.admin.choosers import PageChooser
from content.admin.initiatives import EventInline, PartnerInline
from content.admin.inventory import CareFilter, InventoryAdmin
from content.admin.page_actions import PAGE_ACTIONS, ManyPagesView
from content.admin.preview_links import LendingAdmin, names
from content.admin.trash import TrashAdmin, TrashFilter
from content.domain import pages, presence, trash, versions
from content.forms.page import PageForm
from content.models import Page, PageVersion, RelatedPage
from content.presenters import version_diff
from content.presenters.checklist import checklist
from content.queries.pages import PublicPage
from content.views.pages import show

OWN_PAGES = ("preview", "versions", "links", "editing")
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
class PageAdmin(PageChooser, RichTextAdmin, LendingAdmin, TrashAdmin, InventoryAdmin):
    form = PageForm
    has_positions = True
    change_form_template = "content/admin/page_change_form.html"
    list_display = (
        *("title", "kind", "address", "status", "public_now"),
        *("published_at", "reviewed_on", "recent_views"),
    )
    list_filter = (
        TrashFilter,
        CareFilter,
        "status",
        "kind",
        ("audience", AudienceFilter),
        "for_patients",
        "categories",
    )
    search_fields = ("title", "path", "summary")
    date_hierarchy = "published_at"
    list_per_page = 50
    view_on_site = False  # a draft is not there; the form links to the page or its preview
    ordering = ("path",)
    autocomplete_fields = ("parent", "author", "reviewer")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("path", "created_at", "updated_at")
    inlines = (PartnerInline, EventInline, RelatedPageInline)
    object_actions = PAGE_ACTIONS
    list_action_view = ManyPagesView
    put_back = trash.put_back_page
    read_as = {"audience": readers}
    fieldsets = (
        (
            "What readers see",
            {
                "fields": ("title", "summary", "body"),
                "description": "Save as often as you like: a draft is seen by nobody, and every save can be undone.",
            },
        ),
        (
            "Who reads it, and when",
            {
                "fields": ("audience", "published_at", "unpublish_at"),
                "description": "All times are those of the Academy’s office. A date alone publishes "
                "nothing: once the page is saved, buttons decide.",
            },
        ),
        (
            "Where it stands",
            {
                "fields": ("kind", "parent", "slug", "path", "menu_title", "order", "show_toc"),
                "description": "When its address changes, the old one leads readers to the new one by itself.",
            },
        ),
        ("Who wrote it, and about what", {"fields": ("author", "categories", "topic")}),
        ("For patients", {"fields": ("for_patients", "clinical", "reviewer", "reviewed_on")}),
        ("For search engines and shared links", {"fields": ("description",)}),
        (
            "An initiative’s days",
            {"fields": ("starts_on", "ends_on", "every_year", "recap"), "classes": ("collapse",)},
        ),
        ("Record", {"fields": ("staff_status", "created_at", "updated_at"), "classes": ("collapse",)}),
    )

    def choice_label(self, request: HttpRequest, row: Page) -> str:
        return f"{row.title} ({row.path})"

    @admin.display(description="address", ordering="path")
    def address(self, page: Page) -> str:
        """A link while a page answers there."""
        there = page.is_published(timezone.now())
        return format_html('<a href="{}">{}</a>', page.path, page.path) if there else page.path

    @admin.display(boolean=True, description="public now")
    def public_now(self, page: Page) -> bool:
        return page.is_published(timezone.now())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).defer("search")

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        pages.store_page(obj, read_version=form.accepted_version if change else None)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The version is written last, when categories and related pages are stored too."""
        super().save_related(request, form, formsets, change)
        over = form.cleaned_data.get("save_over") if change else None
        versions.record_version(form.instance, by=request.user, note=f"Saved on top of version {over}" if over else "")

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
        if page is None or page.is_trashed:
            raise Http404
        if not self.has_view_permission(request, page):
            raise PermissionDenied
        return show(request, PublicPage.of(page), preview=STAFF_ONLY)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        page = self.get_object(request, object_id)
        if page is not None:
            context |= {f"{name}_url": reverse(f"admin:content_page_{name}", args=[page.pk]) for name in OWN_PAGES}
            context["checklist"] = None if page.is_trashed else checklist(page, timezone.now())
            if self.has_change_permission(request, page):
                context["others"] = names(presence.mark_present(page.pk, request.user.pk))
        return super().change_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A save that was overtaken shows what the other one wrote beside what was typed."""
        newer = getattr(context["adminform"].form, "newer", None)
        if newer is not None:
            context["newer"] = newer
            context["changes"] = version_diff.fields_compared(newer.fields, _typed(context["adminform"].form, newer))
        return super().render_change_form(request, context, *args, **kwargs)


def _typed(form: PageForm, newer: PageVersion) -> dict[str, Any]:
    """What the page would say if the form were saved now. What stands in its tables below is not compared."""
    typed = versions.snapshot_page(form.instance)
    chosen = form.cleaned_data.get("categories")
    typed["categories"] = sorted(category.slug for category in chosen) if chosen is not None else []
    typed["related"] = newer.fields.get("related", [])
    return {name: clean(value) if name in version_diff.TEXTS else value for name, value in typed.items()}
