"""Pages, news and initiatives as they are shipped, stored through the functions that editors use."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from aapm_site.core.models import StarterRow
from aapm_site.core.starter import Say, StarterEntry, StarterKind, Values
from content.domain import pages, versions
from content.models import PUBLIC, Category, Contributor, Event, Page, Partner, RelatedPage
from content.starter.files import read_entries
from content.states import ROOTS, PageStatus

FOLDER = Path(__file__).parent
NOTE = "Starter content"
# What an entry says of a page that is one of its columns, by the same name.
COLUMNS = (
    "kind", "slug", "title", "menu_title", "summary", "description", "body", "order", "show_toc", "published_at",
    "unpublish_at", "starts_on", "ends_on", "every_year", "recap", "for_patients", "clinical", "reviewed_on",
)  # fmt: skip


class StarterPages(StarterKind[Page]):
    """Known by the addresses that they are shipped with, wherever staff have moved them since."""

    model = Page

    def entries(self) -> list[StarterEntry]:
        return [StarterEntry(entry["path"], entry) for entry in read_entries([FOLDER / "pages", FOLDER / "news"])]

    def standing(self, entries: Sequence[StarterEntry]) -> dict[str, Page]:
        return Page.objects.in_bulk([entry.key for entry in entries], field_name="path")

    def make(self, entries: Sequence[StarterEntry]) -> dict[str, Page]:
        made = ((entry.key, make_page(entry.values)) for entry in entries)
        return {key: page for key, page in made if page is not None}

    def update(self, row: Page, values: Values) -> None:
        """A new version of its text. Its place and whether it is public stay."""
        say_of(row, {name: value for name, value in values.items() if name != "slug"})
        related = Page.objects.in_bulk(values.get("related", []), field_name="path")
        pages.save_page(
            row,
            categories=shelves(values),
            related=[related[path] for path in values.get("related", []) if path in related],
            note=NOTE,
        )
        _put_around(row, values)
        pages.date_words(row, values["changed_at"])

    def relate(self, row: Page, values: Values, say: Say) -> None:
        relate_page(row, values, say)

    def written(self, row: Page) -> Values:
        said = versions.snapshot_page(row)
        around = {
            name: [
                {column.name: column.value_to_string(one) for column in one._meta.concrete_fields[1:]}
                for one in getattr(row, name).order_by("pk")
            ]
            for name in ("partners", "events")
        }
        return {**said, **around, "status": row.status}


def make_page(values: Values) -> Page | None:
    """A new page with what stands around its text, or None when the page above it is not there."""
    above = _path_above(values)
    parent = Page.objects.kept().filter(path=above).first() if above else None
    if above and parent is None:
        return None
    page = Page(parent=parent)
    say_of(page, values)
    pages.save_page(page)
    page.categories.set(shelves(values))
    _put_around(page, values)
    done = _decide(page, values.get("status", PageStatus.PUBLISHED))
    pages.date_words(done, values["changed_at"])
    return done


def _path_above(values: Values) -> str:
    words = values["path"].strip("/").split("/")
    return f"/{'/'.join(words[:-1])}/" if len(words) > 1 and values["kind"] not in ROOTS else ""


def say_of(page: Page, values: Values) -> None:
    """Let a page in memory say what an entry says."""
    for name in COLUMNS:
        if name in values:
            setattr(page, name, values[name])
    page.audience = values.get("audience", PUBLIC)
    page.author = _contributor(values.get("author"))
    page.reviewer = _contributor(values.get("reviewer"))


def _contributor(name: str | None) -> Contributor | None:
    """Of that name, or the office that was loaded under it, whatever staff call it now."""
    if not name:
        return None
    loaded = StarterRow.objects.filter(kind="contributors", key=slugify(name)).values("object_id")
    return Contributor.objects.filter(Q(name=name) | Q(pk__in=loaded)).order_by("pk").first()


def shelves(values: Values) -> list[Category]:
    return list(Category.objects.filter(slug__in=values.get("categories", [])))


def _put_around(page: Page, values: Values) -> None:
    """An initiative's partners and events, anew."""
    page.partners.all().delete()
    page.events.all().delete()
    for place, partner in enumerate(values.get("partners", []), start=1):
        Partner.objects.create(page=page, order=place * 10, **partner)
    for event in values.get("events", []):
        Event.objects.create(page=page, **event)


def _decide(page: Page, status: Any) -> Page:
    if status == PageStatus.PUBLISHED:
        return pages.publish_page(page, by=None)
    return pages.schedule_page(page, by=None) if status == PageStatus.SCHEDULED else page


def relate_page(page: Page, values: Values, say: Say) -> None:
    """What it recommends, in its order, as far as it is there."""
    wanted = values.get("related", [])
    found = Page.objects.in_bulk(wanted, field_name="path")
    for place, path in enumerate(wanted, start=1):
        if path not in found:
            say(f"Content: {page.path} names {path}, which is not a page; left out.")
            continue
        RelatedPage.objects.get_or_create(page=page, to=found[path], defaults={"order": place * 10})
