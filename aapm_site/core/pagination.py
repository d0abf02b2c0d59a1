"""Lists that are read one page at a time."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator


class ReadByPage(Paginator):
    """A paginator that has been told how many there are, and reads only the page that is shown."""

    def __init__(self, count: int, size: int, read: Callable[[int], Sequence[Any]]) -> None:
        super().__init__((), size)
        self.count = count
        self.read = read

    def page(self, number: int | str) -> Page:
        valid = self.validate_number(number)
        return Page(self.read(valid) if self.count else (), valid, self)
