"""The editors' form of a redirect: what cannot work is told beside the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from content.domain import redirects
from content.models import Page, Redirect


class RedirectForm(forms.ModelForm):
    """One old address and where it leads."""

    class Meta:
        model = Redirect
        fields = ("old_path", "page", "url")

    def clean_old_path(self) -> str:
        old = redirects.normal(self.cleaned_data["old_path"])
        if not old:
            raise ValidationError("Write the old address as it stood in the browser, such as /old-page/ or /?p=123.")
        if there := Page.objects.filter(path=old).first():
            where = " in the trash" if there.is_trashed else ""
            raise ValidationError(
                f"The page “{there}”{where} stands at {old}. Move that page, or choose another address."
            )
        return old

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("old_path") and redirects.leads_round(data["old_path"], data.get("page"), data.get("url") or ""):
            self.add_error("url", "It would lead to itself.")
        return data
