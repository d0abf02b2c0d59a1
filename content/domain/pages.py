"""What editors do to pages. A page's address follows from its place, and a move takes everything below along."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, move
from content import rules
from content.domain import links, media, redirects, versions
from content.models import Category, Contributor, Event, Page, PageVersion, Partner, RelatedPage, Topic
from content.states import HIDDEN_STATUSES, PageStatus

NOT_RESTORED = {"kind", "parent", "slug", "order", "published_at", "unpublish_at"}
NOT_BY_EDITORS = {
    *("status", "version", "trashed_at", "trashed_with"),
    *("prepares", "prepared_from", "comes_at"),
}
# What readers are told of as a change. A check, a place in the menu or a move is none.
WORDS = ("title", "summary", "body", "recap", "starts_on", "ends_on", "every_year")
FIELD_NAMES = {field.name for field in Page._meta.concrete_fields}
BESIDE = ("categories", "related", "partners", "events")
TRASHED = "This page is in the trash. Put it back first; what you typed is below."
PUBLIC_ALREADY = "It is public already."
ENDS_BEFORE = "Its end of publication comes before that. Change that date first."
LONGEST_WORD, MOST_ALIKE = 60, 100
STAND_IN_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
TREE_LOCK = 0x7061676573  # "pages": one key for every change of the tree's shape


def wait_for_the_tree() -> None:
    """Let changes of the tree's shape pass one after another, until the end of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


class Overtaken(ValidationError):
    """Somebody else has saved the page since it was read; `newer` is what they left."""

    def __init__(self, newer: PageVersion) -> None:
        super().__init__(
            f"{newer.who} has saved version {newer.number} of this page since you opened it. Nothing is lost: "
            "your text is below, and theirs is kept.",
            code="overtaken",
        )
        self.newer = newer


def save_page(
    page: Page,
    *,
    by: Actor = None,
    read_version: int | None = None,
    categories: Iterable[Category] | None = None,
    related: Iterable[Page] | None = None,
    note: str = "",
) -> Page:
    """Store an edited or new page, as a new version if it says something new. Never writes the status.

    Raises ValidationError, by field, when the address is taken or the place impossible, and Overtaken when
    `read_version` is given and no longer the newest. Takes the locks that `store` takes.
    """
    with transaction.atomic():
        store_page(page, read_version=read_version)
        if categories is not None:
            page.categories.set(categories)
        if related is not None:
            page.related_links.all().delete()
            RelatedPage.objects.bulk_create(
                RelatedPage(page=page, to=other, order=place * 10) for place, other in enumerate(related, start=1)
            )
        versions.record_version(page, by=by, note=note)
    return page


def store_page(page: Page, *, read_version: int | None = None) -> Page:
    """The first half of `save`, without a version: for a form that writes further rows before it calls `record`.

    Changes of the tree wait for each other, so that no page keeps an address below a page that has moved; the
    page's row is locked, so that of two people who save the same version the second is told.
    """
    with transaction.atomic():
        wait_for_the_tree()
        before = Page.objects.select_for_update().defer("search").filter(pk=page.pk).first() if page.pk else None
        if before:
            if before.is_trashed:
                raise ValidationError(TRASHED)
            check_read_version(before, read_version)
            versions.keep_present(before)
            page.refresh_from_db(fields=["status", "version"])
        check_signature(page)
        if not page.is_prepared:  # which has no place of its own
            give_address_word(page)
            place_page(page)
        try:
            with transaction.atomic():
                page.save(update_fields=None if before is None else _written_by_editors(before, page))
        except IntegrityError as taken:
            if "path" not in str(taken):
                raise
            raise ValidationError({"slug": f"There is a page at {page.path} already."}) from taken
        if before is None:
            redirects.free_paths([page.path])
        elif before.path != page.path:
            _take_along(page, before.path)
        links.note_links(page)
        media.keep_named(page.body + page.recap)
    return page


def check_signature(page: Page) -> None:
    """Raises ValidationError when a public page would lose its title, or the name that answers for it."""
    if page.status not in HIDDEN_STATUSES and not page.title.strip():
        raise ValidationError({"title": "What readers read needs a title."})
    if page.status not in HIDDEN_STATUSES and (problem := rules.signature_problem(page)):
        raise ValidationError({"reviewer": problem})


def refuse_incomplete(page: Page, by: Actor) -> None:
    """Raises NotAllowed for what a draft may be without and readers not.

    Pictures without words are asked of people: what a former site has published comes as it was, and the inventory
    lists it.
    """
    missing = rules.missing_for_readers(page) + (rules.pictures_without_words(page) if by is not None else [])
    if missing:
        raise NotAllowed(" ".join(sentence for _, sentence in missing))
    if problem := rules.signature_problem(page):
        raise NotAllowed(problem)


def check_read_version(stored: Page, read_version: int | None) -> None:
    """Raises Overtaken when the stored page is newer than what was read. No opinion without `read_version`."""
    if read_version is None or stored.version == read_version:
        return
    versions.keep_present(stored)
    raise Overtaken(stored.versions.select_related("by").order_by("-number")[0])


