"""The menus of the site: all of them in one query, the same for everybody; what is marked depends on the page.

One of them, `reach-us`, is made of the association's details, which are asked for in the same statement: every page
needs both.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone

from aapm_site.core.association import details_of
from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.menus import MenuEntry as Entry
from aapm_site.core.models import Association
from content.models import MenuItem

KEPT_AS = "_content_menus"
SHOWN = (
    "title", "url", "note", "order", "parent_id", "menu__name",
    "page__path", "page__status", "page__published_at", "page__unpublish_at",
)  # fmt: skip

REACH_US = "reach-us"
SAMPLE = "Sample address, invented"
DETAILS = Association.objects.filter(pk=Association.ONLY).values(
    row=JSONObject(**{field.name: field.name for field in Association._meta.concrete_fields})
)

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
    """An entry at the top, marked when it or something below it is the page, or when the page lies below an address of
    theirs.

    An entry without a mark is the same object on every page.
    """
    children = tuple(_marked_below(child, path) for child in entry.children)
    if any(_holds(address, path) for address in (entry.url, *(child.url for child in children))):
        return replace(entry, children=children, current=True)
    return replace(entry, children=children, current=True) if any(child.current for child in children) else entry


def _holds(address: str, path: str) -> bool:
    """Whether a page is this address or lies below it. Nothing lies below the home page."""
    return address == path or (address not in {"", "/"} and path.startswith(address))


def _marked_below(entry: Entry, path: str) -> Entry:
    children = tuple(_marked_below(child, path) for child in entry.children)
    if entry.url == path or any(child.current for child in children):
        return replace(entry, children=children, current=True)
    return entry


@remembered
def _trees(at: datetime) -> Trees:
    """Every menu by its name; one query."""
    below: dict[int | None, list[MenuItem]] = defaultdict(list)
    details: dict[str, Any] = {}
    for item in MenuItem.objects.select_related("menu", "page").only(*SHOWN).annotate(details=Subquery(DETAILS)):
        details = item.details or {}
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
    for top in below[None]:
        if entry := build(top, 0):
            trees[top.menu.name].append(entry)
    trees[REACH_US] = _reach_us(Association(**details))
    return tuple((name, tuple(entries)) for name, entries in trees.items())


def _reach_us(row: Association) -> list[Entry]:
    """The association with its letter box, telephone and e-mail below it, then its accounts elsewhere.

    An entry without an address is words. Notes say a sentence of law, and what is a sample.
    """
    about = details_of(row)
    lines = [Entry(line, "") for line in about.address]
    lines += [Entry(about.telephone, about.telephone_url)] if about.telephone else []
    lines += [Entry(about.email, f"mailto:{about.email}")] if about.email else []
    lines += [Entry(SAMPLE, "")] if lines and about.is_sample else []
    elsewhere = tuple(Entry(one.network, one.url) for one in about.social)
    found = [Entry(about.name, "", tuple(lines), note=about.legal_line)]
    return [*found, *([Entry("Elsewhere", "", elsewhere)] if elsewhere else [])]
