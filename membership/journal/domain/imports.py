"""Articles as publishers deliver them: read, made into pages once, and kept with their source.

An article is known by its DOI. What is delivered again takes the place of what was delivered before; what is the same
changes nothing. One import runs at a time: whoever comes second waits.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import structlog
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from aapm_site.accounts.models import User
from aapm_site.core.files import imaging, private, removal
from aapm_site.core.files.pdf_checks import check_pdf
from aapm_site.core.files.upload_checks import FileRefused

from ..jats import rendering
from ..jats.completeness import ENOUGH, Completeness, compare
from ..jats.metadata import ArticleHead, Free, WrittenAuthor, read_head
from ..jats.reading import Element, NotJats, read_article
from ..jats.writer import Delivered
from ..models import (
    Article,
    ArticleAuthor,
    ArticleType,
    DeliveredFile,
    DeliveredReference,
    DeliveredText,
    Issue,
)
from ..models.delivered import FileRole
from . import articles, notices
from .packages import PackageRefused, PackedArticle, articles_in
from .words import write_words

log = structlog.get_logger(__name__)
# What a text that nobody foresaw may raise: it costs its article, and no other.
ODD = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError, SyntaxError, DatabaseError)
UNFORESEEN = (
    "Something in it could not be brought over ({kind}), and nothing of it was kept. The other articles are not "
    "touched by it. Please tell us, with the file."
)
_words = re.compile(r"\w{3,}")
MOST_AUTHORS = 5_000
LONGEST_DOI = 150  # as the column is
LONGEST_ABSTRACT = 100_000  # letters, with their markup
LOCK = 8_203_131  # of PostgreSQL's advisory locks; no other code uses this number
WIDEST = 1_600  # pixels of a figure
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff"}
DRAWN = PICTURES | {".eps", ".ps", ".svg", ".ai", ".bmp"}  # what a text calls a picture
# The same picture in several forms: what is lossless first.
PREFERRED = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".gif")
SUPPLEMENTS = {
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt", ".zip", ".mp4", ".mov", ".avi", ".mpg",
    ".mp3", ".wav", ".xml", ".rtf", ".odt", ".ods", ".tex", ".r", ".py", ".sav", ".json",
}  # fmt: skip
KINDS = {
    "research-article": "original-research", "review-article": "review", "editorial": "editorial", "letter": "letter",
    "case-report": "case-report", "correction": "correction", "retraction": "retraction",
}  # fmt: skip


# Articles for members, whatever they say of another: only a notice is free because of what it says.
WHOLE_TEXTS = frozenset({"research-article", "review-article", "case-report", "brief-report", "systematic-review"})


@dataclass
class ImportedArticle:
    """What became of one article of a delivery, in lines for the editor."""

    name: str
    outcome: str = "refused"  # new, updated, unchanged or refused
    doi: str = ""
    title: str = ""
    slug: str = ""
    notes: list[str] = field(default_factory=list)
    completeness: Completeness | None = None
    stored: list[str] = field(default_factory=list)  # names of its files in the store

    @property
    def tone(self) -> str:
        return "back" if self.needs_a_look else "live"

    @property
    def needs_a_look(self) -> bool:
        return self.outcome == "refused" or (self.completeness is not None and not self.completeness.is_enough)


class Rehearsed(Exception):  # noqa: N818 - carries what was found out of a transaction that is taken back
    """Ends a dry run."""


def import_package(
    content: bytes,
    name: str,
    *,
    by: User | None,
    issue: Issue | None = None,
    dry_run: bool = False,
    may_replace: bool = False,
) -> Iterator[ImportedArticle]:
    """Import every article of a file, each in a transaction of its own; says of each what became of it.

    `issue` is where articles go that name none. A dry run does all of it and takes it back; no file is stored.
    `may_replace` lets one come under the DOI of an article with other words in its title by others. Raises
    PackageRefused for a package that cannot be read at all.
    """
    for packed in articles_in(content, name):
        yield _imported(packed, by=by, issue=issue, dry_run=dry_run, may_replace=may_replace)


def _imported(packed: PackedArticle, *, dry_run: bool, **how: Any) -> ImportedArticle:
    told = ImportedArticle(packed.name)
    try:
        with transaction.atomic():
            _one_at_a_time()
            _import(packed, told, dry_run=dry_run, **how)
            if dry_run:
                raise Rehearsed
    except Rehearsed:
        pass
    except (NotJats, PackageRefused, articles.ArticleRefused) as refused:
        _refuse(told, str(refused))
    except ODD as odd:
        log.exception("journal.import_failed", name=packed.name)
        _refuse(told, UNFORESEEN.format(kind=type(odd).__name__))
    return told


def _refuse(told: ImportedArticle, why: str) -> None:
    """What was told before is taken back with the article, and so are its files."""
    told.outcome, told.notes, told.completeness = "refused", [why], None
    removal.remove_after_commit(private.NAME, told.stored)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _import(
    packed: PackedArticle,
    told: ImportedArticle,
    *,
    by: User | None,
    issue: Issue | None,
    dry_run: bool,
    may_replace: bool,
) -> None:
    if packed.refused:
        raise PackageRefused(packed.refused)
    tree = read_article(packed.source)
    head = read_head(tree)
    told.doi, told.title = _begin(head.doi), _begin(head.title)
    _check_head(head)
    known = Article.objects.select_for_update(of=("self",)).filter(doi__iexact=head.doi).first()
    if known is not None and not may_replace:
        _refuse_another(known, head)
    digest = _digest(packed)
    if known is not None and _is_the_same(known, digest) and not _moves_in(known, head, issue):
        told.outcome, told.slug = "unchanged", known.slug
        return
    article = known or Article(doi=head.doi)
    _fill(article, head, told, issue)
    articles.save_article(article, [_author(one) for one in head.authors])
    files = _Files(article, packed, told, dry_run=dry_run, pdf=head.pdf)
    files.store()
    written = rendering.render(tree, finder(files.stored))
    _keep(article, packed, tree, head, written, told, digest, by)
    told.outcome, told.slug = ("updated" if known else "new"), article.slug


def _begin(words: str, most: int = 300) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _check_head(head: ArticleHead) -> None:
    """Raises ArticleRefused for what an article cannot do without, and what cannot be cut."""
    if not head.doi:
        raise articles.ArticleRefused("The article has no DOI, by which it would be found again.")
    if not head.title:
        raise articles.ArticleRefused("The article has no title.")
    for what, count, most in (
        ("DOI has {} characters", len(head.doi), LONGEST_DOI),
        ("abstract has {} characters", len(head.abstract), LONGEST_ABSTRACT),
        ("summary in plain language has {} characters", len(head.plain_summary), LONGEST_ABSTRACT),
        ("list of authors has {} names", len(head.authors), MOST_AUTHORS),
    ):
        if count > most:
            raise articles.ArticleRefused(f"Its {what.format(f'{count:,}')}; at most {most:,} can be kept.")


def _refuse_another(known: Article, head: ArticleHead) -> None:
    """Raises ArticleRefused where a DOI that is known comes with another title by other people: somebody's slip."""
    names = {author.family_name.casefold() for author in known.authors.all()}
    if names & {author.family_name.casefold() for author in head.authors}:
        return
    before, now = (set(_words.findall(title.casefold())) for title in (known.title, head.title))
    if len(before & now) * 2 >= min(len(before), len(now)):
        return
    raise articles.ArticleRefused(
        f"Its DOI is that of “{_begin(known.title, 120)}” by {_begin(known.byline, 120) or 'nobody'}, which is another "
        "article. Ask the publisher which of them is right; if this one is, say that it may replace it."
    )


