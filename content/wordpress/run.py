"""An import from beginning to end. One at a time; a rehearsal does everything and takes it back."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils.text import slugify

from aapm_site.core import richtext
from content.models import Page
from content.states import PageStatus
from content.wordpress import builders, fields, links, media, plan, store, writer, wxr
from content.wordpress.cleaning import Converted, convert
from content.wordpress.kept_blocks import KeptBlocks
from content.wordpress.menus import Menus
from content.wordpress.report import LEFT_OUT, LOOK, MADE, PROBLEM, UNCHANGED, ImportReport

LOCK = 0x6D6F76696E67  # "moving": one import at a time
# What a text that nobody foresaw may raise: it costs its entry, and no other.
ODD = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, DatabaseError)
FEWEST_LETTERS = 20
QUOTED = 120
_names = re.compile(r",|;|\band\b|&")
_comments = re.compile(r"<!--.*?-->", re.DOTALL)
PARTS = ("pages", "posts", "media", "menus")


class Busy(Exception):
    """Another import runs."""


@dataclass(frozen=True)
class Options:
    """What the person asked for."""

    rehearsal: bool = False
    folder: Path | None = None
    only: frozenset[str] = frozenset(PARTS)
    statements: tuple[str, ...] = ()
    menus: dict[str, str] = field(default_factory=dict)
    tags: bool = False
    page_authors: bool = False
    drafts: bool = False


Progress = Callable[[int, int], None]


def run(
    streams: Sequence[BinaryIO], options: Options, report: ImportReport, progress: Progress = lambda done, all_: None
) -> None:
    """Read the export, of one file or several, and bring over what was asked for.

    Each entry is a transaction of its own, so that one that fails harms no other and editors do not wait; a rehearsal
    is one transaction around all of it, which is rolled back. Raises wxr.NotAnExport, and Busy while another runs.
    """
    export = wxr.merged([wxr.read(stream) for stream in streams])
    with _alone():
        if not options.rehearsal:
            Import(export, options, report, progress).run()
            return
        with transaction.atomic():
            Import(export, options, report, progress).run()
            transaction.set_rollback(True)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy("Another import is running. Wait until it has ended, then start this one again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class Import:
    """The steps in their order: terms, files, addresses, texts, menus."""

    def __init__(self, export: wxr.Export, options: Options, report: ImportReport, progress: Progress) -> None:
        self.export, self.options, self.report, self.progress = export, options, report, progress
        self.origin = plan.origin_of(export)
        self.addresses = links.Addresses(export.site)
        self.shelves = store.TaxonomyCache(report)
        self.library = media.Library(export, self.origin, options.folder, report, options.rehearsal)
        self.done = 0
        self.guests = self._guests()
        self.blocks = {item.id: item.content for item in wxr.items_of(export, "wp_block")}

    def run(self) -> None:
        for place, sentence in self.export.problems:
            self.report.add(PROBLEM, "export", place, sentence)
        for place, sentence in self.export.left_out:
            self.report.add(LEFT_OUT, "export", place, sentence)
        wanted = {kind for part, kind in (("pages", "page"), ("posts", "post")) if part in self.options.only}
        planner = plan.Planner(
            self.export, self.report, wanted=wanted, statements=self.options.statements, drafts=self.options.drafts
        )
        self.plan = planner.build()
        self._know_addresses(wanted, planner)
        self._terms()
        self._know_authors()
        if "media" in self.options.only:
            self.library.bring_over(self._step)
            self._file_addresses()
        for entry in self.plan.entries:
            try:
                self._entry(entry)
            except ODD as odd:
                self.report.add(PROBLEM, entry.what, entry.item.place, f"it cannot be brought over: {odd}")
            self._step()
        if "menus" in self.options.only:
            Menus(self.export, self.plan, self.addresses, self.report).bring_over(self.options.menus, self._step)

    def _step(self) -> None:
        self.done += 1
        self.progress(min(self.done, len(self.export.items)), len(self.export.items))

    def _know_addresses(self, wanted: set[str], planner: plan.Planner) -> None:
        """Before any text is converted, so that the texts can point at each other."""
        self.addresses.know_pages()
        for entry in self.plan.entries:
            self.addresses.add(entry.item.link, entry.item.id, entry.path)
        for (_, number), record in planner.records.items():
            if record.page:  # an earlier file of the export has brought it
                self.addresses.numbers.setdefault(number, record.page.path)
        for item in self.export.items:
            if item.type in {"page", "post"} - wanted and (path := self.addresses.old_path(item.link)):
                self.addresses.later.add(path)

    def _terms(self) -> None:
        """Categories that the export lists, with redirects from their old addresses."""
        kinds = {"category", "post_tag"} if self.options.tags else {"category"}
        if "posts" not in self.options.only:
            return
        used = {(term.taxonomy, term.slug) for item in wxr.items_of(self.export, "post") for term in item.terms}
        by_slug = {(term.taxonomy, term.slug): term for term in self.export.terms}
        for term in self.export.terms:
            if (term.taxonomy, term.slug) not in used:
                continue
            word = "category" if term.taxonomy == "category" else "tag"
            with transaction.atomic():
                category = self.shelves.category(term.name, term.description) if term.taxonomy in kinds else None
                if category is None:
                    continue
                new = category.get_absolute_url()
                for old in _term_paths(word, term, by_slug):
                    self.addresses.paths.setdefault(old, new)
                    self._redirect(old, url=new)
                if term.number.isdecimal():
                    self.addresses.numbers[f"term:{term.number}"] = new
                    self._redirect(f"/?cat={term.number}", url=new)
        tags = {term.name for item in self.export.items for term in item.terms if term.taxonomy == "post_tag"}
        if tags and not self.options.tags:
            sentence = "this site has categories only; --tags-as-categories makes them such"
            self.report.add(LEFT_OUT, "tags", f"{len(tags)} tags", sentence)

    def _file_addresses(self) -> None:
        """A file's old address, and that of the page that WordPress made around it, lead to the file."""
        for asset in self.library.by_number.values():
            if asset.is_new and asset.stored:
                self._redirect(f"{links.UPLOADS}{asset.path}"[:500], url=asset.stored.url)
                if asset.item and asset.item.id.isdecimal():
                    self._redirect(f"/?attachment_id={asset.item.id}", url=asset.stored.url)
                page = self.addresses.old_path(asset.item.link) if asset.item and asset.item.link else ""
                if page not in {"", "/"} and len(page) <= 500:
                    self._redirect(page, url=asset.stored.url)

    # --- one entry ----------------------------------------------------------------------------------------------------
    def _entry(self, entry: plan.ImportEntry) -> None:
        """Convert, store, and let its old addresses lead to it; a failure is told by store() and harms no other."""
        around = ItemContext(self, entry)
        original = _written(entry.item)
        text = around.featured() + KeptBlocks(self.blocks, around.notes).put_into(original)
        around.notes += _beside(entry.item, original)
        converted = convert(
            text, around, around.gallery, attached=around.attached, footnotes=entry.item.first(wxr.NOTES)
        )
        if (
            not _says_something(store.without_title(converted.body, entry.title), entry.item)
            and entry.wanted_status != PageStatus.DRAFT
        ):
            entry.wanted_status = PageStatus.DRAFT
            around.notes.append("nothing of its text is left; it comes as a draft")
        with transaction.atomic():
            shelf = self._shelf(entry, around.notes)
            said = store.fingerprint(entry, text, around.notes, shelf)
            written = store.store(entry, converted, said, shelf, self.origin, self.report)
            if written or (entry.is_theirs and entry.record is None):
                for old in self._old_addresses(entry):
                    self._redirect(old, page=entry.page)
        if written:
            self._tell(entry, converted, around)

    def _shelf(self, entry: plan.ImportEntry, notes: list[str]) -> store.ItemTaxonomy:
        item = entry.item
        shelf = store.ItemTaxonomy()
        if entry.item.type == "post" or self.options.page_authors:
            first, *further = self._authors(item)
            shelf.author = self.shelves.contributor(first.name, is_account=first.is_account)
            notes += [f"{author.name} is named as its author too; this site names one" for author in further]
        kinds = {"category", "post_tag"} if self.options.tags else {"category"}
        if item.type == "post":
            found = [self.shelves.category(term.name) for term in item.terms if term.taxonomy in kinds]
            shelf.categories = list(dict.fromkeys(category for category in found if category))
        return shelf

    def _authors(self, item: wxr.Item) -> list[wxr.Author]:
        """Who is named under an entry: guests and further authors, whom plugins keep as terms or in fields, else the
        account."""
        named = [self._author(term) for term in item.terms if term.taxonomy in {"author", "byline"}]
        named += [
            found for written in item.meta.get("_molongui_author", []) if (found := self.guests.get(written.strip()))
        ]
        for written in (item.first("sfly_guest_author_names"), item.first("largo_byline_text")):
            named += [wxr.Author("", name) for name in _names.split(written) if name.strip()]
        return named or [self.export.authors.get(item.creator) or wxr.Author(item.creator, item.creator)]

    def _author(self, term: wxr.WxrTerm) -> wxr.Author:
        """A term may hold the name that is shown, or the word by which somebody signs in or a guest is kept."""
        login = term.slug.removeprefix("cap-")
        for word in (term.name, login):
            if found := self.export.authors.get(word) or self.guests.get(word):
                return found
        return wxr.Author(login, term.name)

    def _guests(self) -> dict[str, wxr.Author]:
        """Guests by the words for them: their own entries in an export have their names."""
        found: dict[str, wxr.Author] = {}
        for author in self.export.authors.values():
            found |= {slugify(author.login): author, f"user-{author.number}": author}
        for item in wxr.items_of(self.export, "guest-author", "guest_author"):
            login = item.first("cap-user_login") or item.name.removeprefix("cap-")
            guest = wxr.Author(login, item.first("cap-display_name") or item.title)
            found |= {login: guest, item.name.removeprefix("cap-"): guest, f"guest-{item.id}": guest}
        return found

    def _know_authors(self) -> None:
        """Authors of posts, and where their archives are: the old site made the address of the account's word."""
        named = [self._authors(entry.item)[0] for entry in self.plan.entries if entry.item.type == "post"]
        for author in dict.fromkeys(named):
            with transaction.atomic():
                found = self.shelves.contributor(author.name, is_account=author.is_account)
                if found is None:
                    continue
                if not slugify(author.login):
                    continue
                old, new = f"/author/{slugify(author.login)}/", found.get_absolute_url()
                self.addresses.paths.setdefault(old, new)
                self._redirect(old, url=new)
                if author.number.isdecimal():
                    self._redirect(f"/?author={author.number}", url=new)

    def _tell(self, entry: plan.ImportEntry, converted: Converted, around: "ItemContext") -> None:
        """What to look at, by its entry."""
        told = list(self.plan.notes_on(entry))
        for note in told:
            self.report.add(LOOK, entry.what, entry.item.place, note)
        lists = (
            (converted.unknown, "unknown and taken out"),
            (converted.told, "unknown; the words that stood in it are in the text"),
            (converted.left, "left as text, since it may be meant so"),
            (converted.positions, "shown by a position of ours now"),
        )
        for found, words in lists:
            if found:
                names = ", ".join(f"{name} ×{number}" if number > 1 else name for name, number in found.items())
                told.append(f"{names}: {words}")
                self.report.add(LOOK, "text", entry.item.place, told[-1])
        for note, number in Counter([*converted.notes, *around.notes]).items():
            told.append(f"{note} ×{number}" if number > 1 else note)
            self.report.add(LOOK, "text", entry.item.place, told[-1])
        if entry.page:
            writer.keep_notes(entry.page, told)

    def _old_addresses(self, entry: plan.ImportEntry) -> list[str]:
        """Every address at which the old site answered with this entry."""
        item, old = entry.item, []
        if path := self.addresses.old_path(item.link) if item.link else "":
            old.append(path)
            for word in item.meta.get("_wp_old_slug", [])[:20]:
                old.append(f"{path.rstrip('/').rpartition('/')[0]}/{word.strip().lower()}/")
        if item.id.isdecimal():
            old.append(f"/?p={item.id}")
            old += [f"/?page_id={item.id}"] if item.type == "page" else []
        return [path for path in dict.fromkeys(old) if path not in {"/", entry.path} and len(path) <= 500]

    def _redirect(self, old: str, *, page: Page | None = None, url: str = "") -> None:
        try:
            made = writer.redirect(old, page=page, url=url)
        except ValidationError as refused:
            self.report.add(LEFT_OUT, "redirect", old, "; ".join(refused.messages))
            return
        self.report.add(MADE if made else UNCHANGED, "redirect", old, f"to {page.path if page else url}")


