"""Two who have one form open: the second to save is told of the first, and nobody's words go unseen.

The page carries marks of what it showed: of each field, and of the rows in the tables below. A save over something else
is refused with the names of what has changed, and keeps what was typed; pressed once more it is saved over, as somebody
who has read it wants. A form that carries no mark, as of a program, is taken as it is.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list

READ = "_read"  # the names of the hidden fields begin so
ROWS_CHANGED = (
    "A colleague has changed these rows since you opened the page. What you typed still stands here: save once more to "
    "put it in the place of theirs."
)


def _digest(value: object) -> str:
    keys = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
    return hashlib.sha256(repr(keys).encode()).hexdigest()[:12]


def fields_mark(form: ModelForm) -> str:
    """What the form shows of its object as it is stored: the name of each field with a digest."""
    return " ".join(f"{name}:{_digest(form.initial.get(name))}" for name in sorted(form.fields))


def rows_mark(rows: BaseInlineFormSet) -> str:
    """The same of a table below it, as it was before anything that was typed was put into its rows."""
    return _digest(repr([(row.instance.pk, sorted(row.initial.items())) for row in rows.initial_forms]))


def fields_overtaken(form: ModelForm) -> list[str]:
    """The fields that say something else now than the page had shown, as people call them.

    The row is locked from here until it is saved, so that of two who press at once the second is told of the first. The
    form stands on what is stored now: what it has as its beginning is what its page shows as read.
    """
    if READ not in form.data:
        return []
    rows = type(form.instance)._base_manager.all()
    if connection.in_atomic_block:  # not where the form is only looked at
        rows = rows.select_for_update(of=("self",))
    if stored := rows.filter(pk=form.instance.pk).first():
        form.initial = {**form.initial, **model_to_dict(stored, fields=list(form.fields))}
    read = dict(pair.rsplit(":", 1) for pair in form.data.get(READ, "").split() if ":" in pair)
    now = dict(pair.rsplit(":", 1) for pair in fields_mark(form).split())
    changed = [name for name, digest in now.items() if name in read and read[name] != digest]
    return [str(form.fields[name].label or name) for name in changed]


class ReadRows(BaseInlineFormSet):
    """A table below a form of `RefusesOvertaken`, which refuses with it."""

    def clean(self) -> None:
        super().clean()
        if (read := self.data.get(f"{READ}-{self.prefix}")) and read != rows_mark(self):
            raise ValidationError(ROWS_CHANGED, code="overtaken")


def _with_read_rows(made: Any) -> Any:
    return type(made.__name__, (made, ReadRows), {"__module__": made.__module__})


class RefusesOvertaken(admin.ModelAdmin):
    """No save over what a colleague has saved since the page was opened, before that was told.

    Every admin of the site stands on this: StaffSite.register sees to it.
    """

    compares_versions = False  # its own form tells of a colleague's save, and shows both texts

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or self.compares_versions:
            return made

        class Guarded(made):
            def clean(self) -> Any:
                given = super().clean()
                if names := fields_overtaken(self):
                    self.add_error(None, ValidationError(_told(names), code="overtaken"))
                return given

        return Guarded

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        """The tables below refuse with the form."""
        for made, inline in super().get_formsets_with_inlines(request, obj):
            yield (made if self.compares_versions else _with_read_rows(made)), inline

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page stands on what is stored now, also after a refusal. Who may only read it sends nothing."""
        subject = context.get("original")
        if subject is not None and not self.compares_versions and self.has_change_permission(request, subject):
            context["read_marks"] = _marks(context)
        return super().render_change_form(request, context, *args, **kwargs)


def _marks(context: Mapping[str, Any]) -> dict[str, str]:
    tables = [one.formset for one in context["inline_admin_formsets"] if _is_written(one)]
    return {READ: fields_mark(context["adminform"].form), **{f"{READ}-{one.prefix}": rows_mark(one) for one in tables}}


def _is_written(table: Any) -> bool:
    """Whether this person writes in the rows that are there: the site may add to what they only read."""
    return bool(table.has_change_permission or table.has_delete_permission) and any(
        not field.widget.is_hidden for row in table.formset.initial_forms for field in row.fields.values()
    )


def _told(names: list[str]) -> str:
    return (
        f"A colleague has saved something else since you opened this page, in: {get_text_list(names, 'and')}. What you "
        "typed still stands below: read theirs in a second tab, then save once more to put yours in its place."
    )