def _digest(packed: PackedArticle) -> str:
    """Of the source and of what came with it, so that a new picture alone is a new delivery."""
    found = hashlib.sha256(packed.source)
    for name in sorted(packed.companions):
        found.update(name.encode())
        found.update(hashlib.sha256(packed.read(name)).digest())
    return found.hexdigest()


def _is_the_same(article: Article, digest: str) -> bool:
    kept = DeliveredText.objects.filter(article=article).values_list("sha256", "rules_version").first()
    return kept == (digest, rendering.VERSION)


def _moves_in(article: Article, head: ArticleHead, issue: Issue | None) -> bool:
    """Whether an advance article has an issue now."""
    return article.issue_id is None and _issue_of(head, issue) is not None


# The article ----------------------------------------------------------------------------------------------------------
def _fill(article: Article, head: ArticleHead, told: ImportedArticle, issue: Issue | None) -> None:
    """The columns that everybody reads, from the head; what does not fit is cut and said."""
    article.title = _cut(head.title, 300, "title", told)
    article.type = _type_of(head, told)
    if article.issue_id is None:
        article.issue = _issue_of(head, issue)
        if article.issue is None:
            told.notes.append(_stands_ahead(head))
    elif (named := _issue_of(head, None)) not in {None, article.issue}:
        told.notes.append(f"It names {named}, and stays in {article.issue}. Move it there if that is right.")
    article.published_on = head.published_on or _known_day(article)
    if head.published_on is None:
        told.notes.append(f"It names no day of publication that can be used, and stands under {article.published_on}.")
    article.received_on, article.accepted_on = _in_order(head, told)
    article.first_page, article.last_page, article.page_label = _pages(head)
    article.keywords = _cut(", ".join(word.replace(",", "") for word in head.keywords), 400, "keywords", told)
    article.abstract, article.plain_summary = head.abstract, head.plain_summary
    article.funding, article.conflicts = head.funding, head.conflicts
    article.license, article.license_url, article.copyright = _license(head)
    _open(article, head.free)
    article.body = article.references = ""


