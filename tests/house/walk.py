"""Every address that the URLconf answers, found by walking it: nothing is listed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One pattern: its full name (or its view, where it has none), its whole route, the names of its arguments."""

    name: str
    route: str
    arguments: frozenset[str]

    @property
    def is_admin(self) -> bool:
        return self.route.startswith("admin/")


def routes() -> list[Route]:
    return list(_walk(get_resolver(), (), "", frozenset()))


def _walk(resolver: URLResolver, spaces: tuple[str, ...], prefix: str, arguments: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        route, inside = prefix + str(entry.pattern), arguments | frozenset(entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            name = entry.name or f"{entry.callback.__module__}.{entry.callback.__name__}"
            yield Route(":".join([*spaces, name]), route, inside)
        else:
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces, route, inside)