def restore_version(page: Page, version: PageVersion, *, by: Actor, read_version: int | None = None) -> Page:
    """Let a page say again what it said in an earlier version, as a new one.

    Its address and its dates of publication stay as they are. An author, a category or a page that is no longer
    there is left out; the audience comes back with the text that was meant for it. Raises what `save` raises.
    """
    said = {name: value for name, value in version.fields.items() if name not in NOT_RESTORED}
    return say(page, said, by=by, read_version=read_version, note=f"Version {version.number} restored")


def say(page: Page, said: Mapping[str, Any], *, by: Actor, read_version: int | None = None, note: str = "") -> Page:
    """Let a stored page say what a snapshot says, as a new version; what the snapshot does not name stays.

    An author, a category or a page that is no longer there is left out. Raises what `save` raises.
    """
    with transaction.atomic():
        back = Page.objects.defer("search").get(pk=page.pk)
        rows = {name: said[name] for name in BESIDE if name in said}
        for name, value in said.items():
            if name not in rows:
                give_back(back, name, value)
        if back.status not in HIDDEN_STATUSES and (back.reviewer is None or back.reviewed_on is None):
            back.reviewer = back.reviewed_on = None
        store_page(back, read_version=read_version)
        put_beside(back, rows)
        versions.record_version(back, by=by, note=note)
    return back


def put_beside(page: Page, rows: Mapping[str, Any]) -> None:
    """What stands beside a page's own fields, as a snapshot tells it: categories, related pages, partners, events."""
    if "categories" in rows:
        page.categories.set(Category.objects.filter(slug__in=rows["categories"]))
    if "related" in rows:
        others = Page.objects.filter(path__in=rows["related"]).exclude(pk__in=[page.pk, page.prepares_id or 0])
        known = {other.path: other for other in others}
        found = [known[path] for path in rows["related"] if path in known]
        page.related_links.all().delete()
        RelatedPage.objects.bulk_create(
            RelatedPage(page=page, to=other, order=place * 10) for place, other in enumerate(found, start=1)
        )
    if "partners" in rows:
        page.partners.all().delete()
        Partner.objects.bulk_create(Partner(page=page, **_read(Partner, values)) for values in rows["partners"])
    if "events" in rows:
        page.events.all().delete()
        Event.objects.bulk_create(Event(page=page, **_read(Event, values)) for values in rows["events"])
    if rows.keys() & {"partners", "events"}:
        links.note_links(page)


