"""The old site's menus, into menus of ours that have no entries yet."""

import json
import re
from collections.abc import Callable, Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction

from content.models import Menu, MenuItem, Page
from content.wordpress import typography
from content.wordpress.links import Addresses
from content.wordpress.plan import ImportPlan
from content.wordpress.report import KEPT, LEFT_OUT, LOOK, MADE, ImportReport
from content.wordpress.wxr import Export, Item, WxrTerm, items_of

# The places of our layout, and what other sites call theirs.
PLACES = (
    (re.compile(r"foot", re.IGNORECASE), "footer"),
    (re.compile(r"main|primary|header|top", re.IGNORECASE), "main"),
)
LONGEST = 60
_link = re.compile(
    r"<!--\s*(/?)wp:(navigation-link|navigation-submenu|home-link)\s*(\{(?:(?!-->).){0,20000}\})?\s*(/?)\s*-->",
    re.DOTALL,
)
TARGET, OBJECT, URL = "_menu_item_type", "_menu_item_object_id", "_menu_item_url"
PARENT = "_menu_item_menu_item_parent"


class Menus:
    """Fills the empty menus; one with entries is the staff's and is never touched."""

    def __init__(self, export: Export, plan: ImportPlan, addresses: Addresses, report: ImportReport) -> None:
        self.export, self.plan, self.addresses, self.report = export, plan, addresses, report

    def bring_over(self, names: dict[str, str], step: Callable[[], None]) -> None:
        """`names` says which of ours an old menu goes to, where the names alone do not."""
        by_menu: dict[str, list[Item]] = {}
        for item in items_of(self.export, "nav_menu_item"):
            for term in item.terms:
                if term.taxonomy == "nav_menu":
                    by_menu.setdefault(term.slug or term.name, []).append(item)
            step()
        own = {slug: term for slug, term, items in self._of_blocks() if by_menu.setdefault(slug, items)}
        terms = own | {term.slug: term for term in self.export.terms if term.taxonomy == "nav_menu"}
        for slug, items in by_menu.items():
            term = terms.get(slug) or WxrTerm("nav_menu", slug, slug)
            with transaction.atomic():
                self._menu(term, names.get(slug, "") or _place(term), items)

    def _of_blocks(self) -> Iterator[tuple[str, WxrTerm, list[Item]]]:
        """Menus of a site that is made of blocks, which keeps each as a text; the first is its main one."""
        navigations = [item for item in items_of(self.export, "wp_navigation") if item.status == "publish"]
        for place, navigation in enumerate(navigations):
            items = list(_entries_of(navigation))
            if "wp:page-list" in navigation.content:
                self.report.add(LEFT_OUT, "menu", navigation.place, "it lists all pages by itself; ours are chosen")
            if items:
                slug = f"{navigation.name or navigation.id}-blocks"
                named = WxrTerm("nav_menu", slug, navigation.title or "Navigation")
                is_main = place == 0 and not any(pattern.search(named.name) for pattern, _ in PLACES)
                yield slug, WxrTerm("nav_menu", "main" if is_main else slug, named.name), items

    def _menu(self, term: WxrTerm, name: str, items: list[Item]) -> None:
        label = typography.line(term.name)[:80] or name
        menu = Menu.objects.filter(name=name).first()
        is_new = menu is None
        if menu and menu.items.exists():
            self.report.add(KEPT, "menu", f"“{label}”", f"our menu “{menu.label}” has entries and stays as it is")
            return
        if menu is None:
            menu = Menu.objects.create(name=name, label=label)
        made: dict[str, MenuItem] = {}
        for number, item in enumerate(_in_order(items), start=1):
            parent = self._above(item, items, made)
            if entry := self._item(menu, parent, item, number):
                made[item.id] = entry
        if not made:
            if is_new:
                menu.delete()
            self.report.add(LEFT_OUT, "menu", f"“{label}”", "none of its entries leads to anything that is here")
            return
        self.report.add(MADE, "menu", f"“{label}”", f"as “{menu.label}”, with {len(made)} entries")

    def _above(self, item: Item, items: list[Item], made: dict[str, MenuItem]) -> MenuItem | None:
        """The entry above; one that stands deeper than two levels joins its forebear at the top."""
        parents = {one.id: one.first(PARENT) for one in items}
        above = made.get(parents.get(item.id, ""))
        if above is None or above.parent_id is None:
            return above
        self.report.add(LOOK, "menu", item.place, "our menus have two levels; it moved up")
        return above.parent

    def _item(self, menu: Menu, parent: MenuItem | None, item: Item, number: int) -> MenuItem | None:
        page, url = self._target(item)
        title = typography.line(item.title) or (page.short_title if page else "")
        if not page and not url:
            self.report.add(LEFT_OUT, "menu", item.place, "it leads nowhere that is here")
            return None
        if len(title) > LONGEST:
            title = f"{title[: LONGEST - 1]}…"
        entry = MenuItem(menu=menu, parent=parent, title=title or url[:LONGEST], page=page, url=url, order=number * 10)
        try:
            entry.full_clean()
        except ValidationError as refused:
            self.report.add(LEFT_OUT, "menu", item.place, "; ".join(refused.messages))
            return None
        entry.save()
        return entry

    def _target(self, item: Item) -> tuple[Page | None, str]:
        number, kind = item.first(OBJECT), item.first(TARGET)
        entry = self.plan.by_number.get(number) if kind == "post_type" else None
        if entry and entry.page:
            return entry.page, ""
        if kind == "post_type" and (path := self.addresses.numbers.get(number)):  # an earlier file has brought it
            return Page.objects.filter(path=path).first(), ""
        if kind == "taxonomy":
            return None, self.addresses.numbers.get(f"term:{number}", "")
        address = item.first(URL)
        found, _ = self.addresses.find(address, lambda name: None) if address else (None, "")
        if found is None or found.startswith("#"):
            return None, ""
        if page := Page.objects.filter(path=found.split("#")[0]).first():
            return page, ""
        return None, re.sub(r"^http://", "https://", found)


