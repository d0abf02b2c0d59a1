"""What each entry of an export becomes here: kind, place in the tree, address, status and date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.utils import timezone
from django.utils.text import slugify

from content import rules
from content.models import ImportedItem, Page
from content.states import PageKind, PageStatus
from content.wordpress import dates, typography
from content.wordpress.fingerprints import state
from content.wordpress.report import KEPT, LEFT_OUT, ImportReport
from content.wordpress.wxr import Export, Item

LONGEST_TITLE, LONGEST_SLUG = 160, 80
STATEMENTS = re.compile(r"\b(statements?|position papers?|public comments?)\b", re.IGNORECASE)
WORDS: dict[str, str] = {PageKind.PAGE: "page", PageKind.NEWS: "news", PageKind.STATEMENT: "statement"}
# Of WordPress itself; there is nothing in them to bring over.
SILENT = {
    "revision", "nav_menu_item", "attachment", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "guest-author", "guest_author", "wp_global_styles", "wp_navigation", "wp_template", "wp_template_part",
    "wp_font_family", "",
}  # fmt: skip


@dataclass
class ImportEntry:
    """One page or post on its way."""

    item: Item
    kind: str
    title: str
    slug: str
    wanted_status: str
    published_at: datetime | None
    parent: "ImportEntry" = None
    path: str = ""
    record: ImportedItem | None = None
    page: Page | None = None
    is_theirs: bool = False
    is_from_before: bool = False

    @property
    def what(self) -> str:
        return WORDS[self.kind]


@dataclass
class ImportPlan:
    """The entries, those above before those below, and what is known of them by their old number."""

    entries: list[ImportEntry] = field(default_factory=list)
    by_number: dict[str, ImportEntry] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)

    def notes_on(self, entry: ImportEntry) -> list[str]:
        """What is to be looked at, told once the entry is stored."""
        return self.notes.get(id(entry.item), [])


class Planner:
    """Decides on all entries before any is stored, so that links among them can be written."""

    def __init__(
        self, export: Export, report: ImportReport, *, wanted: set[str], statements: Iterable[str], drafts: bool
    ) -> None:
        self.export, self.report, self.wanted, self.drafts = export, report, wanted, drafts
        self.statements = {name.casefold() for name in statements}
        self.now = timezone.now()
        self.taken: dict[str, str] = {}
        self.records: dict[tuple[str, str], ImportedItem] = {}
        self.plan = ImportPlan()

    def build(self) -> ImportPlan:
        origin = origin_of(self.export)
        self.taken = dict(Page.objects.values_list("path", "title"))
        self.records = {
            (row.kind, row.item): row
            for row in ImportedItem.objects.filter(origin=origin).select_related("page", "page__parent")
        }
        found = [entry for item in self.export.items if (entry := self._entry(item))]
        for entry in self._from_the_top(found):
            if entry.is_from_before:
                continue
            self._place(entry)
            if entry.path:
                self.plan.entries.append(entry)
        self._others()
        return self.plan

    def _entry(self, item: Item) -> ImportEntry | None:
        if item.type not in self.wanted:
            return None
        number = item.id or item.guid or item.link
        if not number:
            self.report.add(LEFT_OUT, "entry", item.place, "it has neither a number nor an address")
            return None
        if number in self.plan.by_number:
            self.report.add(LEFT_OUT, "entry", item.place, f"the number {number} is there twice; the first one counts")
            return None
        item.id = number
        what = "page" if item.type == "page" else "news"
        if item.status in {"trash", "auto-draft"}:
            self.report.add(LEFT_OUT, what, item.place, "it lies in the old site’s trash")
            return None
        at = dates.published_at(item)
        status = self._status(item, at)
        if at is None and status != PageStatus.DRAFT:
            self._look(item, "it has no date that can be read; it gets the present one")
            at = self.now
        elif at and dates.shifted(item, at):
            self._look(item, f"its day is {timezone.localdate(at)} here, {item.post_date} there")
        title = self._title(item)
        kind = PageKind.PAGE if item.type == "page" else self._kind_of_post(item)
        entry = ImportEntry(item, kind, title, _slug(item, title), status, at)
        entry.record = self.records.get((item.type, number[:200]))
        self.plan.by_number[number] = entry
        return entry

    def _title(self, item: Item) -> str:
        title = typography.line(item.title)
        if not title:
            title = f"Untitled ({item.name[:60] or item.id[:60]})"
            self._look(item, f"it has no title; it is called “{title}” here")
        if len(title) > LONGEST_TITLE:
            self._look(item, f"its title is longer than {LONGEST_TITLE} characters and was cut")
            title = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        return title[:LONGEST_TITLE]

    def _kind_of_post(self, item: Item) -> str:
        names = [term.name for term in item.terms if term.taxonomy == "category"]
        told = any(name.casefold() in self.statements for name in names)
        looks = not self.statements and any(STATEMENTS.search(name) for name in names)
        return PageKind.STATEMENT if told or looks else PageKind.NEWS

    def _status(self, item: Item, at: datetime | None) -> str:
        if item.password:
            self._look(item, "it was behind a password; it comes as a draft")
            return PageStatus.DRAFT
        if item.status == "private":
            self._look(item, "it was private; it comes as a draft")
            return PageStatus.DRAFT
        if item.status in {"publish", "future"} and self.drafts:
            return PageStatus.DRAFT
        if item.status in {"publish", "future"}:
            return PageStatus.SCHEDULED if at and at > self.now else PageStatus.PUBLISHED
        if item.status not in {"draft", "pending"}:
            self._look(item, f"its status “{item.status}” is not known; it comes as a draft")
        return PageStatus.DRAFT

    def _look(self, item: Item, sentence: str) -> None:
        self.plan.notes.setdefault(id(item), []).append(sentence)

    # --- the tree -----------------------------------------------------------------------------------------------------
    def _from_the_top(self, found: list[ImportEntry]) -> list[ImportEntry]:
        """Parents before children, whatever circles and gaps the export has."""
        order: dict[int, ImportEntry] = {}
        for entry in found:
            chain: dict[int, ImportEntry] = {}
            at: ImportEntry | None = entry
            while at is not None and id(at) not in order:
                if id(at) in chain:
                    last = list(chain.values())[-1]
                    last.parent = None
                    self._look(last.item, "it stood below itself; it stands at the top now")
                    break
                chain[id(at)] = at
                at.parent = self._parent(at)
                at = at.parent
            for one in reversed(chain.values()):
                order[id(one)] = one
        return list(order.values())

    def _parent(self, entry: ImportEntry) -> ImportEntry | None:
        number = entry.item.parent
        if entry.kind != PageKind.PAGE or number in {"", "0"}:
            return None
        parent = self.plan.by_number.get(number) or self._from_before(number)
        if parent is None or parent.kind != PageKind.PAGE:
            self._look(entry.item, f"the page above it, number {number}, is missing; it stands at the top")
            return None
        return parent

    def _from_before(self, number: str) -> ImportEntry | None:
        """A page that an earlier file of the same export has brought."""
        record = self.records.get(("page", number))
        if record is None or record.page is None:
            return None
        page = record.page
        item = Item(id=number, type="page", title=page.title)
        return ImportEntry(
            item, page.kind, page.title, page.slug, page.status, None, path=page.path, page=page, is_from_before=True
        )

    # --- the address --------------------------------------------------------------------------------------------------
    def _place(self, entry: ImportEntry) -> None:
        """Give the entry an address of its own; leave it without one when it is not to be brought over."""
        if entry.record is not None:
            entry.page = entry.record.page
            if entry.page is None:
                self.report.add(KEPT, entry.what, entry.item.place, "it was deleted here since the last import")
            else:
                entry.path = self._path_now(entry, entry.page)
            return
        above = entry.parent.path if entry.parent else "/"
        wanted = rules.path_for(entry.kind, above or "/", entry.slug)
        if self.taken.get(wanted, "").casefold() == entry.title.casefold():
            entry.page = Page.objects.filter(path=wanted).first()
            entry.is_theirs = entry.page is not None
            entry.path = wanted if entry.is_theirs else ""
            if entry.is_theirs:
                return
        problem = ""
        for slug in _candidates(entry):
            path = rules.path_for(entry.kind, above or "/", slug)
            problem = rules.path_problem(path, entry.kind)
            if not problem and path not in self.taken:
                break
        else:
            self.report.add(LEFT_OUT, entry.what, entry.item.place, problem or f"the address {wanted} is taken")
            return
        if slug != entry.slug and not entry.item.content.strip() and rules.path_problem(wanted, entry.kind):
            self.report.add(LEFT_OUT, entry.what, entry.item.place, f"it has no text, and the site answers at {wanted}")
            return
        if slug != entry.slug:
            self._look(entry.item, f"{wanted} is taken or not allowed; it stands at {path}")
        entry.slug, entry.path = slug, path
        self.taken[path] = entry.title

    def _path_now(self, entry: ImportEntry, page: Page) -> str:
        """Where a page stands that came before: below its parent, if that has come since and nobody has moved it."""
        record, parent = entry.record, entry.parent.page if entry.parent else None
        if parent is None or page.parent_id == parent.pk or record is None or record.stored_as != state(page):
            return page.path
        wanted = rules.path_for(page.kind, entry.parent.path if entry.parent else "/", page.slug)
        if wanted in self.taken or rules.path_problem(wanted, page.kind):
            self._look(entry.item, f"it stands below “{parent}” on the old site; {wanted} is taken or not allowed here")
            entry.parent = None
            return page.path
        self.taken[wanted] = page.title
        return wanted

    def _others(self) -> None:
        """Kinds of entries that this site has no place for, in one line each."""
        strange: dict[str, list[Item]] = {}
        for item in self.export.items:
            if item.type not in SILENT and item.type not in {"page", "post"}:
                strange.setdefault(item.type, []).append(item)
        for kind, items in strange.items():
            self.report.add(
                LEFT_OUT, f"“{kind}”", items[0].place, f"{len(items)} of this kind; this site has no place for it"
            )


def origin_of(export: Export) -> str:
    """The old site's name in our records: its host and path, whatever the scheme."""
    parts = urlsplit(export.site)
    return f"{(parts.hostname or 'unknown').removeprefix('www.')}{parts.path.rstrip('/')}"[:200]


def _slug(item: Item, title: str) -> str:
    """The address word as the old site had it, in the letters that ours take."""
    for words in (unquote(item.name), title, f"entry {item.id}"):
        if slug := slugify(re.sub(r"[_.]", "-", words)).strip("-"):
            return re.sub(r"-{2,}", "-", slug)[:LONGEST_SLUG].strip("-")
    return "entry"


def _candidates(entry: ImportEntry) -> Iterable[str]:
    """The wanted word, then others that are like it."""
    yield entry.slug
    stem = entry.slug[: LONGEST_SLUG - 8].strip("-")
    if re.match(r"\d{4}", stem) and entry.kind == PageKind.PAGE and entry.parent is None:
        yield f"page-{stem}"
    for number in range(2, 100):
        yield f"{stem}-{number}"
