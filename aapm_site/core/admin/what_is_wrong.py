"""What a form of the admin and the tables below it refuse: each with where it stands, to be led there."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.text import capfirst


class Wrong(NamedTuple):
    """One sentence; without an anchor it is about the whole."""

    words: str
    label: str = ""
    anchor: str = ""


def what_is_wrong(context: Mapping[str, Any]) -> list[Wrong]:
    """In the order of the page."""
    shown = context["adminform"]
    found = list(_of_form(shown.form))
    for table in context["inline_admin_formsets"]:
        found += _of_table(table.formset)
    return found


def focus_first(context: Mapping[str, Any]) -> None:
    """The first control that is wrong takes the focus as the page opens, without scripts too."""
    forms_shown = [context["adminform"].form]
    forms_shown += [form for table in context["inline_admin_formsets"] for form in table.formset.forms]
    wrong = next((field for form in forms_shown for field in form if field.errors), None)
    if wrong is not None:
        wrong.field.widget.attrs["autofocus"] = True


def _of_table(rows: Any) -> Iterator[Wrong]:
    yield from (Wrong(str(words)) for words in rows.non_form_errors())
    name = str(capfirst(rows.model._meta.verbose_name))
    for number, form in enumerate(rows.forms, start=1):
        yield from _of_form(form, where=f"{name} {number}, ")


def _of_form(form: forms.BaseForm, where: str = "") -> Iterator[Wrong]:
    yield from (Wrong(str(words)) for words in form.non_field_errors())
    for field in form:
        yield from (Wrong(str(words), f"{where}{_label(field)}", _anchor(field)) for words in field.errors)


def _label(field: forms.BoundField) -> str:
    return str(field.label).rstrip(":")


def _anchor(field: forms.BoundField) -> str:
    """The control, or the first of several."""
    return field.id_for_label or f"{field.auto_id}_0"
