"""The old site's menus, into menus of ours that have no entries yet."""

import re
from collections.abc import Callable, Iterable

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
        terms = {term.slug: term for term in self.export.terms if term.taxonomy == "nav_menu"}
        for slug, items in by_menu.items():
            term = terms.get(slug) or WxrTerm("nav_menu", slug, slug)
            with transaction.atomic():
                self._menu(term, names.get(slug, "") or _place(term), items)

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
        if kind == "taxonomy":
            return None, self.addresses.numbers.get(f"term:{number}", "")
        address = item.first(URL)
        found, _ = self.addresses.find(address, lambda name: None) if address else (None, "")
        if found is None or found.startswith("#"):
            return None, ""
        if page := Page.objects.filter(path=found.split("#")[0]).first():
            return page, ""
        return None, re.sub(r"^http://", "https://", found)


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
