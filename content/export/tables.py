"""Which tables an export holds, by which word their rows are named, and which tables it leaves out and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

ROOM = "content"


@dataclass(frozen=True)
class Table:
    """One list of the export.

    `key` is the field that names a row wherever another row points at it. `within` are tables whose rows belong to
    one row of this table and stand inside it: relation → name of the list.
    """

    model: str
    section: str
    key: str
    within: tuple[tuple[str, str], ...] = ()
    private: bool = False
    without: tuple[tuple[str, str], ...] = ()  # rows that are left out: field → value


# In the order in which a reader of the file can rebuild them: what is pointed at comes first.
TABLES = (
    Table("contributor", "contributors", "slug"),
    Table("category", "categories", "slug"),
    Table("topic", "topics", "name"),
    Table("term", "terms", "slug"),
    Table(
        "page",
        "pages",
        "path",
        (
            ("related_links", "related"),
            ("partners", "partners"),
            ("events", "events"),
            ("versions", "versions"),
            ("status_changes", "status_changes"),
        ),
        without=(("status", "prepared"),),  # what waits for a page is none yet
    ),
    Table("redirect", "redirects", "old_path"),
    Table("resourcetopic", "resource_topics", "slug"),
    Table("resource", "resources", "url"),
    Table("meeting", "meetings", "slug", (("status_changes", "status_changes"),)),
    Table("menu", "menus", "name", (("items", "entries"),)),
    Table("picture", "pictures", "public_id"),
    Table("document", "documents", "public_id"),
    Table("body", "bodies", "name", (("officers", "people"),)),
    Table("historyyear", "history_years", "title"),
    Table("newsletter", "newsletters", "id", (("entries", "entries"), ("status_changes", "status_changes"))),
    Table("urgency", "urgent_wording", "name"),
    Table("answerpromise", "promise_of_an_answer", "id"),
    Table("bestbet", "best_bets", "title"),
    Table("synonym", "words_that_mean_the_same", "name"),
    Table(
        "question",
        "questions",
        "public_id",
        (("messages", "messages"), ("status_changes", "status_changes")),
        private=True,
    ),
)
# Rows that point at rows of their own table stand inside those: relation → name of the list.
NESTED = {"menuitem": ("children", "entries")}
# Files that a row names by itself, in the public storage: the property that lists them.
FILES = {"picture": "files"}
# Every other table of the room, with the reason.
LEFT_OUT = {
    "link": "what the weekly check of links has found; the next one finds it again",
    "pagelink": "which links stand in which text, read from the texts",
    "previewlink": "links for a few days, which open drafts to whoever holds them",
    "importeditem": "notes of an import about the site before this one",
}


def model(name: str) -> type[models.Model]:
    return apps.get_model(ROOM, name)


def tables(*, with_questions: bool) -> Iterator[Table]:
    """The lists of an export; those with people's questions only when they are asked for."""
    return (table for table in TABLES if with_questions or not table.private)


def keys() -> dict[type[models.Model], str]:
    """By which field the rows of a model are named."""
    return {model(table.model): table.key for table in TABLES}


def held() -> set[str]:
    """Every model of the room that an export can hold, inside another or by itself."""
    names = set(NESTED) | {table.model for table in TABLES}
    for table in TABLES:
        names |= {
            model(table.model)._meta.get_field(relation).related_model._meta.model_name for relation, _ in table.within
        }
    return names


def unknown() -> list[str]:
    """Models of the room that are neither held nor left out for a reason."""
    known = held() | set(LEFT_OUT)
    return sorted(
        found._meta.model_name
        for found in apps.get_app_config(ROOM).get_models()
        if found._meta.model_name not in known
    )
