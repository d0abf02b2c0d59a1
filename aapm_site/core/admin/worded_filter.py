"""A filter by whether something stands in a field, in the words of the table instead of “Empty” and “Not empty”."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin

PLAIN = ("All", "Empty", "Not empty")


def worded(called: str, *, empty: str, filled: str) -> type[admin.EmptyFieldListFilter]:
    """For `list_filter`: `called` is its heading, the others what is read for each of its choices."""

    class WordedEmptyFilter(admin.EmptyFieldListFilter):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = called

        def choices(self, changelist: Any) -> Iterator[Any]:
            for choice, plain, words in zip(super().choices(changelist), PLAIN, ("All", empty, filled), strict=True):
                yield {**choice, "display": words + str(choice["display"]).removeprefix(plain)}

    return WordedEmptyFilter
