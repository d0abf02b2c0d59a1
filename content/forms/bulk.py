"""What a change to many pages asks first."""

from django import forms

from aapm_site.core.admin.action_forms import ActionForm
from content.forms.page import audience_choices
from content.models import Category, Contributor


class ReviewForm(ActionForm):
    """Who has checked the pages."""

    reviewer = forms.ModelChoiceField(Contributor.objects.filter(is_person=True), label="Checked today by")


class CategoryForm(ActionForm):
    """The shelf on which they should stand."""

    category = forms.ModelChoiceField(Category.objects.all())


class AudienceForm(ActionForm):
    """Who reads them from now on."""

    audience = forms.ChoiceField(choices=audience_choices, label="Who reads them")
