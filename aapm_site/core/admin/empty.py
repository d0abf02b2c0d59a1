"""A list of the admin with nothing in it says so: what would stand there, and the way on.

One that nothing has been written into is told apart from one that its filters and words have emptied.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# What of an address narrows no list.
HARMLESS = {ALL_VAR, IS_FACETS_VAR, IS_POPUP_VAR, ORDER_VAR, PAGE_VAR, TO_FIELD_VAR}
BY_THEMSELVES = "They come by themselves, and nothing is to be done here until one does."


@dataclass(frozen=True)
class EmptyList:
    """The sentence, and where its button leads; without an address there is none."""

    words: str
    url: str = ""
    label: str = ""


class SaysWhenEmpty(admin.ModelAdmin):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    when_empty = ""  # what the rows are for, or where they come from; a sentence

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context and not context["cl"].result_count:
            context["empty"] = self.empty_list(request, context["cl"])
        return response

    def empty_list(self, request: HttpRequest, found: Any) -> EmptyList:
        """What a list says that found nothing."""
        one, many = str(self.opts.verbose_name), str(self.opts.verbose_name_plural)
        none = f"There {'is' if one == many else 'are'} no {many}"
        is_narrowed = found.query or set(found.params) - HARMLESS - {SEARCH_VAR}
        if is_narrowed or found.full_result_count:
            sought = f"with the words “{found.query}”" if found.query else "under the filters that are chosen"
            return EmptyList(f"{none} {sought}.", request.path, "Show the whole list")
        may_add = self.has_add_permission(request)
        said = self.when_empty or ("" if may_add else BY_THEMSELVES)
        names = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        words = f"{none} yet. {said}".strip()
        first = (reverse(f"{names}_add"), f"Add the first {one}") if may_add else ()
        return EmptyList(words, *first)
