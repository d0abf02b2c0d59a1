"""Where rooms meet: what reads a thing owns the registry of it, and each app fills it in its registration.py.

Nothing here knows a room; a room that is taken out leaves an emptier list and no broken page.
"""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def order(self) -> int: ...


Item = TypeVar("Item", bound=Named)


class Registry(Generic[Item]):
    """Items by their unique names, given out by order, then name. A second item of one name raises ValueError."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def register(self, item: Item) -> Item:
        if item.name in self._items:
            raise ValueError(f"{item.name!r} is registered already.")
        self._items[item.name] = item
        return item

    def get(self, name: str) -> Item | None:
        return self._items.get(name)

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: (item.order, item.name)))

    def __len__(self) -> int:
        return len(self._items)
