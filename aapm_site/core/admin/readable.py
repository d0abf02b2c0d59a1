"""What somebody may only read in the admin is shown as people read it, and not as it is stored."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadableFields(admin.ModelAdmin):
    """A mixin: where the form cannot be written in, each field of `read_as` is what its function makes of the row."""

    read_as: Mapping[str, Callable[[Any], Any]] = {}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        parts = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return parts
        return [(title, {**shown, "fields": self._as_read(shown["fields"])}) for title, shown in parts]

    def _as_read(self, names: Any) -> tuple[Any, ...]:
        """A row of fields is a tuple in the tuple."""
        return tuple(
            self._as_read(name) if isinstance(name, list | tuple) else self.readers_of_fields().get(name, name)
            for name in names
        )

    def readers_of_fields(self) -> Mapping[str, Callable[[Any], Any]]:
        return self.read_as
