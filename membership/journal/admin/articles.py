"""Articles with their authors and figures, and the list of types."""

from typing import Any

from django.contrib import admin
from django.db.models import FileField, QuerySet
from django.forms import FileInput
from django.http import HttpRequest

from aapm_site.core.admin.rich_text import RichTextAdmin

from ..domain import articles
from ..models import Article, ArticleAuthor, ArticleType, Figure


class AuthorInline(admin.StackedInline):
    model = ArticleAuthor
    extra = 0
    fields = (
        ("order", "is_corresponding"), ("given_name", "family_name", "degrees"), ("affiliation", "orcid"),
    )  # fmt: skip


class FigureInline(admin.StackedInline):
    model = Figure
    extra = 0
    fields = (("order", "key", "label"), "file", "alt", "caption", ("width", "height"))
    # Without the stock widget's link: a private file has no address of its own.
    formfield_overrides = {FileField: {"widget": FileInput}}


@admin.register(ArticleType)
class ArticleTypeAdmin(admin.ModelAdmin):
    list_display = ("name", "order")
    list_editable = ("order",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Article)
class ArticleAdmin(RichTextAdmin, admin.ModelAdmin):
    list_display = ("title", "issue", "type", "pages", "published_on", "free_to_read")
    list_filter = ("type", "free_to_read", "issue")
    search_fields = ("title", "byline", "doi", "keywords")
    date_hierarchy = "published_on"
    list_select_related = ("issue", "type")
    autocomplete_fields = ("issue",)
    readonly_fields = ("slug",)
    inlines = (AuthorInline, FigureInline)
    fieldsets = (
        (None, {"fields": ("title", ("issue", "type"), ("doi", "slug"), ("first_page", "last_page"))}),
        ("Dates", {"fields": (("received_on", "accepted_on", "published_on"),)}),
        ("For everybody", {"fields": ("abstract", "plain_summary", "keywords")}),
        ("For members", {"fields": ("free_to_read", "body", "references", "funding", "conflicts")}),
        ("Demonstration", {"fields": ("sample",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles_ = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_changelist"):
            return articles_.defer("body", "references", "abstract", "search")
        return articles_

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        articles.prepare_article(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        articles.refresh_byline(form.instance)
