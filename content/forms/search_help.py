"""The staff's form of a best bet: it leads somewhere that answers."""

from django import forms

from content.forms.addresses import answering_address
from content.models import BestBet


class BestBetForm(forms.ModelForm):
    class Meta:
        model = BestBet
        fields = ("title", "note", "phrases", "page", "url", "order", "is_on")
        widgets = {"note": forms.TextInput(attrs={"size": 80}), "phrases": forms.Textarea(attrs={"rows": 6})}

    def clean_url(self) -> str:
        return answering_address(self.cleaned_data["url"])
