"""The texts that applicants agree to: what one says is edited, and what it said stays below as a version."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from aapm_site.core.forms import LongTextField

from ..domain.consents import say_consent
from ..models import ConsentText, ConsentVersion


class ConsentTextForm(forms.ModelForm):
    """The words beside the row: saving others makes a version."""

    text = LongTextField(
        label="What it says now",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Other words make a new version, to which people agree from then on. Who agreed to an older one "
        "agreed to that one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            newest = self.instance.versions.order_by("-number").first()
            self.fields["text"].initial = newest.text if newest else ""


class ConsentVersionInline(admin.TabularInline):
    model = ConsentVersion
    fields = readonly_fields = ("number", "text", "at")
    extra = max_num = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ConsentText)
class ConsentTextAdmin(admin.ModelAdmin):
    form = ConsentTextForm
    list_display = ("name", "is_on", "order")
    list_filter = ("is_on",)
    search_fields = ("name", "versions__text")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "text", "is_on", "slug", "order")
    inlines = (ConsentVersionInline,)

    def save_model(self, request: HttpRequest, obj: ConsentText, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        say_consent(obj, form.cleaned_data["text"])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what somebody agreed to stays; one that is not asked any more is switched off
