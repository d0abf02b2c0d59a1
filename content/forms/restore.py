"""What is asked before an earlier text comes back: only which version the person has read."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.forms import change_data, whole_number
from content.models import PageVersion


class RestoreForm(ActionForm):
    """`read_version` is the page's version when the question was shown; what is no number stands for none."""

    seen = None
    read_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: PageVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.initial.setdefault("read_version", self.subject.version)

    def clean_read_version(self) -> int:
        return whole_number(self.cleaned_data["read_version"], digits=9) or 0

    def renew(self) -> None:
        """The page that is shown again compares with what is written now."""
        change_data(self, {"read_version": str(self.subject.version)})