def _open(article: Article, free: Free) -> None:
    """As its licence gives it to everybody: at once, from a day on or for a time. What editors gave is not taken."""
    if not free.is_free:
        return
    begins, today = free.begins or article.published_on, timezone.localdate()
    if free.ends is None and (free.begins is None or free.begins <= today):
        article.free_to_read = True
    elif free.ends is None:
        article.free_from = min(filter(None, (article.free_from, free.begins)))
    elif article.chosen_from is None and begins <= free.ends:
        article.chosen_from, article.chosen_until = begins, free.ends


def _license(head: ArticleHead) -> tuple[str, str, str]:
    """In words, its address if it is one that a page may link to, and whose the article is."""
    address = head.license_url if head.license_url.startswith(("https://", "http://")) else ""
    return head.license, address[:500], head.copyright


def _cut(words: str, most: int, what: str, told: ImportedArticle) -> str:
    if len(words) > most:
        told.notes.append(f"The {what} has {len(words):,} characters and was cut to {most}.")
    return _begin(words, most)


def _type_of(head: ArticleHead, told: ImportedArticle) -> ArticleType:
    """By the journal's own word for it, else by that of JATS; a new word is a new type, and said."""
    for slug in (slugify(head.heading)[:50], KINDS.get(head.kind, ""), slugify(head.kind)[:50]):
        if slug and (found := ArticleType.objects.filter(slug=slug).first()):
            return found
    name = (head.heading or head.kind.replace("-", " ").capitalize() or "Article")[:80]
    told.notes.append(f"“{name}” is a new type of article. Put it in its place among the types.")
    last = ArticleType.objects.order_by("-order").values_list("order", flat=True).first() or 0
    return ArticleType.objects.get_or_create(
        slug=slugify(name)[:50] or "article", defaults={"name": name, "order": last + 1}
    )[0]


