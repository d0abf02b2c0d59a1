"""Statuses in the words of the staff, in lists, filters and forms of the admin; states.py of each room has them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from ..templatetags.ui import status
from ..transitions import staff_word, staff_words, status_words


class StaffStatusFilter(admin.ChoicesFieldListFilter):
    """Django's own; it knows the words of the person concerned only."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        ours, theirs = staff_words(self.field.model), status_words(self.field.model)
        words = {theirs[value]: ours[value] for value in theirs}
        for choice in super().choices(changelist):
            said, counted, number = str(choice["display"]).partition(" (")  # with the number of rows, when asked for
            yield {**choice, "display": f"{words.get(said, said)}{counted}{number}"}


class StaffStatus(admin.ModelAdmin):
    """A mixin: "status" in a list and among its filters is said in the words of the staff."""

    @admin.display(description="status", ordering="status")
    def staff_status(self, subject: Any) -> SafeString:
        return status(subject.status, staff_word(subject))

    def get_list_display(self, request: HttpRequest) -> Any:
        return ["staff_status" if name == "status" else name for name in super().get_list_display(request)]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [("status", StaffStatusFilter) if one == "status" else one for one in super().get_list_filter(request)]
