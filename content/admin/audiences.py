"""Who reads something, in words: in the lists and filters of the admin, and where it can only be read."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin

from content.models import readers_in_words


class AudienceFilter(admin.AllValuesFieldListFilter):
    """Django's own shows what is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "who reads it"

    def choices(self, changelist: Any) -> Iterator[Any]:
        everyone, *others = super().choices(changelist)
        yield everyone
        for choice in others:
            stored, counted, number = str(choice["display"]).partition(" (")  # with the number of rows, when asked for
            yield {**choice, "display": f"{readers_in_words(stored)}{counted}{number}"}


@admin.display(description="who reads it", ordering="audience")
def readers(row: Any) -> str:
    return readers_in_words(row.audience)
