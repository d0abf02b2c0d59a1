"""The editors' form of a glossary word: no two words explain the same form."""

from typing import Any

from django import forms

from aapm_site.core.forms import LongTextField, OneLineField
from content.models import Term


class TermForm(forms.ModelForm):
    """One word with its other forms."""

    name = OneLineField(label="Word", max_length=80, help_text=Term._meta.get_field("name").help_text)
    definition = LongTextField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Term._meta.get_field("definition").help_text,
    )
    aliases = LongTextField(
        label="Other forms",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Term._meta.get_field("aliases").help_text,
    )

    class Meta:
        model = Term
        fields = ("name", "slug", "definition", "aliases")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        given = Term(name=data.get("name") or "", aliases=data.get("aliases") or "")
        ours = {word.casefold() for word in given.words if word}
        for other in Term.objects.exclude(pk=self.instance.pk):
            for word in other.words:
                if word.casefold() in ours:
                    self.add_error("aliases", f"“{word}” belongs to “{other.name}” already.")
        return data
