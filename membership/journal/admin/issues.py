"""Issues."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from ..models import Issue


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):
    list_display = ("__str__", "title", "published_on", "articles_in_it", "sample")
    list_filter = ("volume", "sample")
    search_fields = ("title", "theme", "=volume", "=number")
    date_hierarchy = "published_on"
    fields = (("volume", "number"), ("volume_label", "number_label"), "published_on", "title", "theme", "sample")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        return super().get_queryset(request).annotate(size=Count("articles"))

    @admin.display(description="articles", ordering="size")
    def articles_in_it(self, issue: Any) -> int:
        return issue.size
