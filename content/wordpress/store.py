"""The writing: one entry, one savepoint; what staff have changed since is theirs."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.text import slugify

from aapm_site.core import positions, richtext
from aapm_site.core.transitions import NotAllowed
from content.domain import pages
from content.models import Category, Contributor, ImportedItem, Page
from content.states import PageKind, PageStatus
from content.wordpress import dates, typography, writer
from content.wordpress.cleaning import Converted
from content.wordpress.fingerprints import digest, state
from content.wordpress.plan import ImportEntry
from content.wordpress.report import KEPT, MADE, PROBLEM, UNCHANGED, UPDATED, ImportReport

REASON = "Brought over from the old site."
SUMMARY, DESCRIPTION, SHORTEST = 280, 170, 40
CONVERTER = 3  # raised when texts are converted otherwise, so that they are converted again
LONGEST_START = 20_000  # characters in which a text has said what it is about
_paragraph = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_first_heading = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass
class ItemTaxonomy:
    """What an entry's author and categories became."""

    author: Contributor | None = None
    categories: list[Category] = field(default_factory=list)


def fingerprint(entry: ImportEntry, source: str, missing: list[str], shelf: ItemTaxonomy) -> str:
    """What the export says of an entry, as one value; what its text points at in vain belongs to it, since a later file
    may bring that."""
    item = entry.item
    said = [
        CONVERTER, entry.kind, entry.wanted_status, item.title, source, item.excerpt, item.name, item.post_date,
        item.post_date_gmt, item.menu_order, item.first("_yoast_wpseo_metadesc"), item.parent,
        entry.parent is not None, sorted(set(missing)),
        shelf.author.name if shelf.author else "", sorted(category.name for category in shelf.categories),
    ]  # fmt: skip
    return digest(said)


def store(
    entry: ImportEntry, converted: Converted, said: str, shelf: ItemTaxonomy, origin: str, report: ImportReport
) -> bool:
    """Make or update the entry's page; whether anything was written. What fails is told, and harms nothing else."""
    try:
        with transaction.atomic():
            if entry.record is None:
                return _first_time(entry, converted, shelf, said, origin, report)
            return _again(entry, converted, shelf, said, report)
    except ValidationError as refused:
        report.add(PROBLEM, entry.what, entry.item.place, "; ".join(refused.messages))
    except (DatabaseError, NotAllowed) as refused:
        report.add(PROBLEM, entry.what, entry.item.place, str(refused).splitlines()[0])
    return False


def _first_time(
    entry: ImportEntry, converted: Converted, shelf: ItemTaxonomy, said: str, origin: str, report: ImportReport
) -> bool:
    record = ImportedItem(origin=origin, kind=entry.item.type, item=entry.item.id[:200], fingerprint=said)
    if entry.is_theirs:
        record.page = entry.page
        record.save()
        report.add(KEPT, entry.what, entry.item.place, f"there is a page of this title at {entry.path} already")
        return False
    page = Page(kind=entry.kind, slug=entry.slug, parent=entry.parent.page if entry.parent else None)
    _write(page, entry, converted, shelf)
    entry.page = page
    record.page, record.stored_as = page, state(page)
    record.save()
    report.add(MADE, entry.what, entry.item.place, f"{page.path}, {page.get_status_display().lower()}")
    return True


def _again(entry: ImportEntry, converted: Converted, shelf: ItemTaxonomy, said: str, report: ImportReport) -> bool:
    record, page = entry.record, entry.page
    if record.fingerprint == said:
        report.add(UNCHANGED, entry.what, entry.item.place, page.path)
        return False
    page = Page.objects.select_for_update().get(pk=page.pk)
    if record.stored_as != state(page):
        report.add(
            KEPT, entry.what, entry.item.place, f"{page.path} was changed here since; the newer export is left out"
        )
        return False
    page.kind = entry.kind if page.is_rooted else page.kind
    page.parent = entry.parent.page if entry.parent else page.parent
    _write(page, entry, converted, shelf)
    record.fingerprint, record.stored_as = said, state(page)
    record.save(update_fields=["fingerprint", "stored_as"])
    entry.page = page
    report.add(UPDATED, entry.what, entry.item.place, page.path)
    return True


