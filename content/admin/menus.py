"""Menus in the admin: a menu with its entries, in order by number."""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from content.forms.menu import MenuItemForm
from content.models import Menu, MenuItem


class MenuItemInline(admin.TabularInline):
    model = MenuItem
    form = MenuItemForm
    fields = ("title", "parent", "page", "url", "note", "order")
    autocomplete_fields = ("page",)
    extra = 2

    def get_queryset(self, request: HttpRequest) -> QuerySet[MenuItem]:
        return super().get_queryset(request).select_related("page", "parent")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """An entry stands below an entry at the top of the same menu."""
        if db_field.name == "parent":
            menu = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = MenuItem.objects.filter(menu=menu, parent=None) if menu else MenuItem.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Menu)
class MenuAdmin(admin.ModelAdmin):
    list_display = ("label", "name")
    search_fields = ("label", "name")
    inlines = (MenuItemInline,)
