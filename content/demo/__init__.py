"""Loads content/demo: pages, news and menus from files, through the same functions that editors use.

What exists is left alone: a page is made when its address is free, a menu when it has no entries. So running it again
changes nothing, and nothing that staff have changed since is overwritten.
"""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.text import slugify

from content.domain import pages, resources
from content.models import (
    PUBLIC,
    Category,
    Contributor,
    Event,
    Menu,
    MenuItem,
    Page,
    Partner,
    RelatedPage,
    Resource,
    ResourceTopic,
    Term,
)
from content.states import ROOTS, PageStatus

FOLDER = Path(__file__).parent
MARK = "+++"
RESOURCES_WRITTEN_ON = date(2026, 11, 20)

Say = Callable[[str], Any]
Named = TypeVar("Named", Contributor, Category)


def load(say: Say) -> None:
    """Pages from the top down, news, related pages, menus. Reports what was made and what was left out."""
    entries = sorted(
        [_read(file) for folder in ("pages", "news") for file in sorted((FOLDER / folder).glob("*.html"))],
        key=lambda entry: entry["path"].count("/"),
    )
    people = _contributors()
    shelves = _categories()
    words = _terms()
    known = set(Page.objects.values_list("path", flat=True))
    made = [entry for entry in entries if entry["path"] not in known]
    for entry in made:
        _make(entry, people, shelves)
    for entry in made:
        _relate(entry, say)
    found = _resources()
    menus = sum(_menu(name, table, say) for name, table in _menu_tables())
    say(
        f"Content: {len(made)} pages and news, {found} resources, {words} glossary words, {menus} menus made; "
        f"{len(entries) - len(made)} pages were there."
    )


def _read(file: Path) -> dict[str, Any]:
    """Front matter between two lines of +++, then the body. The file's name stands in an error."""
    parts = file.read_text(encoding="utf-8").split(f"{MARK}\n", 2)
    if len(parts) != 3:
        raise ValueError(f"{file}: the front matter must stand between two lines of {MARK}.")
    try:
        entry = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"{file}: {wrong}") from wrong
    entry.setdefault("kind", "page")
    if entry["kind"] in ROOTS:
        entry["path"] = f"{ROOTS[entry['kind']]}{entry['slug']}/"
    entry["slug"] = entry["path"].strip("/").rsplit("/", 1)[-1]
    return {**entry, "body": parts[2].strip()}


def _resources() -> int:
    """The directory of patient resources, when it is empty; how many were made."""
    if Resource.objects.exists():
        return 0
    topics = {topic.slug: topic for topic in ResourceTopic.objects.all()}
    rows = tomllib.loads((FOLDER / "resources.toml").read_text(encoding="utf-8"))["resources"]
    known = [row for row in rows if row["topic"] in topics]
    for row in known:
        resources.save_resource(
            Resource(**{**row, "topic": topics[row["topic"]]}, last_checked_on=RESOURCES_WRITTEN_ON)
        )
    return len(known)


def _table(name: str) -> list[dict[str, Any]]:
    """The rows of one of the tables beside the pages; none where there is no file."""
    file = FOLDER / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))[name] if file.exists() else []


def _contributors() -> dict[str, Contributor]:
    """Who writes and checks, by the name in the file."""
    rows = [{"slug": slugify(row["name"]), **row} for row in _table("contributors")]
    return {row["name"]: _once(Contributor, row) for row in rows}


def _categories() -> dict[str, Category]:
    """The shelves of the news, by address word."""
    rows = [{"order": place * 10, **row} for place, row in enumerate(_table("categories"), start=1)]
    return {row["slug"]: _once(Category, row) for row in rows}


def _once(model: type[Named], row: dict[str, Any]) -> Named:
    """The row of that name or address word, whatever staff have made of it since; else a new one."""
    there = model.objects.filter(Q(name=row["name"]) | Q(slug=row["slug"])).order_by("pk").first()
    return there or model.objects.create(**row)


def _terms() -> int:
    """The glossary, while it is empty; how many words were made."""
    if Term.objects.exists():
        return 0
    rows = [{**row, "aliases": "\n".join(row.get("aliases", []))} for row in _table("terms")]
    return len(Term.objects.bulk_create([Term(**row) for row in rows]))


def _make(entry: dict[str, Any], people: dict[str, Contributor], shelves: dict[str, Category]) -> None:
    words = entry["path"].strip("/").split("/")
    above = f"/{'/'.join(words[:-1])}/" if len(words) > 1 and entry["kind"] not in ROOTS else None
    page = Page(
        parent=Page.objects.get(path=above) if above else None,
        audience=entry.get("audience", PUBLIC),
        author=people[entry["author"]] if "author" in entry else None,
        reviewer=people[entry["reviewer"]] if "reviewer" in entry else None,
        **{
            name: entry[name]
            for name in (
                "kind", "slug", "title", "menu_title", "summary", "description", "body", "order",
                "show_toc", "published_at", "unpublish_at", "starts_on", "ends_on",
                "every_year", "recap", "for_patients", "reviewed_on",
            )
            if name in entry
        },
    )  # fmt: skip
    pages.save_page(page)
    page.categories.set(shelves[slug] for slug in entry.get("categories", []))
    for place, partner in enumerate(entry.get("partners", []), start=1):
        Partner.objects.create(page=page, order=place * 10, **partner)
    for event in entry.get("events", []):
        Event.objects.create(page=page, **event)
    if entry.get("status", PageStatus.PUBLISHED) == PageStatus.PUBLISHED:
        pages.publish_page(page, by=None)
    elif entry["status"] == PageStatus.SCHEDULED:
        pages.schedule_page(page, by=None)


def _relate(entry: dict[str, Any], say: Say) -> None:
    found = Page.objects.in_bulk([entry["path"], *entry.get("related", [])], field_name="path")
    for place, path in enumerate(entry.get("related", []), start=1):
        if path not in found:
            say(f"Content: {entry['path']} names {path}, which is not a page; left out.")
            continue
        RelatedPage.objects.get_or_create(page=found[entry["path"]], to=found[path], defaults={"order": place * 10})


def _menu_tables() -> list[tuple[str, dict[str, Any]]]:
    """The menus of menus.toml as (name, {label, items}); a footer's columns and small print are two menus."""
    tables = tomllib.loads((FOLDER / "menus.toml").read_text(encoding="utf-8"))
    menus = []
    for name, table in tables.items():
        columns = [{**column, "children": column["links"]} for column in table.get("columns", [])]
        menus.append((name, {"label": table["label"], "items": table.get("items", columns)}))
        if "small" in table:
            menus.append((f"{name}-small", {"label": f"{table['label']}, small print", "items": table["small"]}))
    return menus


def _menu(name: str, table: dict[str, Any], say: Say) -> bool:
    menu, _ = Menu.objects.get_or_create(name=name, defaults={"label": table["label"]})
    if menu.items.exists():
        return False
    for place, item in enumerate(table["items"], start=1):
        parent = _menu_item(menu, None, item, place, say)
        for deeper, child in enumerate(item.get("children", []) if parent else [], start=1):
            _menu_item(menu, parent, child, deeper, say)
    return True


def _menu_item(menu: Menu, parent: MenuItem | None, item: dict[str, Any], place: int, say: Say) -> MenuItem | None:
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
