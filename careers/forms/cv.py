"""The field for a CV, wherever one is uploaded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.files.upload_checks import FileRefused

from ..domain.cv import LARGEST, TYPES, CheckedCv, check_cv


class CvField(forms.FileField):
    """A PDF, DOCX or ODT of at most 5 MB. Cleans to a `CheckedCv`, which `domain.cv.stored` keeps."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Your CV", "help_text": "PDF, DOCX or ODT, at most 5 MB.", **kwargs})
        self.widget.attrs.setdefault("accept", ",".join(f".{ending}" for ending in TYPES))
        self.error_messages["empty"] = "This file is empty. Please look whether it opens, and choose it again."

    def clean(self, data: Any, initial: Any = None) -> CheckedCv | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return check_cv(file.read(LARGEST + 1), file.name)
        except FileRefused as refused:
            raise ValidationError(str(refused)) from refused
