"""Menus in the admin: a compact tree of entries, put in order by buttons, by dragging, or by number."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import connection
from django.db.models import Count, F, Field, ForeignKey, QuerySet
from django.db.models.functions import Coalesce
from django.forms import Field as FormField
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from js_asset import Script

from content.domain import menus
from content.forms.menu import MenuItemForm, MenuItemFormSet
from content.models import Menu, MenuItem
from content.presenters.menus import menu_targets

MOVE = "_move"  # the name of the buttons of an entry; “up 12” is the value
STEPS = {"up": -1, "down": 1}


class MenuItemInline(admin.StackedInline):
    model = MenuItem
    form = MenuItemForm
    formset = MenuItemFormSet
    template = "content/admin/menu_entries.html"
    fields = ("title", ("page", "url"), ("parent", "order"), "note")
    autocomplete_fields = ("page",)
    extra = 1

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
    when_empty = "Each holds the links of one place in the layout, as the head and the foot of every page."
    list_display = ("label", "name", "number_of_entries")
    search_fields = ("label", "name")
    inlines = (MenuItemInline,)

    class Media:
        js = (Script("js/menus.js", type="module"),)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Menu | None:
        """Locked while it is saved, so that of two who move entries the second is checked by the first one's tree."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST" and connection.in_atomic_block:
            Menu.objects.select_for_update().get(pk=found.pk)
        return found

    def get_queryset(self, request: HttpRequest) -> QuerySet[Menu]:
        return super().get_queryset(request).annotate(entries=Count("items"))

    @admin.display(description="entries", ordering="entries")
    def number_of_entries(self, menu: Any) -> int:
        return menu.entries

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Each row of the tree says where it leads, as it is stored."""
        menu = context.get("original")
        entries = menu.items.select_related("page").defer("page__body", "page__search") if menu else ()
        targets = menu_targets(entries, timezone.now())
        for table in context["inline_admin_formsets"]:
            for form in table.formset.forms:
                form.target = targets.get(form.instance.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Menu) -> HttpResponse:
        """What was typed is saved; then an entry whose button was pressed moves a place, and the tree comes again."""
        step, _, number = request.POST.get(MOVE, "").partition(" ")
        entry = obj.items.filter(pk=number).first() if step in STEPS and number.isascii() and number.isdigit() else None
        if entry is None:
            return super().response_change(request, obj)
        place = menus.move_menu_item(entry, by=STEPS[step])
        messages.success(request, f"Saved. “{entry}” is now at place {place} among those beside it.")
        return HttpResponseRedirect(f"{request.path}#entry-{entry.pk}")
