"""Several rows that a form chooses are boxes while there are few, and searched for beyond: nobody has to hold a key."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest

MOST_BOXES = 24


class BoxesOfFew(BaseModelAdmin):
    """Every admin of the site and every table below its forms stand on this: StaffSite.register sees to it.

    What may grow beyond stands in `autocomplete_fields` as well.
    """

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        rows = db_field.remote_field.model._default_manager.all()
        if "widget" not in kwargs and rows[: MOST_BOXES + 1].count() <= MOST_BOXES:
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        wrapper: Any = getattr(field, "widget", None)
        if isinstance(getattr(wrapper, "widget", None), forms.CheckboxSelectMultiple):
            wrapper.use_fieldset = True  # or each box names the help below them, which Django gives no name
        return field
