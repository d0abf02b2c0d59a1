"""A list narrowed to what waits for its reader: the rows that a queue of the front page counts."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class WaitingFilter(admin.SimpleListFilter):
    """Rows of `waiting(user)`, under the one `choice`: what stands in the address, and what people read."""

    title = "what to see to"
    parameter_name = "waits"
    choice: tuple[str, str]
    waiting: Callable[[Any], QuerySet]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [self.choice]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != self.choice[0]:
            return queryset
        return queryset.filter(pk__in=self.waiting(request.user).values("pk"))