def _read(model: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row out of its snapshot."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}


def give_back(page: Page, name: str, value: Any) -> None:
    """Let a page in memory say one field of a snapshot; a row that is no longer there is left out."""
    keys = {"author": (Contributor, "slug"), "reviewer": (Contributor, "slug"), "topic": (Topic, "name")}
    if name in keys:
        model, key = keys[name]
        setattr(page, name, model._default_manager.filter(**{key: value}).first() if value else None)
    elif name in FIELD_NAMES:
        field: Any = Page._meta.get_field(name)
        setattr(page, name, field.to_python(value))


def _written_by_editors(before: Page, page: Page) -> list[str]:
    """All columns but those that moves write, and the version, which counts by itself.

    The day of the last change stays unless the page says something else: readers compare it with the day of the check.
    """
    left = NOT_BY_EDITORS if _says_anew(before, page) else NOT_BY_EDITORS | {"updated_at"}
    return [
        field.name
        for field in Page._meta.concrete_fields
        if not field.primary_key and not field.generated and field.name not in left
    ]


def _says_anew(before: Page, page: Page) -> bool:
    """Whether its words differ, as they would be stored."""
    fields: list[Any] = [Page._meta.get_field(name) for name in WORDS]
    return any(
        field.get_prep_value(getattr(before, field.name)) != field.get_prep_value(getattr(page, field.name))
        for field in fields
    )


def date_words(page: Page, changed_at: datetime) -> None:
    """Say when the words of a page were last changed, where somebody else has written them: loading is no change."""
    Page.objects.filter(pk=page.pk).update(updated_at=changed_at)
    page.updated_at = changed_at


def give_address_word(page: Page) -> None:
    """A draft that has none yet gets one: from its title, free beside its neighbors; a stand-in while it has no title.

    What readers find keeps its word, and so does whatever an editor has written there.
    """
    is_open = page.status in HIDDEN_STATUSES and (not page.slug or rules.STAND_IN.fullmatch(page.slug))
    if not is_open:
        return
    words = slugify(page.title)[:LONGEST_WORD].strip("-")
    if not words:
        page.slug = page.slug or f"draft-{get_random_string(8, STAND_IN_LETTERS)}"
        return
    page.slug = next(word for word in _numbered(words) if _is_free(page, word))


def _numbered(words: str) -> Iterator[str]:
    yield words
    yield from (f"{words}-{number}" for number in range(2, MOST_ALIKE))
    yield f"draft-{get_random_string(8, STAND_IN_LETTERS)}"


def _is_free(page: Page, word: str) -> bool:
    """Whether the page could stand at this word, as far as addresses go."""
    above = Page.objects.filter(pk=page.parent_id).values_list("path", flat=True).first() if page.parent_id else "/"
    path = rules.path_for(page.kind, above or "/", word)
    return not rules.path_problem(path, page.kind) and not Page.objects.filter(path=path).exclude(pk=page.pk).exists()


def place_page(page: Page) -> Page:
    """Give the page in memory the address that follows from its place. Raises ValidationError, by field."""
    parent = Page.objects.get(pk=page.parent_id) if page.parent_id else None
    if problem := rules.parent_problem(page, parent):
        raise ValidationError({"parent": problem})
    if parent and parent.is_trashed:
        raise ValidationError({"parent": f"“{parent}” is in the trash. Put it back first, or choose another page."})
    if parent and parent.is_prepared:
        raise ValidationError({"parent": "That is a change that waits for its page. Choose the page itself."})
    path = rules.path_for(page.kind, parent.path if parent else "/", page.slug)
    if problem := rules.path_problem(path, page.kind):
        raise ValidationError({"slug": problem})
    if page.is_rooted and page.pk and page.children.exists():
        raise ValidationError({"kind": "There are pages below this one; news, statements and answers have none."})
    if there := Page.objects.filter(path=path).exclude(pk=page.pk).only("status").first():
        raise ValidationError({"slug": _taken(path, there)})
    page.path = path
    return page


def _taken(path: str, there: Page) -> str:
    """What lies in the trash keeps its address, so that it can be put back where it stood."""
    if there.is_trashed:
        return f"A page in the trash has the address {path}. Put it back, or delete it for good, there."
    return f"There is a page at {path} already."


def _take_along(page: Page, before: str) -> None:
    """Give everything below the moved page its new address, and let the old addresses lead to the new ones."""
    below = Page.objects.filter(path__startswith=before).exclude(pk=page.pk)
    moves = {before: page.path}
    for path, kind in below.values_list("path", "kind"):
        moves[path] = page.path + path[len(before) :]
        if problem := rules.path_problem(moves[path], kind):
            raise ValidationError({"slug": f"A page below this one would move with it. {problem}"})
    below.update(path=Concat(Value(page.path), Substr("path", len(before) + 1)))
    redirects.redirect_moved_pages(moves)


def publish_page(page: Page, *, by: Actor, reason: str = "") -> Page:
    """Public from now on. A date of publication in the past is kept; one that is missing or lies ahead becomes now.

    NotAllowed for what is public, by its schedule too.
    """
    with transaction.atomic():
        now = timezone.now()
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if locked.unpublish_at and locked.unpublish_at <= now:
            raise NotAllowed("Its end of publication has passed. Change that date first.")
        if locked.is_published(now):
            raise NotAllowed(PUBLIC_ALREADY)
        refuse_incomplete(locked, by)
        if locked.published_at is None or locked.published_at > now:
            locked.published_at = now
        done = move(locked, PageStatus.PUBLISHED, by=by, reason=reason, published_at=locked.published_at)
        versions.mark_public(done)
        return done


def schedule_refusal(page: Page) -> str:
    """Why this page cannot be scheduled with the dates that it has, as a sentence; empty if it can."""
    if page.published_at is None or page.published_at <= timezone.now():
        return "Give it a date of publication that lies ahead."
    if page.unpublish_at and page.unpublish_at <= page.published_at:
        return ENDS_BEFORE
    return ""


def schedule_page(page: Page, *, by: Actor, reason: str = "", at: datetime | None = None) -> Page:
    """Public by itself from `at` on, or from its date of publication, which must lie ahead."""
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if at is not None:
            locked.published_at = at
        if refusal := schedule_refusal(locked):
            raise NotAllowed(refusal)
        refuse_incomplete(locked, by)
        done = move(locked, PageStatus.SCHEDULED, by=by, reason=reason, published_at=locked.published_at)
        versions.mark_public(done)
        return done


def reschedule_refusal(page: Page) -> str:
    """Why the moment of this page cannot be changed, as a sentence; empty if it can."""
    if page.status != PageStatus.SCHEDULED:
        return "It is not scheduled any more."
    return "It has gone public meanwhile." if page.on_site else ""


def reschedule_page(page: Page, at: datetime, *, by: Actor) -> Page:
    """Another moment for a page that waits for its own, as a version in the name of whoever chose it.

    NotAllowed once it is public, and for a moment that does not lie ahead. Locks the page's row.
    """
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if refusal := reschedule_refusal(locked):
            raise NotAllowed(refusal)
        locked.published_at = at
        if refusal := schedule_refusal(locked):
            raise NotAllowed(refusal)
        return save_page(locked, by=by, note="Scheduled for another moment")


def withdraw_page(page: Page, *, by: Actor, reason: str = "") -> Page:
    """Back to draft: visitors no longer find it. The date is kept for the next publication."""
    with transaction.atomic():
        if Page.objects.select_for_update().only("status").get(pk=page.pk).is_trashed:
            raise NotAllowed("It is in the trash. Put it back first.")
        done = move(page, PageStatus.DRAFT, by=by, reason=reason)
        versions.mark_public(done)
        return done
