"""The whole site on one page: the tree of its public pages, and what the rooms' menus add to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from aapm_site.core.menus import MenuEntry as Entry
from content.models import Page
from content.states import ROOTS


@dataclass
class Node:
    """One page with the pages below it."""

    title: str
    url: str
    is_public: bool = True
    below: list["Node"] = field(default_factory=list)


def pages(at: datetime) -> list[Node]:
    """The tree of the published pages and initiatives; one query.

    A page whose parent is not public stands below the nearest page above it that is, else at the top.
    """
    rows = Page.objects.published(at).exclude(kind__in=list(ROOTS)).order_by("order", "path")
    found = list(rows.only("title", "menu_title", "path", "audience", "order"))
    nodes = {page.path: Node(page.short_title, page.path, page.is_public) for page in found}
    top: list[Node] = []
    for page in found:
        above = _nearest(page.path, nodes)
        (above.below if above else top).append(nodes[page.path])
    return top


def _nearest(path: str, nodes: dict[str, Node]) -> Node | None:
    words = path.strip("/").split("/")[:-1]
    while words:
        if above := nodes.get(f"/{'/'.join(words)}/"):
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
