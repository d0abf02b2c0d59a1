"""What of an address may narrow a list of the admin: the filters that the list declares, and nothing else.

Django lets every field of the model through (`?password__startswith=…`): whoever may open a list could read what it
does not show, a character at a time.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.http import HttpRequest

DRILL_DOWN = ("year", "month", "day", "gte", "lt")  # what the links of a date hierarchy say


class DeclaredLookups(admin.ModelAdmin):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    # Lookups of links that lead to this list from the page of something else, as "customer__id__exact".
    linked_by: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in self.linked_by or lookup in self._drill_down() or lookup in self._filters(lookup, request)

    def _drill_down(self) -> set[str]:
        return {f"{self.date_hierarchy}__{part}" for part in DRILL_DOWN} if self.date_hierarchy else set()

    def _filters(self, lookup: str, request: HttpRequest) -> set[str | None]:
        """What the filters read that this lookup may be meant for; a filter of relations asks the database."""
        return {name for one in self.get_list_filter(request) for name in self._parameters(one, lookup, request)}

    def _parameters(self, declared: Any, lookup: str, request: HttpRequest) -> Iterator[str | None]:
        if isinstance(declared, type) and issubclass(declared, admin.SimpleListFilter):
            yield declared.parameter_name
            return
        path, made_by = declared if isinstance(declared, tuple | list) else (declared, admin.FieldListFilter.create)
        if lookup == path or lookup.startswith(f"{path}__"):
            field = get_fields_from_path(self.model, path)[-1]
            yield from made_by(field, request, {}, self.model, self, field_path=path).expected_parameters()
