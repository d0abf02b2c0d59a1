"""Redirects in the admin: those that moves and the import have made, and those that staff add."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from content.domain import redirects
from content.forms.redirect import RedirectForm
from content.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    when_empty = (
        "When a page moves, the site adds its old address by itself. Add one for an address that was printed elsewhere."
    )
    form = RedirectForm
    list_display = ("old_path", "leads_to", "origin", "created_at")
    list_filter = ("origin", "created_at")
    search_fields = ("old_path", "url", "page__title", "page__path")
    list_per_page = 50
    autocomplete_fields = ("page",)
    readonly_fields = ("origin", "created_at")
    fieldsets = (
        (
            None,
            {
                "fields": ("old_path", "page", "url"),
                "description": "Whoever asks for the old address is led to the new one. Capitals and the last slash "
                "do not matter. When a page moves, the site adds its old address here by itself.",
            },
        ),
        ("Record", {"fields": ("origin", "created_at")}),
    )

    @admin.display(description="leads to", ordering="page__path")
    def leads_to(self, row: Redirect) -> str:
        return row.page.path if row.page else row.url

    def get_queryset(self, request: HttpRequest) -> QuerySet[Redirect]:
        return super().get_queryset(request).select_related("page").defer("page__body", "page__search")

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: bool) -> None:
        """As the site itself adds one; the same row, so that the admin can say what it saved."""
        if change:
            Redirect.objects.filter(pk=obj.pk).exclude(old_path=obj.old_path).delete()
        made = redirects.add_redirect(obj.old_path, page=obj.page, url=obj.url, origin=obj.origin)
        if made:
            obj.pk, obj.page, obj.url = made.pk, made.page, made.url
