"""How something stands, in the lists of the admin: a mark with a word, the same in every list.

Statuses of a lifecycle are marks by `StaffStatus`. What a field of choices or a method of the admin says besides is one
when `states_in_lists` names the column, with the tone of a row: live, wait, back, pause, end, or none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from ..templatetags.ui import status

Tone = Callable[[Any], str]


@dataclass(frozen=True)
class State:
    """A column of marks: what a row says there, and its tone."""

    name: str
    short_description: str
    admin_order_field: Any
    words: Callable[[Any], str] | None  # None: of a field of choices
    tone: Tone

    @property
    def __name__(self) -> str:
        """As Django's lists name the column in their classes."""
        return self.name

    def __call__(self, row: Any) -> SafeString | None:
        """None where a row stands nowhere: the list prints its own sign for nothing."""
        said = _in_words(row, self.name) if self.words is None else self.words(row)
        return status("", said, self.tone(row)) if said else None


def _in_words(row: Any, field: str) -> str:
    return str(getattr(row, f"get_{field}_display")())


def by_value(field: str, **tones: str) -> Tone:
    """The tone of each value of a field; a value without one has none."""

    def tone(row: Any) -> str:
        return tones.get(str(getattr(row, field)).replace("-", "_"), "")

    return tone


class StatesInLists(admin.ModelAdmin):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    states_in_lists: Mapping[str, Tone] = {}

    def get_list_display(self, request: HttpRequest) -> Any:
        return [self._state(column) or column for column in super().get_list_display(request)]

    def _state(self, column: Any) -> State | None:
        if not isinstance(column, str) or column not in self.states_in_lists:
            return None
        said: Any = getattr(self, column, None)
        if said is None:
            field: Any = self.model._meta.get_field(column)
            return State(column, field.verbose_name, column, None, self.states_in_lists[column])
        ordering = getattr(said, "admin_order_field", None)
        return State(column, said.short_description, ordering, said, self.states_in_lists[column])
