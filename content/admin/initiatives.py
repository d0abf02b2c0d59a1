"""Partners and events of an initiative, beside its text in the page's form."""

from django.contrib import admin
from django.db import models

from content.models import Event, Partner


class PartnerInline(admin.TabularInline):
    model = Partner
    fields = ("name", "url", "order")
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    classes = ("collapse",)
    verbose_name_plural = "Partners of an initiative"


class EventInline(admin.StackedInline):
    model = Event
    fields = ("title", ("starts_on", "ends_on", "hours"), "place", "url", "summary")
    extra = 0
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    classes = ("collapse",)
    verbose_name_plural = "Events of an initiative"
