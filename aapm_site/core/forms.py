"""Forms as people meet them: labels above, hints, errors in words, and an error summary that takes the focus.

PublicForm is for people without an account: it keeps what looks like spam apart and loses nothing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict

from .contact_marks import has_phone_number, has_web_address, links_in_prose
from .days import with_checked_day
from .http.reachable import with_reachable_address
from .ui.options import WRITTEN

LEAST_SECONDS = 3
LONGEST_SECONDS = 24 * 60 * 60
SALT = "public-form"
MOST_LINKS = 2

_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def without_control(text: str) -> str:
    """The text without control and direction marks, which have no place in what a person types."""
    return _control.sub("", text)


def whole_number(text: str, digits: int) -> int | None:
    """A number of at most so many plain digits, as addresses and buttons give it; None for everything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


class OneLineField(forms.CharField):
    """Text on one line: line breaks are refused, so that it can stand in a mail header."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        if "\r" in value or "\n" in value:
            raise ValidationError("Please write this on one line.")
        return _still_there(self, without_control(value))


class NameField(OneLineField):
    """A name: it stands in letters to other people, so it holds no web address and no telephone number."""

    holds_numbers = False  # addresses and purchase orders do

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        if has_web_address(value):
            raise ValidationError("Please leave out web addresses here.")
        if not self.holds_numbers and has_phone_number(value):
            raise ValidationError("Please leave out telephone numbers here.")
        return value


class LongTextField(forms.CharField):
    """Text of several lines, without control marks."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        return _still_there(self, without_control(super().clean(value).replace("\x00", "")))


def _still_there(field: forms.CharField, text: str) -> str:
    """The text, unless nothing that can be seen is left of what was required."""
    if field.required and not text.strip():
        raise ValidationError(field.error_messages["required"], code="required")
    return text


class SiteRenderer(TemplatesSetting):
    """`{{ form.name.as_field_group }}` prints a field as the site shows it: label, hint, control, what is wrong."""

    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        write = WRITTEN.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


class Accessible(forms.BaseForm):
    """Marks each widget with its hint and error for assistive technology; believes days and addresses as the site does.

    A mixin for Form and ModelForm.
    """

    template_name = "components/form.html"
    required_css_class = "is-required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            with_reachable_address(with_checked_day(field))
            if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.Select | forms.DateInput):
                field.widget.attrs.setdefault("class", "input")


FieldKind = TypeVar("FieldKind", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[FieldKind]) -> FieldKind:
    """A form's field of that name, which the form knows to be of this kind."""
    return cast(FieldKind, form.fields[name])


def change_data(form: forms.BaseForm, values: Mapping[str, str]) -> None:
    """Put values in place of what was sent: what the form checks next, or shows when it goes back."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[form.add_prefix(name)] = value
    form.data = data


class SiteForm(Accessible, forms.Form):
    """A form of the site."""


class SiteModelForm(Accessible, forms.ModelForm):
    """A form of the site over a model."""


class _RowsReadOnce(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from map(self.choice, self.queryset)


class ReadOnceChoiceField(forms.ModelChoiceField):
    """One of few rows. The check of the answer and the page that shows the choice again read them together, once."""

    iterator = _RowsReadOnce

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        found = next((row for row in self.queryset or () if str(row.pk) == str(value)), None)
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return found


class CheckedWhenSaved(forms.ModelForm):
    """A form whose fields check all that they can: neither they nor the constraints are asked of the model once more.

    What a constraint refuses when the row is saved is said by words_of_refusal().
    """

    def _get_validation_exclusions(self) -> set[str]:
        return {field.name for field in self._meta.model._meta.concrete_fields}


def words_of_refusal(refused: IntegrityError, model: type[Model]) -> str:
    """What the constraint of the model that refused a row says of it. Raises the error itself where it says nothing."""
    name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
    for constraint in model._meta.constraints:
        if constraint.name == name and constraint.violation_error_message != constraint.default_violation_error_message:
            return str(constraint.get_violation_error_message())
    raise refused


class PublicForm(SiteForm):
    """A form for anybody: honeypot, a signed time, and a verdict in `spam_reason` that never refuses a person.

    A filled honeypot, a form sent faster than a person types, or more than two links make it look like spam; the
    caller stores it all the same, apart. A form kept open for longer than a day is taken as a person's.
    """

    website = forms.CharField(
        required=False,
        label="Leave this field empty",
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    trap = "website"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("shown_at", signing.dumps("shown", salt=SALT))

    def visible_fields(self) -> list[forms.BoundField]:
        return [field for field in super().visible_fields() if field.name != self.trap]

    @property
    def trap_field(self) -> forms.BoundField:
        return self[self.trap]

    @property
    def spam_reason(self) -> str:
        """Why this looks like spam, in words for staff; empty when it looks like a person's."""
        if self.cleaned_data.get(self.trap):
            return "The hidden field was filled in."
        stamp = self.cleaned_data.get("shown_at", "")
        try:
            signing.loads(stamp, salt=SALT, max_age=LONGEST_SECONDS)
        except signing.SignatureExpired:
            pass
        except signing.BadSignature:
            return "The form was sent without having been shown."
        else:
            if not _older_than(stamp, LEAST_SECONDS):
                return f"The form was sent within {LEAST_SECONDS} seconds."
        links = sum(len(links_in_prose(value)) for value in self.cleaned_data.values() if isinstance(value, str))
        if links > MOST_LINKS:
            return f"It holds {links} links."
        return ""


def _older_than(stamp: str, seconds: int) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=seconds)
    except signing.SignatureExpired:
        return True
    return False


def client_ip(request: HttpRequest) -> str:
    """The reader's address: the connection's, or the one that the trusted proxies have seen."""
    hops = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if hops:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(seen) >= hops:
            return seen[-hops]
    return request.META.get("REMOTE_ADDR", "")
