"""Lists of what needs a second member of staff, narrowed to what the reader of the list may decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class SecondPersonFilter(admin.SimpleListFilter):
    """What waits for somebody other than the one who asked: the rows that the front page counts."""

    title = "what to see to"
    parameter_name = "waits"
    waiting: Callable[[Any], QuerySet]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("second", "What needs a second person")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(pk__in=self.waiting(request.user).values("pk")) if self.value() else queryset
