"""Articles with their authors and figures, and the list of types."""

from typing import Any

from django.contrib import admin
from django.db.models import FileField, QuerySet
from django.forms import FileInput
from django.http import HttpRequest
from django.urls import path
from django.utils import formats, timezone
from django.utils.html import format_html_join

from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.admin.rich_text import RichTextAdmin

from ..domain import articles
from ..domain.words import write_words
from ..models import Article, ArticleAuthor, ArticleType, Figure
from .imports import import_articles, sample_delivery
from .notices import NOTICE_ACTIONS, said_by_notices
from .retracted import retracted_works

FOR_MEMBERS = "For members"
FREE = ("free_to_read", "free_from", ("chosen_from", "chosen_until"))


def _is_delivered(article: Article | None) -> bool:
    return article is not None and getattr(article, "delivered", None) is not None


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
class ArticleAdmin(RichTextAdmin, ActionsAdmin, admin.ModelAdmin):
    object_actions = NOTICE_ACTIONS
    list_display = ("title", "issue", "type", "pages", "published_on", "is_advance", "free_to_read")
    list_filter = ("type", "is_advance", "free_to_read", "free_from", "chosen_until", "issue")
    search_fields = ("title", "byline", "doi", "keywords")
    date_hierarchy = "published_on"
    list_select_related = ("issue", "type")
    autocomplete_fields = ("issue",)
    readonly_fields = ("slug", "delivery", "counted", "notices")
    inlines = (AuthorInline, FigureInline)
    fieldsets = (
        (None, {"fields": ("title", ("issue", "is_advance"), "type", ("doi", "slug"))}),
        ("Pages", {"fields": (("first_page", "last_page", "page_label"),)}),
        ("Notices", {"fields": ("notices",)}),
        ("Dates", {"fields": (("received_on", "accepted_on", "published_on"),)}),
        ("For everybody", {"fields": ("abstract", "plain_summary", "keywords")}),
        (FOR_MEMBERS, {"fields": (*FREE, "body", "references", "funding", "conflicts")}),
        ("Demonstration", {"fields": ("sample",)}),
    )

    def get_urls(self) -> list[Any]:
        pages = [
            path("import/", self.admin_site.admin_view(import_articles), name="membership_article_import"),
            path(
                "import/samples/<str:name>",
                self.admin_site.admin_view(sample_delivery),
                name="membership_article_sample",
            ),  # fmt: skip
            path("retracted/", self.admin_site.admin_view(retracted_works), name="membership_article_retracted"),
        ]
        return [*pages, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """What was delivered is corrected by the publisher and imported again; its full text is no field then."""
        if not _is_delivered(obj):
            return super().get_fieldsets(request, obj)
        return tuple(
            (name, {"fields": (*FREE, "funding", "conflicts")}) if name == FOR_MEMBERS else (name, options)
            for name, options in (*self.fieldsets, ("As it was delivered", {"fields": ("delivery", "counted")}))
        )

    @admin.display(description="corrections and retractions")
    def notices(self, article: Article) -> str:
        return said_by_notices(article)

    @admin.display(description="file")
    def delivery(self, article: Article) -> str:
        text = article.delivered
        at = formats.date_format(timezone.localtime(text.imported_at), "F j, Y, H:i")
        return f"{text.source_name}, imported on {at}"

    @admin.display(description="counted against its source")
    def counted(self, article: Article) -> str:
        notes = article.delivered.report.get("notes", [])
        return format_html_join("", "<p>{}</p>", [(note,) for note in notes or ["Everything came over whole."]])

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
        if not _is_delivered(form.instance):
            write_words(form.instance, form.instance.body)
