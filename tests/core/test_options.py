"""Selects and boxes are the bytes of Django's own templates."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from aapm_site.core.forms import SiteRenderer

PLAIN = [("", "Anywhere"), ("AL", "Alabama"), ("x\"'&<", "Less < & more"), (7, mark_safe("<b>Seven</b>"))]  # noqa: S308
GROUPED = [("", "Any"), ("The East & more", [("ME", "Maine"), ("VT", "Vermont")]), (None, "Nothing")]
ATTRIBUTES = {"id": "a_b", "class": "in'put", "required": True, "disabled": False, "data-count": 3}


@pytest.mark.parametrize("choices", [PLAIN, GROUPED])
@pytest.mark.parametrize("attributes", [{}, ATTRIBUTES])
@pytest.mark.parametrize("value", ["", "ME", ["AL", "7"], None])
@pytest.mark.parametrize(
    "kind",
    [forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple],
)
def test_they_are_what_django_writes(kind, value, attributes, choices):
    widget = kind(choices=choices)
    ours, theirs = (
        widget.render("where", value, attributes, renderer()) for renderer in (SiteRenderer, TemplatesSetting)
    )
    assert ours == theirs


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@pytest.mark.parametrize("wraps", [True, False])
def test_single_boxes_are_too(kind, wraps):
    class Where(forms.Form):
        field = forms.MultipleChoiceField(choices=PLAIN, widget=kind(attrs={"form": "job-search"}))

    ours, theirs = (
        [box.tag(wrap_label=wraps) for box in Where({"field": ["AL"]}, renderer=renderer())["field"].subwidgets]
        for renderer in (SiteRenderer, TemplatesSetting)
    )
    assert ours == theirs
    assert [box.count("<label") for box in ours] == [int(wraps)] * len(PLAIN)
