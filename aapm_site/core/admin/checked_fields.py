"""The days and addresses that staff type, or that a link fills in for them: what is none is refused or left out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from ..days import with_checked_day
from ..http.reachable import with_reachable_address


class CheckedFields(BaseModelAdmin):
    """Every admin of the site and every table below its forms stand on this: StaffSite.register sees to it."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return with_reachable_address(with_checked_day(field))


def with_read_days(model: type[models.Model], given: Mapping[str, Any]) -> dict[str, Any]:
    """What an address gives a form, its days as days: Django hands on the text, over which a field of a day and an
    hour breaks. One that cannot be read is left out.
    """
    asked = [field for field in model._meta.concrete_fields if isinstance(field, models.DateField)]
    read = {field.name: _read(field, given[field.name]) for field in asked if field.name in given}
    return {name: value for name, value in {**given, **read}.items() if name not in read or value is not None}


def _read(field: models.DateField, text: str) -> date | None:
    reader = with_checked_day(field.formfield())
    try:
        return reader.clean(text) if reader else None
    except ValidationError:
        return None
