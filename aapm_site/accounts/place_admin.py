"""The gazetteer for staff: towns are looked up, their own places and further names written, and what nobody found."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from .domain.places import keep_names
from .models import Place, PlaceName, UnknownPlace
from .place_text import place_key


class PlaceNameForm(forms.ModelForm):
    """A further name, with the key by which it is found."""

    class Meta:
        model = PlaceName
        fields = ("name",)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        self.instance.key = place_key(name)
        if not self.instance.key:
            raise ValidationError("A name has letters or digits.")
        return name


class PlaceNames(forms.BaseInlineFormSet):
    """No two names that are found by the same words."""

    def clean(self) -> None:
        super().clean()
        shown = [form.instance.pk for form in self.initial_forms]
        others = PlaceName.objects.filter(place=self.instance.pk).exclude(pk__in=shown)
        known = set(others.values_list("key", flat=True))
        for form in self.forms:
            if form in self.deleted_forms or not form.has_changed() and not form.instance.pk:
                continue
            if form.instance.key in known:
                form.add_error("name", "The place is found by this name already.")
            known.add(form.instance.key)


class PlaceNameInline(admin.TabularInline):
    model = PlaceName
    form = PlaceNameForm
    formset = PlaceNames
    fields = ("name",)
    extra = 0
    verbose_name = "further name"
    verbose_name_plural = "Further names by which it is found"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Staff's own; those of the gazetteer come with it."""
        return super().get_queryset(request).filter(is_own=True)


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Towns of the gazetteer stay as they are loaded; staff give them further names, and add what it lacks."""

    list_display = ("name", "county", "state", "country", "population", "number")
    list_filter = ("country", "state")
    search_fields = ("name", "state", "state_code", "=number")
    fields = ("name", "county", "state_code", "state", "country", "latitude", "longitude", "slug", "number")
    readonly_fields = ("number",)
    prepopulated_fields = {"slug": ("name", "state_code")}
    inlines = (PlaceNameInline,)
    show_facets = admin.ShowFacets.NEVER

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj and obj.number else self.readonly_fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A town of the gazetteer would be missing until its next edition is loaded."""
        return super().has_delete_permission(request, obj) and not (obj and obj.number)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        keep_names(form.instance)


@admin.register(UnknownPlace)
class UnknownPlaceAdmin(admin.ModelAdmin):
    """What people typed and nobody knew. Give a town a further name, or add a place, and delete the row."""

    list_display = ("typed", "times", "first_at", "last_at")
    fields = readonly_fields = list_display
    search_fields = ("typed",)
    ordering = ("-last_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
