"""A choice of the admin that is looked up by its key: what can be no key is never asked of the database.

Django draws a refused form again with what was sent, and looks up "abc" or a NUL among numbers: a fault instead of the
form with its error.
"""

import functools
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.http import HttpRequest


def can_be_key(key: Any, value: Any) -> bool:
    """Whether this column could hold it. A key that is itself a relation is what it leads to."""
    while key.is_relation:
        key = key.target_field
    try:
        stored = key.to_python(value)
    except (ValidationError, ValueError, OverflowError):
        return False
    if isinstance(stored, int):
        least, most = connection.ops.integer_field_range(key.get_internal_type())
        return (least is None or least <= stored) and (most is None or stored <= most)
    return "\x00" not in str(stored)


class KnownKeys(AutocompleteMixin):
    """A mixin: of what was sent, the list shows the rows that are there."""

    def optgroups(self, name: str, value: Iterable[Any], attr: Any = None) -> Any:
        key = self.field.target_field
        return super().optgroups(name, [one for one in value if one and can_be_key(key, one)], attr)


class KnownKeySelect(KnownKeys, AutocompleteSelect):
    pass


class KnownKeySelectMultiple(KnownKeys, AutocompleteSelectMultiple):
    pass


class KnownKeyFields(BaseModelAdmin):
    """Every admin of the site and every table below its forms stand on this: StaffSite.register sees to it."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        chosen = self._with(KnownKeySelect, db_field, request, kwargs)
        return self._called(super().formfield_for_foreignkey(db_field, request, **chosen), request)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        chosen = self._with(KnownKeySelectMultiple, db_field, request, kwargs)
        return self._called(super().formfield_for_manytomany(db_field, request, **chosen), request)

    def _called(self, field: Any, request: HttpRequest) -> Any:
        """What is chosen already is called as the list of what can be chosen calls it."""
        if isinstance(getattr(field, "widget", None), KnownKeys):
            owner: Any = self.admin_site.get_model_admin(field.queryset.model)
            field.label_from_instance = functools.partial(owner.choice_label, request)
        return field

    def _with(self, widget: Any, field: models.Field, request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
        """What was given for the field, with the widget if it is found by its words and has none of its own."""
        if "widget" in given or field.name not in self.get_autocomplete_fields(request):
            return given
        return {**given, "widget": widget(field, self.admin_site, using=given.get("using"))}
