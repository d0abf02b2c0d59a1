"""Where rooms meet: what reads a thing owns the registry of it, and each app fills it in its registration.py.

Nothing here knows a room; a room that is taken out leaves an emptier list and no broken page.
"""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ImproperlyConfigured


class Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def order(self) -> int: ...


class NamedWithPermission(Named, Protocol):
    @property
    def permission(self) -> str: ...


Item = TypeVar("Item", bound=Named)
GuardedItem = TypeVar("GuardedItem", bound=NamedWithPermission)


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


class GuardedRegistry(Registry[GuardedItem]):
    """Items that each name the permission of who may see what they are about.

    One without a permission that exists raises ImproperlyConfigured. Apps register while the site starts, so it does
    not start with an item that everybody on the staff, or nobody, would see.
    """

    def register(self, item: GuardedItem) -> GuardedItem:
        if not permission_exists(item.permission):
            raise ImproperlyConfigured(f"{item.name!r} names no permission that exists: {item.permission!r}.")
        return super().register(item)


def permission_exists(name: str) -> bool:
    """Whether some model declares this permission ("content.view_question"); asks no database."""
    label, _, codename = name.partition(".")
    if not any(config.label == label for config in apps.get_app_configs()):
        return False
    return any(
        codename in {code for code, _ in options.permissions}
        or codename in {get_permission_codename(action, options) for action in options.default_permissions}
        for options in (model._meta for model in apps.get_app_config(label).get_models())
    )
