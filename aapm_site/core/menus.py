"""The site's menus: entries as templates show them, and where a named menu comes from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest

from .registry import Registry


@dataclass(frozen=True)
class MenuEntry:
    """One entry of a menu; `note` is a sentence for layouts that have room for one."""

    title: str
    url: str
    children: tuple["MenuEntry", ...] = field(default=())
    current: bool = False
    note: str = ""


@dataclass(frozen=True)
class MenuSource:
    """Where a named menu comes from: items(name, request)."""

    name: str
    items: Callable[[str, HttpRequest], Sequence[MenuEntry]]
    order: int = 100


menu_sources: Registry[MenuSource] = Registry()


def menu_entries(name: str, request: HttpRequest) -> list[MenuEntry]:
    """The entries of a named menu from the first source that has any; empty while nobody has registered one."""
    return list(next((found for source in menu_sources if (found := source.items(name, request))), ()))


def unmarked(entries: Iterable[MenuEntry]) -> tuple[MenuEntry, ...]:
    """The entries as they are on a page that is none of them."""
    return tuple(
        replace(entry, children=unmarked(entry.children), current=False) if entry.current else entry
        for entry in entries
    )