class ItemContext:
    """What one text points at; `notes` is what had to go."""

    def __init__(self, whole: Import, entry: plan.ImportEntry) -> None:
        self.whole, self.entry = whole, entry
        self.notes: list[str] = []

    def link(self, address: str) -> str | None:
        found, problem = self.whole.addresses.find(address, self._file)
        if problem:
            self.notes.append(problem)
        return found

    def _file(self, address: str) -> str | None:
        asset = self.whole.library.find(address)
        stored = self.whole.library.stored(asset, f"in {self.entry.item.place}") if asset else None
        return stored.url if stored else None

    def picture(self, address: str, alt: str, number: str) -> str:
        asset = self.whole.library.find(address, number) if not address.startswith("data:") else None
        stored = self.whole.library.stored(asset, f"in {self.entry.item.place}") if asset else None
        if stored is None or stored.kind != "picture":
            shown = address if asset is None else asset.path
            shown = shown or (f"with the number {number}" if number else "without an address")
            self.notes.append(f"the picture {shown} is not here; it was taken out")
            return ""
        return stored.html(alt)

    def player(self, address: str, title: str) -> tuple[str, str] | None:
        if media.UPLOADS in address:
            found = self._file(address)
            if found is None:
                self.notes.append(f"the recording {address} is not here; it was taken out")
            return (found, title or "Open the recording") if found else None
        shown = links.player(address, title)
        if shown is None:
            self.notes.append(f"a window on {address} was taken out")
        return shown

    def gallery(self, numbers: list[str]) -> str:
        """The pictures of a gallery, one below the other, each with the words that the old site keeps for below it."""
        return "".join(
            f'<figure><img class="wp-image-{number}" src="" alt="">{self._under(number)}</figure>'
            for number in numbers[:100]
        )

    def _under(self, number: str) -> str:
        asset = self.whole.library.by_number.get(number)
        words = asset.item.excerpt.strip() if asset and asset.item else ""
        return f"<figcaption>{words}</figcaption>" if words else ""

    def attached(self, number: str) -> list[str]:
        """The pictures of this entry, or of the one with that number."""
        return self.whole.library.attached_to(number or self.entry.item.id)

    def featured(self) -> str:
        """The picture that the old site's theme showed above the text, when it is here."""
        number = self.entry.item.first("_thumbnail_id")
        asset = self.whole.library.find("", number)
        if asset is None or asset.stored is None or f"wp-image-{number}" in self.entry.item.content:
            return ""
        caption = asset.item.excerpt if asset.item else ""
        under = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
        return f'<figure><img class="wp-image-{number}" src="" alt="">{under}</figure>\n\n'