def _issue_of(head: ArticleHead, given: Issue | None) -> Issue | None:
    """The issue that the article names, by its numbers or as printed, else the one that the editor gives it."""
    if head.volume.isdecimal() and head.issue.isdecimal() and len(head.volume) < 5 and len(head.issue) < 5:
        found = Issue.objects.filter(volume=int(head.volume), number=int(head.issue)).first()
        if found is not None:
            return found
    if head.volume and head.issue and (found := _issue_as_printed(head)):
        return found
    number, part, _ = head.issue.partition(" ")
    if part and "sup" not in head.issue.lower():  # a part of an issue that is not kept by its parts
        return _issue_of(replace(head, issue=number), given)
    return given


def _issue_as_printed(head: ArticleHead) -> Issue | None:
    volume = Q(volume_label__iexact=head.volume)
    if head.volume.isdecimal() and len(head.volume) < 5:
        volume |= Q(volume_label="", volume=int(head.volume))
    return Issue.objects.filter(volume, number_label__iexact=head.issue).first()


def _stands_ahead(head: ArticleHead) -> str:
    where = "It stands among the advance articles"
    if not head.volume:
        return f"It names no volume. {where}, and moves into its issue when it is delivered with one."
    named = f"volume {head.volume}, issue {head.issue or 'none'}"
    return f"It names {named}, and there is no such issue here. {where}; make the issue and import it again."


def _known_day(article: Article) -> date:
    """The day of an article that names none: of what it was before, of its issue, else today."""
    if article.published_on:
        return article.published_on
    given = article.issue.published_on if article.issue else None
    return given or timezone.localdate()


def _in_order(head: ArticleHead, told: ImportedArticle) -> tuple[Any, Any]:
    received, accepted = head.received_on, head.accepted_on
    if received and accepted and received > accepted:
        told.notes.append(
            f"It says that it was accepted ({accepted}) before it was received ({received}); both are left out."
        )
        return None, None
    return received, accepted


def _pages(head: ArticleHead) -> tuple[int | None, int | None, str]:
    """Numbers where they are numbers, else the label as printed: S12–S19, e123."""
    first, last = head.first_page, head.last_page
    if first.isdecimal() and (last.isdecimal() or not last) and len(first) < 7 and len(last) < 7:
        numbers = int(first), int(last) if last else None
        if numbers[1] is None or numbers[0] <= numbers[1]:
            return *numbers, ""
    return None, None, f"{first}–{last}"[:30] if first and last and first != last else first[:30]


def _author(written: WrittenAuthor) -> dict[str, Any]:
    """The columns of an author, none longer than it may be."""
    longest = {field.name: field.max_length for field in ArticleAuthor._meta.concrete_fields}
    said = asdict(written)
    return {name: value[: longest[name]] if isinstance(value, str) else value for name, value in said.items()}


