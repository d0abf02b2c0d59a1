"""The menus as they are shipped. A menu is one row with its entries: whoever changes one entry has changed the menu."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.urls import Resolver404, resolve

from aapm_site.core.starter import Say, StarterEntry, StarterKind, Values
from content.models import Menu, MenuItem, Page

FILE = Path(__file__).parent / "menus.toml"


class StarterMenus(StarterKind[Menu]):
    """Known by the names under which templates ask for them."""

    model = Menu

    def entries(self) -> list[StarterEntry]:
        """A foot's columns and its small print are two menus."""
        entries = []
        for name, menu in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
            columns = [{**column, "children": column["links"]} for column in menu.get("columns", [])]
            entries.append(StarterEntry(name, {"label": menu["label"], "items": menu.get("items", columns)}))
            if "small" in menu:
                small = {"label": f"{menu['label']}, small print", "items": menu["small"]}
                entries.append(StarterEntry(f"{name}-small", small))
        return entries

    def standing(self, entries: Sequence[StarterEntry]) -> dict[str, Menu]:
        """Menus that have entries: one without waits for its first."""
        there = Menu.objects.filter(name__in=[entry.key for entry in entries], items__isnull=False).distinct()
        return {menu.name: menu for menu in there}

    def make(self, entries: Sequence[StarterEntry]) -> dict[str, Menu]:
        return {
            entry.key: Menu.objects.get_or_create(name=entry.key, defaults={"label": entry.values["label"]})[0]
            for entry in entries
        }

    def update(self, row: Menu, values: Values) -> None:
        row.label = values["label"]
        row.save()
        row.items.all().delete()

    def relate(self, row: Menu, values: Values, say: Say) -> None:
        """Put the entries in."""
        for place, item in enumerate(values["items"], start=1):
            parent = _menu_item(row, None, item, place, say)
            for deeper, child in enumerate(item.get("children", []) if parent else [], start=1):
                _menu_item(row, parent, child, deeper, say)

    def written(self, row: Menu) -> Values:
        names = ("parent__title", "title", "note", "page__path", "url", "order")
        return {"label": row.label, "entries": list(map(list, row.items.order_by("pk").values_list(*names)))}


def _menu_item(menu: Menu, parent: MenuItem | None, item: Values, place: int, say: Say) -> MenuItem | None:
    url = item.get("url", "")
    page = Page.objects.filter(path=url).first()
    if url and page is None and not _answers(url):
        say(f"Content: the menu “{menu.label}” names {url}, which does not answer; left out.")
        return None
    return MenuItem.objects.create(
        menu=menu,
        parent=parent,
        title=item["title"],
        note=item.get("note", ""),
        page=page,
        url="" if page else url,
        order=place * 10,
    )


def _answers(url: str) -> bool:
    """Whether a route of a room answers; the pages' own route answers for pages only."""
    try:
        return resolve(url).view_name != "content:page-detail"
    except Resolver404:
        return False
