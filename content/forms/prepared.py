"""What is asked before a prepared change is decided on: which text the person has read, and when it should come."""

from typing import Any

from django import forms
from django.utils import timezone

from aapm_site.core.admin.action_forms import ActionForm, AsReadForm
from aapm_site.core.forms import change_data, whole_number
from content.forms.schedule import MomentForm


class ReadForm(ActionForm):
    """`read` is the number of a version when the question was shown; what is no number stands for none."""

    seen = None
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("read", self.newest())

    def newest(self) -> int:
        """Of the change itself."""
        return int(self.subject.version)

    def clean_read(self) -> int:
        return whole_number(self.cleaned_data["read"], digits=9) or 0

    def renew(self) -> None:
        """The page that is shown again shows what is written now."""
        self.subject.refresh_from_db(fields=["version"])
        change_data(self, {"read": str(self.newest())})


class ReadPublicForm(ReadForm):
    """The version of the public page beside which the change was looked at."""

    def newest(self) -> int:
        """Of the public page."""
        self.subject.prepares.refresh_from_db(fields=["version"])
        return int(self.subject.prepares.version)


class ComesForm(AsReadForm, MomentForm):
    """When the change comes by itself, as it was read."""

    def what_it_says(self, newest: Any) -> object:
        return newest.version

    def offered(self) -> Any:
        """The moment that was chosen before, if it lies ahead."""
        at = self.subject.comes_at
        return at if at and at > timezone.now() else None
