"""What an editor gives a collection: its picture, and what can be seen on it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.files import imaging

from ..domain.collections import made_picture


class CollectionPictureForm(ActionForm):
    """The picture, and its words."""

    picture = forms.FileField(
        label="Picture",
        help_text="JPEG, PNG or WebP, wider than high, about 1,200 × 800 pixels. It is made anew from its pixels. "
        "Everybody sees it: take no figure of an article that is for members.",
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        error_messages={"required": "Choose the picture.", "empty": "This file is empty."},
    )
    words = forms.CharField(
        label="What can be seen on it",
        max_length=250,
        help_text="In one sentence, for those who cannot see it: “A nurse at a telephone, a calendar behind her.”",
        error_messages={"required": "Say in one sentence what can be seen on it."},
    )

    def mark(self) -> str:
        return f"{self.subject.picture}"

    def clean_words(self) -> str:
        return " ".join(self.cleaned_data["words"].split())

    def clean_picture(self) -> Any:
        picture = self.cleaned_data["picture"]
        try:
            return made_picture(picture.read(), picture.name)
        except imaging.PictureRefused as refused:
            raise ValidationError(str(refused)) from refused
