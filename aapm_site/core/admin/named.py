"""People and organizations in the lists of the admin: each name is one link, the same in every list.

An admin whose rows are such names says `is_named_in_lists`. A column that is a reference to one of them is found by
itself; of one that is made by a method of the admin, `names_in_lists` says where the named row lies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

LINK = '<a class="named" href="{}">{}</a>'


@dataclass(frozen=True)
class NamedColumn:
    """A column that says who: the row at the end of `path`, linked to its page for those who may open that."""

    path: str
    short_description: str
    admin_order_field: str = ""
    is_linked: bool = False

    @property
    def __name__(self) -> str:
        """As Django's lists name the column in their classes."""
        return self.path.rpartition("__")[2]

    def __call__(self, row: Any) -> SafeString | str | None:
        """None where there is nobody: the list prints its own sign for nothing."""
        named = reduce(lambda found, step: getattr(found, step, None), self.path.split("__"), row)
        if named is None:
            return None
        return format_html(LINK, change_address(named), named) if self.is_linked else str(named)


def change_address(row: Any) -> str:
    """The page of a row in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])


def target_of(model: Any, path: str) -> Any:
    """The model at the end of a path of references; None where it leads over anything else."""
    for step in path.split("__"):
        try:
            field: Any = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        model = field.related_model if isinstance(field, ForeignKey) else None
        if model is None:
            return None
    return model


class NamesInLists(admin.ModelAdmin):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    is_named_in_lists = False
    names_in_lists: Mapping[str, str] = {}  # of a column: the path to the row that it names

    def get_list_display(self, request: HttpRequest) -> Any:
        """What leads to the row itself, as the first column does, does not lead elsewhere."""
        first, *rest = super().get_list_display(request)
        own = {first, *(self.list_display_links or ())}
        return [column if column in own else self._linked(column, request) for column in (first, *rest)]

    def _named(self, column: Any) -> NamedColumn | None:
        """What the column is, if it says who."""
        if not isinstance(column, str):
            return None
        path = self.names_in_lists.get(column, column)
        owner = self._owner(path)
        if owner is None or not owner.is_named_in_lists:
            return None
        made_by: Any = getattr(self, column, None)
        if made_by is None:
            return NamedColumn(path, self.model._meta.get_field(column).verbose_name, column)
        return NamedColumn(path, made_by.short_description, getattr(made_by, "admin_order_field", ""))

    def _owner(self, path: str) -> Any:
        return self.admin_site._registry.get(target_of(self.model, path))

    def _linked(self, column: Any, request: HttpRequest) -> Any:
        named = self._named(column)
        if named is None:
            return column
        owner = self._owner(named.path)
        return replace(named, is_linked=owner is not None and owner.has_view_permission(request))

    def get_list_select_related(self, request: HttpRequest) -> Any:
        """With the names, which Django would ask for once a row."""
        wanted = super().get_list_select_related(request)
        names = [column.path for column in map(self._named, super().get_list_display(request)) if column]
        if not names or wanted is True:
            return wanted
        return tuple(dict.fromkeys([*(wanted or self._references(self.list_display)), *names]))

    def _references(self, columns: Sequence[Any]) -> Iterable[str]:
        """The other references among the columns; Django follows them by itself while nothing else is said."""
        return [column for column in columns if isinstance(column, str) and target_of(self.model, column)]
