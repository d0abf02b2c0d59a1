"""Where a page can stand: a list of the pages that can have others below them, by their addresses.

A list needs no script. A site with more pages than one looks through searches as one types, among the same pages.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, ForeignKey
from django.forms import Field as FormField
from django.http import HttpRequest

from aapm_site.core.admin.known_keys import KnownKeySelect, can_be_key
from content.forms.page import ABOVE, MOST_PARENTS
from content.models import Page


def _is_of_parents(request: HttpRequest) -> bool:
    asked = (request.GET.get("app_label"), request.GET.get("model_name"), request.GET.get("field_name"))
    return asked == ("content", "page", "parent")


def _page_below(request: HttpRequest) -> Page | None:
    key = request.GET.get(ABOVE, "")
    return Page.objects.only("path").filter(pk=key).first() if can_be_key(Page._meta.pk, key) else None


class ParentSearch(KnownKeySelect):
    """Searched for as one types, for the page that the form is of: itself and what stands below it are not offered."""

    above = ""  # the key of that page; empty while it is new

    def get_url(self) -> str:
        return f"{super().get_url()}?{ABOVE}={self.above}"


class ParentChoice(admin.ModelAdmin):
    """A mixin of the pages' admin: the choice of the page above."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """The form fills the list: it knows the page."""
        if db_field.name == "parent":
            are_few = Page.objects.possible_parents()[: MOST_PARENTS + 1].count() <= MOST_PARENTS
            kwargs["widget"] = forms.Select if are_few else ParentSearch(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Without links that add and change the page above."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "parent" and field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """What is searched for the page above are the pages that a save accepts."""
        if _is_of_parents(request):
            queryset = queryset & Page.objects.possible_parents(_page_below(request))
        return super().get_search_results(request, queryset, search_term)
