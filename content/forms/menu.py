"""The editors' form of a menu's entries: an entry leads somewhere that answers, and stands where readers find it."""

from typing import Any

from django import forms

from content.forms.addresses import answering_address
from content.models import MenuItem

TWO_LEVELS = "A menu has two levels: choose an entry that stands at the top."
ABOVE_GOES = "You take out the entry above it. Choose another one, or put it at the top."


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
        return answering_address(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parent = data.get("parent")
        if parent and parent.parent_id:
            self.add_error("parent", TWO_LEVELS)
        if parent and parent.pk == self.instance.pk:
            self.add_error("parent", "An entry cannot stand below itself.")
        return data


class MenuItemFormSet(forms.BaseInlineFormSet):
    """All entries as they will stand: what is moved together with others makes no third level, and no circle."""

    def clean(self) -> None:
        super().clean()
        going = {form.instance.pk for form in self.deleted_forms}
        kept = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        above = dict(self.instance.items.values_list("pk", "parent")) if self.instance.pk else {}
        above |= {form.instance.pk: _key(form.cleaned_data.get("parent")) for form in kept if form.instance.pk}
        for form in kept:
            parent = _key(form.cleaned_data.get("parent"))
            if parent is not None and parent in going:
                form.add_error("parent", ABOVE_GOES)
            elif parent is not None and above.get(parent) is not None and "parent" not in form.errors:
                form.add_error("parent", TWO_LEVELS)


def _key(entry: MenuItem | None) -> int | None:
    return entry.pk if entry else None