def _write(page: Page, entry: ImportEntry, converted: Converted, shelf: ItemTaxonomy) -> None:
    """Store the fields, then take the step to the status that the old site had."""
    item = entry.item
    page.title = entry.title
    page.body = without_title(converted.body, entry.title)
    page.summary = _summary(item.excerpt, page.body) or entry.title
    page.description = _cut(typography.line(item.first("_yoast_wpseo_metadesc")), DESCRIPTION)
    page.author = shelf.author
    page.order = 100 + min(item.order, 30_000)
    if entry.wanted_status != PageStatus.DRAFT or entry.published_at:
        page.published_at = entry.published_at
    page.full_clean(exclude=["path", "status", "search", "published_at"], validate_constraints=False)
    writer.save(page, shelf.categories if page.kind != PageKind.PAGE else [])
    if page.status != entry.wanted_status:
        _move(page, entry.wanted_status)
    if changed := dates.changed_at(item):
        pages.date_words(page, changed)
    page.refresh_from_db()


def _move(page: Page, status: str) -> None:
    if page.status == PageStatus.PUBLISHED or (page.status != PageStatus.DRAFT and status == PageStatus.DRAFT):
        page = pages.withdraw_page(page, by=None, reason=REASON)
    if status == PageStatus.PUBLISHED:
        pages.publish_page(page, by=None, reason=REASON)
    elif status == PageStatus.SCHEDULED:
        pages.schedule_page(page, by=None, reason=REASON)


def without_title(body: str, title: str) -> str:
    """The text without a first heading that only repeats the title, which the page shows above it."""
    found = _first_heading.match(body)
    return body[found.end() :] if found and richtext.plain(found[1]).casefold() == title.casefold() else body


def _summary(excerpt: str, body: str) -> str:
    """The old site's excerpt, else the first paragraph that says something, else the longest, else any words.

    The page does not print above a text what the text says itself.
    """
    if words := typography.line(richtext.plain(excerpt)):
        return _cut(words, SUMMARY)
    paragraphs = [richtext.plain(words) for words in _paragraph.findall(positions.without(body)[:LONGEST_START])]
    long_ones = [words for words in paragraphs if len(words) >= SHORTEST]
    said = long_ones[0] if long_ones else max(paragraphs, key=len, default="")
    return _cut(said or richtext.plain(positions.without(body), SUMMARY), SUMMARY)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


class TaxonomyCache:
    """Authors and categories, matched by name with those that are here, made when an entry needs them."""

    NOBODY = re.compile(
        r"(?:(?:site|web|wp|word\s?press|super|the|our|\w+\.(?:org|com))[\s._-]*)?"
        r"(?:admin\w*|webmaster|wordpress|editor|root|user|staff account|master|dev|developer|test)?[\s._-]*"
        r"(?:user|account|admin)?[\s._-]*\d*"
    )
    OFFICES = ("aapm", "academy", "office", "staff", "committee", "team", "board", "foundation", "council", "editors")

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        self.categories = {row.name.casefold(): row for row in Category.objects.all()}
        self.contributors = {row.name.casefold(): row for row in Contributor.objects.all()}
        self.nobodies: set[str] = set()

    def category(self, name: str, about: str = "") -> Category | None:
        """The category of that name; “Uncategorized” is none."""
        name = typography.line(name)[:80].strip()
        if not name or name.casefold() in {"uncategorized", "uncategorised"}:
            return None
        if name.casefold() not in self.categories:
            made = Category.objects.create(
                name=name, slug=_free(Category, name), description=_cut(typography.line(about), 200)
            )
            self.categories[name.casefold()] = made
            self.report.add(MADE, "category", f"“{name}”", made.get_absolute_url())
        return self.categories[name.casefold()]

    def contributor(self, name: str, *, is_account: bool = False) -> Contributor | None:
        """The author of that name; an account that is nobody's name has none."""
        name = typography.line(name)[:120].strip()
        if is_account or self.NOBODY.fullmatch(name.casefold()) or "@" in name:
            if name and name not in self.nobodies:
                self.nobodies.add(name)
                self.report.add("left out", "author", f"“{name}”", "an account, not a name; its entries have no author")
            return None
        if name.casefold() not in self.contributors:
            office = any(word in name.casefold().split() for word in self.OFFICES)
            made = Contributor.objects.create(name=name, slug=_free(Contributor, name), is_person=not office)
            self.contributors[name.casefold()] = made
            self.report.add(MADE, "author", f"“{name}”", made.get_absolute_url())
        return self.contributors[name.casefold()]


def _free(model: type[Category] | type[Contributor], name: str) -> str:
    stem = slugify(name)[:72].strip("-_") or model._meta.model_name
    slug, number = stem, 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
