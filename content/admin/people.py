"""Boards, committees and offices with the people in them, and the years of the history."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from content.models import Body, HistoryYear, Officer

NO_HELP = {"order": ""}  # in the rows of a list, where a sentence has no room


@admin.register(Body)
class BodyAdmin(admin.ModelAdmin):
    """Who sits in a body stands in the list of people."""

    list_display = ("name", "kind", "in_office", "order")
    list_filter = ("kind",)
    list_editable = ("order",)
    search_fields = ("name",)

    def get_changelist_form(self, request: HttpRequest, **given: Any) -> Any:
        return super().get_changelist_form(request, help_texts=NO_HELP, **given)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Body]:
        today = timezone.localdate()
        begun = Q(officers__starts_on__isnull=True) | Q(officers__starts_on__lte=today)
        goes_on = Q(officers__ends_on__isnull=True) | Q(officers__ends_on__gte=today)
        return super().get_queryset(request).annotate(in_office=Count("officers", filter=begun & goes_on))

    @admin.display(description="in office today", ordering="in_office")
    def in_office(self, body: Any) -> int:
        return body.in_office


class InOffice(admin.SimpleListFilter):
    """Who stands on the pages today, who will, and who did."""

    title = "term"
    parameter_name = "term"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "In office"), ("ahead", "To come"), ("past", "Over")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        chosen = {
            "now": queryset.in_office(today),
            "ahead": queryset.filter(starts_on__gt=today),
            "past": queryset.filter(ends_on__lt=today),
        }
        return chosen.get(self.value(), queryset)


@admin.register(Officer)
class OfficerAdmin(admin.ModelAdmin):
    """One row for each term; pages show those whose term runs today."""

    list_display = ("name", "office", "body", "starts_on", "ends_on", "order")
    list_filter = (InOffice, "body", "is_sample")
    list_select_related = ("body",)
    list_editable = ("order",)
    search_fields = ("name", "office", "body__name")
    autocomplete_fields = ("portrait", "contributor")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("name", "credentials", "body", "office", "order")}),
        ("Term", {"fields": ("starts_on", "ends_on")}),
        ("On the card", {"fields": ("portrait", "biography", "contributor")}),
        ("Demonstration", {"fields": ("is_sample",), "classes": ("collapse",)}),
    )

    def get_changelist_form(self, request: HttpRequest, **given: Any) -> Any:
        return super().get_changelist_form(request, help_texts=NO_HELP, **given)


@admin.register(HistoryYear)
class HistoryYearAdmin(admin.ModelAdmin):
    """The line of years on the page of the history."""

    list_display = ("year", "title", "is_sample")
    list_filter = ("is_sample",)
    search_fields = ("title", "words")
    autocomplete_fields = ("picture",)
    fieldsets = (
        (None, {"fields": ("year", "title", "words", "picture", "order")}),
        ("Demonstration", {"fields": ("is_sample",), "classes": ("collapse",)}),
    )