def _written(item: wxr.Item) -> str:
    """The text as it was stored; where a page builder keeps it in a field of its own and leaves none, from there."""
    plain = richtext.plain(_comments.sub("", item.content))
    if len(plain) >= FEWEST_LETTERS:
        return item.content
    if data := item.first("_elementor_data"):
        return builders.from_elementor(data, is_all=not plain) or item.content
    return (fields.text_of(item.meta) if not plain else "") or item.content


def _beside(item: wxr.Item, written: str) -> list[str]:
    """A note when a page builder keeps sentences that the text does not hold: nobody learns of them otherwise."""
    data = item.first("_elementor_data")
    kept = builders.kept_beside(data, richtext.plain(_comments.sub("", written)))
    if not kept:
        is_odd = bool(data) and not builders.is_readable(data)
        return ["what its page builder keeps in a field cannot be read"] if is_odd else []
    first = kept[0] if len(kept[0]) <= QUOTED else f"{kept[0][:QUOTED].rsplit(' ', 1)[0]} …"
    if len(kept) == 1:
        return [f"its page builder keeps a text that is not in the page: “{first}”"]
    return [f"its page builder keeps {len(kept)} texts that are not in the page; the first is “{first}”"]


def _says_something(body: str, item: wxr.Item) -> bool:
    return bool(richtext.plain(body) or "<img" in body or item.excerpt.strip())


def _term_paths(word: str, term: wxr.WxrTerm, by_slug: dict[tuple[str, str], wxr.WxrTerm]) -> list[str]:
    """/category/above/below/ as the old site wrote it, and without what stands above."""
    words, at, seen = [term.slug], term, {term.slug}
    while at.parent and at.parent not in seen and (above := by_slug.get((term.taxonomy, at.parent))):
        words.insert(0, above.slug)
        seen.add(above.slug)
        at = above
    return list(dict.fromkeys([f"/{word}/{'/'.join(words)}/".lower(), f"/{word}/{term.slug}/".lower()]))
