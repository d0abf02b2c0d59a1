"""Menus in the admin: a menu with its entries, put in order by dragging, by buttons, or by number."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import F, Field, ForeignKey, QuerySet
from django.db.models.functions import Coalesce
from django.forms import Field as FormField
from django.forms import ModelChoiceField
from django.http import HttpRequest
from js_asset import Script

from content.forms.menu import MenuItemForm
from content.models import Menu, MenuItem


class MenuItemInline(admin.StackedInline):
    model = MenuItem
    form = MenuItemForm
    fields = ("title", "order", "parent", "page", "url", "note")
    autocomplete_fields = ("page",)
    extra = 2

    def get_queryset(self, request: HttpRequest) -> QuerySet[MenuItem]:
        """In the order of the menu: each entry at the top with those below it."""
        rows = super().get_queryset(request).select_related("page", "parent")
        return rows.order_by(
            Coalesce("parent__order", "order"), Coalesce("parent", "pk"), F("parent").asc(nulls_first=True), "order"
        )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """An entry stands below an entry at the top of the same menu."""
        if db_field.name == "parent":
            menu = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = MenuItem.objects.filter(menu=menu, parent=None) if menu else MenuItem.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Rows stay narrow: no links for adding and changing what an entry points to."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, ModelChoiceField) and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


@admin.register(Menu)
class MenuAdmin(admin.ModelAdmin):
    list_display = ("label", "name")
    search_fields = ("label", "name")
    inlines = (MenuItemInline,)

    class Media:
        js = (Script("js/menus.js", type="module"),)
