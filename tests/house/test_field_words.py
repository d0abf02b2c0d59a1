"""No form of the site says what is wrong in a library's stock words."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import resolve

from tests import factories
from tests.house.forms import site_forms, staff_forms

STOCK = re.compile(
    r"This field|Ensure |Enter a |Enter only|Select a valid|not a valid|already exists|No file was|Null char"
    r"|is violated|must be either|Incorrect|Invalid|not specified|ManagementForm|Please submit|not allowed|duplicate"
)
COLUMN_CODES = ("blank", "null", "unique", "invalid_choice")
BAD = ("", " ", "no such", "-1", "9" * 40, "1.23456", "x" * 3000, "a\x00b")


def said(field: forms.Field, value: str) -> list[str]:
    """What the field says of what a browser sends."""
    sent = [value] * len(field.fields) if isinstance(field, forms.MultiValueField) else value
    try:
        field.clean([value] if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField) else sent)
    except ValidationError as refused:
        return refused.messages
    return []


def faults(name: str, field: forms.Field) -> Iterator[str]:
    for value in BAD:
        words = said(field, value)
        yield from (f"{name}: {one}" for one in words if STOCK.search(one))
        yield from (f"{name}: twice {one}" for one in set(words) if words.count(one) > 1)


@pytest.mark.django_db
def test_no_field_of_any_form_speaks_like_a_library(rf):
    request = rf.get("/admin/")
    request.user, request.resolver_match = factories.staff_user(), resolve("/admin/")
    made = [(form.__name__, form) for form in site_forms()] + [(label, form) for _, label, form in staff_forms(request)]
    own = ((label, getattr(form, "base_fields", {})) for label, form in made)
    fields = {f"{label}.{name}": field for label, base in own for name, field in base.items()}

    assert [fault for name, field in fields.items() for fault in faults(name, field)] == []
    assert len(fields) > 300


def test_every_kind_of_field_has_words_of_ours():
    kinds = [forms.CharField(max_length=3, min_length=2), forms.IntegerField(min_value=0, max_value=5, step_size=2)]
    kinds += [
        forms.DecimalField(max_digits=3, decimal_places=1),
        forms.FloatField(),
        forms.URLField(assume_scheme="https"),
    ]
    kinds += [forms.EmailField(), forms.SlugField(), forms.UUIDField(), forms.JSONField(), forms.DurationField()]
    kinds += [forms.DateField(), forms.TimeField(), forms.DateTimeField(), forms.SplitDateTimeField()]
    kinds += [forms.FileField(), forms.ImageField(), forms.BooleanField(), forms.ChoiceField()]
    kinds += [forms.MultipleChoiceField(), forms.RegexField("^a$")]

    assert [fault for field in kinds for fault in faults(type(field).__name__, field)] == []
    assert [type(field).__name__ for field in kinds if not any(said(field, value) for value in BAD)] == []


def test_no_column_does_and_no_door_of_the_library():
    columns = {str(field): field.error_messages for model in apps.get_models() for field in model._meta.concrete_fields}
    words = {f"{name} {code}": all_words[code] for name, all_words in columns.items() for code in COLUMN_CODES}
    words |= {f"sign-in {code}": words for code, words in get_adapter().error_messages.items()}
    words |= {f"second step {code}": words for code, words in get_mfa_adapter().error_messages.items()}

    assert [(code, str(sentence)) for code, sentence in words.items() if STOCK.search(str(sentence))] == []
