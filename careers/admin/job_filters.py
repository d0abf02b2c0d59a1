"""What one decides by in the list of positions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from aapm_site.core.forms import whole_number

from ..models import Employer, Job
from ..queries import boards
from ..queries.review import waiting_for_staff

MOST_EMPLOYERS = 50
AGES = {"1": "More than a day", "3": "More than three days", "7": "More than a week"}


class StageFilter(admin.SimpleListFilter):
    """The groups of the board, for all employers; what waits to be read comes first, and oldest first."""

    title = "where it stands"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        others = [(key, label) for key, label in boards.STAFF_GROUPS.items() if key != "review"]
        return [("review", boards.STAFF_GROUPS["review"]), ("all", "All"), *others]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Without Django's own “All”, which leads to what waits."""
        offered = super().choices(changelist)
        next(offered)
        yield from offered

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        if self.value() == "review":  # changes of live ones wait, too
            return queryset.filter(pk__in=waiting_for_staff().order_by().values("pk"))
        if self.value() not in boards.GROUPS:
            return queryset
        return queryset.filter(boards.in_group(self.value(), timezone.now()))


class UnreadFilter(admin.SimpleListFilter):
    """What employers have changed by themselves while readers see it."""

    title = "words since we read them"
    parameter_name = "unread"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Changed, and open")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Job]:
        return queryset.live().with_unread_words() if self.value() == "1" else queryset


class SentFilter(admin.SimpleListFilter):
    """How long it has waited since it was sent."""

    title = "sent"
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(days, f"{words} ago") for days, words in AGES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        if self.value() not in AGES:
            return queryset
        return queryset.filter(submitted_at__lt=timezone.now() - timedelta(days=int(self.value())))


class EmployerFilter(admin.SimpleListFilter):
    """Employers of whom something waits, and the one that the address names."""

    title = "employer"
    parameter_name = "employer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        waiting = Employer.objects.filter(pk__in=waiting_for_staff().order_by().values("employer"))
        found = dict(waiting.order_by("name").values_list("pk", "name")[:MOST_EMPLOYERS])
        named = whole_number(request.GET.get("employer", ""), 9)
        if named is not None and named not in found:
            found |= dict(Employer.objects.filter(pk=named).values_list("pk", "name"))
        return [(str(key), name) for key, name in found.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        key = whole_number(self.value() or "", 9)
        return queryset if key is None else queryset.filter(employer=key)
