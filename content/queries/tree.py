"""The whole site on one page: the tree of its public pages, and what the rooms' menus add to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aapm_site.core.cache.remembered import remembered
from aapm_site.core.menus import MenuEntry as Entry
from content.models import Page
from content.states import ROOTS


@dataclass(frozen=True)
class Node:
    """One page with the pages below it."""

    title: str
    url: str
    is_public: bool = True
    below: tuple["Node", ...] = ()


@remembered
def pages(at: datetime) -> tuple[Node, ...]:
    """The tree of the published pages and initiatives; one query.

    A page whose parent is not public stands below the nearest page above it that is, else at the top.
    """
    rows = Page.objects.published(at).exclude(kind__in=list(ROOTS)).order_by("order", "path")
    found = list(rows.only("title", "menu_title", "path", "audience", "order"))
    known = {page.path for page in found}
    below: dict[str | None, list[Page]] = defaultdict(list)
    for page in found:
        below[_nearest(page.path, known)].append(page)

    def nodes(above: str | None) -> tuple[Node, ...]:
        return tuple(Node(page.short_title, page.path, page.is_public, nodes(page.path)) for page in below[above])

    return nodes(None)


def _nearest(path: str, known: set[str]) -> str | None:
    words = path.strip("/").split("/")[:-1]
    while words:
        if (above := f"/{'/'.join(words)}/") in known:
            return above
        words.pop()
    return None


def rest(entries: Iterable[Entry], known: set[str]) -> dict[str, list[Entry]]:
    """What the menus lead to on this site that is not known yet, by the menu's entry at the top; each address once."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for item in (entry, *entry.children):
            address = item.url.split("#")[0]
            if address.startswith("/") and not address.startswith("//") and address not in known:
                known.add(address)
                found[entry.title].append(item)
    return dict(found)


def addresses(nodes: Iterable[Node]) -> set[str]:
    """Every address of a tree."""
    return {address for node in nodes for address in (node.url, *addresses(node.below))}