def _entries_of(navigation: Item) -> Iterator[Item]:
    """The entries of a menu that is a text of blocks, as a menu of the older kind would have them."""
    above: list[str] = []
    for number, found in enumerate(_link.finditer(navigation.content), start=1):
        if found[1]:
            above and above.pop()
            continue
        try:
            said = json.loads(found[3] or "{}")
        except (ValueError, RecursionError):
            said = {}
        kind = {"post-type": "post_type", "taxonomy": "taxonomy"}.get(str(said.get("kind", "")), "custom")
        is_home = found[2] == "home-link"
        key = f"{navigation.id}-{number}"
        meta = {
            TARGET: [kind],
            OBJECT: [str(said.get("id", ""))],
            URL: ["/" if is_home else str(said.get("url", ""))],
            PARENT: [above[-1] if above else "0"],
        }
        title = str(said.get("label", "")) or ("Home" if is_home else "")
        yield Item(line=navigation.line, id=key, title=title, menu_order=str(number), meta=meta)
        if found[2] == "navigation-submenu" and not found[4]:
            above.append(key)


def _in_order(items: Iterable[Item]) -> list[Item]:
    """Those above before those below, each level in its order."""
    items = list(items)
    numbers = {item.id for item in items}
    depth: dict[str, int] = {}
    parents = {item.id: item.first(PARENT) for item in items}
    for item in items:
        steps, at = 0, item.id
        while parents.get(at) in numbers and steps < 20:
            at, steps = parents[at], steps + 1
        depth[item.id] = steps
    return sorted(items, key=lambda item: (depth[item.id], item.order))


def _place(term: WxrTerm) -> str:
    words = f"{term.slug} {term.name}"
    return (
        next((ours for pattern, ours in PLACES if pattern.search(words)), "")
        or re.sub(r"[^a-z0-9-]+", "-", term.slug.lower()).strip("-")[:40]
        or "old-menu"
    )
