"""The trash of pages, pictures and documents: what lies there is nobody's to read, and comes back as it was.

A page keeps its address, its versions, its old addresses and its places in menus, and takes the pages below it along.
A picture or document keeps its files. What has lain there as long as staff say is deleted for good by night.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.retention import BATCH
from aapm_site.core.transitions import NotAllowed, actor, move
from content.domain import links, media, pages, versions
from content.models import Document, Page, PageLink, Picture
from content.states import PageStatus

NOT_THERE = "“{}” is not in the trash any more."
Media = Picture | Document


# Pages ----------------------------------------------------------------------------------------------------------------
def trash_page(page: Page, *, by: Actor, reason: str = "") -> Page:
    """Put a page and all that stands below it into the trash.

    Takes the lock of the tree, so that nobody puts a page below one that goes.
    """
    with transaction.atomic():
        pages.wait_for_the_tree()
        top = _put_away(page, by, reason, None)
        for below in _standing_below(page.pk):
            _put_away(below, by, reason, top)
    return top


def _put_away(page: Page, by: Actor, reason: str, along: Page | None) -> Page:
    """Its links are checked no longer, and a text that waited for its date does not come out."""
    done = move(page, PageStatus.TRASHED, by=by, reason=reason, trashed_with=along)
    PageLink.objects.filter(page=done).delete()
    versions.mark_public(done)
    return done


def _standing_below(page: int) -> Iterator[Page]:
    """Those that are not in the trash yet, from the top."""
    for child in Page.objects.kept().defer("search").filter(parent=page).order_by("path"):
        yield child
        yield from _standing_below(child.pk)


def pages_below(page: Page) -> list[Page]:
    """What would go into the trash, or out of it, with this page."""
    if page.is_trashed:
        return list(page.trashed_along.order_by("path"))
    return list(_standing_below(page.pk))


def put_back_page(page: Page, *, by: Actor) -> Page:
    """Where it stood and as it stood, with what went along: public if it was, unless its date has passed meanwhile.

    Raises NotAllowed while the page above it is in the trash, and for a page that is not.
    """
    with transaction.atomic():
        pages.wait_for_the_tree()
        locked = Page.objects.select_for_update(of=("self",)).select_related("parent").defer("search").get(pk=page.pk)
        if not locked.is_trashed:
            raise NotAllowed(NOT_THERE.format(locked))
        if locked.parent and locked.parent.is_trashed:
            raise NotAllowed(f"“{locked.parent}”, the page above it, is in the trash. Put that back first.")
        along = list(locked.trashed_along.defer("search").order_by("path"))
        back = _take_out(locked, by)
        for below in along:
            _take_out(below, by)
    return back


def _take_out(page: Page, by: Actor) -> Page:
    """What was to come out at a date that passed in the trash is a draft: nobody decided that it is public now."""
    went = page.status_changes.filter(to_status=PageStatus.TRASHED)[0]
    back = move(page, PageStatus.DRAFT, by=by, trashed_at=None, trashed_with=None)
    scheduled, comes_out = went.from_status == PageStatus.SCHEDULED, back.published_at
    if went.from_status == PageStatus.PUBLISHED or (scheduled and comes_out and comes_out <= went.at):
        back = move(back, PageStatus.PUBLISHED, by=by)
    elif scheduled and comes_out and comes_out > timezone.now():
        back = move(back, PageStatus.SCHEDULED, by=by)
    versions.mark_public(back)
    links.note_links(back)
    media.keep_named(back.body + back.recap)
    return back


def delete_trashed_page(page: Page) -> int:
    """For good, with what lies below it in the trash: how many went. Raises NotAllowed when somebody has put it back
    meanwhile.
    """
    with transaction.atomic():
        pages.wait_for_the_tree()
        if not Page.objects.select_for_update().trashed().filter(pk=page.pk).exists():
            raise NotAllowed(NOT_THERE.format(page))
        return _delete_from_below(page.pk)


def _delete_from_below(page: int) -> int:
    below = sum(_delete_from_below(child) for child in Page.objects.filter(parent=page).values_list("pk", flat=True))
    Page.objects.trashed().filter(pk=page).delete()
    return below + 1


# Pictures and documents -----------------------------------------------------------------------------------------------
def uses_of(row: Media) -> list[Any]:
    """Everything whose text shows it or links to it, what lies in the trash too."""
    return media.picture_uses(row) if isinstance(row, Picture) else media.document_uses(row)


def trash_media(row: Media, *, by: Actor) -> Media:
    """Raises InUse, naming the pages, while one that is not in the trash itself shows it."""
    with transaction.atomic():
        locked = _locked(row)
        if locked.trashed_at:
            raise NotAllowed(f"“{locked}” is in the trash already.")
        media.refuse_in_use(locked, [use for use in uses_of(locked) if not getattr(use, "is_trashed", False)])
        return _since(locked, timezone.now(), by, "Moved to the trash.")


def put_back_media(row: Media, *, by: Actor) -> Media:
    with transaction.atomic():
        locked = _locked(row)
        if not locked.trashed_at:
            raise NotAllowed(NOT_THERE.format(locked))
        return _since(locked, None, by, "Put back from the trash.")


def delete_trashed_media(row: Media) -> int:
    """For good, with its files: one. Raises InUse while anything shows it, a page in the trash too, which may come
    back.
    """
    with transaction.atomic():
        locked = _locked(row)
        if not locked.trashed_at:
            raise NotAllowed(NOT_THERE.format(locked))
        media.delete_picture(locked) if isinstance(locked, Picture) else media.delete_document(locked)
    return 1


def _locked(row: Media) -> Media:
    found = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(NOT_THERE.format(row))
    return found


def _since(row: Media, at: datetime | None, by: Actor, said: str) -> Media:
    row.trashed_at = at
    row.save(update_fields=["trashed_at"])
    if person := actor(by):
        LogEntry.objects.log_actions(person.pk, [row], CHANGE, change_message=said, single_object=True)
    return row


# By night -------------------------------------------------------------------------------------------------------------
def empty_trash(before: datetime) -> int:
    """Delete what went there before; how many, a bounded number at once. Pages first: they free their files."""
    return _empty_pages(before) or sum(_empty_media(model, before) for model in (Picture, Document))


def _empty_pages(before: datetime) -> int:
    """Those below first: the address of a page begins with that of the page above it."""
    with transaction.atomic():
        pages.wait_for_the_tree()
        old = Page.objects.trashed().filter(trashed_at__lt=before).order_by("-path")
        keys = list(old.values_list("pk", flat=True)[:BATCH])
        for key in keys:
            _delete_from_below(key)
    return len(keys)


def _empty_media(model: type[Picture] | type[Document], before: datetime) -> int:
    """What something shows stays: its trash says so."""
    done = 0
    for row in model._default_manager.filter(trashed_at__lt=before).order_by("pk").iterator(chunk_size=BATCH):
        try:
            delete_trashed_media(row)
        except (NotAllowed, ValidationError):
            continue
        done += 1
        if done == BATCH:
            break
    return done
