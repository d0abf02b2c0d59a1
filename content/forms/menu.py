"""The editors' form of a menu's entries: an entry leads somewhere that answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from content.models import MenuItem, Page


class MenuItemForm(forms.ModelForm):
    """One entry."""

    class Meta:
        model = MenuItem
        fields = ("title", "parent", "page", "url", "note", "order")
        widgets = {
            "title": forms.TextInput(attrs={"size": 20}),
            "url": forms.TextInput(attrs={"size": 22}),
            "note": forms.Textarea(attrs={"rows": 2, "cols": 20}),
        }

    def clean_url(self) -> str:
        """An address on this site must answer; that of a page is better chosen as the page."""
        url = self.cleaned_data["url"].strip()
        if not url.startswith("/") or url.startswith("//"):
            return url  # the field itself refuses what is neither an address of ours nor https
        path = url.split("#", 1)[0].split("?", 1)[0]
        try:
            route = resolve(path).view_name
        except Resolver404:
            raise ValidationError("Nothing on this site answers at that address.") from None
        if route == "content:page-detail":
            if Page.objects.kept().filter(path=path).exists():
                raise ValidationError("That is a page: choose it under “page”, so that the entry follows its moves.")
            raise ValidationError("Nothing on this site answers at that address.")
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parent = data.get("parent")
        if parent and parent.parent_id:
            self.add_error("parent", "A menu has two levels: choose an entry that stands at the top.")
        if parent and parent.pk == self.instance.pk:
            self.add_error("parent", "An entry cannot stand below itself.")
        return data
