"""How long things are kept, for administrators to change."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from ..models import Retention
from ..retention import retention_rules

LONGEST = 36_500  # days: a hundred years


class RetentionForm(forms.ModelForm):
    class Meta:
        model = Retention
        fields = ("days",)

    def clean_days(self) -> int:
        days = self.cleaned_data["days"]
        rule = retention_rules.get(self.instance.name)
        least = rule.least if rule else 1
        if not least <= days <= LONGEST:
            raise forms.ValidationError(f"Please give a number of days from {least} to {LONGEST:,}.")
        return days


@admin.register(Retention)
class RetentionAdmin(admin.ModelAdmin):
    """Which rows there are, the rooms say; how many days each is kept, people do."""

    form = RetentionForm
    list_display = ("what", "days", "note")
    fields = ("what", "note", "days")
    readonly_fields = ("what", "note")
    ordering = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="what is kept")
    def what(self, row: Retention) -> str:
        rule = retention_rules.get(row.name)
        return rule.label if rule else row.name

    @admin.display(description="what is forgotten afterwards")
    def note(self, row: Retention) -> str:
        rule = retention_rules.get(row.name)
        return rule.note if rule else "Nothing: no room of this site asks for it any more."
