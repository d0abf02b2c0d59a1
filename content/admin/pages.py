"""Pages in the admin: written in one form, published by buttons, seen before they are public."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from aapm_site.core.admin.kept_words import tell_saved
from aapm_site.core.admin.rich_text import RichTextAdmin
from aapm_site.core.richtext import clean
from content.admin.audiences import AudienceFilter, readers
from content.admin.choosers import PageChooser
from content.admin.initiatives import EventInline, PartnerInline
from content.admin.inventory import CareFilter, InventoryAdmin
from content.admin.page_actions import PAGE_ACTIONS, ManyPagesView
from content.admin.parents import ParentChoice
from content.admin.prepared import CHANGE_ACTIONS, PreparedAdmin
from content.admin.preview_links import names
from content.admin.trash import TrashAdmin, TrashFilter
from content.admin.typed import typed_beside, typed_page
from content.domain import pages, prepared, presence, trash, versions
from content.domain.prepared import NOT_CARRIED
from content.forms.page import PREPARE, PageForm
from content.models import Page, PageVersion, RelatedPage
from content.presenters import version_diff
from content.presenters.checklist import checklist
from content.queries.pages import PublicPage
from content.views.pages import show

OWN_PAGES = ("preview", "versions", "links", "editing")
STAFF_ONLY = "Only staff see this; it shows what has been saved."
TYPED_ONLY = "Only you see this: what you have typed, none of it saved yet."
PREVIEW = "_preview"  # the name of the button that shows what is typed
SIDE = ("page-side",)  # settings, beside the text where there is room
# What is decided in the bar that stays.
IN_BAR = ("publish", "schedule", "reschedule", "publish-change", "bring-up", "schedule-change")


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
class PageAdmin(PageChooser, ParentChoice, RichTextAdmin, PreparedAdmin, TrashAdmin, InventoryAdmin):
    when_empty = "A page begins as a draft that nobody sees; its buttons publish it."
    form = PageForm
    compares_versions = True
    has_positions = True
    change_form_template = "content/admin/page_change_form.html"
    list_display = (
        *("named", "kind", "address", "status", "public_now"),
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
    autocomplete_fields = ("parent", "author", "reviewer", "categories")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("path", "created_at", "updated_at")
    inlines = (PartnerInline, EventInline, RelatedPageInline)
    object_actions = (*PAGE_ACTIONS, *CHANGE_ACTIONS)
    list_action_view = ManyPagesView
    put_back = trash.put_back_page
    read_as = {"audience": readers}
    fieldsets = (
        ("What readers see", {"fields": ("title", "summary", "body")}),
        (
            "An initiative’s days",
            {"fields": ("starts_on", "ends_on", "every_year", "recap"), "classes": ("collapse",)},
        ),
        (
            "Who reads it, and when",
            {
                "fields": ("audience", "published_at", "unpublish_at"),
                "description": "All times are those of the Academy’s office. A date alone publishes "
                "nothing: the buttons below decide.",
                "classes": SIDE,
            },
        ),
        (
            "Where it stands",
            {
                "fields": ("kind", "parent", "slug", "path", "menu_title", "order", "show_toc"),
                "description": "When its address changes, the old one leads readers to the new one by itself.",
                "classes": SIDE,
            },
        ),
        ("Who wrote it, and about what", {"fields": ("author", "categories", "topic"), "classes": SIDE}),
        ("For patients", {"fields": ("for_patients", "clinical", "reviewer", "reviewed_on"), "classes": SIDE}),
        ("For search engines and shared links", {"fields": ("description",), "classes": SIDE}),
        ("Record", {"fields": ("staff_status", "created_at", "updated_at"), "classes": ("collapse", *SIDE)}),
    )

    def choice_label(self, request: HttpRequest, row: Page) -> str:
        return f"{row} ({row.path})"

    @admin.display(description="title", ordering="title")
    def named(self, page: Any) -> str:
        """Its title, and whether a prepared change of it waits."""
        if not page.change_waits:
            return str(page)
        return format_html('{} <span class="tag">A change waits</span>', page)

    @admin.display(description="address", ordering="path")
    def address(self, page: Page) -> str:
        """A link while a page answers there; of a prepared change the address of its page."""
        if page.prepares is not None:
            return page.prepares.path
        there = page.is_published(timezone.now())
        return format_html('<a href="{}">{}</a>', page.path, page.path) if there else page.path

    @admin.display(boolean=True, description="public now")
    def public_now(self, page: Page) -> bool:
        return page.is_published(timezone.now())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        waits = Exists(Page.objects.prepared().filter(prepares=OuterRef("pk")))
        return super().get_queryset(request).defer("search").annotate(change_waits=waits)

    def get_readonly_fields(self, request: HttpRequest, obj: Page | None = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *sorted(NOT_CARRIED)) if obj and obj.is_prepared else fields

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        """A prepared change says nothing of its page's place and dates."""
        whole = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_prepared:
            return whole
        left_out = {*NOT_CARRIED, "path"}
        return [
            (name, {**said, "fields": [one for one in said["fields"] if one not in left_out]}) for name, said in whole
        ]

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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One of the buttons only shows what is typed."""
        if request.method == "POST" and PREVIEW in request.POST:
            return self.show_typed(request, object_id)
        is_kept = request.method == "POST" and PREPARE in request.POST and object_id
        kept = self.keep_as_change(request, object_id) if is_kept and object_id else None
        return kept or super().changeform_view(request, object_id, form_url, extra_context)

    def keep_as_change(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """What is typed becomes a prepared change, and the page stays as it is; None when the form has to come back.

        The page is saved as typed in a transaction that is rolled back: what it would have said is the change.
        """
        page = self.get_object(request, unquote(object_id))
        if page is None or not self.has_change_permission(request, page):
            return None  # Django's own view says so
        form = self.get_form(request, page, change=True)(request.POST, request.FILES, instance=page)
        with transaction.atomic():
            tables, _ = self._create_formsets(request, form.instance, change=True)  # type: ignore[attr-defined]  # Django's
            if not (all_valid(tables) and form.is_valid()):
                return None
            self.save_model(request, self.save_form(request, form, change=True), form, change=True)
            self.save_related(request, form, tables, change=True)
            said = versions.snapshot_page(Page.objects.defer("search").get(pk=page.pk))
            transaction.set_rollback(True)
        change = prepared.prepare_change(page, by=request.user, said=said)
        messages.success(
            request, "What you typed is kept as a prepared change. Readers go on reading the page as it was."
        )
        answer = HttpResponseRedirect(reverse("admin:content_page_change", args=[change.pk]))
        tell_saved(request, answer)
        return answer

    def show_typed(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        """The page as it would read with what is typed. Nothing is saved; what cannot be read stays as it was."""
        page = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and page is None:
            raise Http404
        allowed = self.has_change_permission(request, page) if page else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        form = self.get_form(request, page, change=page is not None)(request.POST, request.FILES, instance=page)
        tables, _ = self._create_formsets(request, form.instance, change=page is not None)  # type: ignore[attr-defined]  # Django's
        return show(request, typed_page(form), preview=TYPED_ONLY, beside=typed_beside(form, tables))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        page = self.get_object(request, object_id)
        if page is not None:
            context |= {f"{name}_url": reverse(f"admin:content_page_{name}", args=[page.pk]) for name in OWN_PAGES}
            context["checklist"] = None if page.is_trashed else checklist(page, timezone.now())
            context["waiting_change"] = Page.objects.prepared().defer("search").filter(prepares=page).first()
            context["parted"] = prepared.parted_from(page) if page.is_prepared else None
            context["saved_at"] = page.versions.order_by("-number").values_list("at", flat=True).first()
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
        page = context["original"]
        allowed = self.has_change_permission(request, page) if page else self.has_add_permission(request)
        context["can_save_here"] = allowed
        context["can_prepare"] = page is not None and allowed and page.on_site and not context.get("waiting_change")
        return super().render_change_form(request, context, *args, **kwargs)

    def buttons(self, request: HttpRequest, subject: Page) -> list[dict[str, Any]]:
        """Those that decide stand in the bar."""
        return [{**one, "in_bar": one["verb"] in IN_BAR} for one in super().buttons(request, subject)]


def _typed(form: PageForm, newer: PageVersion) -> dict[str, Any]:
    """What the page would say if the form were saved now. What stands in its tables below is not compared."""
    typed = versions.snapshot_page(form.instance)
    chosen = form.cleaned_data.get("categories")
    typed["categories"] = sorted(category.slug for category in chosen) if chosen is not None else []
    typed["related"] = newer.fields.get("related", [])
    return {name: clean(value) if name in version_diff.TEXTS else value for name, value in typed.items()}