# The files ------------------------------------------------------------------------------------------------------------
class _Files:
    """What came with an article: stored in place of what came before, and found by the names that the text uses."""

    def __init__(
        self, article: Article, packed: PackedArticle, told: ImportedArticle, *, dry_run: bool, pdf: str = ""
    ) -> None:
        self.article, self.packed, self.told, self.dry_run, self.pdf = article, packed, told, dry_run, pdf.lower()
        self.stored: list[DeliveredFile] = []
        self.taken: Counter[str] = Counter()

    def store(self) -> None:
        """Pictures made anew, PDFs that are safe, and supplements as they are; each that is not taken is said.

        A text that comes alone, and not in a package, says nothing of them: what came before stays.
        """
        old = self.article.delivered_files.all()
        if self.packed.package.archive is None:
            self.stored = list(old)
            return
        gone = [str(one.file.name) for one in old]
        old.delete()
        if gone and not self.dry_run:
            removal.remove_after_commit(private.NAME, gone)
        for name in self._chosen():
            try:
                self.stored.append(self._made(name))
            except (imaging.PictureRefused, FileRefused, PackageRefused) as refused:
                self.told.notes.append(f"{PurePosixPath(name).name}: {refused}")

    def _chosen(self) -> list[str]:
        """Of the same picture in several forms the best one."""
        pictures: dict[str, str] = {}
        others: list[str] = []
        for name in self.packed.companions:
            path = PurePosixPath(name)
            alike = str(path.with_suffix(""))
            if path.suffix.lower() not in PICTURES:
                others.append(name)
            elif alike not in pictures or _rank(name) < _rank(pictures[alike]):
                pictures[alike] = name
        return [*pictures.values(), *others]

    def _made(self, name: str) -> DeliveredFile:
        path, content = PurePosixPath(name), self.packed.read(name)
        if path.suffix.lower() in PICTURES:
            picture = imaging.make_one(content, path.name, WIDEST)
            return self._kept(path, FileRole.PICTURE, picture.content, picture.ending, picture.width, picture.height)
        if path.suffix.lower() not in SUPPLEMENTS:
            raise FileRefused("files of this kind are not taken.")
        role = FileRole.SUPPLEMENT
        if path.suffix.lower() == ".pdf":
            check_pdf(content)
            role = FileRole.PDF if self._is_the_article(path) and not self._has_pdf() else role
        return self._kept(path, role, content, path.suffix[1:].lower())

    def _is_the_article(self, path: PurePosixPath) -> bool:
        """The PDF that the article names as itself, else that is called like the source, or the only one."""
        if any(PurePosixPath(one).name.lower() == self.pdf for one in self.packed.companions):
            return path.name.lower() == self.pdf
        pdfs = [one for one in self.packed.companions if one.lower().endswith(".pdf")]
        return path.stem == PurePosixPath(self.packed.name).stem or len(pdfs) == 1

    def _has_pdf(self) -> bool:
        return any(one.role == FileRole.PDF for one in self.stored)

    def _key(self, path: PurePosixPath) -> str:
        """The name in the address: that of the file, with a number if another has it."""
        stem = slugify(re.sub(r"[^A-Za-z0-9]+", "-", path.name))[:100] or "file"
        key, number = stem, 1
        while key in self.taken:
            number = self.taken[stem] = self.taken[stem] + 1
            key = f"{stem}-{number}"
        self.taken[key] += 1
        return key

    def _kept(
        self, path: PurePosixPath, role: FileRole, content: bytes, ending: str, width: Any = None, height: Any = None
    ) -> DeliveredFile:
        key = self._key(path)
        made = DeliveredFile(
            article=self.article, role=role, key=key, name=path.name[-200:], ending=ending[:8], size=len(content),
            width=width, height=height,
        )  # fmt: skip
        if self.dry_run:
            made.file.name = f"journal/delivered/{key}"
        else:
            made.file.save(path.name, ContentFile(content), save=False)
            self.told.stored.append(str(made.file.name))
        made.save()
        return made


def finder(files: Iterable[DeliveredFile]) -> Callable[[str], Delivered | None]:
    """Finds a file by the name that a text uses: with or without ending, in whatever folder and in whatever case.

    A picture may have come in another form than the text says; nothing else stands for something of another kind.
    """
    whole: dict[str, DeliveredFile] = {}
    pictures: dict[str, DeliveredFile] = {}
    others: dict[str, DeliveredFile] = {}
    for one in files:
        whole.setdefault(one.name.lower(), one)
        kind = pictures if one.role == FileRole.PICTURE else others
        kind.setdefault(PurePosixPath(one.name).stem.lower(), one)

    def find(name: str) -> Delivered | None:
        last = PurePosixPath(unquote(name).replace("\\", "/")).name.lower()
        stem, ending = PurePosixPath(last).stem, PurePosixPath(last).suffix
        found = whole.get(last) or pictures.get(last) or others.get(last)
        if found is None and ending in DRAWN:
            found = pictures.get(stem)
        elif found is None and ending in SUPPLEMENTS:
            found = others.get(stem)
        if found is None:
            return None
        return Delivered(found.get_absolute_url(), found.width, found.height, found.role == FileRole.PICTURE)

    return find


