"""The forms of the media library: a file that comes in, and the words that describe it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.accounts.models import User
from aapm_site.core.files import imaging, upload_checks
from aapm_site.core.forms import OneLineField, field_of
from content.domain import media
from content.forms.page import audience_choices
from content.models import PUBLIC, Document, Picture
from content.models.media import NEEDS_ALT
from content.states import DOCUMENT_TYPES

MB = 1024 * 1024
PICTURE_HELP = f"JPEG, PNG, WebP or GIF, at most {imaging.LARGEST // MB} MB. Place and camera are not kept."
DOCUMENT_HELP = f"{', '.join(DOCUMENT_TYPES)}; at most {upload_checks.LARGEST // MB} MB."


class _Keeps(forms.ModelForm):
    """A form that keeps an uploaded file once everything else is right; what is wrong with it is told beside it."""

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("upload")

    def keep(self) -> Any:
        raise NotImplementedError

    def _post_clean(self) -> None:
        """The file is checked by making what will be kept of it, so that checking and keeping cannot differ."""
        if self.instance.pk:
            super()._post_clean()  # type: ignore[misc]  # Django's forms have it, the stubs do not
            return
        if self.errors:
            return
        try:
            self.instance = self.keep()
        except ValidationError as problem:
            fields = {"file": "upload"}
            told = problem.message_dict if hasattr(problem, "error_dict") else {"upload": problem.messages}
            for name, words in told.items():
                name = fields.get(name, name)
                self.add_error(name if name in self.fields else None, words)


class PictureForm(_Keeps):
    """A picture: the file when it is new, and what it shows."""

    upload = forms.FileField(
        label="Picture",
        help_text=PICTURE_HELP,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": "Choose a picture.", "empty": "This file is empty."},
        max_length=300,
    )
    title = OneLineField(
        max_length=160, required=False, help_text="For finding it again; the file’s name if left empty."
    )
    alt = OneLineField(
        max_length=300,
        required=False,
        label="Description",
        help_text="What it shows, for those who do not see it: a sentence, without “picture of”.",
    )
    credit = OneLineField(max_length=160, required=False, help_text="Who made it; stands below it.")

    class Meta:
        model = Picture
        fields = ("title", "alt", "is_decorative", "credit")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "alt" not in self.errors and not cleaned.get("alt") and not cleaned.get("is_decorative"):
            self.add_error("alt", NEEDS_ALT)
        if self.instance.pk and not cleaned.get("title"):
            cleaned["title"] = self.instance.title
        return cleaned

    def keep(self) -> Picture:
        words = {name: self.cleaned_data[name] for name in ("title", "alt", "is_decorative", "credit")}
        return media.add_picture(self.cleaned_data["upload"], by=self.by, **words)


class DocumentForm(_Keeps):
    """A document: the file when it is new, its title and who may have it."""

    upload = forms.FileField(
        label="File",
        help_text=DOCUMENT_HELP,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in DOCUMENT_TYPES)}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
        max_length=300,
    )
    title = OneLineField(
        max_length=160, required=False, help_text="The words of the link; the file’s name if left empty."
    )
    audience = forms.ChoiceField(
        choices=audience_choices, initial=PUBLIC, label="Who may have it", help_text="Others are told whom it is for."
    )

    class Meta:
        model = Document
        fields = ("title", "audience")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A document keeps its audience among the choices."""
        super().__init__(*args, **kwargs)
        field_of(self, "audience", forms.ChoiceField).choices = audience_choices(self.instance.audience)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and not cleaned.get("title"):
            cleaned["title"] = self.instance.title
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk and not self.errors and "audience" in self.changed_data:
            try:
                self.instance.validate_constraints()
            except ValidationError as problem:
                self.add_error("audience", problem.messages)

    def keep(self) -> Document:
        data = self.cleaned_data
        return media.add_document(data["upload"], title=data["title"], audience=data["audience"], by=self.by)
