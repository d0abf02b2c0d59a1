"""What comes in about an organization's public page: where somebody reads on in the list, and a logo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.files.imaging import ENDINGS, MadePicture, PictureRefused
from aapm_site.core.forms import SiteForm

from ..domain.logos import LARGEST, made_logo


class OrganizationPageForm(forms.Form):
    """After or before which organization; what means nothing shows the first page."""

    after = forms.SlugField(required=False, max_length=140)
    before = forms.SlugField(required=False, max_length=140)


class LogoField(forms.FileField):
    """A picture of at most 5 MB. Cleans to the files that were made from it, which `domain.logos.keep_logo` keeps."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", ",".join(f".{ending}" for ending in ENDINGS))
        self.error_messages["empty"] = "This file is empty. Please look whether it opens, and choose it again."

    def clean(self, data: Any, initial: Any = None) -> list[MadePicture] | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return made_logo(file.read(LARGEST + 1), file.name)
        except PictureRefused as refused:
            raise ValidationError(str(refused)) from refused


class LogoForm(SiteForm):
    """The logo that stands on the organization's page."""

    logo = LogoField(
        label="Your logo",
        help_text="PNG, JPEG, WebP or GIF, at most 5 MB; 600 pixels wide is ideal, on a white or transparent ground.",
        error_messages={"required": "Please choose the file of your logo first."},
    )
