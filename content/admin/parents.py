"""Where a page can stand: a list of the pages that can have others below them, by their addresses.

A list needs no script. A site with more pages than one looks through searches as one types, among the same pages.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, ForeignKey
from django.forms import Field as FormField
from django.http import HttpRequest

from content.forms.page import MOST_PARENTS
from content.models import Page


def _is_of_parents(request: HttpRequest) -> bool:
    asked = (request.GET.get("app_label"), request.GET.get("model_name"), request.GET.get("field_name"))
    return asked == ("content", "page", "parent")


class ParentChoice(admin.ModelAdmin):
    """A mixin of the pages' admin: the choice of the page above."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """The form fills the list: it knows the page."""
        if db_field.name == "parent" and Page.objects.possible_parents()[: MOST_PARENTS + 1].count() <= MOST_PARENTS:
            kwargs["widget"] = forms.Select
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Without links that add and change the page above."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "parent" and field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """What is searched for the page above are pages that can have others below them."""
        if _is_of_parents(request):
            queryset = queryset & Page.objects.possible_parents()
        return super().get_search_results(request, queryset, search_term)