def _rank(name: str) -> int:
    return PREFERRED.index(PurePosixPath(name).suffix.lower())


# What is kept of it ---------------------------------------------------------------------------------------------------
def _keep(
    article: Article,
    packed: PackedArticle,
    tree: Element,
    head: ArticleHead,
    written: rendering.Rendering,
    told: ImportedArticle,
    digest: str,
    by: User | None,
) -> None:
    told.completeness = compare(tree, written.html)
    told.notes += [*_shortfalls(told.completeness), *written.warnings]
    told.notes += [f"{name} was not delivered." for name in written.missing]
    if written.unknown:
        told.notes.append(f"Without a rule, their words kept: {', '.join(written.unknown)}.")
    DeliveredText.objects.update_or_create(
        article=article,
        defaults={
            "source": packed.source, "source_name": PurePosixPath(packed.name).name[-200:], "sha256": digest,
            "title_html": head.title_html, "html": written.html, "first_caption": written.first_caption,
            "rules_version": rendering.VERSION,
            "headings": [[one.title, one.anchor, one.level] for one in written.headings],
            "report": _report(told), "imported_at": timezone.now(), "imported_by": by,
        },
    )  # fmt: skip
    _write_references(article, written)
    write_words(article, written.html)
    said = [(one.kind[:60], one.doi[:300]) for one in head.relations]
    notices.keep_delivered(article, said, opens=head.kind not in WHOLE_TEXTS)


def _write_references(article: Article, written: rendering.Rendering) -> None:
    article.delivered_references.all().delete()
    DeliveredReference.objects.bulk_create(
        DeliveredReference(
            article=article, order=place, anchor=one.anchor[:200], label=one.label[:60], text=one.text,
            doi=one.doi[:300], pmid=one.pmid[:20],
        )
        for place, one in enumerate(written.references, start=1)
    )  # fmt: skip


def _shortfalls(found: Completeness) -> Iterator[str]:
    if found.letters.percent < ENOUGH:
        yield (f"Only {found.letters.said} of the letters stand on the page. Look near: {', '.join(found.lost)}.")
    for what, count in (
        ("cross references", found.links), ("formulas", found.formulas), ("figures", found.figures),
        ("tables", found.tables),
    ):  # fmt: skip
        if count.kept < count.of:
            yield f"Of {count.of} {what} {count.kept} stand on the page."


def _report(told: ImportedArticle) -> dict[str, Any]:
    counts = asdict(told.completeness) if told.completeness else {}
    return {**counts, "notes": told.notes, "enough": not told.needs_a_look}


@transaction.atomic
def render_again(text: DeliveredText) -> bool:
    """Write the page anew from the kept source by the rules of today; whether it says anything else now."""
    locked = DeliveredText.objects.select_for_update(of=("self",)).select_related("article").get(pk=text.pk)
    tree = read_article(bytes(locked.source))
    head = read_head(tree)
    words, address, copyright_ = _license(head)
    Article.objects.filter(pk=locked.pk).update(license=words, license_url=address, copyright=copyright_)
    written = rendering.render(tree, finder(locked.article.delivered_files.select_related("article")))
    told = ImportedArticle(locked.source_name, outcome="updated")
    told.completeness = compare(tree, written.html)
    told.notes = [*_shortfalls(told.completeness), *written.warnings]
    changed = (written.html, head.title_html) != (locked.html, locked.title_html)
    locked.title_html, locked.first_caption = head.title_html, written.first_caption
    locked.html, locked.rules_version, locked.report = written.html, rendering.VERSION, _report(told)
    locked.headings = [[one.title, one.anchor, one.level] for one in written.headings]
    locked.save(update_fields=["html", "title_html", "first_caption", "rules_version", "report", "headings"])
    _write_references(locked.article, written)
    write_words(locked.article, written.html)
    return changed
