"""Partners and events of an initiative, beside its text in the page's form."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import BaseInlineFormSet

from content.domain import links
from content.models import Event, Partner


class NotingFormSet(BaseInlineFormSet):
    """The rows beside a page name addresses too."""

    def save(self, commit: bool = True) -> list[Any]:
        """Store the rows, then note what the page names now."""
        saved = super().save(commit)
        if commit:
            links.note_links(self.instance)
        return saved


class PartnerInline(admin.TabularInline):
    model = Partner
    fields = ("name", "url", "order")
    formset = NotingFormSet
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    classes = ("collapse",)
    verbose_name_plural = "Partners of an initiative"


class EventInline(admin.StackedInline):
    model = Event
    fields = ("title", ("starts_on", "ends_on", "hours"), "place", "url", "summary")
    formset = NotingFormSet
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    classes = ("collapse",)
    verbose_name_plural = "Events of an initiative"
