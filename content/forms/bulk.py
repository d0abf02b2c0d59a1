"""What a change to many pages asks first."""

from django import forms

from content.forms.page import AUDIENCES
from content.models import Category, Contributor


class ReviewForm(forms.Form):
    """Who has checked the pages."""

    reviewer = forms.ModelChoiceField(Contributor.objects.filter(is_person=True), label="Checked today by")


class CategoryForm(forms.Form):
    """The shelf on which they should stand."""

    category = forms.ModelChoiceField(Category.objects.all())


class AudienceForm(forms.Form):
    """Who reads them from now on."""

    audience = forms.ChoiceField(choices=AUDIENCES, label="Who reads them")


class PlainForm(forms.Form):
    """Nothing more to choose."""
