"""The menus of the site: all of them in one query, the same for everybody; what is marked depends on the page."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.menus import MenuEntry as Entry
from content.models import MenuItem

KEPT_AS = "_content_menus"
SHOWN = (
    "title", "url", "note", "order", "parent_id", "menu__name",
    "page__path", "page__status", "page__published_at", "page__unpublish_at",
)  # fmt: skip

Trees = tuple[tuple[str, tuple[Entry, ...]], ...]


def items(name: str, request: HttpRequest | None) -> tuple[Entry, ...]:
    """The entries of a menu for the page being shown; those of pages that are not public are left out."""
    if request is None:
        return dict(_trees(timezone.now())).get(name, ())
    if KEPT_AS not in request.__dict__:
        request.__dict__[KEPT_AS] = {}, dict(_trees(timezone.now()))
    marked, trees = request.__dict__[KEPT_AS]
    if name not in marked:
        marked[name] = tuple(_marked(entry, request.path) for entry in trees.get(name, ()))
    return marked[name]


def _marked(entry: Entry, path: str) -> Entry:
    """An entry at the top, marked when it or something below it is the page, or when the page lies below its address.

    An entry without a mark is the same object on every page.
    """
    children = tuple(_marked_below(child, path) for child in entry.children)
    inside = entry.url == path or (entry.url not in {"", "/"} and path.startswith(entry.url))
    if inside or any(child.current for child in children):
        return replace(entry, children=children, current=True)
    return entry


def _marked_below(entry: Entry, path: str) -> Entry:
    children = tuple(_marked_below(child, path) for child in entry.children)
    if entry.url == path or any(child.current for child in children):
        return replace(entry, children=children, current=True)
    return entry


@remembered
def _trees(at: datetime) -> Trees:
    """Every menu by its name; one query."""
    below: dict[int | None, list[MenuItem]] = defaultdict(list)
    for item in MenuItem.objects.select_related("menu", "page").only(*SHOWN):
        below[item.parent_id].append(item)
        if item.page:
            lifetime.ends_at(item.page.next_change(at))

    def build(item: MenuItem, depth: int) -> Entry | None:
        if item.page and not item.page.is_published(at):
            return None
        url = item.page.path if item.page else item.url
        # A slip in the admin could close a circle; two levels is what any layout shows.
        children = () if depth > 1 else tuple(filter(None, (build(child, depth + 1) for child in below[item.pk])))
        return Entry(item.title, url, children, note=item.note) if url or children else None

    trees: dict[str, list[Entry]] = defaultdict(list)
    for item in below[None]:
        if entry := build(item, 0):
            trees[item.menu.name].append(entry)
    return tuple((name, tuple(entries)) for name, entries in trees.items())
